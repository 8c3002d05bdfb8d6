"""What a brochure shows: chapters of gifts, and what they come to for so many people."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from giftshop import accounts, campaigns, catalogue, giftsets, orders
from giftshop.brochures.errors import NothingChosen
from giftshop.catalogue import Item
from giftshop.db import Reader
from giftshop.giftsets import Contents
from giftshop.kernel.locale import LOCALES
from giftshop.kernel.money import Money
from giftshop.orders import Order, OrderKind

MOST_CHAPTERS: Final = 12
"""More is a catalogue, and takes long to lay out."""
MOST_PEOPLE: Final = 100_000


@dataclass(frozen=True, slots=True)
class Shown:
    """One gift, so many of it."""

    item: Item
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Chapter:
    """What one person is given, or chooses from."""

    names: Mapping[str, str]
    label: Mapping[str, str]
    """Which edition, which grade; may be empty."""
    kind: OrderKind
    each: Money | None
    """For one person; None: not known yet."""
    people: int
    """For how many; 0: not said."""
    gifts: Sequence[Shown]

    @property
    def amount(self) -> Money | None:
        """What it comes to for all."""
        return self.each * self.people if self.each is not None and self.people else None


@dataclass(frozen=True, slots=True)
class Brochure:
    """Gifts for one firm, or for any."""

    title: Mapping[str, str]
    firm_name: str
    chapters: Sequence[Chapter]
    lines: Sequence[orders.PaperLine] = ()
    """Of an order: everything it comes to, also what is no gift."""

    @property
    def total(self) -> Money | None:
        """What all of it comes to; None where a price or a number of people is not known."""
        amounts = [chapter.amount for chapter in self.chapters]
        if self.lines:
            amounts = [line.amount for line in self.lines]
        known = [amount for amount in amounts if amount is not None]
        if len(known) < len(amounts) or len({amount.currency for amount in known}) != 1:
            return None
        return sum(known, Money.zero(known[0].currency))


def of_choice(
    reader: Reader, *, editions: Collection[int], sets: Collection[int], firm_id: int | None, people: int
) -> Brochure:
    """Return a brochure of editions on offer and of a firm's gift sets, for so many people each.

    Raises NothingChosen, Missing for a set of another firm.
    """
    on_offer = [each for each in catalogue.editions_on_offer(reader) if each.id in set(editions)]
    chapters = [_of_edition(reader, each, people) for each in on_offer]
    for set_id in sets if firm_id is not None else ():
        found = giftsets.gift_set(reader, firm_id or 0, set_id)
        contents = giftsets.contents_of(reader, found.id)
        chapters.append(
            _of_set(reader, _in_every_language(found.name), {}, contents, each=contents.unit, people=people)
        )
    if not chapters:
        raise NothingChosen
    title = chapters[0].names if len(chapters) == 1 else {}
    return Brochure(title, accounts.firm(reader, firm_id).name if firm_id else "", chapters[:MOST_CHAPTERS])


def of_order(reader: Reader, order: Order) -> Brochure:
    """Return a brochure of what an order is for, with everything it comes to."""
    offer = orders.offer_of(reader, order)
    counts: dict[int, int] = {}
    if order.gift_set_id is not None:
        counts = {part.item_id: part.quantity for part in giftsets.contents_of(reader, order.gift_set_id).parts}
    gifts = [Shown(item, counts.get(item.id, 1)) for item in orders.goods_of(reader, order)]
    chapter = Chapter(offer.names, offer.labels, order.kind, offer.price, order.quantity, gifts)
    firm = accounts.firm(reader, order.firm_id)
    return Brochure(offer.names, firm.name, [chapter], orders.lines_on_paper(reader, order))


def of_campaign(reader: Reader, firm_id: int, campaign_id: int) -> Brochure:
    """Return a brochure of a campaign's gifts by grade, for as many people as its plan budgets.

    Raises Missing for another firm's campaign, NothingChosen while no gift is chosen for any grade.
    """
    campaign = campaigns.campaign_of(reader, campaign_id, firm_id)
    chapters = []
    for grade in campaigns.grades_of(reader, campaign.id):
        if grade.gift is None or not grade.gift.isdecimal():
            continue
        found = giftsets.gift_set(reader, firm_id, int(grade.gift))
        price = Money(grade.price_minor, campaign.currency) if grade.price_minor is not None else None
        contents = giftsets.contents_of(reader, found.id)
        label = _in_every_language(grade.name)
        chapters.append(
            _of_set(reader, _in_every_language(found.name), label, contents, each=price, people=grade.budgeted)
        )
    if not chapters:
        raise NothingChosen
    return Brochure(_in_every_language(campaign.name), accounts.firm(reader, firm_id).name, chapters)


def _of_edition(reader: Reader, edition: catalogue.Edition, people: int) -> Chapter:
    gifts = [Shown(item) for item in catalogue.items_of(reader, edition.id)]
    return Chapter(edition.names, edition.labels, OrderKind.GIFT_BOOK, edition.tier, people, gifts)


def _of_set(
    reader: Reader,
    names: Mapping[str, str],
    label: Mapping[str, str],
    contents: Contents,
    *,
    each: Money | None,
    people: int,
) -> Chapter:
    items = catalogue.items_by_id(reader, [part.item_id for part in contents.parts])
    gifts = [Shown(items[part.item_id], part.quantity) for part in contents.parts]
    return Chapter(names, label, OrderKind.GIFT_SET, each, people, gifts)


def _in_every_language(name: str) -> dict[str, str]:
    """A firm's own name for something is the same in every language."""
    return dict.fromkeys(LOCALES, name)
