"""Lists of the catalogue as files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from flask_babel import gettext as _

from giftshop.catalogue.models import Item
from giftshop.catalogue.words import ITEM_STATES
from giftshop.db import Reader
from giftshop.kernel.locale import N_
from giftshop.listing import Export
from giftshop.web import localized
from giftshop.web.filters import money_number


def _items(_reader: Reader, items: Sequence[Item]) -> Iterator[Sequence[object]]:
    for item in items:
        price = money_number(item.price)
        yield [
            item.sku,
            localized(item.names),
            price,
            item.currency,
            item.weight_g or None,
            ", ".join(item.tags),
            _(ITEM_STATES[item.state]),
        ]


ITEMS: Final = Export(
    (
        N_("SKU"),
        N_("Gift"),
        N_("Price"),
        N_("Currency"),
        N_("Weight in grams"),
        N_("Tags"),
        N_("State"),
    ),
    _items,
)
