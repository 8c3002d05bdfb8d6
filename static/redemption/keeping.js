/* Another language on the same page: what was typed goes along. It lies in this tab for the moment between the two pages,
   is taken out by the next page whichever it is, and no code is ever in it: fields that browsers may not fill are left out. */
(() => {
  "use strict";

  const PLACE = "kept";
  const TYPED = "input:not([type=hidden]):not([type=password]), select, textarea";
  const isCode = (field) => field.autocomplete === "off" || field.autocomplete === "one-time-code";
  const fields = () => [...document.querySelectorAll("form[method=post]")].flatMap((form) => [...form.querySelectorAll(TYPED)]);
  const isTick = (field) => field.type === "radio" || field.type === "checkbox";

  const keep = () => {
    const typed = fields()
      .filter((field) => field.name && !isCode(field))
      .map((field) => [field.name, isTick(field) ? field.value : "", isTick(field) ? field.checked : field.value]);
    window.sessionStorage.setItem(PLACE, JSON.stringify({ path: window.location.pathname, typed }));
  };

  /** Of a country with other fields only those come back that are here as well. */
  const put = (field, value) => {
    if (isTick(field)) {
      field.checked = value;
    } else if ("addressCountry" in field.dataset) {
      return;
    } else {
      const isList = field.tagName === "SELECT";
      if (isList && value && ![...field.options].some((option) => option.value === value)) field.add(new Option(value, value));
      field.value = value;
    }
  };

  const takeOut = () => {
    const kept = JSON.parse(window.sessionStorage.getItem(PLACE) ?? "null");
    window.sessionStorage.removeItem(PLACE);
    if (kept?.path !== window.location.pathname) return;
    for (const [name, option, value] of kept.typed) {
      const field = fields().find((each) => each.name === name && (!isTick(each) || each.value === option));
      if (field) put(field, value);
    }
  };

  try {
    takeOut();
    for (const link of document.querySelectorAll("a[hreflang]")) link.addEventListener("click", keep);
  } catch {
    // A browser that keeps nothing shows the page as it came.
  }
})();
