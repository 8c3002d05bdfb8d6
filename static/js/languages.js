/* Switching the language keeps the place: where the page is scrolled to by an anchor, and what was typed and not sent. */
"use strict";

(() => {
  const KEPT = "typed:";
  const fields = () => document.querySelectorAll("main :is(input, textarea, select)[name]");
  const isSecret = (field) => field.type === "password" || ["off", "one-time-code"].includes(field.autocomplete); // a code is cash
  const isKept = (field) => !isSecret(field) && !["hidden", "file", "submit", "button"].includes(field.type);
  const place = (field, index) => `${field.form ? field.form.getAttribute("action") : ""} ${field.name} ${index}`;
  const isTicked = (field) => field.type === "checkbox" || field.type === "radio";

  for (const link of document.querySelectorAll('a[rel~="alternate"][hreflang]')) {
    link.addEventListener("click", () => {
      link.hash = location.hash;
      const typed = {};
      fields().forEach((field, index) => {
        if (isKept(field)) typed[place(field, index)] = isTicked(field) ? field.checked : field.value;
      });
      try {
        sessionStorage.setItem(KEPT + link.pathname, JSON.stringify(typed));
      } catch {
        // No storage, or none left: the page opens as it was loaded.
      }
    });
  }

  const kept = sessionStorage.getItem(KEPT + location.pathname);
  sessionStorage.removeItem(KEPT + location.pathname);
  if (!kept) return;
  const typed = JSON.parse(kept);
  fields().forEach((field, index) => {
    const value = typed[place(field, index)];
    if (value === undefined || !isKept(field)) return;
    const [now, property] = isTicked(field) ? [field.checked, "checked"] : [field.value, "value"];
    if (now === value) return;
    field[property] = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
})();
