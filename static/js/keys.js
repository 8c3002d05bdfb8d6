/* Keys for whoever is signed in: one list of them, in layouts/_keys.html, is both what they do and what the help shows.
   A row of it: data-key is the key, data-at the selector of what it acts on; a row without its thing on this page is not shown. */
(() => {
  "use strict";

  const help = document.getElementById("keys-help");
  if (!help) return;
  const OFF = "single-keys-off";
  const MAIN = document.getElementById("main");
  const say = (words) => { help.ownerDocument.querySelector("[data-keys-say]").textContent = words; };

  /* Somebody who speaks to their machine, or whose hand trembles, switches single keys off; it is kept on this machine. */
  const toggle = help.querySelector("[data-keys-toggle]");
  const stored = () => {
    try { return window.localStorage.getItem(OFF); } catch { return null; }
  };
  const apply = () => {
    const isOff = stored() !== null;
    document.documentElement.toggleAttribute("data-single-keys-off", isOff);
    toggle.checked = !isOff;
  };
  toggle.addEventListener("change", () => {
    try {
      if (toggle.checked) window.localStorage.removeItem(OFF);
      else window.localStorage.setItem(OFF, "yes");
    } catch { /* no storage here: for this page, it is as it was */ }
    apply();
    say(toggle.checked ? toggle.dataset.on : toggle.dataset.off);
  });
  apply();

  /* What a page has of its own, and what its header offers first. */
  const rows = () => help.querySelectorAll("[data-key]");
  document.querySelectorAll("[data-more-keys] > div").forEach((row) => help.querySelector("[data-keys-here]").append(row));
  const first = MAIN?.querySelector(".page-header .actions a.button.primary");
  if (first) first.dataset.new = "";

  const things = (row) => (row.dataset.at ? document.querySelectorAll(row.dataset.at) : [row]);
  const open = () => {
    rows().forEach((row) => { row.hidden = !things(row).length; });
    const named = help.querySelector("[data-key='n'] dd");
    if (named && first) named.textContent = first.textContent.trim();
    if (!help.open) help.showModal();
  };
  document.querySelectorAll("[data-opens='keys-help']").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      button.closest("details")?.removeAttribute("open");
      open();
    });
  });
  help.addEventListener("click", (event) => { if (event.target === help) help.close(); });

  /* j and k along the rows of the page's lists. */
  const lines = () => [...document.querySelectorAll("main table tbody tr")].filter((row) => row.querySelector("a[href], button, input"));
  const step = (by) => {
    const all = lines();
    if (!all.length) return;
    const next = Math.min(Math.max(all.findIndex((row) => row.classList.contains("is-at")) + by, 0), all.length - 1);
    all.forEach((row, index) => row.classList.toggle("is-at", index === next));
    (all[next].querySelector("th a[href]") ?? all[next].querySelector("a[href], button, input")).focus({ preventScroll: true });
    all[next].scrollIntoView({ block: "nearest" });
  };
  const here = () => document.querySelector("tr.is-at");

  const acts = {
    "/": (box) => { box.focus(); box.select(); },
    j: () => step(1),
    k: () => step(-1),
    x: () => here()?.querySelector('input[type="checkbox"]')?.click(),
    n: (link) => link.click(),
    u: (button) => button.click(),
    "?": open,
  };

  /* g, then a letter within two seconds: a place of the menu. */
  let waits = 0;
  const going = () => Date.now() < waits;
  const go = (letter) => {
    waits = 0;
    const link = help.querySelector(`[data-go="${CSS.escape(letter)}"]`);
    if (link) window.location.assign(link.href);
    return Boolean(link);
  };

  const typing = (node) => node.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  /* The scan box has the focus most of the time: while it is empty, "?" and "/" still do what they say. */
  const isEmptyScanBox = (node) => node.matches?.("[data-scan]") && !node.value;

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.documentElement.hasAttribute("data-single-keys-off")) return;
    if (document.querySelector("dialog[open]")) return;
    if (typing(event.target) && !(isEmptyScanBox(event.target) && "?/".includes(event.key))) return;
    if (going() && go(event.key)) {
      event.preventDefault();
      return;
    }
    if (event.key === "g") {
      waits = Date.now() + 2000;
      say(help.dataset.going);
      return;
    }
    const row = [...rows()].find((each) => each.dataset.key.split(" ").includes(event.key));
    const act = acts[event.key];
    if (!row || !act) return;
    const thing = things(row)[0];
    if (!thing) return;
    event.preventDefault();
    act(thing);
  });
})();
