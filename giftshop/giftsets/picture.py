"""The picture of a set, composed as one SVG: its goods, its packaging with the firm's mark, its greeting card.

Everything is in the file itself, goods and logos as pictures inside the picture, so that a browser fetches and runs
nothing for it. Whatever a person typed is text in it, escaped, without the characters that XML does not have.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from math import ceil
from typing import Final

from giftshop import branding, catalogue
from giftshop.catalogue import PackagingKind
from giftshop.db import Reader
from giftshop.giftsets import queries
from giftshop.giftsets.models import GiftSet
from giftshop.giftsets.rules import Contents, Craft
from giftshop.imaging import Limits, as_webp, open_raster
from giftshop.kernel.locale import pick

WIDTH: Final = 960
HEIGHT: Final = 720
GAP: Final = 16
GOODS: Final = (32, 32, 552, 656)
"""Left, top, width and height of the part where the goods stand."""
THUMBNAIL: Final = Limits(kinds=("WEBP",), max_side=480, min_side=1)
NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SERIF: Final = "'Cormorant Garamond','Noto Serif SC','Songti SC','SimSun',Georgia,serif"
SANS: Final = "Figtree,'Noto Sans SC','PingFang SC','Microsoft YaHei',Helvetica,sans-serif"
INK, LACQUER, PAPER, GREEN = "#26352f", "#8a1f1b", "#fdfaf4", "#2f4a43"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to be put into another: its type and its bytes."""

    media_type: str
    content: bytes

    @property
    def address(self) -> str:
        """The whole picture as an address."""
        return f"data:{self.media_type};base64,{base64.b64encode(self.content).decode()}"


def picture_of(reader: Reader, found: GiftSet, locale: str) -> bytes:
    """Return a set as an SVG, its words in `locale`."""
    contents = queries.contents_of(reader, found.id)
    scene = _Scene(reader, found, contents, locale)
    drawn = "".join([*scene.ground(), *scene.goods(), *scene.packaging(), *scene.card()])
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
    return f"{head}<title>{_text(found.name)}</title>{drawn}</svg>".encode()


class _Scene:
    """What stands where."""

    def __init__(self, reader: Reader, found: GiftSet, contents: Contents, locale: str) -> None:
        self.reader, self.found, self.contents, self.locale = reader, found, contents, locale
        self.items = catalogue.items_by_id(reader, [part.item_id for part in contents.parts])
        places = catalogue.places_by_id(reader, [craft.place_id for craft in contents.crafts])
        self.on_item: Mapping[int | None, Craft] = {
            places[craft.place_id].place.item_id: craft for craft in contents.crafts
        }
        self.on_packaging = [craft for craft in contents.crafts if places[craft.place_id].place.packaging_id]

    def ground(self) -> Iterator[str]:
        yield f'<rect width="{WIDTH}" height="{HEIGHT}" rx="24" fill="#eef1ea"/>'
        yield f'<path d="M0 560H{WIDTH}V{HEIGHT - 24}a24 24 0 0 1-24 24H24a24 24 0 0 1-24-24z" fill="#dfe6dc"/>'

    def goods(self) -> Iterator[str]:
        left, top, width, height = GOODS
        count = len(self.contents.parts)
        if not count:
            yield f'<rect x="{left}" y="{top}" width="{width}" height="{height}" rx="18" fill="none" '
            yield 'stroke="#9fb0a5" stroke-width="3" stroke-dasharray="10 10"/>'
            return
        columns = _columns(count)
        rows = ceil(count / columns)
        side = min((width - GAP * (columns - 1)) / columns, (height - GAP * (rows - 1)) / rows)
        start_x = left + (width - columns * side - GAP * (columns - 1)) / 2
        start_y = top + (height - rows * side - GAP * (rows - 1)) / 2
        for number, part in enumerate(self.contents.parts):
            x = start_x + number % columns * (side + GAP)
            y = start_y + number // columns * (side + GAP)
            yield from self._tile(number, x, y, side)
            if part.quantity > 1:
                yield f'<circle cx="{x + side - 26:.0f}" cy="{y + 26:.0f}" r="19" fill="{INK}"/>'
                words = f"×{part.quantity}"
                yield _line(words, x + side - 26, y + 32, 16, SANS, PAPER, weight=600)

    def _tile(self, number: int, x: float, y: float, side: float) -> Iterator[str]:
        part = self.contents.parts[number]
        box = f'x="{x:.1f}" y="{y:.1f}" width="{side:.1f}" height="{side:.1f}"'
        yield f'<clipPath id="t{number}"><rect {box} rx="18"/></clipPath><rect {box} rx="18" fill="#fff"/>'
        content = catalogue.picture_content(self.reader, self.items[part.item_id].picture)
        if content:
            picture = _small(Picture(*content))
            yield f'<image {box} href="{picture.address}" preserveAspectRatio="xMidYMid slice" '
            yield f'clip-path="url(#t{number})"/>'
        craft = self.on_item.get(part.item_id)
        if craft:
            width, height = side * 0.4, side * 0.16
            yield from self._mark(craft, x + 12, y + side - height - 12, width, height, ground=PAPER, ink=INK)

    def packaging(self) -> Iterator[str]:
        wrap = self.contents.wrap
        if not wrap:
            return
        kind = catalogue.packaging(self.reader, wrap.packaging_id).kind
        has_card = self.contents.has_card
        top, height = (48, 300) if has_card else (150, 420)
        yield from _BODIES[kind](640, top, 272, height)
        if self.on_packaging:
            yield from self._mark(self.on_packaging[0], 690, top + height * 0.48, 172, height * 0.26)
        yield _line(pick(wrap.names, self.locale), 776, top + height + 28, 19, SANS, "#53655c")

    def card(self) -> Iterator[str]:
        if not self.contents.has_card:
            return
        top = 404 if self.contents.wrap else 210
        yield f'<g transform="rotate(-2 776 {top + 140})">'
        yield f'<rect x="630" y="{top + 6}" width="296" height="280" rx="6" fill="#26352f" opacity=".12"/>'
        yield f'<rect x="628" y="{top}" width="296" height="280" rx="6" fill="{PAPER}"/>'
        yield f'<rect x="640" y="{top + 12}" width="272" height="256" rx="3" fill="none" stroke="#c8a567"/>'
        headline = _wrapped(self.found.headline, 13, 2)
        greeting = _wrapped(self.found.greeting, 26, 6)
        y = top + 150 - (len(headline) * 36 + len(greeting) * 26) / 2 + 20
        for words in headline:
            yield _line(words, 776, y, 34 if len(headline) == 1 else 27, SERIF, LACQUER, weight=600)
            y += 36
        y += 4
        for words in greeting:
            yield _line(words, 776, y, 18, SERIF, INK)
            y += 26
        yield "</g>"

    def _mark(
        self, craft: Craft, x: float, y: float, width: float, height: float, *, ground: str = "", ink: str = PAPER
    ) -> Iterator[str]:
        """The firm's logo or words, as they will be put there."""
        if ground:
            yield f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="6" fill="{ground}"/>'
        inner = f'x="{x + 6:.1f}" y="{y + 4:.1f}" width="{width - 12:.1f}" height="{height - 8:.1f}"'
        if craft.logo_id:
            logo = branding.logo(self.reader, self.found.firm_id, craft.logo_id)
            content = branding.logo_bytes(self.reader, self.found.firm_id, craft.logo_id)
            media_type = "image/png" if logo.kind is branding.LogoKind.PNG else "image/svg+xml"
            if not ground:
                yield f'<rect x="{x - 8:.1f}" y="{y - 8:.1f}" width="{width + 16:.1f}" height="{height + 16:.1f}" '
                yield f'rx="10" fill="{PAPER}"/>'
            yield f'<image {inner} href="{Picture(media_type, content).address}"/>'
        elif craft.text:
            size = min(height * 0.5, (width - 12) / max(1.0, _measure(craft.text) / 2))
            yield _line(craft.text, x + width / 2, y + height / 2 + size * 0.35, size, SERIF, ink, weight=600)


def _bag(x: float, y: float, width: float, height: float) -> Iterator[str]:
    mouth = y + height * 0.26
    yield f'<path d="M{x + width * 0.32} {mouth}v-{height * 0.12}a{width * 0.18} {height * 0.14} 0 0 1 {width * 0.36} 0'
    yield f'v{height * 0.12}" fill="none" stroke="#c8a567" stroke-width="7"/>'
    yield f'<path d="M{x + 16} {mouth}h{width - 32}l12 {height * 0.74}h-{width - 8}z" fill="{GREEN}"/>'
    yield f'<path d="M{x + width - 16} {mouth}l12 {height * 0.74}h-44z" fill="#263d37"/>'


def _box(x: float, y: float, width: float, height: float) -> Iterator[str]:
    lid = y + height * 0.3
    yield f'<rect x="{x + 8}" y="{lid}" width="{width - 16}" height="{height * 0.7}" rx="6" fill="#7d2a25"/>'
    yield f'<rect x="{x}" y="{lid - 6}" width="{width}" height="{height * 0.16}" rx="6" fill="{LACQUER}"/>'
    yield f'<path d="M{x + width / 2} {lid - 6}c-46-52-84-40-70-14 10 18 48 16 70 14z" fill="#c8a567"/>'
    yield f'<path d="M{x + width / 2} {lid - 6}c46-52 84-40 70-14-10 18-48 16-70 14z" fill="#d8b97e"/>'


def _cloth(x: float, y: float, width: float, height: float) -> Iterator[str]:
    middle, knot = x + width / 2, y + height * 0.3
    yield f'<path d="M{x + 6} {knot + 20}q{width / 2 - 6}-34 {width - 12} 0v{height * 0.64}H{x + 6}z" fill="#b5584c"/>'
    yield f'<path d="M{middle} {knot + 6}l-92-52q-10 52 92 70z" fill="#a24a40"/>'
    yield f'<path d="M{middle} {knot + 6}l92-52q10 52-92 70z" fill="#c46a5d"/>'
    yield f'<circle cx="{middle}" cy="{knot + 10}" r="20" fill="#8f3d34"/>'


_BODIES: Final = {PackagingKind.BAG: _bag, PackagingKind.BOX: _box, PackagingKind.WRAPPING: _cloth}


def _columns(count: int) -> int:
    return 1 if count == 1 else 2 if count <= 6 else 3


def _small(picture: Picture) -> Picture:
    """Return a photograph no larger than it is shown; a drawing as it is."""
    if picture.media_type != "image/webp":
        return picture
    return Picture("image/webp", as_webp(open_raster(picture.content, THUMBNAIL, field="picture")))


def _line(  # noqa: PLR0917 -- placed by plain coordinates, as in SVG itself
    words: str, x: float, y: float, size: float, family: str, colour: str, *, weight: int = 400
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="{family}" font-size="{size:.1f}" font-weight="{weight}" '
        f'fill="{colour}" text-anchor="middle">{_text(words)}</text>'
    )


def _text(words: str) -> str:
    return escape(NOT_XML.sub("", words))


def _measure(words: str) -> int:
    """How wide words are, in halves of a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in words)


def _wrapped(words: str, width: int, most: int) -> list[str]:
    """Break words into at most `most` lines of `width` halves of a Chinese character; what is left over is cut."""
    lines: list[str] = []
    for paragraph in words.split("\n"):
        line = ""
        for piece in re.findall(r"[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+", paragraph):
            if line and _measure(line + piece.rstrip()) > width and piece not in "，。！？；：、”）":
                lines.append(line.rstrip())
                line = ""
            line += piece
        lines.append(line.rstrip())
    shown = [line for line in lines if line]
    return shown if len(shown) <= most else [*shown[: most - 1], shown[most - 1] + " …"]
