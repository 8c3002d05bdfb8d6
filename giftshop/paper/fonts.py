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

from fontTools.ttLib import TTFont

from giftshop.paper.errors import GlyphMissing

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
    def characters(self) -> Mapping[int, str]:
        """Code point to glyph name, for every character the font has."""
        return self._tables[0]

    @cached_property
    def glyph_ids(self) -> Mapping[str, int]:
        """Glyph name to glyph id."""
        return self._tables[1]

    @cached_property
    def advances(self) -> Mapping[str, tuple[int, int]]:
        """Glyph name to (advance, left side bearing), in font units."""
        return self._tables[2]

    @cached_property
    def units_per_em(self) -> int:
        """How many font units make the font size."""
        return self._tables[3]

    @cached_property
    def _tables(self) -> tuple[Mapping[int, str], Mapping[str, int], Mapping[str, tuple[int, int]], int]:
        with TTFont(self.location, lazy=True) as font:
            return font.getBestCmap(), font.getReverseGlyphMap(), font["hmtx"].metrics, font["head"].unitsPerEm


@dataclass(frozen=True, slots=True)
class Glyph:
    """One drawn character: the font it is in, its id there, and its advance in thousandths of the font size."""

    font: FontFile
    id: int
    advance: float


@dataclass(frozen=True)
class Typeface:
    """Fonts asked in turn for each character. `css` is the same choice as a CSS font shorthand without a size."""

    name: str
    files: tuple[FontFile, ...]

    @cached_property
    def _known(self) -> dict[str, Glyph]:
        return {}

    def glyph(self, character: str) -> Glyph:
        """Return how `character` is drawn.

        Raises:
            GlyphMissing: no font of this typeface has it, or it only makes sense combined with its neighbours.

        """
        known = self._known.get(character)
        if known is None:
            known = self._known[character] = self._find(character)
        return known

    def _find(self, character: str) -> Glyph:
        # A mark that NFC could not join to its letter needs shaping, and would be printed beside the letter.
        if unicodedata.category(character)[0] in "MC":
            raise GlyphMissing.of(character)
        for font in self.files:
            name = font.characters.get(ord(character))
            if name is not None:
                advance = font.advances[name][0] * 1000 / font.units_per_em
                return Glyph(font, font.glyph_ids[name], advance)
        raise GlyphMissing.of(character)

    def missing(self, text: str) -> str:
        """Return the characters of `text` that cannot be printed, each once, in order."""
        return "".join(dict.fromkeys(character for character in clean(text) if not self._has(character)))

    def _has(self, character: str) -> bool:
        try:
            self.glyph(character)
        except GlyphMissing:
            return False
        return True


def clean(text: str) -> str:
    """Return `text` as it is set in one line: composed (NFC), single spaces, no invisible characters."""
    composed = unicodedata.normalize("NFC", text)
    visible = "".join(character for character in composed if unicodedata.category(character) != "Cf")
    return " ".join(visible.split())


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
