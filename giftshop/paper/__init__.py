"""The printing engine: HTML to PDF, printed cards, QR codes, barcodes, fonts. Knows no other room.

Nothing on a page comes from outside: fonts are our own, pictures are handed over by name for one job, and whatever a
person typed is text, never markup, a path or an address.
"""

from giftshop.paper.card_design import DESIGNS, CardArt, CardDesign, CardFace, DesignKind, Lettering, designs_for
from giftshop.paper.card_printing import PrintedCount, print_cards, proof
from giftshop.paper.codes_2d import code128_svg, qr_svg
from giftshop.paper.document import Missing, render
from giftshop.paper.errors import GlyphMissing, LinkTooLong, NotABarcode, TextTooLong
from giftshop.paper.fonts import unprintable
from giftshop.paper.output import A4_TEN_UP, ONE_UP, SRA3_TWENTY_FOUR_UP, ColourSpace, Imposition, Output
from giftshop.paper.preflight import Check, Fault, Report, Subject, Verdict, Why, examine
from giftshop.paper.preview import page_count, page_png

__all__ = [
    "A4_TEN_UP",
    "DESIGNS",
    "ONE_UP",
    "SRA3_TWENTY_FOUR_UP",
    "CardArt",
    "CardDesign",
    "CardFace",
    "Check",
    "ColourSpace",
    "DesignKind",
    "Fault",
    "GlyphMissing",
    "Imposition",
    "Lettering",
    "LinkTooLong",
    "Missing",
    "NotABarcode",
    "Output",
    "PrintedCount",
    "Report",
    "Subject",
    "TextTooLong",
    "Verdict",
    "Why",
    "code128_svg",
    "designs_for",
    "examine",
    "page_count",
    "page_png",
    "print_cards",
    "proof",
    "qr_svg",
    "render",
    "unprintable",
]
