"""The artwork of an order, rendered once, and where on it the places for each card's own text are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from giftshop.paper import drawing
from giftshop.paper.card_design import BLEED_MM, CardArt, CardDesign
from giftshop.paper.colour import Palette
from giftshop.paper.document import lay_out, paint
from giftshop.paper.errors import TextTooLong
from giftshop.paper.fonts import ROOT
from giftshop.paper.words import translator

Corners = tuple[float, float, float, float]
"""Left, top, right and bottom on a page, in CSS pixels from its top left corner."""
POINTS_PER_PIXEL: Final = 0.75
SHRINKING: Final = (1.0, 0.92, 0.85, 0.78, 0.72, 0.66, 0.6)
"""Sizes tried for a greeting before it is refused: any smaller, a design no longer looks as it was meant."""


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle on a page of the artwork, in points from its bottom left corner."""

    page: int
    left: float
    bottom: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class RenderedArt:
    """The artwork as a PDF of one page a side, bleed included, and the place of each field and of the QR code."""

    pdf: bytes
    places: Mapping[str, Place]


def render_art(design: CardDesign, art: CardArt) -> RenderedArt:
    """Return the artwork of `design` with the words and the logo of `art`.

    Raises:
        TextTooLong: a text does not fit its place at the smallest size; `facts["text"]` is that text.
        GlyphMissing: a character cannot be printed.

    """
    layout = _fitted(design, art)
    return RenderedArt(paint(layout, tags=False), _places(layout))


def _fitted(design: CardDesign, art: CardArt) -> Any:
    """Lay the artwork out, making each text smaller until it fits."""
    shrink = _Shrink()
    while True:
        layout = _lay_out(design, art, shrink)
        crowded = _crowded(layout)
        if not crowded:
            return layout
        for name in crowded:
            if not shrink.smaller(name):
                raise TextTooLong(text=getattr(art, name))


class _Shrink:
    """By what the size of each text is multiplied: `shrink.greeting`, or `shrink["greeting"]`, in a template."""

    def __init__(self) -> None:
        self._step: dict[str, int] = {}

    def __getitem__(self, name: str) -> float:
        return SHRINKING[self._step.get(name, 0)]

    def smaller(self, name: str) -> bool:
        """Go one step down for `name`; False if it stands on the last."""
        self._step[name] = self._step.get(name, 0) + 1
        return self._step[name] < len(SHRINKING)


def _lay_out(design: CardDesign, art: CardArt, shrink: _Shrink) -> Any:
    page = _templates().get_template(design.template)
    html = page.render(
        art=art,
        shrink=shrink,
        palette=Palette.of(art.accent),
        design=design,
        chinese=art.locale.startswith("zh"),
        width=design.width_mm + 2 * BLEED_MM,
        height=design.height_mm + 2 * BLEED_MM,
        pgettext=translator(art.locale),
    )
    return lay_out(html, assets={} if art.logo is None else {"logo": art.logo})


@cache
def _templates() -> Environment:
    environment = Environment(loader=FileSystemLoader(ROOT / "templates"), autoescape=True, undefined=StrictUndefined)
    environment.globals["draw"] = drawing
    return environment


def _crowded(layout: Any) -> list[str]:
    """Return the names of the texts that reach beyond their room."""
    return [
        name.removeprefix("fit-")
        for page in layout.pages
        for name, text in page.anchors.items()
        if name.startswith("fit-") and not _inside(text, page.anchors[name.replace("fit-", "room-", 1)])
    ]


def _inside(text: Corners, room: Corners) -> bool:
    slack = 0.5
    reaches_less = text[0] >= room[0] - slack and text[1] >= room[1] - slack
    return reaches_less and text[2] <= room[2] + slack and text[3] <= room[3] + slack


def _places(layout: Any) -> Mapping[str, Place]:
    return {
        name.removeprefix("field-"): _place(number, page.height, corners)
        for number, page in enumerate(layout.pages)
        for name, corners in page.anchors.items()
        if name.startswith("field-")
    }


def _place(page: int, page_height: float, corners: Corners) -> Place:
    left, top, right, bottom = (length * POINTS_PER_PIXEL for length in corners)
    return Place(page, left, page_height * POINTS_PER_PIXEL - bottom, right - left, bottom - top)
