"""Our own fonts, the only ones anything is printed with: which characters they have, and how wide those are.

All are TrueType files under the Open Font License in `static/vendor/fonts`, each whole: a subset by GB 2312 would
refuse the names of real people. Latin stands first in every typeface, since the Chinese fonts lack Ł and draw ’ as
wide as a character.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final

from giftshop.paper.errors import GlyphMissing
from giftshop.paper.truetype import TrueType

ROOT: Final = Path(__file__).resolve().parents[2]
FONT_FOLDER: Final = ROOT / "static" / "vendor" / "fonts"

# Read by fontconfig when WeasyPrint first loads it, so it must be set before: only `paper` imports WeasyPrint.
os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("fonts.conf"))


@dataclass(frozen=True)
class FontFile:
    """One TrueType file; `path` is relative to the folder of fonts."""

    path: str

    @property
    def location(self) -> Path:
        """Where the file lies."""
        return FONT_FOLDER / self.path

    @property
    def postscript_name(self) -> str:
        """The name it goes by inside a PDF."""
        return Path(self.path).stem.replace("_", "-")

    @cached_property
    def tables(self) -> TrueType:
        """The file, opened once in the life of the program."""
        return TrueType(self.location)

    @cached_property
    def characters(self) -> Mapping[int, int]:
        """The glyph id of every character it has, by code point."""
        return self.tables.characters()


@dataclass(frozen=True, slots=True)
class Glyph:
    """One drawn character: the font it is in, its id there, and its advance in parts of the font size.

    `hex` is the id as it stands in a PDF.
    """

    font: FontFile
    id: int
    advance: float
    hex: bytes


class Typeface(dict[str, Glyph]):
    """Fonts asked in turn for each character: `typeface["欧"]` is how that is drawn, found once and remembered.

    A dictionary, since it is asked some million times in a print run. Asking for a character that no font has, or that
    only makes sense combined with its neighbours, raises GlyphMissing.
    """

    def __init__(self, name: str, files: tuple[FontFile, ...]) -> None:
        super().__init__()
        self.name = name
        self.files = files

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(self.name)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __missing__(self, character: str) -> Glyph:
        glyph = self[character] = self._find(character)
        return glyph

    def _find(self, character: str) -> Glyph:
        # A mark that NFC could not join to its letter needs shaping, and would be printed beside the letter.
        if unicodedata.category(character)[0] in "MC":
            raise GlyphMissing.of(character)
        for font in self.files:
            number = font.characters.get(ord(character))
            if number is not None:
                return Glyph(font, number, font.tables.advance(number), b"%04x" % number)
        raise GlyphMissing.of(character)

    def missing(self, text: str) -> str:
        """Return the characters of `text` that cannot be printed, each once, in order."""
        return "".join(dict.fromkeys(character for character in clean(text) if not self._draws(character)))

    def _draws(self, character: str) -> bool:
        try:
            self[character]
        except GlyphMissing:
            return False
        return True


def clean(text: str) -> str:
    """Return `text` as it is set in one line: composed (NFC), single spaces, no invisible characters."""
    composed = unicodedata.normalize("NFC", text)
    if not composed.isprintable():
        composed = "".join(character for character in composed if unicodedata.category(character) != "Cf")
    return " ".join(composed.split())


@cache
def font_file(path: str) -> FontFile:
    """Return the font at `path`, read once in the life of the program."""
    return FontFile(path)


def _typeface(name: str, *paths: str) -> Typeface:
    return Typeface(name, tuple(font_file(path) for path in paths))


SANS: Final = _typeface("sans", "source-sans-3/SourceSans3_400Regular.ttf", "noto-sans-sc/NotoSansSC_400Regular.ttf")
"""Everything to be read: addresses, tables, instructions. In CSS: `'Source Sans 3', 'Noto Sans SC'`."""
SANS_BOLD: Final = _typeface(
    "sans-bold", "source-sans-3/SourceSans3_700Bold.ttf", "noto-sans-sc/NotoSansSC_700Bold.ttf"
)
"""The same, in bold."""
SERIF: Final = _typeface(
    "serif", "cormorant-garamond/CormorantGaramond_600SemiBold.ttf", "noto-serif-sc/NotoSerifSC_600SemiBold.ttf"
)
"""Greetings and names, set large. In CSS: `600 'Cormorant Garamond', 'Noto Serif SC'`."""
CODE: Final = _typeface("code", "source-code-pro/SourceCodePro_500Medium.ttf")
"""Codes and numbers to be copied by hand. In CSS: `500 'Source Code Pro'`."""

TYPEFACES: Final[Mapping[str, Typeface]] = {face.name: face for face in (SANS, SANS_BOLD, SERIF, CODE)}


def unprintable(text: str) -> str:
    """Return the characters of `text` that no letter, slip or label of ours can show, each once.

    For forms: a person who types an address should hear of it then, not the packer who prints the label.
    """
    return SANS.missing(text)


def font_files() -> Iterator[FontFile]:
    """Return every vendored font, once."""
    yield from dict.fromkeys(font for face in TYPEFACES.values() for font in face.files)
