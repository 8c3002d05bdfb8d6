"""Keeping the catalogue: items, and editions of gift books."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from giftshop.audit import record
from giftshop.catalogue import queries, suppliers
from giftshop.catalogue.errors import (
    AlreadyInEdition,
    CodeTaken,
    EditionIsEmpty,
    EditionIsFixed,
    ItemNotOnOffer,
    NoSuchItem,
    NotComplete,
    NotInThatState,
    SkuTaken,
)
from giftshop.catalogue.indexing import index_items
from giftshop.catalogue.models import Edition, EditionItem, Item
from giftshop.catalogue.rules import (
    EditionFacts,
    EditionState,
    ItemFacts,
    ItemState,
    is_complete,
)
from giftshop.db import Transaction
from giftshop.kernel.actor import Actor


def draw_up_item(tx: Transaction, facts: ItemFacts, *, by: Actor, at: datetime) -> Item:
    """Write a new item as a draft. Raises SkuTaken, SupplierNotChosen, or the refusal of a field."""
    facts = facts.checked()
    _refuse_taken_sku(tx, facts.sku, but=None)
    suppliers.check_supplier(tx, facts.supplier_id)
    item = Item(**item_columns(facts))
    tx.add(item)
    tx.flush_or(SkuTaken(field="sku", sku=facts.sku))
    index_items(tx, [item.id])
    record(tx, "catalogue.draw_up_item", ("item", item.id), by=by, at=at, sku=facts.sku)
    return item


def change_item(tx: Transaction, item_id: int, facts: ItemFacts, *, by: Actor, at: datetime) -> Item:
    """Write an item's facts anew. One on offer must stay complete.

    Parcels that were asked for before are sent by whom they were asked of. Raises SkuTaken, SupplierNotChosen,
    NotComplete, NoSuchItem.
    """
    facts = facts.checked()
    item = _locked_item(tx, item_id)
    _refuse_taken_sku(tx, facts.sku, but=item_id)
    suppliers.check_supplier(tx, facts.supplier_id, known=item.supplier_id)
    if item.state is ItemState.ON_OFFER and not is_complete(facts.names, facts.descriptions, facts.picture):
        raise NotComplete
    for name, value in item_columns(facts).items():
        setattr(item, name, value)
    tx.flush_or(SkuTaken(field="sku", sku=facts.sku))
    index_items(tx, [item_id])
    record(tx, "catalogue.change_item", ("item", item_id), by=by, at=at, price_minor=facts.price.amount_minor)
    return item


def offer_item(tx: Transaction, item_id: int, *, by: Actor, at: datetime) -> None:
    """Let an item go into gift books.

    Raises NotComplete when shoppers would miss something, SupplierNotChosen when its supplier is not used any more.
    """
    item = _locked_item(tx, item_id)
    suppliers.check_supplier(tx, item.supplier_id)
    if not is_complete(item.names, item.descriptions, item.picture):
        raise NotComplete
    _move_item(tx, item_id, {ItemState.DRAFT, ItemState.WITHDRAWN}, ItemState.ON_OFFER)
    record(tx, "catalogue.offer_item", ("item", item_id), by=by, at=at)


def withdraw_item(tx: Transaction, item_id: int, *, by: Actor, at: datetime) -> None:
    """Let an item go into no new gift book. Printed books still give it while stock lasts."""
    queries.item(tx, item_id)
    _move_item(tx, item_id, {ItemState.DRAFT, ItemState.ON_OFFER}, ItemState.WITHDRAWN)
    record(tx, "catalogue.withdraw_item", ("item", item_id), by=by, at=at)


def draw_up_edition(tx: Transaction, facts: EditionFacts, *, by: Actor, at: datetime) -> Edition:
    """Begin a new gift book, still without gifts. Raises CodeTaken, or the refusal of a field."""
    return _new_edition(tx, facts.checked(), follows=None, by=by, at=at)


def draw_up_next_edition(tx: Transaction, edition_id: int, facts: EditionFacts, *, by: Actor, at: datetime) -> Edition:
    """Begin the edition that follows `edition_id`, with those of its gifts that are still on offer."""
    previous = queries.edition(tx, edition_id)
    edition = _new_edition(tx, facts.checked(), follows=previous.id, by=by, at=at)
    gifts = [gift.id for gift in queries.items_of(tx, edition_id) if gift.state is ItemState.ON_OFFER]
    _write_gifts(tx, edition.id, gifts)
    return edition


def change_edition(tx: Transaction, edition_id: int, facts: EditionFacts, *, by: Actor, at: datetime) -> None:
    """Write an edition's facts anew while it is being drawn up. Raises EditionIsFixed, CodeTaken."""
    facts = facts.checked()
    _hold_open(tx, edition_id)
    _refuse_taken_code(tx, facts.code, but=edition_id)
    tx.change(update(Edition).where(Edition.id == edition_id).values(_edition_columns(facts)))
    record(tx, "catalogue.change_edition", ("edition", edition_id), by=by, at=at, tier_minor=facts.tier.amount_minor)


def add_gift(tx: Transaction, edition_id: int, item_id: int, *, by: Actor, at: datetime) -> None:
    """Put an item at the end of a book that is being drawn up. Raises EditionIsFixed, AlreadyInEdition."""
    gifts = _hold_open(tx, edition_id)
    item = queries.item(tx, item_id)
    if item.state is not ItemState.ON_OFFER:
        raise ItemNotOnOffer(field="sku", sku=item.sku)
    if item_id in gifts:
        raise AlreadyInEdition(field="sku")
    _write_gifts(tx, edition_id, [*gifts, item_id])
    record(tx, "catalogue.add_gift", ("edition", edition_id), by=by, at=at, item=item_id)


def remove_gift(tx: Transaction, edition_id: int, item_id: int, *, by: Actor, at: datetime) -> None:
    """Take an item out of a book that is being drawn up; one that is not in it is no matter."""
    gifts = _hold_open(tx, edition_id)
    _write_gifts(tx, edition_id, [gift for gift in gifts if gift != item_id])
    record(tx, "catalogue.remove_gift", ("edition", edition_id), by=by, at=at, item=item_id)


def move_gift(tx: Transaction, edition_id: int, item_id: int, steps: int, *, by: Actor, at: datetime) -> None:
    """Move a gift `steps` places towards the end (negative: the beginning) of a book that is being drawn up."""
    gifts = _hold_open(tx, edition_id)
    if item_id not in gifts:
        return
    place = min(max(gifts.index(item_id) + steps, 0), len(gifts) - 1)
    gifts.remove(item_id)
    gifts.insert(place, item_id)
    _write_gifts(tx, edition_id, gifts)
    record(tx, "catalogue.move_gift", ("edition", edition_id), by=by, at=at, item=item_id, place=place + 1)


def offer_edition(tx: Transaction, edition_id: int, *, by: Actor, at: datetime) -> None:
    """Let a book be ordered. From now on its gifts are fixed. Raises EditionIsEmpty, ItemNotOnOffer, NotInThatState."""
    _move_edition(tx, edition_id, EditionState.DRAWN_UP, EditionState.ON_OFFER)
    gifts = queries.items_of(tx, edition_id)
    if not gifts:
        raise EditionIsEmpty
    for gift in gifts:
        if gift.state is not ItemState.ON_OFFER:
            raise ItemNotOnOffer(sku=gift.sku)
    record(tx, "catalogue.offer_edition", ("edition", edition_id), by=by, at=at, gifts=len(gifts))


def close_edition(tx: Transaction, edition_id: int, *, by: Actor, at: datetime) -> None:
    """Take no new orders for a book. What was printed stays valid. Raises NotInThatState."""
    _move_edition(tx, edition_id, EditionState.ON_OFFER, EditionState.CLOSED)
    record(tx, "catalogue.close_edition", ("edition", edition_id), by=by, at=at)


def reopen_edition(tx: Transaction, edition_id: int, *, by: Actor, at: datetime) -> None:
    """Take orders for a book again that was discontinued by mistake. Raises NotInThatState, ItemNotOnOffer."""
    _move_edition(tx, edition_id, EditionState.CLOSED, EditionState.ON_OFFER)
    for gift in queries.items_of(tx, edition_id):
        if gift.state is not ItemState.ON_OFFER:
            raise ItemNotOnOffer(sku=gift.sku)
    record(tx, "catalogue.reopen_edition", ("edition", edition_id), by=by, at=at)


def item_columns(facts: ItemFacts) -> dict[str, object]:
    """Return the columns of an item that has these (checked) facts."""
    return {
        "sku": facts.sku,
        "names": dict(facts.names),
        "descriptions": dict(facts.descriptions),
        "picture": facts.picture,
        "price_minor": facts.price.amount_minor,
        "currency": facts.price.currency,
        "weight_g": facts.weight_g,
        "lead_days": facts.lead_days,
        "tags": list(facts.tags),
        "supplier_id": facts.supplier_id,
    }


def _edition_columns(facts: EditionFacts) -> dict[str, object]:
    return {
        "code": facts.code,
        "names": dict(facts.names),
        "labels": dict(facts.labels),
        "tier_minor": facts.tier.amount_minor,
        "currency": facts.tier.currency,
    }


def _new_edition(tx: Transaction, facts: EditionFacts, *, follows: int | None, by: Actor, at: datetime) -> Edition:
    _refuse_taken_code(tx, facts.code, but=None)
    edition = Edition(**_edition_columns(facts), follows_id=follows)
    tx.add(edition)
    tx.flush_or(CodeTaken(field="code", code=facts.code))
    record(tx, "catalogue.draw_up_edition", ("edition", edition.id), by=by, at=at, follows=follows)
    return edition


def _refuse_taken_sku(tx: Transaction, sku: str, *, but: int | None) -> None:
    holder = tx.scalar(select(Item.id).where(Item.sku == sku))
    if holder is not None and holder != but:
        raise SkuTaken(field="sku", sku=sku)


def _refuse_taken_code(tx: Transaction, code: str, *, but: int | None) -> None:
    holder = tx.scalar(select(Edition.id).where(Edition.code == code))
    if holder is not None and holder != but:
        raise CodeTaken(field="code", code=code)


def _locked_item(tx: Transaction, item_id: int) -> Item:
    """Return an item that nobody else changes until this transaction ends. Raises NoSuchItem."""
    item = tx.get(Item, item_id, with_for_update=True)
    if item is None:
        raise NoSuchItem
    return item


def _move_item(tx: Transaction, item_id: int, sources: set[ItemState], target: ItemState) -> None:
    moved = tx.change(update(Item).where(Item.id == item_id, Item.state.in_(sources)).values(state=target))
    if not moved:
        raise NotInThatState


def _move_edition(tx: Transaction, edition_id: int, source: EditionState, target: EditionState) -> None:
    queries.edition(tx, edition_id)
    moved = tx.change(update(Edition).where(Edition.id == edition_id, Edition.state == source).values(state=target))
    if not moved:
        raise NotInThatState


def _hold_open(tx: Transaction, edition_id: int) -> list[int]:
    """Lock an edition that is being drawn up, so that nobody offers or rearranges it meanwhile; return its gifts."""
    queries.edition(tx, edition_id)
    is_open = (Edition.id == edition_id) & (Edition.state == EditionState.DRAWN_UP)
    if not tx.change(update(Edition).where(is_open).values(state=EditionState.DRAWN_UP)):
        raise EditionIsFixed
    gifts = select(EditionItem.item_id).where(EditionItem.edition_id == edition_id)
    return list(tx.scalars(gifts.order_by(EditionItem.position)))


def _write_gifts(tx: Transaction, edition_id: int, gifts: Sequence[int]) -> None:
    """Write the gifts of an edition anew: simpler than swapping places under their unique constraint."""
    tx.change(delete(EditionItem).where(EditionItem.edition_id == edition_id))
    rows = [{"edition_id": edition_id, "item_id": gift, "position": place} for place, gift in enumerate(gifts, 1)]
    if rows:
        tx.execute(insert(EditionItem), rows)
