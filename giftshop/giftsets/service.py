"""Commands on gift sets: draw up, fill, copy, delete, restore, freeze."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, or_, update

from giftshop import accounts, audit, branding, catalogue, paper
from giftshop.catalogue import ItemState
from giftshop.db import Transaction
from giftshop.giftsets import queries
from giftshop.giftsets.errors import (
    CannotPrint,
    ItemGone,
    NameMissing,
    NoSuchGiftSet,
    SetChanged,
    SetDeleted,
    SetFrozen,
    TooManyInside,
)
from giftshop.giftsets.models import GiftSet, GiftSetDecoration, GiftSetItem
from giftshop.giftsets.rules import MAX_ITEMS, MAX_OF_ONE, MAX_PLANNED
from giftshop.kernel.actor import Actor

SUBJECT = "gift_set"


@dataclass(frozen=True, slots=True)
class Artwork:
    """What is put onto goods: one of the firm's logos, or words."""

    logo_id: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Wishes:
    """Everything a buyer chose for a set."""

    name: str
    quantities: Mapping[int, int] = field(default_factory=dict)
    """How many of each item, by item id; none takes it out. Items that are not named stay as they are."""
    packaging_id: int | None = None
    crafts: Mapping[int, Artwork] = field(default_factory=dict)
    """The decorations, by the id of their place."""
    has_card: bool = True
    headline: str = ""
    greeting: str = ""
    planned: int = 50
    budget_minor: int | None = None
    """What may be spent on each person, in minor units; None: nobody said."""


@dataclass(frozen=True, slots=True)
class Hand:
    """Who changes a set and when, and the version that was on the page; without one, whatever is there is changed."""

    by: Actor
    at: datetime
    seen: int | None = None


def draw_up(tx: Transaction, firm_id: int, name: str, *, by: Actor, at: datetime) -> int:
    """Begin a set. Returns its id. Raises NameMissing."""
    if not name.strip():
        raise NameMissing(field="name")
    currency = accounts.firm(tx, firm_id).currency
    row = GiftSet(firm_id=firm_id, name=name.strip(), currency=currency, drawn_up_by=by.id, drawn_up_at=at)
    row.changed_by, row.changed_at = by.id, at
    tx.add(row)
    tx.flush()
    audit.record(tx, "giftsets.draw_up", (SUBJECT, row.id), by=by, at=at)
    return row.id


def put_in(tx: Transaction, gift_set_id: int, firm_id: int, item_id: int, hand: Hand | None = None) -> None:
    """Put one more of an item into a set. Raises SetFrozen, SetDeleted, SetChanged, ItemGone, TooManyInside."""
    found = _open(tx, gift_set_id, firm_id, hand)
    item = catalogue.item(tx, item_id)
    if item.state is not ItemState.ON_OFFER or item.currency != found.currency:
        raise ItemGone(field="items", item=item.names)
    inside = queries.items_in(tx, gift_set_id)
    there = next((row for row in inside if row.item_id == item_id), None)
    if there is not None:
        there.quantity = min(there.quantity + 1, MAX_OF_ONE)
        return
    if len(inside) >= MAX_ITEMS:
        raise TooManyInside(field="items", most=MAX_ITEMS)
    position = max((row.position for row in inside), default=0) + 1
    tx.add(GiftSetItem(gift_set_id=gift_set_id, item_id=item_id, position=position, quantity=1))


def take_out(tx: Transaction, gift_set_id: int, firm_id: int, item_id: int, hand: Hand | None = None) -> None:
    """Take an item out of a set, with what was to be put onto it; one that is not in it is no matter."""
    _open(tx, gift_set_id, firm_id, hand)
    of_item = (GiftSetItem.gift_set_id == gift_set_id, GiftSetItem.item_id == item_id)
    tx.change(delete(GiftSetItem).where(*of_item))
    _drop_loose_decorations(tx, gift_set_id)


def arrange(tx: Transaction, gift_set_id: int, firm_id: int, wishes: Wishes, hand: Hand | None = None) -> None:
    """Make a set what the buyer chose. What cannot be ordered like this is told by the rules, and kept all the same.

    Raises SetFrozen, SetDeleted, SetChanged, NameMissing, NoSuchLogo, NoSuchPackaging, CannotPrint.
    """
    found = _open(tx, gift_set_id, firm_id, hand)
    if not wishes.name.strip():
        raise NameMissing(field="name")
    _refuse_unprintable(wishes)
    if wishes.packaging_id is not None:
        catalogue.packaging(tx, wishes.packaging_id)
    found.name, found.packaging_id = wishes.name.strip(), wishes.packaging_id
    found.has_card, found.headline, found.greeting = wishes.has_card, wishes.headline.strip(), wishes.greeting.strip()
    found.budget_minor = wishes.budget_minor if wishes.budget_minor and wishes.budget_minor > 0 else None
    found.planned = min(max(wishes.planned, 1), MAX_PLANNED)
    for row in queries.items_in(tx, gift_set_id):
        wanted = wishes.quantities.get(row.item_id, row.quantity)
        if wanted <= 0:
            tx.delete(row)
        else:
            row.quantity = min(wanted, MAX_OF_ONE)
    tx.flush()
    _write_decorations(tx, found, wishes.crafts)
    _drop_loose_decorations(tx, gift_set_id)


def copy(tx: Transaction, gift_set_id: int, firm_id: int, name: str, *, by: Actor, at: datetime) -> int:
    """Draw up a set like another one of the firm, free to be changed. Returns its id."""
    source = queries.gift_set(tx, firm_id, gift_set_id)
    copied_id = draw_up(tx, firm_id, name, by=by, at=at)
    new = queries.gift_set(tx, firm_id, copied_id)
    for column in ("packaging_id", "has_card", "headline", "greeting", "planned", "budget_minor"):
        setattr(new, column, getattr(source, column))
    new.copied_from = gift_set_id
    for row in queries.items_in(tx, gift_set_id):
        copied = GiftSetItem(gift_set_id=copied_id, item_id=row.item_id, position=row.position, quantity=row.quantity)
        tx.add(copied)
    for chosen in queries.decorations_of(tx, gift_set_id):
        tx.add(
            GiftSetDecoration(gift_set_id=copied_id, place_id=chosen.place_id, logo_id=chosen.logo_id, text=chosen.text)
        )
    tx.flush()
    return copied_id


def discard(tx: Transaction, gift_set_id: int, firm_id: int, *, by: Actor, at: datetime) -> None:
    """Take a draft off the shelf; `restore` takes that back. Done twice, it changes nothing.

    Raises SetFrozen: what was ordered is part of its order.
    """
    if queries.gift_set(tx, firm_id, gift_set_id).is_frozen:
        raise SetFrozen
    on_shelf = (GiftSet.id == gift_set_id, GiftSet.frozen_at.is_(None), GiftSet.deleted_at.is_(None))
    if tx.change(update(GiftSet).where(*on_shelf).values(deleted_at=at)):
        audit.record(tx, "giftsets.discard", (SUBJECT, gift_set_id), by=by, at=at)


def restore(tx: Transaction, gift_set_id: int, firm_id: int, *, by: Actor, at: datetime) -> None:
    """Put a deleted set onto the shelf again. Done twice, it changes nothing."""
    queries.gift_set(tx, firm_id, gift_set_id)
    gone = (GiftSet.id == gift_set_id, GiftSet.deleted_at.is_not(None))
    if tx.change(update(GiftSet).where(*gone).values(deleted_at=None)):
        audit.record(tx, "giftsets.restore", (SUBJECT, gift_set_id), by=by, at=at)


def freeze(tx: Transaction, gift_set_id: int, firm_id: int, *, by: Actor, at: datetime) -> None:
    """Keep a set as it is from now on, since it is ordered. Done twice, it changes nothing."""
    queries.gift_set(tx, firm_id, gift_set_id)
    first = (GiftSet.id == gift_set_id, GiftSet.frozen_at.is_(None))
    if tx.change(update(GiftSet).where(*first).values(frozen_at=at)):
        audit.record(tx, "giftsets.freeze", (SUBJECT, gift_set_id), by=by, at=at)


def _open(tx: Transaction, gift_set_id: int, firm_id: int, hand: Hand | None) -> GiftSet:
    """Take a set to be changed, one version on. What the same person saved in another tab is no reason to refuse."""
    may = [GiftSet.id == gift_set_id, GiftSet.firm_id == firm_id]
    may += [GiftSet.frozen_at.is_(None), GiftSet.deleted_at.is_(None)]
    told = {} if hand is None else {"changed_by": hand.by.id, "changed_at": hand.at}
    if hand is not None and hand.seen is not None:
        may.append(or_(GiftSet.version == hand.seen, GiftSet.changed_by == hand.by.id))
    is_taken = tx.change(update(GiftSet).where(*may).values(version=GiftSet.version + 1, **told))
    found = tx.get(GiftSet, gift_set_id, populate_existing=True)
    if found is None or found.firm_id != firm_id:
        raise NoSuchGiftSet
    if is_taken:
        return found
    if found.is_frozen:
        raise SetFrozen
    if found.deleted_at:
        raise SetDeleted
    raise SetChanged(who=_name_of(tx, found.changed_by))


def _name_of(tx: Transaction, user_id: int | None) -> str:
    known = accounts.users_by_id(tx, [user_id] if user_id else [])
    return next((user.name for user in known.values()), "")


def _refuse_unprintable(wishes: Wishes) -> None:
    texts = {"headline": wishes.headline, "greeting": wishes.greeting}
    artwork = {"decorations": "".join(art.text for art in wishes.crafts.values())}
    for name, text in {**texts, **artwork}.items():
        strange = paper.unprintable(text)
        if strange:
            raise CannotPrint(field=name, character=strange[0])


def _write_decorations(tx: Transaction, found: GiftSet, crafts: Mapping[int, Artwork]) -> None:
    known = catalogue.places_by_id(tx, list(crafts))
    for art in crafts.values():
        if art.logo_id is not None:
            branding.logo(tx, found.firm_id, art.logo_id)
    tx.change(delete(GiftSetDecoration).where(GiftSetDecoration.gift_set_id == found.id))
    for place_id, art in crafts.items():
        if place_id in known:
            text = "" if art.logo_id else art.text.strip()
            tx.add(GiftSetDecoration(gift_set_id=found.id, place_id=place_id, logo_id=art.logo_id, text=text))
    tx.flush()


def _drop_loose_decorations(tx: Transaction, gift_set_id: int) -> None:
    """Take off what was to be put onto an item or a packaging that is not part of the set any more."""
    loose: Sequence[int] = [craft.place_id for craft in queries.contents_of(tx, gift_set_id).crafts if not craft.pieces]
    if loose:
        of_set = GiftSetDecoration.gift_set_id == gift_set_id
        tx.change(delete(GiftSetDecoration).where(of_set, GiftSetDecoration.place_id.in_(loose)))
