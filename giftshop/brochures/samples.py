"""A brochure with made-up facts."""

from __future__ import annotations

from giftshop.brochures.composing import Brochure, Chapter, Shown
from giftshop.brochures.papers import brochure_pdf
from giftshop.catalogue import Item
from giftshop.kernel.money import Money
from giftshop.orders import OrderKind
from giftshop.web import reader

GOODS = (
    ("West Lake Longjing", "西湖龙井", "longjing-tin"),
    ("Pair of celadon mugs", "青瓷对杯", "mug-pair"),
    ("Silk scarf", "真丝围巾", "silk-scarf"),
)


def brochure() -> bytes:
    """Return it in the current language: a PDF."""
    gifts = []
    for number, (english, chinese, picture) in enumerate(GOODS):
        names = {"en": english, "zh_Hans": chinese}
        gifts.append(Shown(Item(id=number, names=names, descriptions=names, picture=picture)))
    name = {"en": "Autumn", "zh_Hans": "金秋"}
    chapter = Chapter(name, {}, OrderKind.GIFT_BOOK, Money(20_000, "CNY"), 120, gifts)
    return brochure_pdf(reader(), Brochure(name, "Harbour & Lane", [chapter]), with_prices=True)
