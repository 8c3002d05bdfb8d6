/* "12 new orders" above a list, instead of rows that jump. Asks only while somebody looks, and less often when nobody answers. */
(() => {
  "use strict";

  const EVERY = 20000;
  const SLOWEST = 300000;

  document.querySelectorAll("[data-watch]").forEach((note) => {
    let pause = EVERY;
    let timer;
    const look = async () => {
      try {
        const answer = await fetch(note.dataset.watch, { redirect: "error", headers: { Accept: "application/json" } });
        if (!answer.ok) throw new Error(String(answer.status));
        const news = await answer.json();
        const words = note.querySelector("[data-watch-words]");
        if (news.count && words.textContent !== news.words) {
          words.textContent = news.words;
          note.classList.add("is-there");
        }
        pause = EVERY;
      } catch {
        pause = Math.min(pause * 2, SLOWEST);
      }
      timer = window.setTimeout(look, pause);
    };
    const follow = () => {
      window.clearTimeout(timer);
      if (!document.hidden) timer = window.setTimeout(look, pause);
    };
    document.addEventListener("visibilitychange", follow);
    note.querySelector("a").href = window.location.href;
    follow();
  });
})();
