/* Hearts and "Compare" change in place. Without this file their forms lead to the same page, at the same gift. */
(() => {
  "use strict";

  const voice = document.createElement("div");
  voice.className = "visually-hidden";
  voice.setAttribute("role", "status");
  document.body.append(voice);

  const show = (form, answer) => {
    document.querySelectorAll(`form[action="${form.getAttribute("action")}"] button[name="wanted"]`).forEach((button) => {
      button.setAttribute("aria-pressed", String(answer.wanted));
      button.value = answer.wanted ? "no" : "yes";
    });
    const tray = document.querySelector("[data-wish-tray]");
    if (tray && answer.tray !== undefined) tray.innerHTML = answer.tray;
    const count = document.querySelector("[data-wish-count] .badge");
    if (count && form.dataset.wish === "favourite") {
      count.textContent = answer.count;
      count.hidden = !answer.count;
    }
  };

  const send = async (form, button) => {
    const body = new FormData(form);
    body.set(button.name, button.value);
    button.setAttribute("aria-busy", "true");
    try {
      const sent = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      const answer = await sent.json();
      voice.textContent = answer.said;
      if (sent.ok) show(form, answer);
      else window.alert(answer.said);
    } catch {
      form.submit(); // whatever went wrong, the page says it
    } finally {
      button.removeAttribute("aria-busy");
    }
  };

  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!event.target.matches("form[data-wish]") || button?.name !== "wanted") return;
    event.preventDefault();
    if (!button.hasAttribute("aria-busy")) send(event.target, button);
  });
})();
