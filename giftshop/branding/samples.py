"""How the two letterings look, set by the printing room in the very fonts that cards are printed with."""

from __future__ import annotations

from functools import cache
from typing import Final

from flask import render_template

from giftshop.paper import Lettering, page_png, render

FONTS: Final = {
    Lettering.SERIF: "600 22pt 'Cormorant Garamond', 'Noto Serif SC'",
    Lettering.SANS: "700 19pt 'Source Sans 3', 'Noto Sans SC'",
}
SAMPLE: Final = ("感恩有您", "Season’s Greetings")


@cache
def lettering_sample(lettering: Lettering) -> bytes:
    """Return a sample of a lettering as PNG, drawn once in the life of the program."""
    return page_png(render(render_template("paper/lettering.html", font=FONTS[lettering], sample=SAMPLE)), dpi=192)
