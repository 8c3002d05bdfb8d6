/* A list saves itself while it is written, and its gifts can be dragged. The page works without: Save, Earlier and Later do the same. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-list]");
  const total = document.querySelector("[data-total]");
  const rows = document.querySelector("[data-rows]");
  if (!form) return;

  const note = form.querySelector("[data-saved]");
  let waiting;
  let latest = 0;

  const save = async () => {
    const turn = ++latest;
    window.clearTimeout(waiting);
    const answer = await fetch(form.dataset.saves, { method: "POST", body: new FormData(form), keepalive: true }).catch(() => null);
    if (turn !== latest) return;
    if (note) note.hidden = !answer?.ok;
    if (answer?.ok && total) total.innerHTML = await answer.text();
    waiting = undefined;
  };

  form.addEventListener("input", () => {
    if (note) note.hidden = true;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(save, 700);
  });
  form.addEventListener("submit", () => window.clearTimeout(waiting));
  /* Whoever leaves a moment after typing loses nothing. */
  window.addEventListener("pagehide", () => {
    if (waiting) save();
  });

  /* Dragging begins at the handle alone, so that words in the row can still be marked. */
  let dragged;
  rows?.querySelectorAll("[data-handle]").forEach((handle) => {
    const row = handle.closest("li");
    handle.hidden = rows.children.length < 2;
    handle.addEventListener("pointerdown", () => { row.draggable = true; });
    handle.addEventListener("pointerup", () => { row.draggable = false; });
    row.addEventListener("dragstart", (event) => {
      dragged = row;
      event.dataTransfer.effectAllowed = "move";
      row.classList.add("is-dragged");
    });
    row.addEventListener("dragover", (event) => {
      if (!dragged || dragged === row) return;
      event.preventDefault();
      const box = row.getBoundingClientRect();
      row[event.clientY < box.top + box.height / 2 ? "before" : "after"](dragged);
    });
    row.addEventListener("drop", (event) => event.preventDefault());
    row.addEventListener("dragend", () => {
      row.draggable = false;
      row.classList.remove("is-dragged");
      dragged = undefined;
      /* The order is that of the rows. The page comes anew, so that Earlier and Later stand where they belong. */
      form.requestSubmit(form.querySelector("button:not([name])"));
    });
  });

  document.querySelectorAll("[data-copies]").forEach((button) => {
    const field = document.getElementById(button.dataset.copies);
    const words = button.querySelector("span");
    const usual = words.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
      } catch {
        document.execCommand("copy");
      }
      words.textContent = button.dataset.copied;
      window.setTimeout(() => { words.textContent = usual; }, 2000);
    });
  });
})();
