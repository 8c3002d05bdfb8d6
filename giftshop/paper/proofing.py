"""What a proof is known by and shows: the mark of its content, its sides with their boxes, its codes read back."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from hashlib import sha256
from typing import Any, Final

import pypdfium2
import zxingcpp
from jinja2 import Environment, meta

from giftshop.paper.card_design import CardArt, CardDesign
from giftshop.paper.fonts import ROOT, Typeface
from giftshop.paper.pdfium import ONE_AT_A_TIME

MM_PER_POINT: Final = 25.4 / 72
OWN_FILE: Final = re.compile(r"own:([\w./-]+)")
SCREEN_DPI: Final = 150
READING_DPIS: Final = (300, 600)
"""How finely a page is drawn to read its codes: as a telephone sees it, and once more for small ones."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a printed thing with its bleed, in millimetres; `trim` is left, top, width and height of the cut."""

    width: float
    height: float
    trim: tuple[float, float, float, float]


def fingerprint(design: CardDesign, art: CardArt) -> str:
    """Return the SHA-256 of all that is printed the same on every card, in hexadecimal.

    Taken over every field of `design` and `art`, the logo's bytes, and each file of ours that the design is drawn with.
    The same today and tomorrow; another as soon as anything of it is.
    """
    return sha256(_canonical((design, art, _files(design.template)))).hexdigest()


def art_fingerprint(design: CardDesign, art: CardArt) -> str:
    """Return the SHA-256 of the design's name and of `art`, whatever files the design is drawn with."""
    return sha256(_canonical((design.key, art))).hexdigest()


def sides_of(pdf: bytes) -> list[Side]:
    """Return the pages of a proof as they lie within their bleed, front first."""
    with ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        return [_side(page) for page in document]


def side_png(pdf: bytes, side: int, *, dpi: int = SCREEN_DPI) -> bytes:
    """Return a page (from 0) as PNG, up to the edge of its bleed. Raises IndexError for a page that is not there."""
    with ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        if not 0 <= side < len(document):
            raise IndexError(side)
        page = document[side]
        picture = page.render(scale=dpi / 72, crop=_beyond_bleed(page)).to_pil()
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def read_codes(pdf: bytes) -> list[str]:
    """Return what a reader that is not ours sees in the codes of all pages, drawn as they will be printed."""
    for dpi in READING_DPIS:
        with ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
            pictures = [page.render(scale=dpi / 72).to_pil() for page in document]
        found = [code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)]
        if found:
            return found
    return []


def _side(page: pypdfium2.PdfPage) -> Side:
    left, bottom, right, top = page.get_bleedbox()
    trim_left, trim_bottom, trim_right, trim_top = page.get_trimbox()
    trim = (trim_left - left, top - trim_top, trim_right - trim_left, trim_top - trim_bottom)
    return Side(_mm(right - left), _mm(top - bottom), (_mm(trim[0]), _mm(trim[1]), _mm(trim[2]), _mm(trim[3])))


def _mm(points: float) -> float:
    return round(points * MM_PER_POINT, 2)


def _beyond_bleed(page: pypdfium2.PdfPage) -> tuple[float, float, float, float]:
    """Return how much of a page lies outside its bleed (a slug with marks): left, bottom, right, top, in points."""
    left, bottom, right, top = page.get_mediabox()
    bleed_left, bleed_bottom, bleed_right, bleed_top = page.get_bleedbox()
    return bleed_left - left, bleed_bottom - bottom, right - bleed_right, top - bleed_top


@cache
def _files(template: str) -> tuple[tuple[str, bytes], ...]:
    """Return the digest of each file of ours that a template is drawn with, by name: what it includes, styles, fonts.

    Read once in the life of the program, since a program is replaced with its files.
    """
    found: dict[str, bytes] = {}
    waiting = [f"templates/{template}"]
    while waiting:
        name = waiting.pop()
        path = ROOT / name
        if name in found or not path.is_file():
            continue
        content = path.read_bytes()
        found[name] = sha256(content).digest()
        if path.suffix in {".html", ".css", ".svg"}:
            waiting += _named_in(content.decode())
    return tuple(sorted(found.items()))


def _named_in(text: str) -> Iterator[str]:
    yield from (f"static/{name}" for name in OWN_FILE.findall(text))
    if "{%" in text:
        tree = Environment(autoescape=True).parse(text)
        yield from (f"templates/{name}" for name in meta.find_referenced_templates(tree) if name)


def _canonical(value: Any) -> bytes:
    """Return a value as bytes that no other value has: each part with its kind and its length before it."""
    kind, content = _written(value)
    return b"%b%d:%b" % (kind, len(content), content)


def _written(value: Any) -> tuple[bytes, bytes]:  # noqa: PLR0911 -- one line a kind
    if isinstance(value, Enum):
        return b"e", str(value.value).encode()
    if isinstance(value, Typeface):
        return b"f", value.name.encode()
    if isinstance(value, bytes):
        return b"b", value
    if isinstance(value, str):
        return b"s", value.encode()
    if value is None or isinstance(value, bool | int | float | date):
        return b"v", repr(value).encode()
    if is_dataclass(value):
        return b"d", b"".join(_canonical((field.name, getattr(value, field.name))) for field in fields(value))
    if isinstance(value, Mapping):
        return b"m", b"".join(sorted(_canonical(item) for item in value.items()))
    if isinstance(value, frozenset | set):
        return b"c", b"".join(sorted(_canonical(each) for each in value))
    if isinstance(value, tuple | list):
        return b"t", b"".join(_canonical(each) for each in value)
    raise TypeError(f"nothing that is printed: {type(value)}")
