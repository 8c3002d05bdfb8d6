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

  form.addEventListener("change", say);
  say();
})();
