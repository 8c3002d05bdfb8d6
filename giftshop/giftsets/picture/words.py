"""Words in a picture: escaped, measured, broken into lines."""

from __future__ import annotations

import re
import unicodedata
from html import escape
from typing import Final

from giftshop.paper import Lettering

NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
PIECE: Final = re.compile(r"[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+")
SERIF: Final = "'Cormorant Garamond','Noto Serif SC','Noto Serif CJK SC','Songti SC','SimSun',Georgia,serif"
SANS: Final = (
    "Figtree,'Source Sans 3','Noto Sans SC','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',Arial,sans-serif"
)
WIDEST: Final = 0.62
"""What a letter takes of its size in the widest font that may stand in for ours."""
FAMILIES: Final = {Lettering.SERIF: SERIF, Lettering.SANS: SANS}


def text(words: str) -> str:
    """Return what a person typed as text of an SVG, without the characters that XML does not have."""
    return escape(NOT_XML.sub("", words))


def line(  # noqa: PLR0917 -- placed by plain coordinates, as in SVG itself
    words: str, x: float, y: float, size: float, family: str, colour: str, *, weight: int = 400
) -> str:
    """Return one line of words, its middle at `x` and its foot at `y`."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="{family}" font-size="{size:.1f}" font-weight="{weight}" '
        f'fill="{colour}" text-anchor="middle">{text(words)}</text>'
    )


def measure(words: str) -> int:
    """Return how wide words are, in halves of a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in words)


def fitted(words: str, width: float, most: float) -> float:
    """Return the size at which words are no wider than `width`, at most `most`."""
    ems = sum(1 if unicodedata.east_asian_width(character) in "WF" else WIDEST for character in words)
    return min(most, width / max(1.0, ems))


def wrapped(words: str, width: int, most: int) -> list[str]:
    """Break words into at most `most` lines of `width` halves of a Chinese character; what is left over is cut."""
    lines: list[str] = []
    for paragraph in words.split("\n"):
        current = ""
        for piece in PIECE.findall(paragraph):
            if current and measure(current + piece.rstrip()) > width and piece not in "，。！？；：、”）":
                lines.append(current.rstrip())
                current = ""
            current += piece
        lines.append(current.rstrip())
    shown = [each for each in lines if each]
    return shown if len(shown) <= most else [*shown[: most - 1], shown[most - 1] + " …"]
