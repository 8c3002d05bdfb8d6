"""Reading a firm's list of nominees: the columns of an order's list, and the few that a campaign asks besides.

Pure but for what it is told: a table goes in; nominations, or what is wrong with which cell, come out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from giftshop import orders
from giftshop.campaigns.errors import AlreadyNominated, MayNotBeGiven, NoInfluence
from giftshop.campaigns.models import Group, NomineePerson
from giftshop.campaigns.nominating import COUNTRY, Nomination
from giftshop.campaigns.rules import Handover, Influence
from giftshop.kernel.errors import DomainError, Refused
from giftshop.kernel.locale import N_
from giftshop.kernel.market import Counterparty, GiftNature, GiftRules
from giftshop.tabular import Column, Flaw, Row, Table

OWN_COLUMNS: Final = (
    Column("group", ("组别", "分组", "收礼组", "group", "list group"), label=N_("Group")),
    Column(
        "organisation",
        ("单位", "公司", "客户单位", "企业", "firm", "company", "organisation", "organization"),
        label=N_("Their firm"),
    ),
    Column(
        "counterparty",
        ("单位性质", "对象性质", "counterparty", "kind of counterparty"),
        label=N_("Who they work for"),
    ),
    Column("influence", ("影响力", "决策权", "influence", "decides"), label=N_("Their influence on buying from us")),
    Column("reason", ("理由", "送礼理由", "reason", "why"), label=N_("Why they should be given something")),
)
Word = TypeVar("Word", Counterparty, Influence)
COLUMNS: Final = (*orders.LIST_COLUMNS, *OWN_COLUMNS)
"""What each column may be called; the campaign's own word first, which is the template's."""
LONGEST: Final = {"group": 40, "organisation": 80, "counterparty": 40, "influence": 40, "reason": 200}

COUNTERPARTIES: Final[Mapping[str, Counterparty]] = {
    "企业": Counterparty.BUSINESS,
    "民营企业": Counterparty.BUSINESS,
    "员工": Counterparty.EMPLOYEE,
    "国企": Counterparty.STATE_ENTERPRISE,
    "国有企业": Counterparty.STATE_ENTERPRISE,
    "机关": Counterparty.STATE_BODY,
    "国家机关": Counterparty.STATE_BODY,
    "公职人员": Counterparty.OFFICIAL,
    "个人": Counterparty.PRIVATE,
    **{each.value.replace("_", " "): each for each in Counterparty},
}
INFLUENCES: Final[Mapping[str, Influence]] = {
    "决策人": Influence.DECIDES,
    "有决策权": Influence.DECIDES,
    "decides": Influence.DECIDES,
    "重要影响": Influence.STRONG,
    "有重要影响": Influence.STRONG,
    "strong": Influence.STRONG,
    "strong influence": Influence.STRONG,
    "无": Influence.NEITHER,
    "neither": Influence.NEITHER,
}


class NotAWordWeKnow(Refused):
    """A cell of a column that knows a few words only."""

    message = N_("Write one of: %(words)s.")


class NoSuchGroup(Refused):
    """Neither the column 组别 nor the kind of client names a group of the campaign."""

    message = N_("The campaign has no such group. Its groups are: %(groups)s.")


class AddressMissing(Refused):
    """A parcel goes somewhere."""

    message = N_("People of this group get a parcel, so they need an address.")


@dataclass(frozen=True, slots=True)
class Context:
    """What a list is held against."""

    groups: Sequence[Group]
    there: Sequence[NomineePerson]
    """Who is on the campaign's list already."""
    rules: GiftRules
    nature: GiftNature
    counterparty: Counterparty
    """Of rows that do not say."""
    influence: Influence
    """Of rows that do not say."""
    reason: str
    over_the_year: Callable[[Collection[Nomination]], Mapping[str, DomainError]]
    """Tells by phone for whom the gift would be too much this year."""


@dataclass(frozen=True, slots=True)
class ReadNominations:
    """A list as read: those to add and how many were there, or the flaws with what stood in their cells."""

    nominations: Sequence[Nomination] = ()
    known: int = 0
    flaws: Sequence[tuple[Flaw, str]] = ()


def read_nominations(table: Table, context: Context) -> ReadNominations:
    """Read the nominees of `table`. Somebody on the list already, under the same name, is no fault: they are known."""
    flaws: list[tuple[Flaw, str]] = []
    read: list[tuple[Row, Nomination]] = []
    seen = _Seen(context.there)
    for row in table.rows:
        nomination, wrong = _nomination(row, context)
        if nomination is None or wrong:
            flaws += [(table.flaw(row, key, why), row[key]) for key, why in wrong.items()]
        elif seen.is_other(nomination):
            flaws.append((table.flaw(row, "phone", AlreadyNominated()), row["phone"]))
        elif not seen.is_known(nomination):
            read.append((row, nomination))
            seen.add(nomination)
    too_much = context.over_the_year([nomination for _row, nomination in read])
    for row, nomination in read:
        if nomination.phone in too_much:
            flaws.append((table.flaw(row, "phone", too_much[nomination.phone]), row["phone"]))
    if flaws:
        return ReadNominations(flaws=sorted(flaws, key=lambda flaw: flaw[0].row))
    return ReadNominations([nomination for _row, nomination in read], len(table.rows) - len(read))


class _Seen:
    """Who is on a campaign's list, by what makes two entries the same person."""

    def __init__(self, there: Sequence[NomineePerson]) -> None:
        self.names = {person.phone: person.name for person in there}
        self.pairs = {(person.name, person.organisation): person.phone for person in there if person.organisation}

    def is_known(self, nomination: Nomination) -> bool:
        return self.names.get(nomination.phone) == nomination.name

    def is_other(self, nomination: Nomination) -> bool:
        """Whether the phone is another's, or the same person stands there with another phone."""
        name = self.names.get(nomination.phone, nomination.name)
        phone = self.pairs.get((nomination.name, nomination.organisation), nomination.phone)
        return name != nomination.name or phone != nomination.phone

    def add(self, nomination: Nomination) -> None:
        self.names[nomination.phone] = nomination.name
        if nomination.organisation:
            self.pairs[nomination.name, nomination.organisation] = nomination.phone


def _nomination(row: Row, context: Context) -> tuple[Nomination | None, dict[str, DomainError]]:
    person, wrong = orders.person_in(row, COUNTRY)
    told = {key: " ".join(row[key].split()) for key in LONGEST}
    for key, most in LONGEST.items():
        if len(told[key]) > most:
            wrong[key] = orders.CellTooLong(length=len(told[key]), most=most)
    group = _group_named(told["group"] or person["kind"], context.groups)
    if group is None:
        names = "、".join(each.name for each in context.groups)
        wrong["group" if told["group"] else "kind"] = NoSuchGroup(groups=names)
        return None, wrong
    if not person["address"] and group.handover is Handover.DISPATCHED:
        wrong["address"] = AddressMissing()
    counterparty = _word(told, "counterparty", COUNTERPARTIES, context.counterparty, wrong)
    influence = _word(told, "influence", INFLUENCES, context.influence, wrong)
    if influence is Influence.NEITHER:
        wrong["influence"] = NoInfluence()
    if not context.rules.allows(counterparty, context.nature):
        wrong["counterparty"] = MayNotBeGiven()
    nomination = Nomination(
        group_id=group.id,
        kind=person["kind"] or group.name,
        name=person["name"],
        address=person["address"],
        phone=person["phone"],
        organisation=told["organisation"],
        counterparty=counterparty,
        influence=influence,
        reason=told["reason"] or context.reason,
    )
    return nomination, wrong


def _group_named(name: str, groups: Sequence[Group]) -> Group | None:
    if not name and len(groups) == 1:
        return groups[0]
    return next((group for group in groups if group.name.casefold() == name.casefold()), None)


def _word(
    told: Mapping[str, str], key: str, words: Mapping[str, Word], otherwise: Word, wrong: dict[str, DomainError]
) -> Word:
    if not told[key]:
        return otherwise
    known = words.get(told[key].casefold())
    if known is None:
        wrong[key] = NotAWordWeKnow(words="、".join(list(words)[:6]))
        return otherwise
    return known
