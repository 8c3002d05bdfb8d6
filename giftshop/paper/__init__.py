"""The printing engine: HTML to PDF, printed cards, QR codes, barcodes, fonts. Knows no other room.

Nothing on a page comes from outside: fonts are our own, pictures are handed over by name for one job, and whatever a
person typed is text, never markup, a path or an address.
"""

from giftshop.paper.bag import gift_bag
from giftshop.paper.book import BookPart, Gift, GiftBook, print_book
from giftshop.paper.card_design import DESIGNS, CardArt, CardDesign, CardFace, DesignKind, Lettering, designs_for
from giftshop.paper.card_printing import PrintedCount, print_cards, proof
from giftshop.paper.codes_2d import code128_svg, qr_svg
from giftshop.paper.document import Missing, render
from giftshop.paper.errors import GlyphMissing, LinkTooLong, NotABarcode, TextTooLong
from giftshop.paper.fonts import unprintable
from giftshop.paper.goods_sheet import GoodsArt, GoodsFile
from giftshop.paper.output import A4_TEN_UP, SRA3_TWENTY_FOUR_UP, ColourSpace, Imposition, Output
from giftshop.paper.pictures import printable_drawings, printable_photograph
from giftshop.paper.preview import page_count, page_png
from giftshop.paper.silk_screen import ENGRAVING, SILK, one_colour
from giftshop.paper.sticker import Shape, sticker

__all__ = [
    "A4_TEN_UP",
    "DESIGNS",
    "ENGRAVING",
    "SILK",
    "SRA3_TWENTY_FOUR_UP",
    "BookPart",
    "CardArt",
    "CardDesign",
    "CardFace",
    "ColourSpace",
    "DesignKind",
    "Gift",
    "GiftBook",
    "GlyphMissing",
    "GoodsArt",
    "GoodsFile",
    "Imposition",
    "Lettering",
    "LinkTooLong",
    "Missing",
    "NotABarcode",
    "Output",
    "PrintedCount",
    "Shape",
    "TextTooLong",
    "code128_svg",
    "designs_for",
    "gift_bag",
    "one_colour",
    "page_count",
    "page_png",
    "print_book",
    "print_cards",
    "printable_drawings",
    "printable_photograph",
    "proof",
    "qr_svg",
    "render",
    "sticker",
    "unprintable",
]
