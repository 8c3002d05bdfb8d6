"""The part of SVG that a logo needs: which elements and attributes are kept, and what may stand in them.

Nothing here can fetch, run or repeat: no scripts, styles, images, filters, patterns or animations, and addresses
only of parts of the same drawing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

SHAPES: Final = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text"})
LETTERS: Final = frozenset({"text", "tspan"})
PAINTS: Final = frozenset({"linearGradient", "radialGradient"})
CUTS: Final = frozenset({"clipPath", "mask"})
ELEMENTS: Final = SHAPES | LETTERS | PAINTS | CUTS | {"svg", "g", "defs", "symbol", "use", "stop", "title", "desc"}
UNWRAPPED: Final = frozenset({"a", "switch"})
"""Kept as a plain group: a link in a logo leads nowhere, and Illustrator wraps whole drawings in a switch."""
SILENT: Final = frozenset(
    {"metadata", "style", "script", "foreignObject", "set", "animate", "animateTransform", "view"}
)
"""Left out without a word: what they hold is not drawn on paper."""

_NUMBER = r"[+-]?(?:\d{1,9}(?:\.\d{0,12})?|\.\d{1,12})(?:[eE][+-]?\d)?"
_LENGTH = rf"{_NUMBER}(?:px|pt|pc|mm|cm|in|em|ex|%)?"
_ID = r"[^\W\d][\w.:-]{0,127}"
_COLOUR = r"[a-zA-Z]{3,24}|\#[0-9a-fA-F]{3,8}|(?:rgb|hsl)a?\(\s*[\d.]{1,8}%?(?:[\s,/]+[\d.]{1,8}%?){2,3}\s*\)"
_LOCAL = rf"url\(\s*['\"]?\#{_ID}['\"]?\s*\)"

LENGTHS: Final = re.compile(rf"\s*{_LENGTH}(?:[\s,]+{_LENGTH})*\s*")
POINTS: Final = re.compile(r"[\s\d,.eE+-]*")
PATH: Final = re.compile(r"[MmZzLlHhVvCcSsQqTtAa0-9eE+\-.,\s]*")
TRANSFORM: Final = re.compile(r"\s*(?:(?:matrix|translate|scale|rotate|skewX|skewY)\s*\([\s\d,.eE+-]+\)[\s,]*)*")
PAINT: Final = re.compile(rf"\s*(?:{_COLOUR}|{_LOCAL}(?:\s+(?:{_COLOUR}))?)\s*")
LOCAL: Final = re.compile(rf"\s*(?:none|{_LOCAL})\s*")
REFERENCE: Final = re.compile(rf"\#{_ID}")
ID: Final = re.compile(_ID)
WORD: Final = re.compile(r"\s*[a-zA-Z0-9-]{1,24}(?:\s+[a-zA-Z-]{1,24})?\s*")
FONTS: Final = re.compile(r"[\w\s,'\"-]{1,200}")

NUMBER: Final = re.compile(r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
MAX_NUMBER: Final = 1e7
"""Beyond this, renderers begin to count with infinities."""
MAX_VALUE: Final = 2000
"""Characters of any value but the course of a path."""
MEASURED: Final = frozenset({LENGTHS, POINTS, PATH, TRANSFORM})

HREF: Final = "{http://www.w3.org/1999/xlink}href"
PRESENTATION: Final[Mapping[str, re.Pattern[str]]] = {
    **dict.fromkeys(("fill", "stroke", "stop-color", "color"), PAINT),
    **dict.fromkeys(("clip-path", "mask"), LOCAL),
    **dict.fromkeys(
        (
            "opacity",
            "fill-opacity",
            "stroke-opacity",
            "stop-opacity",
            "stroke-width",
            "stroke-miterlimit",
            "font-size",
            "letter-spacing",
            "word-spacing",
        ),
        LENGTHS,
    ),
    **dict.fromkeys(
        (
            "fill-rule",
            "clip-rule",
            "stroke-linecap",
            "stroke-linejoin",
            "display",
            "visibility",
            "text-anchor",
            "font-style",
            "font-weight",
        ),
        WORD,
    ),
    "font-family": FONTS,
    "transform": TRANSFORM,
}
"""Attributes that may also come from a style."""
ATTRIBUTES: Final[Mapping[str, re.Pattern[str]]] = {
    **PRESENTATION,
    **dict.fromkeys(("x", "y", "width", "height", "viewBox", "offset", "dx", "dy"), LENGTHS),
    **dict.fromkeys(("cx", "cy", "r", "rx", "ry", "fx", "fy", "fr", "x1", "y1", "x2", "y2"), LENGTHS),
    **dict.fromkeys(("gradientUnits", "spreadMethod", "clipPathUnits", "maskUnits", "maskContentUnits"), WORD),
    "preserveAspectRatio": WORD,
    "points": POINTS,
    "d": PATH,
    "gradientTransform": TRANSFORM,
    "id": ID,
    HREF: REFERENCE,
}


def kept_value(name: str, value: str) -> str | None:
    """Return the value of an attribute as it is kept, or None when it is not."""
    pattern = ATTRIBUTES.get(name)
    is_short = pattern in {POINTS, PATH} or len(value) <= MAX_VALUE
    if pattern is None or not is_short or not pattern.fullmatch(value):
        return None
    if pattern in MEASURED and any(abs(float(number[0])) > MAX_NUMBER for number in NUMBER.finditer(value)):
        return None
    return value.strip()


def local_name_in(paint: str) -> str | None:
    """Return the id that a paint, a clip or a reference names, if it names one."""
    found = re.search(r"#([^'\")\s]+)", paint) if "url(" in paint or paint.startswith("#") else None
    return found[1] if found else None
