"""Goods as they stand on one ground: each cut out of its own drawing, the tall ones behind."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from giftshop.giftsets.picture.mark import Picture
from giftshop.giftsets.picture.words import SANS, line
from giftshop.imaging import Limits, as_webp, open_raster

OUTLINES: Final = Path(__file__).parents[3] / "static" / "goods" / "outlines.json"
"""Where in its square each drawing stands, written by `python -m tools.goods_outlines`."""
BACKDROP: Final = re.compile(rb"(</defs>).*?(<g transform=)", re.DOTALL)
"""Wall, moon, light and table of a drawing: what lies before its one group."""
SQUARE: Final = b'viewBox="0 0 400 400" width="400" height="400"'
ROOMIER: Final = b'viewBox="-60 -60 520 520" width="520" height="520"'
"""So that a shadow fades beyond the square it was drawn in."""
MARGIN: Final = 60
THUMBNAIL: Final = Limits(kinds=("WEBP",), max_side=480, min_side=1)
PHOTOGRAPH: Final = (70, 90, 330, 350)
SIDE: Final = 400
FEET: Final = {1: (810,), 2: (675, 828), 3: (610, 725, 842)}
"""Where the feet of each row are, the furthest first, by the number of rows."""
LARGEST: Final = 1.6
OVERLAP: Final = 0.87
"""How much of its width each takes; the rest may be before its neighbour."""
TOP: Final = 90


@dataclass(frozen=True, slots=True)
class Good:
    """One of a set's goods: the name of its picture, the picture, and how many of it are in each set."""

    name: str
    picture: Picture | None
    quantity: int = 1

    @property
    def is_drawing(self) -> bool:
        """Whether it can be cut out of its backdrop."""
        return bool(self.picture and self.name in outlines() and BACKDROP.search(self.picture.content))

    @property
    def sides(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of what stands there, in a square of 400."""
        return outlines()[self.name] if self.is_drawing else PHOTOGRAPH

    @property
    def width(self) -> int:
        """How wide it is, in the units of its square."""
        return self.sides[2] - self.sides[0]

    @property
    def height(self) -> int:
        """How high it is, in the units of its square."""
        return self.sides[3] - self.sides[1]


@dataclass(frozen=True, slots=True)
class Standing:
    """A good at its place: its middle, its feet, and how much larger than its square it is drawn."""

    good: Good
    number: int
    """Its place among the set's goods."""
    x: float
    feet: float
    scale: float

    @property
    def shoulder(self) -> tuple[float, float]:
        """The upper right corner of what stands there."""
        return self.x + self.good.width * self.scale / 2, self.feet - self.good.height * self.scale

    def drawn(self) -> Iterator[str]:
        """Draw it, with how many there are of it."""
        left, _top, _right, bottom = self.good.sides
        x = self.x - (left + MARGIN + self.good.width / 2) * self.scale
        y = self.feet - (bottom + MARGIN) * self.scale
        side = (SIDE + 2 * MARGIN) * self.scale
        place = f'x="{x:.1f}" y="{y:.1f}" width="{side:.1f}" height="{side:.1f}"'
        if self.good.picture and self.good.is_drawing:
            cut = BACKDROP.sub(rb"\1\2", self.good.picture.content, count=1).replace(SQUARE, ROOMIER, 1)
            yield f'<image {place} href="{Picture("image/svg+xml", cut).address}"/>'
        else:
            yield from self._photograph()
        if self.good.quantity > 1:
            cx, cy = self.x + self.good.width * self.scale * 0.42, self.feet - 26
            yield f'<circle cx="{cx:.1f}" cy="{cy + 3:.1f}" r="27" fill="#1c2723" opacity=".18"/>'
            yield f'<circle cx="{cx:.1f}" cy="{cy:.1f}" r="26" fill="#fdfaf4"/>'
            yield line(f"×{self.good.quantity}", cx, cy + 8, 23, SANS, "#26352f", weight=700)

    def _photograph(self) -> Iterator[str]:
        """A print with a white edge, leaning there."""
        width, height = self.good.width * self.scale, self.good.height * self.scale
        x, y, edge = self.x - width / 2, self.feet - height, 10 * self.scale
        yield f'<ellipse cx="{self.x:.1f}" cy="{self.feet:.1f}" rx="{width * 0.56:.1f}" ry="14" fill="url(#shade)"/>'
        yield f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="6" fill="#fffdf9"/>'
        if self.good.picture:
            inside = f'x="{x + edge:.1f}" y="{y + edge:.1f}" width="{width - 2 * edge:.1f}"'
            inside += f' height="{height - 2 * edge:.1f}"'
            yield f'<clipPath id="print-{self.number}"><rect {inside} rx="3"/></clipPath>'
            yield f'<image {inside} href="{_small(self.good.picture).address}" preserveAspectRatio="xMidYMid slice" '
            yield f'clip-path="url(#print-{self.number})"/>'


def stand(goods: Sequence[Good], left: float, right: float) -> list[Standing]:
    """Return where goods stand between two edges, the furthest first: tall ones behind, in at most three rows."""
    if not goods:
        return []
    tallest_first = sorted(enumerate(goods), key=lambda each: -each[1].height)
    rows = _rows(tallest_first)
    room = right - left
    taken = [sum(good.width for _number, good in row) * OVERLAP for row in rows]
    feet = FEET[len(rows)]
    high = [max(good.height for _number, good in row) for row in rows]
    fits = [room / width for width in taken] + [(foot - TOP) / height for foot, height in zip(feet, high, strict=True)]
    scale = min(LARGEST, *fits)
    placed = []
    for row, foot, width in zip(rows, feet, taken, strict=True):
        spare = (room - width * scale) / (len(row) + 1)
        gap = min(spare, 46.0)
        x = left + (room - width * scale - gap * (len(row) - 1)) / 2
        for number, good in row:
            span = good.width * OVERLAP * scale
            placed.append(Standing(good, number, x + span / 2, foot, scale))
            x += span + gap
    return placed


def _rows(goods: list[tuple[int, Good]]) -> list[list[tuple[int, Good]]]:
    count = len(goods)
    if count <= 3:
        return [sorted(goods, key=lambda each: each[0])]
    number = 2 if count <= 8 else 3
    each, more = divmod(count, number)
    sizes = [each + (row >= number - more) for row in range(number)]  # the nearer rows hold the odd ones
    starts = [sum(sizes[:row]) for row in range(number)]
    return [goods[start : start + size] for start, size in zip(starts, sizes, strict=True)]


def _small(picture: Picture) -> Picture:
    """Return a photograph no larger than it is shown; a drawing as it is."""
    if picture.media_type != "image/webp":
        return picture
    return Picture("image/webp", as_webp(open_raster(picture.content, THUMBNAIL, field="picture")))


@cache
def outlines() -> dict[str, tuple[int, int, int, int]]:
    """Return left, top, right and bottom of every drawing's goods, by its name."""
    return {name: tuple(sides) for name, sides in json.loads(OUTLINES.read_text()).items()}
