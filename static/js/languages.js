/* Switching the language keeps the place: where the page is scrolled to by an anchor, and what was typed and not sent. It lies in
   this tab for the moment between the two pages, and is taken out by the next one whichever it is. A code is cash and a password is
   nobody's business: neither is ever kept. */
(() => {
  "use strict";

  const KEPT = "typed";
  const NEVER = ["hidden", "file", "submit", "button", "reset", "password"];
  const isSecret = (field) => field.matches(".code") || /^off$|one-time-code|password/.test(field.autocomplete);
  const isTick = (field) => field.type === "radio" || field.type === "checkbox";

  /** Each field that is kept, under a name that it has in the other language as well. */
  const fields = () => {
    const seen = {};
    return [...document.querySelectorAll("main :is(input, textarea, select)[name]")]
      .filter((field) => !NEVER.includes(field.type) && !isSecret(field))
      .map((field) => {
        const name = [field.form?.getAttribute("action"), field.name, isTick(field) ? field.value : ""].join(" ");
        seen[name] = (seen[name] ?? 0) + 1;
        return [`${name} ${seen[name]}`, field];
      });
  };

  /** Of a country with other fields only those come back that are here as well. */
  const put = (field, value) => {
    const property = isTick(field) ? "checked" : "value";
    if (field[property] === value || "addressCountry" in field.dataset) return;
    const isKnown = field.tagName !== "SELECT" || [...field.options].some((option) => option.value === value);
    if (!isKnown) field.add(new Option(value, value)); // a list that a script fills from the one above it
    field[property] = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const keep = () => {
    const typed = fields().map(([name, field]) => [name, isTick(field) ? field.checked : field.value]);
    sessionStorage.setItem(KEPT, JSON.stringify({ path: location.pathname, typed: Object.fromEntries(typed) }));
  };

  const takeOut = () => {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
    sessionStorage.removeItem(KEPT);
    if (kept?.path !== location.pathname) return;
    for (const [name, field] of fields()) if (name in kept.typed) put(field, kept.typed[name]);
  };

  /** No storage, or none left: the page opens as it was loaded. */
  const tried = (what) => {
    try {
      what();
    } catch {
      return;
    }
  };

  document.querySelectorAll("[data-enter]").forEach((button) => button.remove());
  document.querySelectorAll("[data-language]").forEach((control) => {
    if (control.form) control.type = "button"; // what it would send, this script keeps
    control.addEventListener("click", () => {
      tried(keep);
      if (!control.form) control.hash = location.hash;
      else location.assign(new URL(location.hash, control.formAction));
    });
  });
  tried(takeOut);
})();
