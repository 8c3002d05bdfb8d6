/* A colour picker beside the text of a colour, and what becomes of the colour on cards. The page works without. */
(() => {
  "use strict";

  const six = (text) => {
    const digits = text.trim().replace(/^#/, "");
    if (/^[0-9a-f]{6}$/i.test(digits)) return `#${digits.toLowerCase()}`;
    return /^[0-9a-f]{3}$/i.test(digits) ? `#${[...digits.toLowerCase()].map((digit) => digit + digit).join("")}` : null;
  };

  document.querySelectorAll("[data-picks]").forEach((picker) => {
    const field = document.getElementById(picker.dataset.picks);
    const place = field.form.querySelector("[data-shows-colour]");
    let latest = 0;
    let waiting;

    const show = async () => {
      const turn = ++latest;
      const wanted = new URL(place.dataset.showsColour, window.location.href);
      wanted.searchParams.set("accent", field.value);
      const answer = await fetch(wanted).catch(() => null);
      if (!answer?.ok) return;
      const words = await answer.text();
      if (turn === latest) place.innerHTML = words;
    };

    const follow = () => {
      const colour = six(field.value);
      if (colour) picker.value = colour;
      window.clearTimeout(waiting);
      if (place) waiting = window.setTimeout(show, 250);
    };

    picker.hidden = false;
    picker.value = six(field.value) ?? "#000000";
    field.addEventListener("input", follow);
    picker.addEventListener("input", () => {
      field.value = picker.value.toUpperCase();
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });
})();
