/* The bench without a mouse. Every page works without this file. */
(() => {
  "use strict";

  /* A wrong scan is heard: two low tones, and the phone shakes. */
  const sound = () => {
    try {
      const audio = new AudioContext();
      [0, 0.28].forEach((start) => {
        const tone = audio.createOscillator();
        const volume = audio.createGain();
        tone.type = "square";
        tone.frequency.value = 180;
        volume.gain.value = 0.2;
        tone.connect(volume).connect(audio.destination);
        tone.start(audio.currentTime + start);
        tone.stop(audio.currentTime + start + 0.2);
      });
    } catch {
      /* no sound on this machine: the page is red all the same */
    }
    navigator.vibrate?.([200, 80, 200]);
  };
  if (document.querySelector("[data-alarm]")) sound();

  /* Printing: a form that prints, or a link to a PDF. */
  const print = () => {
    const what = document.querySelector("[data-print]");
    if (what instanceof HTMLFormElement) what.requestSubmit();
    else (what ?? document.querySelector("[data-print-button] button"))?.click();
  };

  /* Enter in the empty scan box does what comes next: on a closed parcel, it prints the label. */
  document.querySelector(".scan-bar")?.addEventListener("submit", (event) => {
    const label = document.querySelector("form[data-prints-next]");
    if (!label || event.target.elements.code.value.trim()) return;
    event.preventDefault();
    event.stopPropagation();
    label.requestSubmit();
  });

  const typing = (node) => node.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]");
  const keys = { s: () => document.querySelector("[data-scan]")?.focus(), p: print, o: () => document.querySelector("[data-order] button")?.click() };

  /* What every desk has, such as "?" and "/", is in js/keys.js. */
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches?.("[data-scan]") && event.key === "Escape") event.target.blur();
    if (typing(event.target) || document.documentElement.hasAttribute("data-single-keys-off")) return;
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
