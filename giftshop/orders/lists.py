"""Reading a firm's list of recipients: the campaign's form, in its own headings or in English.

Pure: a table goes in; people, or what is wrong with which cell, come out. Nothing of a list with a fault is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from giftshop import addresses, paper
from giftshop.kernel.errors import DomainError, Refused
from giftshop.kernel.locale import N_
from giftshop.tabular import Column, Flaw, Row, Table

COLUMNS: Final = (
    Column("kind", ("客户类型", "类型", "kind of client", "client type", "kind", "type")),
    Column(
        "name",
        ("客户姓名", "姓名", "收礼人", "收件人", "收礼人姓名", "name", "recipient", "recipient name", "full name"),
        is_required=True,
    ),
    Column("address", ("地址", "收货地址", "收件地址", "详细地址", "address", "delivery address")),
    Column(
        "phone",
        ("联系电话", "电话", "手机", "手机号", "手机号码", "phone", "telephone", "mobile", "phone number"),
        is_required=True,
    ),
    Column("grade", ("等级", "级别", "grade", "level")),
)
"""What each column may be called; the campaign's own word first, which is the template's."""

LONGEST: Final = {"name": 40, "kind": 40, "grade": 20, "address": 200, "phone": 40}
"""Characters that a cell may have; a card or a label carries no more."""
REQUIRED: Final = tuple(column.key for column in COLUMNS if column.is_required)


class CellEmpty(Refused):
    """Every person has one."""

    message = N_("This must not be empty.")


class CellTooLong(Refused):
    """No card or label carries that."""

    message = N_("This has %(length)s characters; %(most)s are possible.")


class CannotPrint(Refused):
    """None of our fonts has it."""

    message = N_("We have no letterform for “%(character)s” and could not print this name.")


class AddressNeeded(Refused):
    """A parcel goes to this person's door."""

    message = N_("The gift goes straight to this person, so we need an address.")


class Doubled(Refused):
    """Most likely a slip: a person gets one book."""

    message = N_("The same name and phone stand in row %(row)s already.")


@dataclass(frozen=True, slots=True)
class ReadList:
    """A list as read: the people, or the flaws with what stood in their cells. Never both."""

    people: Sequence[Mapping[str, str]] = ()
    flaws: Sequence[tuple[Flaw, str]] = ()


def read_people(table: Table, *, country: str = "CN", needs_address: bool = False) -> ReadList:
    """Read the people of `table`. Phones that name no country, and addresses, are taken to be of `country`.

    With `needs_address` a row without one is refused.
    """
    people: list[Mapping[str, str]] = []
    flaws: list[tuple[Flaw, str]] = []
    seen: dict[tuple[str, str], int] = {}
    for row in table.rows:
        person, wrong = person_in(row, country)
        if needs_address and not person["address"]:
            wrong["address"] = AddressNeeded()
        first = seen.setdefault((person["name"], person["phone"]), row.number)
        if first != row.number and not wrong:
            wrong = {"name": Doubled(row=first)}
        flaws += [(table.flaw(row, key, why), row[key]) for key, why in wrong.items()]
        people.append(person)
    return ReadList(flaws=flaws) if flaws else ReadList(people)


def person_in(row: Row, country: str) -> tuple[dict[str, str], dict[str, DomainError]]:
    """Return the person that a row names, tidied, and what is wrong with which of its cells."""
    person = {column.key: " ".join(row[column.key].split()) for column in COLUMNS}
    wrong = {key: why for key, text in person.items() if (why := _misfit(key, text))}
    strange = paper.unprintable(person["name"])
    if strange and "name" not in wrong:
        wrong["name"] = CannotPrint(character=strange[0])
    if "phone" not in wrong:
        try:
            person["phone"] = addresses.normalise_phone(person["phone"], country)
        except Refused as why:
            wrong["phone"] = why
    if person["address"] and "address" not in wrong and country == "CN":
        place = addresses.parse_china(person["address"])
        if isinstance(place, addresses.Address):
            person["address"] = addresses.one_line(place)
        else:
            wrong["address"] = place
    return person, wrong


def _misfit(key: str, text: str) -> DomainError | None:
    if not text and key in REQUIRED:
        return CellEmpty()
    return CellTooLong(length=len(text), most=LONGEST[key]) if len(text) > LONGEST[key] else None
