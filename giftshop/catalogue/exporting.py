"""Lists of the catalogue as files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from flask_babel import gettext as _

from giftshop.catalogue.models import Edition, Item, Supplier
from giftshop.catalogue.queries import items_of_editions
from giftshop.catalogue.suppliers import item_counts
from giftshop.catalogue.words import EDITION_STATES, ITEM_STATES
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


def _editions(reader: Reader, editions: Sequence[Edition]) -> Iterator[Sequence[object]]:
    gifts = items_of_editions(reader, [edition.id for edition in editions])
    for edition in editions:
        price, count = money_number(edition.tier), len(gifts.get(edition.id, ()))
        names = [localized(edition.names), localized(edition.labels), edition.code]
        yield [*names, price, edition.currency, count, _(EDITION_STATES[edition.state])]


EDITIONS: Final = Export(
    (
        N_("Gift book"),
        N_("Edition"),
        N_("Book code"),
        N_("Price of one book"),
        N_("Currency"),
        N_("Gifts"),
        N_("State"),
    ),
    _editions,
)


def _suppliers(reader: Reader, suppliers: Sequence[Supplier]) -> Iterator[Sequence[object]]:
    counts = item_counts(reader)
    for each in suppliers:
        is_active = _("Yes") if each.is_active else _("No")
        yield [localized(each.names), each.code, each.contact, each.email, counts.get(each.id, 0), is_active]


SUPPLIERS: Final = Export(
    (N_("Supplier"), N_("Code"), N_("Contact"), N_("E-mail"), N_("Items"), N_("In use")), _suppliers
)
