/* Says in the bar which gift is chosen. The page works without. */
(() => {
  "use strict";

  const words = document.querySelector("[data-chosen]");
  const form = words?.closest("form");
  if (!form) return;

  const say = () => {
    const chosen = form.querySelector("input[type=radio]:checked");
    const name = chosen?.parentElement.querySelector(".name")?.textContent;
    if (name) words.textContent = `${words.dataset.words} ${name}`;
    form.classList.toggle("has-chosen", Boolean(name));
  };

  /** What is chosen opens wider on a phone: it stays in sight. */
  const show = () => {
    const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const chosen = form.querySelector("input[type=radio]:checked")?.parentElement;
    chosen?.scrollIntoView({ block: "nearest", behavior: isCalm ? "auto" : "smooth" });
  };

  form.addEventListener("change", () => {
    say();
    show();
  });
  say();
})();
