"""Gifts side by side: what of them is shown, row by row, and where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from giftshop import catalogue, stock
from giftshop.catalogue import Item
from giftshop.db import Reader
from giftshop.web import localized
from giftshop.web.filters import money
from giftshop.wishes.rules import differ


@dataclass(frozen=True, slots=True)
class Row:
    """One thing said of every gift."""

    label: str
    cells: Sequence[Sequence[str]]
    """For each gift, one or more lines."""
    is_prose: bool = False
    """Sentences, which differ for any two gifts: nothing to point out."""

    @property
    def differs(self) -> bool:
        """Whether it is not the same for all."""
        return not self.is_prose and differ([tuple(cell) for cell in self.cells])


def compare(reader: Reader, items: Sequence[Item], *, with_prices: bool) -> list[Row]:
    """Return what is said of `items` side by side, in the current language; prices only if asked."""
    left = stock.available(reader, [item.id for item in items])
    books, crafts = _books(reader, items), _crafts(reader, items)
    rows = [
        Row(_("Packed weight"), [[_weight(item)] for item in items]),
        Row(_("Stock"), [[_("In stock") if left[item.id] > 0 else _("Not just now")] for item in items]),
        Row(_("When it can leave"), [[_leaves(item, left[item.id])] for item in items]),
        Row(_("In the gift books"), [books[item.id] or ["–"] for item in items]),
        Row(_("Your branding"), [crafts[item.id] or [_("Not on this gift")] for item in items]),
        Row(_("About it"), [[localized(item.descriptions) or "–"] for item in items], is_prose=True),
    ]
    return [Row(_("Price"), [[money(item.price)] for item in items]), *rows] if with_prices else rows


def _weight(item: Item) -> str:
    return str(_("%(grams)s g", grams=format_decimal(item.weight_g)) if item.weight_g else _("Not known"))


def _leaves(item: Item, left: int) -> str:
    """Return when one can be on its way: a supplier takes their days, the rest only when it is not here."""
    if (left > 0 and item.supplier_id is None) or not item.lead_days:
        return str(_("At once"))
    return str(ngettext("In %(num)s working day", "In %(num)s working days", item.lead_days))


def _books(reader: Reader, items: Sequence[Item]) -> dict[int, list[str]]:
    """Return the names of the gift books on offer that each item is in."""
    editions = catalogue.editions_on_offer(reader)
    inside = catalogue.items_of_editions(reader, [edition.id for edition in editions])
    names: dict[int, list[str]] = {item.id: [] for item in items}
    for edition in editions:
        for gift in inside.get(edition.id, []):
            if gift.id in names:
                names[gift.id].append(localized(edition.names))
    return names


def _crafts(reader: Reader, items: Sequence[Item]) -> dict[int, list[str]]:
    """Return the decorations that each item can bear, with the place."""
    words: dict[int, list[str]] = {item.id: [] for item in items}
    for known in catalogue.places_on(reader, list(words), []):
        if known.place.item_id is not None:
            place = localized(known.place.places)
            words[known.place.item_id].append(
                f"{localized(known.decoration.names)} · {place}" if place else localized(known.decoration.names)
            )
    return words
