"""Commands on print houses: who prints for us, how they want their files, and the key their data files are made for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select, update

from giftshop import audit
from giftshop.db import Transaction
from giftshop.kernel.actor import Actor
from giftshop.production.certificates import HouseKey, read_certificate
from giftshop.production.delivery import AS_PAGES, Delivery, Medium
from giftshop.production.errors import HouseNameMissing, HouseNameTaken, KeyNeeded, NoSuchSheet
from giftshop.production.models import PrintHouse
from giftshop.production.queries import print_house

SUBJECT: Final = "print_house"


@dataclass(frozen=True, slots=True)
class HouseFacts:
    """What staff write about a print house; `certificate` is an uploaded file, None to leave the one there is."""

    name: str
    delivery: Delivery = AS_PAGES
    certificate: bytes | None = None
    is_usual: bool = False
    is_active: bool = True


def add_house(tx: Transaction, facts: HouseFacts, *, by: Actor, at: datetime) -> int:
    """Add a print house and return its id.

    Raises HouseNameMissing, HouseNameTaken, NoSuchSheet, KeyNeeded, and what `read_certificate` refuses.
    """
    name, key = _checked(facts, at=at, has_key=False)
    values = {"name": name, "delivery": facts.delivery.kept(), "is_usual": False, "is_active": True}
    if not tx.add_new(PrintHouse, **values):
        raise HouseNameTaken(field="name")
    house = tx.scalars(select(PrintHouse).where(PrintHouse.name == name)).one()
    _keep(tx, house, facts, key)
    audit.record(tx, "production.add_house", (SUBJECT, house.id), by=by, at=at, certificate=house.fingerprint)
    return house.id


def change_house(tx: Transaction, house_id: int, facts: HouseFacts, *, by: Actor, at: datetime) -> None:
    """Change what is written about a print house; runs that were started keep what they were started with.

    Raises Missing, and what `add_house` raises.
    """
    house = print_house(tx, house_id)
    name, key = _checked(facts, at=at, has_key=house.certificate is not None)
    if tx.scalar(select(PrintHouse.id).where(PrintHouse.name == name, PrintHouse.id != house_id)) is not None:
        raise HouseNameTaken(field="name")
    house.name = name
    tx.flush_or(HouseNameTaken(field="name"))  # somebody gave it to another house in this moment
    _keep(tx, house, facts, key)
    audit.record(tx, "production.change_house", (SUBJECT, house_id), by=by, at=at, certificate=house.fingerprint)


def _checked(facts: HouseFacts, *, at: datetime, has_key: bool) -> tuple[str, HouseKey | None]:
    name = " ".join(facts.name.split())
    if not name:
        raise HouseNameMissing(field="name")
    if facts.delivery.grid is not None and not facts.delivery.grid.is_sensible:
        raise NoSuchSheet(field="sheet")
    key = read_certificate(facts.certificate, at=at) if facts.certificate is not None else None
    if facts.delivery.medium is Medium.DATA and key is None and not has_key:
        raise KeyNeeded(field="certificate")
    return name, key


def _keep(tx: Transaction, house: PrintHouse, facts: HouseFacts, key: HouseKey | None) -> None:
    house.delivery, house.is_active = facts.delivery.kept(), facts.is_active
    house.is_usual = facts.is_usual and facts.is_active
    if key is not None:
        house.certificate, house.fingerprint, house.certificate_until = key.der, key.fingerprint, key.until
    tx.flush()
    if house.is_usual:
        tx.change(update(PrintHouse).where(PrintHouse.id != house.id).values(is_usual=False))
