/* What the order comes to follows what is chosen. The page works without: the next one shows the total. */
(() => {
  "use strict";

  const form = document.querySelector("[data-estimates]");
  const place = document.querySelector("[data-estimate]");
  if (!form || !place) return;

  let latest = 0;
  let waiting;
  const isByNumber = () => form.elements.mode.value === "number";

  const show = () => {
    form.querySelector("[data-by-number]").hidden = !isByNumber();
  };

  const ask = async () => {
    const turn = ++latest;
    const wanted = new URL(form.dataset.estimates, window.location.href);
    for (const name of ["edition", "face", "gift_set", "delivery", "sent_as", "budget"]) {
      if (form.elements[name]) wanted.searchParams.set(name, form.elements[name].value);
    }
    wanted.searchParams.set("quantity", isByNumber() ? form.elements.quantity.value : "0");
    const answer = await fetch(wanted).catch(() => null);
    if (!answer?.ok) return;
    const words = await answer.text();
    if (turn === latest) place.innerHTML = words;
  };

  form.addEventListener("input", () => {
    show();
    window.clearTimeout(waiting);
    waiting = window.setTimeout(ask, 250);
  });
  show();
})();
