"""Reading a firm's list of recipients: the campaign's form, in its own headings or in English.

Pure: a table goes in; people, or what is wrong with which cell, come out. Nothing of a list with a fault is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from giftshop import addresses, ecards, paper
from giftshop.kernel.errors import DomainError, Refused
from giftshop.kernel.locale import N_
from giftshop.tabular import Column, Flaw, Row, Table

COLUMNS: Final = (
    Column("kind", ("客户类型", "类型", "kind of client", "client type", "kind", "type"), label=N_("Kind of client")),
    Column(
        "name",
        ("客户姓名", "姓名", "收礼人", "收件人", "收礼人姓名", "name", "recipient", "recipient name", "full name"),
        is_required=True,
        label=N_("Name"),
        looks=r"[^\d@]{2,24}",
    ),
    Column("address", ("地址", "收货地址", "收件地址", "详细地址", "address", "delivery address"), label=N_("Address")),
    Column(
        "phone",
        ("联系电话", "电话", "手机", "手机号", "手机号码", "phone", "telephone", "mobile", "phone number"),
        is_required=True,
        label=N_("Phone"),
        looks=r"\+?[\d\s()（）-]{7,20}",
    ),
    Column("grade", ("等级", "级别", "grade", "level"), label=N_("Grade")),
)
"""What each column may be called; the campaign's own word first, which is the template's."""

EMAIL: Final = Column(
    "email",
    ("电子邮箱", "邮箱", "电邮", "邮件地址", "email", "e-mail", "mail", "email address", "e-mail address"),
    label=N_("E-mail"),
)
ECARD_COLUMNS: Final = tuple(
    each
    for column in COLUMNS
    for each in ((replace(column, is_required=False), EMAIL) if column.key == "phone" else (column,))
)
"""The same for e-cards: somebody who has an e-mail address needs no phone."""

LONGEST: Final = {"name": 40, "kind": 40, "grade": 20, "address": 200, "phone": 40, "email": 200}
"""Characters that a cell may have; a card or a label carries no more."""


class CellEmpty(Refused):
    """Every person has one."""

    message = N_("This must not be empty.")


class CellTooLong(Refused):
    """No card or label carries that."""

    message = N_("This has %(length)s characters; at most %(most)s will fit.")


class CannotPrint(Refused):
    """None of our fonts has it."""

    message = N_("We have no letterform for “%(character)s” and could not print this name.")


class ReachNeeded(Refused):
    """An e-card goes to this person."""

    message = N_("The e-card goes straight to this person, so we need an e-mail address or a mobile.")


class NoMailAddress(Refused):
    """A slip in it."""

    message = N_("This is not an e-mail address.")


class AddressNeeded(Refused):
    """A parcel goes to this person's door."""

    message = N_("The gift goes straight to this person, so we need an address.")


class Doubled(Refused):
    """Most likely a slip: a person gets one book."""

    message = N_("The same name and phone are already in row %(row)s.")


@dataclass(frozen=True, slots=True)
class ReadList:
    """A list as read: the people, or the flaws with what stood in their cells. Never both."""

    people: Sequence[Mapping[str, str]] = ()
    flaws: Sequence[tuple[Flaw, str]] = ()


def read_people(
    table: Table, *, country: str = "CN", needs_address: bool = False, is_digital: bool = False
) -> ReadList:
    """Read the people of `table`. Phones that name no country, and addresses, are taken to be of `country`.

    With `needs_address` a row without one is refused; of a digital list, which has `ECARD_COLUMNS`, a row that an
    e-card could not be sent to.
    """
    people: list[Mapping[str, str]] = []
    flaws: list[tuple[Flaw, str]] = []
    seen: dict[tuple[str, str, str], int] = {}
    for row in table.rows:
        person, wrong = (ecard_person_in if is_digital else person_in)(row, country)
        if needs_address and not person["address"]:
            wrong["address"] = AddressNeeded()
        first = seen.setdefault((person["name"], person["phone"], person.get("email", "")), row.number)
        if first != row.number and not wrong:
            wrong = {"name": Doubled(row=first)}
        flaws += [(table.flaw(row, key, why), row[key]) for key, why in wrong.items()]
        people.append(person)
    return ReadList(flaws=flaws) if flaws else ReadList(people)


def person_in(row: Row, country: str) -> tuple[dict[str, str], dict[str, DomainError]]:
    """Return the person that a row names, tidied, and what is wrong with which of its cells."""
    return _person_in(row, country, COLUMNS)


def ecard_person_in(row: Row, country: str) -> tuple[dict[str, str], dict[str, DomainError]]:
    """Return the same of a list for e-cards: each person has an e-mail address or a mobile."""
    person, wrong = _person_in(row, country, ECARD_COLUMNS)
    if person["email"] and "email" not in wrong:
        address = ecards.mail_address(person["email"])
        if address is None:
            wrong["email"] = NoMailAddress()
        else:
            person["email"] = address
    if not {"email", "phone"} & wrong.keys() and ecards.best_way(person["email"], person["phone"]) is None:
        wrong["email" if row["email"] or not row["phone"] else "phone"] = ReachNeeded()
    return person, wrong


def _person_in(row: Row, country: str, columns: Sequence[Column]) -> tuple[dict[str, str], dict[str, DomainError]]:
    person = {column.key: " ".join(row[column.key].split()) for column in columns}
    required = {column.key for column in columns if column.is_required}
    wrong = {key: why for key, text in person.items() if (why := _misfit(key, text, is_required=key in required))}
    strange = paper.unprintable(person["name"])
    if strange and "name" not in wrong:
        wrong["name"] = CannotPrint(character=strange[0])
    if person["phone"] and "phone" not in wrong:
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


def _misfit(key: str, text: str, *, is_required: bool) -> DomainError | None:
    if not text and is_required:
        return CellEmpty()
    return CellTooLong(length=len(text), most=LONGEST[key]) if len(text) > LONGEST[key] else None
