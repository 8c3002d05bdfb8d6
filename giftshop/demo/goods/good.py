"""One gift of the demonstration."""

from __future__ import annotations

from dataclasses import dataclass

from giftshop.catalogue import ItemFacts
from giftshop.kernel.money import Money


@dataclass(frozen=True, slots=True)
class Good:
    """One gift: words in English and Chinese, price in fen, packed weight in grams, pieces on the shelf."""

    sku: str
    picture: str
    name: str
    name_zh: str
    text: str
    text_zh: str
    price_fen: int
    weight_g: int
    on_hand: int
    tags: tuple[str, ...]
    lead_days: int = 3
    supplier: str | None = None
    """The code of the supplier who sends it; None: it lies on our shelf."""

    @property
    def facts(self) -> ItemFacts:
        """Return this gift as the catalogue takes it."""
        return ItemFacts(
            sku=self.sku,
            names={"en": self.name, "zh_Hans": self.name_zh},
            descriptions={"en": self.text, "zh_Hans": self.text_zh},
            price=Money(self.price_fen, "CNY"),
            picture=self.picture,
            weight_g=self.weight_g,
            lead_days=self.lead_days,
            tags=self.tags,
        )
