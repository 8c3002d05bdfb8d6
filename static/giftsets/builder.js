/* The set saves itself while it is put together; its total and its picture follow. The page works without: Save does the same. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-saves]");
  const total = document.querySelector("[data-total]");
  const picture = document.querySelector("img[data-picture]");
  if (!form || !total) return;

  const note = form.querySelector("[data-saved]");
  let waiting;
  let latest = 0;
  let isDirty = false;

  /* What can be put onto a packaging is asked only for the one that is chosen. */
  const showPackaging = () => {
    const chosen = form.querySelector('input[name="packaging"]:checked')?.value;
    form.querySelectorAll("[data-on-packaging]").forEach((part) => {
      part.hidden = part.dataset.onPackaging !== chosen;
      part.disabled = part.hidden;
    });
  };

  const save = async () => {
    const turn = ++latest;
    window.clearTimeout(waiting);
    isDirty = false;
    const answer = await fetch(form.dataset.saves, { method: "POST", body: new FormData(form) }).catch(() => null);
    if (turn !== latest) return;
    if (note) note.hidden = !answer?.ok;
    if (!answer?.ok) return;
    total.innerHTML = await answer.text();
    if (picture) picture.src = `${picture.dataset.picture}?${Date.now()}`;
  };

  form.addEventListener("input", () => {
    if (note) note.hidden = true;
    isDirty = true;
    showPackaging();
    window.clearTimeout(waiting);
    waiting = window.setTimeout(save, 600);
  });
  form.addEventListener("submit", () => {
    window.clearTimeout(waiting);
    isDirty = false;
  });

  /* What leads to another page, a search for instance, waits until what was just typed is kept. */
  document.addEventListener(
    "submit",
    async (event) => {
      if (event.target === form || !isDirty) return;
      event.preventDefault();
      event.stopPropagation();
      await save();
      event.target.requestSubmit(event.submitter);
    },
    true
  );
  window.addEventListener("pagehide", () => {
    if (isDirty) navigator.sendBeacon(form.dataset.saves, new FormData(form));
  });
  showPackaging();
})();
