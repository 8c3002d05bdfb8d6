"""Suppliers who send an item to the receiver themselves (一件代发), so that it never lies on our shelf."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update

from giftshop.audit import record
from giftshop.catalogue.errors import NoSuchSupplier, SupplierCodeTaken, SupplierInUse, SupplierNotChosen
from giftshop.catalogue.models import Item, Supplier
from giftshop.catalogue.rules import ItemState, required_words, supplier_code_of
from giftshop.db import Reader, Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.locale import N_, WRITTEN_LOCALES
from giftshop.listing import Choice, Column, Listing, Words, said_in


@dataclass(frozen=True, slots=True)
class SupplierFacts:
    """What staff write about a supplier."""

    code: str
    """Short and in capitals, such as GANNAN; stands in addresses and in the names of files."""
    names: Mapping[str, str]
    contact: str = ""
    """Whom to ask for, and how: one line."""
    email: str = ""
    is_active: bool = True

    def checked(self) -> SupplierFacts:
        """Return these facts in their usual form; raise the refusal of the first field that is wrong."""
        return SupplierFacts(
            code=supplier_code_of(self.code),
            names=required_words(self.names, field="name_en"),
            contact=self.contact.strip(),
            email=self.email.strip(),
            is_active=self.is_active,
        )

    @property
    def columns(self) -> dict[str, object]:
        """Return the columns of a supplier with these (checked) facts."""
        return {
            "code": self.code,
            "names": dict(self.names),
            "contact": self.contact,
            "email": self.email,
            "is_active": self.is_active,
        }


def add_supplier(tx: Transaction, facts: SupplierFacts, *, by: Actor, at: datetime) -> Supplier:
    """Keep a new supplier. Raises SupplierCodeTaken, or the refusal of a field."""
    facts = facts.checked()
    _refuse_taken_code(tx, facts.code, but=None)
    supplier = Supplier(**facts.columns)
    tx.add(supplier)
    tx.flush_or(SupplierCodeTaken(field="code", code=facts.code))
    record(tx, "catalogue.add_supplier", ("supplier", supplier.id), by=by, at=at)
    return supplier


def change_supplier(tx: Transaction, supplier_id: int, facts: SupplierFacts, *, by: Actor, at: datetime) -> Supplier:
    """Keep other facts about a supplier. One whose items are on offer stays in use.

    Raises NoSuchSupplier, SupplierCodeTaken, SupplierInUse, or the refusal of a field.
    """
    facts = facts.checked()
    supplier = tx.scalar(select(Supplier).where(Supplier.id == supplier_id).with_for_update())
    if supplier is None:
        raise NoSuchSupplier
    _refuse_taken_code(tx, facts.code, but=supplier_id)
    if not facts.is_active and (count := _offered(tx, supplier_id)):
        raise SupplierInUse(field="is_active", count=count)
    for name, value in facts.columns.items():
        setattr(supplier, name, value)
    tx.flush_or(SupplierCodeTaken(field="code", code=facts.code))
    record(tx, "catalogue.change_supplier", ("supplier", supplier_id), by=by, at=at, is_active=int(facts.is_active))
    return supplier


def use_again(tx: Transaction, supplier_id: int, *, by: Actor, at: datetime) -> None:
    """Take a supplier into use again that was switched off. Done twice, it changes nothing. Raises NoSuchSupplier."""
    if tx.get(Supplier, supplier_id) is None:
        raise NoSuchSupplier
    if tx.change(update(Supplier).where(Supplier.id == supplier_id, ~Supplier.is_active).values(is_active=True)):
        record(tx, "catalogue.use_again", ("supplier", supplier_id), by=by, at=at)


def all_suppliers(reader: Reader, *, with_retired: bool = False) -> Sequence[Supplier]:
    """Return the suppliers in use, by code."""
    wanted = select(Supplier).order_by(Supplier.code)
    return reader.scalars(wanted if with_retired else wanted.where(Supplier.is_active)).all()


def suppliers_list() -> Listing[Supplier]:
    """Return the list of suppliers, in use or not, by code. They are few: what stands in their rows sorts."""
    return Listing(
        "suppliers",
        select(Supplier),
        Supplier.id,
        columns=(
            Column("name", N_("Supplier")),
            Column("code", N_("Code"), by=Supplier.code),
            Column("contact", N_("Contact"), by=func.nullif(Supplier.contact, "")),
            Column("items", N_("Items"), "number", by=_item_count(), falls=True),
            Column("used", N_("In use"), by=Supplier.is_active, falls=True),
        ),
        fields=(
            Words(N_("Name, code or contact"), said_in(*_called(), Supplier.code, Supplier.contact, Supplier.email)),
            Choice(
                "used",
                N_("In use"),
                {"yes": N_("Yes"), "no": N_("No")},
                lambda used: Supplier.is_active.is_(used == "yes"),
            ),
        ),
        first="code",
        is_personal=True,
    )


def _item_count() -> ColumnElement[int]:
    return select(func.count(Item.id)).where(Item.supplier_id == Supplier.id).scalar_subquery()


def _called() -> list[ColumnElement[str]]:
    return [Supplier.names[locale].as_string() for locale in WRITTEN_LOCALES]


def supplier_by_code(reader: Reader, code: str) -> Supplier:
    """Return a supplier, in use or not. Raises NoSuchSupplier."""
    found = reader.scalar(select(Supplier).where(Supplier.code == code.upper()))
    if found is None:
        raise NoSuchSupplier
    return found


def suppliers_by_id(reader: Reader, supplier_ids: Collection[int]) -> dict[int, Supplier]:
    """Return suppliers by their ids, in one query; without ids it asks nothing."""
    if not supplier_ids:
        return {}
    return {row.id: row for row in reader.scalars(select(Supplier).where(Supplier.id.in_(set(supplier_ids))))}


def item_counts(reader: Reader) -> dict[int, int]:
    """Return how many items each supplier sends, whatever their state, by the supplier's id."""
    counted = select(Item.supplier_id, func.count()).where(Item.supplier_id.is_not(None))
    rows = reader.execute(counted.group_by(Item.supplier_id))
    return {supplier_id: count for supplier_id, count in rows if supplier_id is not None}


def check_supplier(tx: Transaction, supplier_id: int | None, *, known: int | None = None) -> None:
    """Raise SupplierNotChosen unless `supplier_id` is None, is a supplier in use, or is `known` from before.

    The supplier is locked, so that nobody retires it while an item is given to it.
    """
    if supplier_id is None or supplier_id == known:
        return
    in_use = select(Supplier.id).where(Supplier.id == supplier_id, Supplier.is_active)
    if tx.scalar(in_use.with_for_update()) is None:
        raise SupplierNotChosen(field="supplier")


def _offered(reader: Reader, supplier_id: int) -> int:
    theirs = (Item.supplier_id == supplier_id, Item.state == ItemState.ON_OFFER)
    return reader.scalar(select(func.count()).select_from(Item).where(*theirs)) or 0


def _refuse_taken_code(reader: Reader, code: str, *, but: int | None) -> None:
    taken = reader.scalar(select(Supplier.id).where(Supplier.code == code))
    if taken not in {None, but}:
        raise SupplierCodeTaken(field="code", code=code)
