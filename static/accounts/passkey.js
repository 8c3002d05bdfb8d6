/* Passkeys: the browser is asked what the server wrote down, and its answer is sent as a form. Where a browser knows no
   passkeys nothing is offered, and codes do as well. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-passkey]");
  if (!form) return;
  const offer = form.closest("[data-passkey-offer]");
  const failed = form.querySelector("[data-passkey-failed]");
  const start = form.querySelector("[data-passkey-starts]");

  if (!window.PublicKeyCredential || !navigator.credentials) {
    const unknown = document.querySelector("[data-passkey-unknown]");
    if (unknown) unknown.hidden = false;
    return;
  }

  const bytes = (text) => {
    const base64 = text.replace(/-/g, "+").replace(/_/g, "/");
    return Uint8Array.from(window.atob(base64), (letter) => letter.charCodeAt(0));
  };

  const text = (buffer) => {
    const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
    return window.btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };

  const known = (list) => (list ?? []).map((key) => ({ ...key, id: bytes(key.id) }));

  const make = async () => {
    const asked = JSON.parse(form.dataset.options);
    const made = await navigator.credentials.create({
      publicKey: {
        ...asked,
        challenge: bytes(asked.challenge),
        user: { ...asked.user, id: bytes(asked.user.id) },
        excludeCredentials: known(asked.excludeCredentials),
      },
    });
    return {
      attestationObject: text(made.response.attestationObject),
      clientDataJSON: text(made.response.clientDataJSON),
      transports: made.response.getTransports?.() ?? [],
      of: made,
    };
  };

  const show = async () => {
    const answer = await fetch(form.dataset.asks, { method: "POST", body: new FormData(form) });
    if (!answer.ok) {
      window.location.reload(); // the half hour is over: the page says so
      return null;
    }
    const asked = await answer.json();
    const shown = await navigator.credentials.get({
      publicKey: { ...asked, challenge: bytes(asked.challenge), allowCredentials: known(asked.allowCredentials) },
    });
    return {
      authenticatorData: text(shown.response.authenticatorData),
      clientDataJSON: text(shown.response.clientDataJSON),
      signature: text(shown.response.signature),
      userHandle: shown.response.userHandle ? text(shown.response.userHandle) : null,
      of: shown,
    };
  };

  start.addEventListener("click", async () => {
    start.setAttribute("aria-busy", "true");
    failed.hidden = true;
    try {
      const told = await (form.dataset.passkey === "make" ? make() : show());
      if (!told) return;
      const { of, ...response } = told;
      form.elements.answer.value = JSON.stringify({ id: of.id, rawId: text(of.rawId), type: of.type, response });
      form.submit();
    } catch {
      failed.hidden = false;
      start.removeAttribute("aria-busy");
    }
  });

  offer.hidden = false;
})();
