/* A pasted address is taken apart at once, and takes along what was typed below. The page works without: by a button. */
(() => {
  "use strict";

  const paste = document.querySelector("[data-paste]");
  const form = paste && document.getElementById(paste.dataset.paste);
  if (!form) return;

  const takeAlong = () => {
    for (const [name, value] of new FormData(form)) {
      if (paste.elements[name] || typeof value !== "string") continue;
      const input = document.createElement("input");
      Object.assign(input, { type: "hidden", name, value });
      paste.append(input);
    }
  };

  paste.addEventListener("submit", takeAlong);
  paste.elements.pasted.addEventListener("paste", () => {
    if (paste.requestSubmit) window.setTimeout(() => paste.requestSubmit(paste.elements.split), 0);
  });
})();
