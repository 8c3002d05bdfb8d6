/* The set saves itself while it is put together; its total and its picture follow. The page works without: Save does the same. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-saves]");
  const total = document.querySelector("[data-total]");
  if (!form || !total) return;

  const pictures = document.querySelectorAll("img[data-picture]");
  const stage = document.querySelector("[data-stage]");
  const refused = document.querySelector("[data-refused]");
  const sum = document.querySelector("[data-sum-shown]");
  const version = form.querySelector("[name=version]");
  const [saved, saving] = ["[data-saved]", "[data-saving]"].map((part) => form.querySelector(part));
  let waiting;
  let isDirty = false;
  let isLate = false;
  let underway = null;

  /* What can be put onto a packaging is asked only for the one that is chosen. */
  const showPackaging = () => {
    const chosen = form.querySelector('input[name="packaging"]:checked')?.value;
    form.querySelectorAll("[data-on-packaging]").forEach((part) => {
      part.hidden = part.dataset.onPackaging !== chosen;
      part.disabled = part.hidden;
    });
  };

  const tell = (isSaved) => {
    if (saved) saved.hidden = !isSaved;
    if (saving) saving.hidden = !underway;
    stage?.setAttribute("aria-busy", String(Boolean(underway)));
  };

  /* The new picture takes the place of the old one once it is there, so that nothing flickers. */
  const redraw = (shown) => {
    const next = new Image();
    const address = `${shown.dataset.picture.split("?")[0]}?v=${version?.value || Date.now()}`;
    next.addEventListener("load", () => {
      if (shown.dataset.wanted === address) shown.src = address;
    });
    shown.dataset.wanted = address;
    if (shown.offsetParent) next.src = address;
    else shown.src = address;
  };

  const send = async () => {
    isDirty = false;
    const answer = await fetch(form.dataset.saves, { method: "POST", body: new FormData(form) }).catch(() => null);
    const words = answer ? await answer.text() : "";
    if (!answer?.ok) {
      isLate = answer?.status === 409;
      if (refused) refused.innerHTML = [409, 422].includes(answer?.status) ? words : "";
      return false;
    }
    if (refused) refused.replaceChildren();
    total.innerHTML = words;
    const now = total.querySelector("[data-version]")?.dataset;
    if (version && now) version.value = now.version;
    if (sum && now) sum.textContent = now.sum;
    pictures.forEach(redraw);
    return true;
  };

  /* One at a time, so that a later one is never overtaken by an earlier. */
  const save = async () => {
    window.clearTimeout(waiting);
    while (underway) await underway;
    if (!isDirty || isLate) return;
    underway = send();
    tell(false);
    const isSaved = await underway;
    underway = null;
    tell(isSaved && !isDirty);
  };

  form.addEventListener("input", () => {
    isDirty = true;
    tell(false);
    showPackaging();
    window.clearTimeout(waiting);
    waiting = window.setTimeout(save, 600);
  });

  /* What leads on waits until what was just typed is kept; the set's own form carries it itself. */
  document.addEventListener(
    "submit",
    async (event) => {
      const isOwn = event.target === form;
      if (isOwn ? !underway : !isDirty && !underway) {
        if (isOwn) {
          window.clearTimeout(waiting);
          isDirty = false;
        }
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      if (isOwn) await underway;
      else await save();
      event.target.requestSubmit(event.submitter);
    },
    true
  );
  window.addEventListener("pagehide", () => {
    if (isDirty && !isLate) navigator.sendBeacon(form.dataset.saves, new FormData(form));
  });
  showPackaging();
})();
