/* A signature drawn with a finger, a pen or a mouse. It goes into the form's hidden field as a PNG when the form is sent;
   without this script the typed name stands for it. */
(() => {
  "use strict";
  document.querySelectorAll("[data-signature]").forEach((box) => {
    const canvas = box.querySelector("canvas");
    const form = box.closest("form");
    const field = form.elements[box.dataset.signature];
    const pen = canvas.getContext("2d");
    let isDrawn = false;
    box.hidden = false;
    pen.lineWidth = 6;
    pen.lineCap = pen.lineJoin = "round";

    const place = (event) => {
      const edge = canvas.getBoundingClientRect();
      return [((event.clientX - edge.left) / edge.width) * canvas.width, ((event.clientY - edge.top) / edge.height) * canvas.height];
    };
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      pen.beginPath();
      pen.moveTo(...place(event));
      isDrawn = true;
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!canvas.hasPointerCapture(event.pointerId)) return;
      pen.lineTo(...place(event));
      pen.stroke();
    });
    box.querySelector("[data-clears]").addEventListener("click", () => {
      pen.clearRect(0, 0, canvas.width, canvas.height);
      isDrawn = false;
    });
    form.addEventListener("submit", () => { field.value = isDrawn ? canvas.toDataURL("image/png") : ""; });
  });
})();
