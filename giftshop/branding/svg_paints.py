"""Which colours a drawing shows: enough to say whether it fades into white paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree
from PIL import ImageColor

from giftshop.branding.rules import Colour
from giftshop.branding.svg_words import CUTS, PAINTS, SHAPES, local_name_in

BLACK: Final = "black"


def colours_of(root: etree._Element) -> list[Colour]:
    """Return the fills and strokes that a (redrawn) drawing shows, once for each shape."""
    gradients = {
        str(element.get("id")): [_colour(stop.get("stop-color", BLACK)) for stop in element]
        for element in root.iter()
        if _name(element) in PAINTS
    }
    found: list[Colour] = []
    for paint in _paints(root, fill=BLACK, stroke="none"):
        name = local_name_in(paint) if "url(" in paint else None
        found += gradients.get(name or "", []) if name else [_colour(paint)]
    return found


def _paints(element: etree._Element, *, fill: str, stroke: str) -> Iterator[str]:
    """Give the paints of an element's shapes; what an element does not say it inherits."""
    if _name(element) in {*CUTS, "defs", "symbol"} and not _is_used(element):
        return
    fill, stroke = element.get("fill", fill), element.get("stroke", stroke)
    if _name(element) in SHAPES:
        yield from (paint for paint in (fill, stroke) if paint not in {"none", "transparent"})
    for child in element:
        yield from _paints(child, fill=fill, stroke=stroke)


def _is_used(element: etree._Element) -> bool:
    """Whether what is only defined here is drawn by a use somewhere."""
    return _name(element) not in CUTS and any(_name(other) == "use" for other in element.getroottree().iter())


def _colour(text: str) -> Colour:
    try:
        return ImageColor.getrgb(text)[:3]
    except ValueError:
        return (0, 0, 0)


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
