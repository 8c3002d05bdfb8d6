"""Measure where in its square each drawing of goods stands, so that several can stand on one ground.

    python -m tools.goods_outlines

Writes static/goods/outlines.json: left, top, right and bottom of the goods by name, without backdrop and shadows.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright

from tools.browser import installed_browser

GOODS: Final = Path(__file__).parents[1] / "static" / "goods"
MEASURE: Final = """() => {
  const root = document.querySelector("svg");
  const holder = root.querySelector(":scope > g");
  const fades = (part) => part.tagName === "ellipse" && (part.getAttribute("fill") || "").startsWith("url(") &&
    document.querySelector(part.getAttribute("fill").slice(4, -1) + " [stop-opacity='0']");
  const boxes = [...holder.querySelectorAll("*")]
    .filter((part) => part.getBBox && part.tagName !== "g" && !fades(part))
    .map((part) => part.getBoundingClientRect())
    .filter((box) => box.width + box.height > 0);
  const sides = [["left", Math.min], ["top", Math.min], ["right", Math.max], ["bottom", Math.max]];
  return sides.map(([side, most]) => Math.round(most(...boxes.map((box) => box[side]))));
}"""


def measured() -> dict[str, list[int]]:
    """Return left, top, right and bottom of the goods in every drawing, in its own units."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=installed_browser(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 400, "height": 400})
        found = {}
        for drawing in sorted(GOODS.glob("*.svg")):
            page.set_content(f"<style>body{{margin:0}}</style>{drawing.read_text()}")
            found[drawing.stem] = page.evaluate(MEASURE)
        browser.close()
    return found


if __name__ == "__main__":
    lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(sides)}" for name, sides in measured().items())
    (GOODS / "outlines.json").write_text(f"{{\n{lines}\n}}\n")
