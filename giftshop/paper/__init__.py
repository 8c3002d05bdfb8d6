"""The printing engine: HTML to PDF, printed cards, QR codes, barcodes, fonts. Knows no other room.

Nothing on a page comes from outside: fonts are our own, pictures are handed over by name for one job, and whatever a
person typed is text, never markup, a path or an address.
"""

from giftshop.paper.codes_2d import code128_svg, qr_svg
from giftshop.paper.document import Missing, render
from giftshop.paper.errors import GlyphMissing, LinkTooLong, NotABarcode, TextTooLong
from giftshop.paper.fonts import unprintable

__all__ = [
    "GlyphMissing",
    "LinkTooLong",
    "Missing",
    "NotABarcode",
    "TextTooLong",
    "code128_svg",
    "qr_svg",
    "render",
    "unprintable",
]
