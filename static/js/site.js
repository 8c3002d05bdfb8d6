/* Small kindnesses on top of pages that work without this file. */
(() => {
  "use strict";

  /* What went wrong is read first. */
  document.querySelector("[data-focus]")?.focus();

  /* A second click on a form that is on its way does nothing. The page coming back from the browser's cache may be sent again. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
    if (question && !form.dataset.sure) {
      event.preventDefault();
      ask(question, form, event.submitter);
      return;
    }
    delete form.dataset.sure;
    if (!("once" in form.dataset)) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
    form.querySelectorAll("[data-busy]").forEach((note) => { note.textContent = note.dataset.busy; });
    window.setTimeout(() => release(form), 15000);
  });

  const ask = (question, form, button) => {
    const panel = document.getElementById("asks");
    const yes = panel.querySelector('[value="yes"]');
    panel.querySelector("p").textContent = question;
    if (button?.textContent.trim()) yes.textContent = button.textContent.trim();
    panel.returnValue = "";
    panel.onclose = () => {
      if (panel.returnValue !== "yes") return;
      form.dataset.sure = "yes";
      form.requestSubmit(button);
    };
    panel.showModal();
  };

  const release = (form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
    form.querySelectorAll("[data-busy]").forEach((note) => { note.textContent = ""; });
  };

  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release);
  });

  /* Drafts save themselves: the form's fields go to data-autosave a second after the last change; [data-saved] says so, and a picture
     with data-follows is fetched anew from there. */
  const follow = (picture) => {
    const address = new URL(picture.dataset.follows, window.location.href);
    address.searchParams.set("at", Date.now());
    picture.src = address;
  };
  /* A picture that cannot be drawn any more steps aside: a side that the design has not; of the first one the page says why. */
  document.querySelectorAll("img[data-follows]").forEach((picture, index) => {
    const failed = document.querySelector("[data-follows-failed]");
    const show = (isThere) => {
      (picture.closest("figure") ?? picture).hidden = !isThere;
      if (failed && index === 0) failed.hidden = isThere;
    };
    picture.addEventListener("load", () => show(true));
    picture.addEventListener("error", () => show(false));
    if (picture.hasAttribute("src") && picture.complete && !picture.naturalWidth) show(false);
  });
  document.querySelectorAll("form[data-autosave]").forEach((form) => {
    let waiting;
    const note = form.querySelector("[data-saved]");
    const save = async () => {
      try {
        const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
        if (note) note.hidden = !answer.ok;
        if (answer.ok) document.querySelectorAll("img[data-follows]").forEach(follow);
      } catch {
        if (note) note.hidden = true;
      }
    };
    form.addEventListener("input", () => {
      if (note) note.hidden = true;
      window.clearTimeout(waiting);
      waiting = window.setTimeout(save, 1000);
    });
    form.addEventListener("submit", () => window.clearTimeout(waiting));
  });

  /* A choice that changes the page sends its form at once; [data-without-script] buttons step aside. */
  document.querySelectorAll("[data-sends]").forEach((control) => control.addEventListener("change", () => control.form.requestSubmit()));
  document.querySelectorAll("[data-without-script]").forEach((node) => { node.hidden = true; });

  /* A password is shown for as long as its button is pressed in. */
  document.querySelectorAll("[data-shows]").forEach((button) => {
    const field = document.getElementById(button.dataset.shows);
    const show = (shown) => {
      field.type = shown ? "text" : "password";
      button.setAttribute("aria-pressed", String(shown));
    };
    button.hidden = false;
    button.addEventListener("click", () => show(field.type === "password"));
    field.form.addEventListener("submit", () => show(false));
  });

  /* Tick all rows of a table. */
  document.querySelectorAll("[data-ticks]").forEach((all) =>
    all.addEventListener("change", () => {
      document.querySelectorAll(`input[type="checkbox"][name="${all.dataset.ticks}"]`).forEach((tick) => { tick.checked = all.checked; });
    }),
  );

  /* Menus and panels close on Escape and on a click elsewhere. */
  const open = () => [...document.querySelectorAll("details[data-closes][open]")];
  document.addEventListener("click", (event) => {
    open().filter((panel) => !panel.contains(event.target)).forEach((panel) => { panel.open = false; });
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    open().forEach((panel) => {
      panel.open = false;
      panel.querySelector("summary")?.focus();
    });
  });
})();
