/* Follows a print file as it is written. Without this file a link fetches the page anew. */
(() => {
  "use strict";

  const EVERY = 1000;
  const MOST_FAILURES = 30;
  let failures = 0;

  const look = async () => {
    const shown = document.querySelector("[data-progress]");
    if (!shown) return;
    try {
      const answer = await fetch(shown.dataset.progress, { redirect: "error" });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-progress]");
      if (fresh?.dataset.state !== shown.dataset.state) {
        window.location.reload();
        return;
      }
      fresh.querySelectorAll("[data-without-script]").forEach((node) => { node.hidden = true; });
      shown.replaceWith(document.adoptNode(fresh));
      failures = 0;
    } catch {
      failures += 1;
    }
    if (failures < MOST_FAILURES) window.setTimeout(look, EVERY);
  };

  window.setTimeout(look, EVERY);
})();
