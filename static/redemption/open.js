/* A QR code's address is /r#CODE: what follows the # never leaves the phone by itself. It is taken out of the address
   bar, put into the form, and sent with the form's token, as if it had been typed. */
(() => {
  "use strict";

  const entrance = document.querySelector("[data-entrance]");
  const form = entrance?.querySelector("form");
  if (!form) return;

  const brought = () => {
    try {
      return decodeURIComponent(window.location.hash.slice(1)).trim();
    } catch {
      return window.location.hash.slice(1);
    }
  };

  const take = () => {
    const code = brought();
    if (!code || document.getElementById(code)) return; // a place on this page, such as #main
    window.history.replaceState(null, "", window.location.pathname + window.location.search);
    form.elements.code.value = code;
    entrance.hidden = true;
    document.querySelector("[data-opening]").hidden = false;
    if (form.requestSubmit) form.requestSubmit();
    else form.submit();
  };

  window.addEventListener("hashchange", take);
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    entrance.hidden = false;
    document.querySelector("[data-opening]").hidden = true;
  });
  take();
})();
