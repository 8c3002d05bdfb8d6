"""Keeping what gift sets are made with: packaging, decorations and where they go, what may not lie in one parcel."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select

from giftshop import audit
from giftshop.catalogue import queries
from giftshop.catalogue.craft_queries import decoration, packaging
from giftshop.catalogue.errors import (
    AreaTooLarge,
    NoSuchDecoration,
    PackagingCodeTaken,
    RuleKnown,
    TagMissing,
)
from giftshop.catalogue.models import BundleRule, Decoration, ItemDecoration, Packaging
from giftshop.catalogue.rules import DecorationFacts, PackagingFacts, required_words, tidy_tags
from giftshop.db import Transaction
from giftshop.kernel.actor import Actor


def add_packaging(tx: Transaction, facts: PackagingFacts, *, by: Actor, at: datetime) -> int:
    """Take up a packaging. Returns its id. Raises PackagingCodeTaken, or the refusal of a field."""
    facts = facts.checked()
    _refuse_taken_code(tx, facts.code, but=None)
    row = Packaging(**_packaging_columns(facts))
    tx.add(row)
    tx.flush_or(PackagingCodeTaken(field="code", code=facts.code))
    audit.record(tx, "catalogue.add_packaging", ("packaging", row.id), by=by, at=at)
    return row.id


def change_packaging(
    tx: Transaction, packaging_id: int, facts: PackagingFacts, *, is_active: bool, by: Actor, at: datetime
) -> None:
    """Write a packaging's facts anew. What was ordered keeps its price. Raises as `add_packaging`."""
    facts = facts.checked()
    row = packaging(tx, packaging_id)
    _refuse_taken_code(tx, facts.code, but=packaging_id)
    for name, value in _packaging_columns(facts).items():
        setattr(row, name, value)
    row.is_active = is_active
    tx.flush_or(PackagingCodeTaken(field="code", code=facts.code))
    audit.record(tx, "catalogue.change_packaging", ("packaging", packaging_id), by=by, at=at)


def add_decoration(tx: Transaction, facts: DecorationFacts, *, by: Actor, at: datetime) -> int:
    """Take up a decoration. Returns its id. Raises the refusal of a field."""
    row = Decoration(**_decoration_columns(facts.checked()))
    tx.add(row)
    tx.flush()
    audit.record(tx, "catalogue.add_decoration", ("decoration", row.id), by=by, at=at)
    return row.id


def change_decoration(
    tx: Transaction, decoration_id: int, facts: DecorationFacts, *, is_active: bool, by: Actor, at: datetime
) -> None:
    """Write a decoration's facts anew. Raises the refusal of a field."""
    row = decoration(tx, decoration_id)
    for name, value in _decoration_columns(facts.checked()).items():
        setattr(row, name, value)
    row.is_active = is_active
    audit.record(tx, "catalogue.change_decoration", ("decoration", decoration_id), by=by, at=at)


def place_decoration(
    tx: Transaction,
    decoration_id: int,
    *,
    item_id: int | None = None,
    packaging_id: int | None = None,
    places: Mapping[str, str],
    width_mm: int,
    height_mm: int,
    by: Actor,
    at: datetime,
) -> int:
    """Let a decoration go onto an item, or a packaging, at a place. Returns the place's id.

    Raises AreaTooLarge, NameMissing, NoSuchItem, NoSuchPackaging.
    """
    known = decoration(tx, decoration_id)
    if item_id is not None:
        queries.item(tx, item_id)
    else:
        packaging(tx, packaging_id or 0)
    if not (0 < width_mm <= known.width_mm and 0 < height_mm <= known.height_mm):
        raise AreaTooLarge(field="width_mm", width=known.width_mm, height=known.height_mm)
    row = ItemDecoration(
        decoration_id=decoration_id,
        item_id=item_id,
        packaging_id=packaging_id,
        places=required_words(places, field="place_en"),
        width_mm=width_mm,
        height_mm=height_mm,
    )
    tx.add(row)
    tx.flush()
    audit.record(tx, "catalogue.place_decoration", ("decoration", decoration_id), by=by, at=at, place=row.id)
    return row.id


def drop_place(tx: Transaction, place_id: int, *, by: Actor, at: datetime) -> int:
    """Take no new orders for a decoration at a place; what was ordered there stays. Returns the decoration's id."""
    place = tx.get(ItemDecoration, place_id)
    if place is None:
        raise NoSuchDecoration
    place.is_active = False
    audit.record(tx, "catalogue.drop_place", ("decoration", place.decoration_id), by=by, at=at, place=place_id)
    return place.decoration_id


def add_bundle_rule(
    tx: Transaction, tag: str, other_tag: str, reasons: Mapping[str, str], *, by: Actor, at: datetime
) -> None:
    """Say that items of two tags may not lie in one parcel; `*` is everything else.

    Raises TagMissing, NameMissing, RuleKnown.
    """
    first, other = tidy_tags([tag]), tidy_tags([other_tag])
    if not first or not other:
        raise TagMissing(field="tag" if not first else "other_tag")
    row = BundleRule(tag=first[0], other_tag=other[0], reasons=required_words(reasons, field="reason_en"))
    tx.add(row)
    tx.flush_or(RuleKnown(field="other_tag"))
    audit.record(tx, "catalogue.add_bundle_rule", ("bundle_rule", row.id), by=by, at=at)


def drop_bundle_rule(tx: Transaction, rule_id: int, *, by: Actor, at: datetime) -> None:
    """Forget a rule; one that is gone is no matter."""
    tx.change(delete(BundleRule).where(BundleRule.id == rule_id))
    audit.record(tx, "catalogue.drop_bundle_rule", ("bundle_rule", rule_id), by=by, at=at)


def _packaging_columns(facts: PackagingFacts) -> dict[str, object]:
    return {
        "code": facts.code,
        "kind": facts.kind,
        "names": dict(facts.names),
        "picture": facts.picture,
        "price_minor": facts.price.amount_minor,
        "currency": facts.price.currency,
        "weight_g": facts.weight_g,
        "holds_g": facts.holds_g,
    }


def _decoration_columns(facts: DecorationFacts) -> dict[str, object]:
    return {
        "kind": facts.kind,
        "names": dict(facts.names),
        "setup_minor": facts.setup.amount_minor,
        "unit_minor": facts.unit.amount_minor,
        "currency": facts.unit.currency,
        "least": facts.least,
        "lead_days": facts.lead_days,
        "width_mm": facts.width_mm,
        "height_mm": facts.height_mm,
    }


def _refuse_taken_code(tx: Transaction, code: str, *, but: int | None) -> None:
    holder = tx.scalar(select(Packaging.id).where(Packaging.code == code))
    if holder is not None and holder != but:
        raise PackagingCodeTaken(field="code", code=code)
