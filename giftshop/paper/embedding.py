"""A font inside a PDF: only the glyphs that are used, under their own numbers, with the characters they stand for."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import pikepdf

from giftshop.paper.fonts import FontFile

FONT_IS_SYMBOLIC = 4
"""Flag of a font whose glyphs are named by number (ISO 32000-1, table 123)."""
CHARACTERS_A_BLOCK = 100
"""Mappings that one `bfchar` block of a CMap may hold."""


def embed(pdf: pikepdf.Pdf, font: FontFile, characters: Mapping[int, str]) -> pikepdf.Object:
    """Add `font` to `pdf` with the glyphs in `characters` (glyph id to character); return it for use in resources.

    A text is then shown as glyph ids of two bytes each.
    """
    name = pikepdf.Name("/" + _tag(characters) + "+" + font.postscript_name)
    descendant = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=pikepdf.Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        CIDToGIDMap=pikepdf.Name.Identity,
        DW=1000,
        W=_widths(font, characters),
        FontDescriptor=pdf.make_indirect(_descriptor(pdf, font, name, characters)),
    )
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=name,
            Encoding=pikepdf.Name("/Identity-H"),
            DescendantFonts=[pdf.make_indirect(descendant)],
            ToUnicode=pdf.make_stream(_to_unicode(characters)),
        )
    )


def _tag(characters: Mapping[int, str]) -> str:
    """Return the six letters that tell one subset of a font from another."""
    digest = hashlib.sha256(repr(sorted(characters)).encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _descriptor(
    pdf: pikepdf.Pdf, font: FontFile, name: pikepdf.Name, characters: Mapping[int, str]
) -> pikepdf.Dictionary:
    program, measures = font.tables.subset(characters), font.tables.measures()
    return pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor,
        FontName=name,
        Flags=FONT_IS_SYMBOLIC,
        FontBBox=list(measures.box),
        Ascent=measures.ascent,
        Descent=measures.descent,
        CapHeight=measures.cap_height,
        ItalicAngle=0,
        StemV=80,
        FontFile2=pdf.make_stream(program, Length1=len(program)),
    )


def _widths(font: FontFile, characters: Mapping[int, str]) -> pikepdf.Array:
    widths: list[object] = []
    for number in sorted(characters):
        widths += [number, [round(font.tables.advance(number) * 1000, 2)]]
    return pikepdf.Array(widths)


def _to_unicode(characters: Mapping[int, str]) -> bytes:
    pairs = [
        f"<{number:04x}> <{character.encode('utf-16-be').hex()}>" for number, character in sorted(characters.items())
    ]
    blocks = [pairs[at : at + CHARACTERS_A_BLOCK] for at in range(0, len(pairs), CHARACTERS_A_BLOCK)]
    mappings = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n{mappings}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")
