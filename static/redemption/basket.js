/* Adds up what is in the basket, under the thumb. The page works without: the next one shows the sum. */
(() => {
  "use strict";

  const words = document.querySelector("[data-sum]");
  const form = words?.closest("form");
  if (!form) return;

  const money = new Intl.NumberFormat(words.dataset.locale, { style: "currency", currency: words.dataset.currency });
  const places = money.resolvedOptions().maximumFractionDigits;
  const shown = (minor) => money.format(minor / 10 ** places);
  const holds = Number(form.dataset.holds);

  const add = () => {
    let sum = 0;
    for (const field of form.querySelectorAll("[data-price]")) {
      const count = Math.max(0, Number.parseInt(field.value, 10) || 0);
      sum += count * Number(field.dataset.price);
      field.closest(".basket-item").classList.toggle("is-chosen", count > 0);
    }
    const isOver = sum > holds;
    const text = isOver ? words.dataset.over : words.dataset.words;
    words.textContent = text.replace("{sum}", shown(sum)).replace("{holds}", shown(holds)).replace("{rest}", shown(sum - holds));
    words.classList.toggle("is-over", isOver && !text.includes("{rest}"));
    form.classList.toggle("has-chosen", sum > 0);
  };

  form.addEventListener("input", add);
  add();
})();
