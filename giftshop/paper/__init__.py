"""The printing engine: HTML to PDF, printed cards, QR codes, barcodes, fonts. Knows no other room.

Nothing on a page comes from outside: fonts are our own, pictures are handed over by name for one job, and whatever a
person typed is text, never markup, a path or an address.
"""

from giftshop.paper.bag import gift_bag
from giftshop.paper.book import BookPart, Gift, GiftBook, print_book
from giftshop.paper.card_checking import check_cards
from giftshop.paper.card_design import (
    LACQUER,
    CardArt,
    CardDesign,
    CardFace,
    DesignKind,
    Lettering,
)
from giftshop.paper.card_printing import PrintedCount, print_cards, proof
from giftshop.paper.codes_2d import code128_svg, qr_svg
from giftshop.paper.colour import Palette
from giftshop.paper.designs import DESIGNS, designs_for
from giftshop.paper.document import Missing, render
from giftshop.paper.errors import (
    ColourNotSeparable,
    GlyphMissing,
    GridNumberWrong,
    GridTooLarge,
    LinkTooLong,
    NotABarcode,
    TextTooLong,
)
from giftshop.paper.fonts import unprintable
from giftshop.paper.goods_sheet import GoodsArt, GoodsFile
from giftshop.paper.output import (
    A4_TEN_UP,
    ONE_UP,
    SRA3_TWENTY_FOUR_UP,
    ColourSpace,
    Imposition,
    Output,
    fullest,
    grids_for,
    refuse_unfit,
)
from giftshop.paper.pictures import printable_drawings, printable_photograph
from giftshop.paper.preflight import Check, Fault, Report, Subject, Verdict, Why, examine
from giftshop.paper.preview import page_count, page_png
from giftshop.paper.proofing import Side, art_fingerprint, fingerprint, read_codes, side_png, sides_of
from giftshop.paper.sheets import Area, ProofAreas, proof_areas
from giftshop.paper.silk_screen import ENGRAVING, SILK, one_colour
from giftshop.paper.sticker import Shape, sticker

__all__ = [
    "A4_TEN_UP",
    "DESIGNS",
    "ENGRAVING",
    "LACQUER",
    "ONE_UP",
    "SILK",
    "SRA3_TWENTY_FOUR_UP",
    "Area",
    "BookPart",
    "CardArt",
    "CardDesign",
    "CardFace",
    "Check",
    "ColourNotSeparable",
    "ColourSpace",
    "DesignKind",
    "Fault",
    "Gift",
    "GiftBook",
    "GlyphMissing",
    "GoodsArt",
    "GoodsFile",
    "GridNumberWrong",
    "GridTooLarge",
    "Imposition",
    "Lettering",
    "LinkTooLong",
    "Missing",
    "NotABarcode",
    "Output",
    "Palette",
    "PrintedCount",
    "ProofAreas",
    "Report",
    "Shape",
    "Side",
    "Subject",
    "TextTooLong",
    "Verdict",
    "Why",
    "art_fingerprint",
    "check_cards",
    "code128_svg",
    "designs_for",
    "examine",
    "fingerprint",
    "fullest",
    "gift_bag",
    "grids_for",
    "one_colour",
    "page_count",
    "page_png",
    "print_book",
    "print_cards",
    "printable_drawings",
    "printable_photograph",
    "proof",
    "proof_areas",
    "qr_svg",
    "read_codes",
    "refuse_unfit",
    "render",
    "side_png",
    "sides_of",
    "sticker",
    "unprintable",
]
