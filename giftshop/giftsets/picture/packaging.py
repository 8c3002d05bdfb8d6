"""Bag, box and cloth, seen a little from above and the left; the firm's mark lies in the plane of what bears it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import radians, tan
from typing import Final

from giftshop.catalogue import PackagingKind
from giftshop.giftsets.picture.mark import Mark
from giftshop.paper import Palette

FRONT: Final = 4.0
"""Degrees by which the edges of a front fall towards the near corner."""
FLANK: Final = -17.0
"""Degrees by which those of the side rise away from it."""
BOARD: Final = "#c9b08a"
"""Nothing is printed on it: brown board."""
BOARD_DEEP: Final = "#a98f68"


@dataclass(frozen=True, slots=True)
class Body:
    """What a packaging looks like: colours, the mark on it, and the fonts of its words."""

    ground: str
    deep: str
    trim: str
    mark: Mark | None
    family: str

    @classmethod
    def of(cls, palette: Palette, mark: Mark | None, family: str) -> Body:
        """Return a printed one in the firm's colours, and a plain one without a mark."""
        if mark is None:
            return cls(BOARD, BOARD_DEEP, "#8d744f", None, family)
        return cls(palette.ground, palette.deep, palette.foil, mark, family)

    def marked(self, left: float, top: float, width: float, height: float) -> Iterator[str]:
        """Draw the mark; on a label of its own where it keeps its colours."""
        if self.mark is None:
            return
        if not self.mark.has_one_ink:
            edge = 16
            box = f'x="{left - edge}" y="{top - edge}" width="{width + 2 * edge}" height="{height + 2 * edge}"'
            yield f'<rect {box} rx="14" fill="#fffdf9"/>'
        yield from self.mark.drawn((left, top, width, height), self.trim, self.family)


def packed(kind: PackagingKind, body: Body) -> Iterator[str]:
    """Draw a packaging at its place: the right half of the picture, its feet on the table."""
    yield from {PackagingKind.BAG: _bag, PackagingKind.BOX: _box, PackagingKind.WRAPPING: _cloth}[kind](body)


def _down(length: float, degrees: float) -> float:
    return length * tan(radians(degrees))


def _shadow(x: float, y: float, width: float) -> str:
    return f'<ellipse cx="{x}" cy="{y}" rx="{width}" ry="{width * 0.12:.1f}" fill="url(#shade)"/>'


def _bag(body: Body) -> Iterator[str]:
    x, y, width, height, flank = 742.0, 246.0, 300.0, 400.0, 104.0
    near, far = _down(width, FRONT), _down(flank, FLANK)
    yield _shadow(x + 250, y + height + 24, 300)
    mouth = f"M{x} {y}l{width} {near:.1f}l{flank} {far:.1f}l{-width} {-near:.1f}z"
    yield f'<path d="M{x + 150} {y - 8}c4-150 150-150 154 6" fill="none" stroke="{body.trim}" stroke-width="7" '
    yield 'opacity=".75"/>'
    yield f'<path d="{mouth}" fill="{body.deep}"/>'
    yield f'<path d="{mouth}" fill="#141c19" opacity=".35"/>'
    yield from _tissue(x + 40, y - 30, 300)
    yield f'<g transform="translate({x + width} {y + near:.1f}) skewY({FLANK})">'
    yield f'<rect width="{flank}" height="{height}" fill="{body.deep}"/>'
    yield f'<path d="M{flank / 2} 0V{height - 70}L0 {height}M{flank / 2} {height - 70}L{flank} {height}" fill="none" '
    yield 'stroke="#000" stroke-width="2" opacity=".16"/></g>'
    yield f'<g transform="translate({x} {y}) skewY({FRONT})">'
    yield f'<rect width="{width}" height="{height}" fill="{body.ground}"/>'
    yield f'<rect width="{width}" height="{height}" fill="url(#sheen)"/>'
    yield f'<path d="M0 0H{width}V26H0z" fill="#000" opacity=".1"/>'
    if body.mark and body.mark.has_one_ink:
        yield f'<path d="M0 {height - 36}H{width}M0 {height - 27}H{width}" stroke="{body.trim}" stroke-width="2.4"/>'
    yield from body.marked(54, 118, width - 108, 130)
    yield f'<circle cx="96" cy="18" r="6" fill="{body.trim}"/><circle cx="204" cy="18" r="6" fill="{body.trim}"/>'
    yield f'<path d="M96 18c2-166 106-166 108 0" fill="none" stroke="{body.trim}" stroke-width="7"/></g>'


def _tissue(x: float, y: float, width: float) -> Iterator[str]:
    """Paper that looks out of the mouth of a bag or a box."""
    step = width / 6
    peaks = (44, 8, 34, 0, 40, 14, 48)
    tops = "L".join(f"{x + number * step:.1f} {y + peak:.1f}" for number, peak in enumerate(peaks))
    yield f'<path d="M{x:.1f} {y + 74:.1f}L{tops}L{x + width:.1f} {y + 84:.1f}z" fill="#fbf6ea"/>'
    folds = "".join(
        f"M{x + number * step:.1f} {y + peak:.1f}L{x + (number + 0.5) * step:.1f} {y + 66:.1f}"
        for number, peak in enumerate(peaks[:-1])
    )
    yield f'<path d="{folds}" fill="none" stroke="#d9cfb8" stroke-width="2"/>'


def _box(body: Body) -> Iterator[str]:
    x, y, width, height, flank = 690.0, 566.0, 372.0, 122.0, 128.0
    near, far = _down(width, FRONT), _down(flank, FLANK)
    yield _shadow(x + 270, y + height + 22, 320)
    yield from _lid(body, 764.0, 226.0, 372.0, 300.0)
    mouth = f"M{x} {y}l{width} {near:.1f}l{flank} {far:.1f}l{-width} {-near:.1f}z"
    yield f'<path d="{mouth}" fill="{body.deep}"/><path d="{mouth}" fill="#141c19" opacity=".3"/>'
    yield from _tissue(x + 60, y - 40, 390)
    yield f'<g transform="translate({x + width} {y + near:.1f}) skewY({FLANK})">'
    yield f'<rect width="{flank}" height="{height}" fill="{body.deep}"/></g>'
    yield f'<g transform="translate({x} {y}) skewY({FRONT})">'
    yield f'<rect width="{width}" height="{height}" fill="{body.ground}"/>'
    yield f'<rect width="{width}" height="{height}" fill="url(#sheen)"/>'
    yield f'<path d="M0 {height - 14}H{width}" stroke="{body.trim}" stroke-width="2.4"/></g>'


def _lid(body: Body, x: float, y: float, width: float, height: float) -> Iterator[str]:
    """The lid, standing behind its box."""
    yield f'<g transform="translate({x} {y}) skewY({FRONT})">'
    yield f'<rect width="{width}" height="{height}" rx="3" fill="{body.ground}"/>'
    yield f'<rect width="{width}" height="{height}" rx="3" fill="url(#sheen)"/>'
    yield f'<rect x="14" y="14" width="{width - 28}" height="{height - 28}" fill="none" stroke="{body.trim}" '
    yield 'stroke-width="2.4"/>'
    yield from body.marked(86, 78, width - 172, 124)
    yield f'</g><g transform="translate({x + width} {y + _down(width, FRONT):.1f}) skewY({FLANK})">'
    yield f'<rect width="22" height="{height}" fill="{body.deep}"/></g>'


def _cloth(body: Body) -> Iterator[str]:
    yield _shadow(912, 694, 300)
    yield f'<path d="M700 470q210-86 424 0l18 176q-6 44-64 46H742q-56-2-62-46z" fill="{body.ground}"/>'
    yield '<path d="M700 470q210-86 424 0l18 176q-6 44-64 46H742q-56-2-62-46z" fill="url(#sheen)"/>'
    yield '<path d="M912 440q-130 60-200 210M912 440q130 60 208 210" fill="none" stroke="#000" stroke-width="3" '
    yield 'opacity=".14"/>'
    yield f'<path d="M912 440c-60-96-190-120-196-66-4 40 108 74 196 78z" fill="{body.ground}"/>'
    yield f'<path d="M912 440c60-96 190-120 196-66 4 40-108 74-196 78z" fill="{body.deep}"/>'
    yield f'<ellipse cx="912" cy="446" rx="40" ry="34" fill="{body.ground}"/>'
    yield '<ellipse cx="912" cy="446" rx="40" ry="34" fill="#000" opacity=".14"/>'
    yield from body.marked(812, 520, 200, 104)
