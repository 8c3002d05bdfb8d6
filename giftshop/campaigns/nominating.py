"""Commands that put people on a campaign's list: one by one, through a link, from a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import delete, func, insert, select

from giftshop import addresses, audit, tabular
from giftshop.campaigns.errors import (
    AlreadyNominated,
    ListClosed,
    ListTooLong,
    MayNotBeGiven,
    NoInfluence,
    NoList,
    NotDeclared,
    NotInACampaign,
    OverTheYear,
    TooManyEntries,
)
from giftshop.campaigns.models import Campaign, Grade, Group, LinkTry, NominationList, Nominee, NomineePerson
from giftshop.campaigns.queries import KIND, NOMINEE, given_in_year
from giftshop.campaigns.rules import (
    MAX_LIST,
    MOST_TRIES,
    TRIES_KEPT,
    TRIES_WINDOW,
    Handover,
    Influence,
    takes_nominations,
)
from giftshop.db import Reader, Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.errors import Missing
from giftshop.kernel.market import Counterparty, GiftNature, GiftRules
from giftshop.kernel.money import Money

COUNTRY: Final = "CN"
"""Phones and addresses that name no country are of this one: nominations are a form of mainland China."""


@dataclass(frozen=True, slots=True)
class Nomination:
    """The form of a campaign, as somebody filled it in."""

    group_id: int
    kind: str
    """客户类型; when empty, the group's name."""
    name: str
    address: str
    phone: str
    organisation: str = ""
    counterparty: Counterparty = Counterparty.BUSINESS
    influence: Influence = Influence.STRONG
    reason: str = ""
    nominator: str = ""
    """The name that somebody without a login gives of themselves."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a nomination is judged by, besides the campaign."""

    rules: GiftRules
    nature: GiftNature
    today: date


def nominate(
    tx: Transaction,
    campaign_id: int,
    firm_id: int,
    nomination: Nomination,
    *,
    is_declared: bool,
    terms: Terms,
    by: Actor,
    at: datetime,
) -> int:
    """Put somebody on the list, to be reviewed. Returns the nominee's id.

    Raises ListClosed, NotDeclared, NoInfluence, MayNotBeGiven, AlreadyNominated, OverTheYear, or what is wrong with
    the phone or the address, each at its field.
    """
    campaign = _taking(tx, campaign_id, firm_id, terms.today)
    if not is_declared:
        raise NotDeclared(field="declared")
    group = _group(tx, campaign_id, nomination.group_id)
    tidy = tidied(nomination, group)
    refuse_kind(tidy, terms)
    refuse_over_the_year(tx, campaign, group, tidy.phone, terms)
    return _put_on_list(tx, campaign, tidy, by=by, at=at)


def nominate_by_link(
    tx: Transaction,
    campaign_id: int,
    firm_id: int,
    nomination: Nomination,
    *,
    is_declared: bool,
    terms: Terms,
    by: Actor,
    at: datetime,
) -> int | None:
    """The same for somebody without a login, who must not learn who else is on the list, or was given what.

    So a person who is there already is taken for nominated, and the yearly cap is left to the decision. Returns the
    nominee's id, or None for somebody who was there.
    """
    campaign = _taking(tx, campaign_id, firm_id, terms.today)
    if not is_declared:
        raise NotDeclared(field="declared")
    tidy = tidied(nomination, _group(tx, campaign_id, nomination.group_id))
    refuse_kind(tidy, terms)
    try:
        with tx.begin_nested():
            return _put_on_list(tx, campaign, tidy, by=by, at=at)
    except AlreadyNominated:
        return None


def book_try(tx: Transaction, address: str, *, at: datetime) -> None:
    """Write an entry through a link down before it is judged: a hundred at the same moment then all see each other."""
    tx.change(delete(LinkTry).where(LinkTry.at < at - TRIES_KEPT))
    tx.change(insert(LinkTry).values(address=address, at=at))


def refuse_too_many(reader: Reader, address: str, *, at: datetime) -> None:
    """Raise TooManyEntries when more came from a network, this entry included, than a busy office sends."""
    recent = select(func.count()).where(LinkTry.address == address, LinkTry.at > at - TRIES_WINDOW)
    if (reader.scalar(recent) or 0) > MOST_TRIES:
        raise TooManyEntries


def keep_list(
    tx: Transaction,
    campaign_id: int,
    firm_id: int,
    filename: str,
    nominations: Sequence[Nomination],
    *,
    today: date,
    by: Actor,
    at: datetime,
) -> None:
    """Keep a list that was read without fault until whoever sent it has looked at it."""
    refuse_list(tx, campaign_id, firm_id, len(nominations), today=today)
    forget_list(tx, campaign_id, by.id)
    rows = [asdict(nomination) for nomination in nominations]
    kept = NominationList(campaign_id=campaign_id, user_id=by.id, filename=filename[:200], rows=rows, uploaded_at=at)
    tx.add(kept)
    audit.record(tx, "campaigns.keep_list", (KIND, campaign_id), by=by, at=at, people=len(rows))


def refuse_list(tx: Transaction, campaign_id: int, firm_id: int, count: int, *, today: date) -> None:
    """Refuse a list of so many that a campaign cannot take now. Raises ListClosed, ListTooLong, Missing."""
    _taking(tx, campaign_id, firm_id, today)
    if count > MAX_LIST:
        raise ListTooLong(field="file", most=MAX_LIST)


def accept_list(
    tx: Transaction, campaign_id: int, firm_id: int, *, is_declared: bool, terms: Terms, by: Actor, at: datetime
) -> int:
    """Nominate everybody of the kept list, or nobody. Returns how many were new: the same list twice adds nothing."""
    campaign = _taking(tx, campaign_id, firm_id, terms.today)
    if not is_declared:
        raise NotDeclared(field="declared")
    kept = tx.get(NominationList, (campaign_id, by.id))
    if kept is None:
        raise NoList
    there = select(NomineePerson.phone, NomineePerson.name).where(NomineePerson.campaign_id == campaign_id)
    known = {(phone, name) for phone, name in tx.execute(there)}
    new = [each for row in kept.rows if ((each := read_row(row)).phone, each.name) not in known]
    for nomination in new:
        _put_on_list(tx, campaign, nomination, by=by, at=at)
    forget_list(tx, campaign_id, by.id)
    tabular.forget_file(tx, place_of(campaign_id, by))
    audit.record(tx, "campaigns.accept_list", (KIND, campaign_id), by=by, at=at, people=len(new))
    return len(new)


def drop_list(tx: Transaction, campaign_id: int, firm_id: int, *, by: Actor, at: datetime) -> None:
    """Forget the kept list, and the file that it was read from."""
    campaign = tx.get(Campaign, campaign_id)
    if campaign is None or campaign.firm_id != firm_id:
        raise Missing
    forget_list(tx, campaign_id, by.id)
    tabular.forget_file(tx, place_of(campaign_id, by))
    audit.record(tx, "campaigns.drop_list", (KIND, campaign_id), by=by, at=at)


def read_row(row: Mapping[str, object]) -> Nomination:
    """Return a nomination as a kept list holds it."""
    texts = {name: str(value) for name, value in row.items() if name not in {"group_id", "counterparty", "influence"}}
    return Nomination(
        group_id=int(str(row["group_id"])),
        counterparty=Counterparty(str(row["counterparty"])),
        influence=Influence(str(row["influence"])),
        **texts,
    )


def tidied(nomination: Nomination, group: Group) -> Nomination:
    """Return an entry with its phone in E.164 and its address as a label writes it.

    Somebody who is visited by a parcel needs an address; whoever comes to the firm does not. Raises at the field.
    """
    phone = addresses.normalise_phone(nomination.phone, COUNTRY)
    address = " ".join(nomination.address.split())
    if address or group.handover is Handover.DISPATCHED:
        place = addresses.parse_china(address)
        if not isinstance(place, addresses.Address):
            place.field = "address"
            raise place
        address = addresses.one_line(place)
    return replace(
        nomination,
        kind=nomination.kind or group.name,
        phone=phone,
        address=address,
        name=" ".join(nomination.name.split()),
        organisation=" ".join(nomination.organisation.split()),
    )


def refuse_kind(nomination: Nomination, terms: Terms) -> None:
    """Raise NoInfluence or MayNotBeGiven for somebody whom the plan or the market's rules keep off the list."""
    if nomination.influence is Influence.NEITHER:
        raise NoInfluence(field="influence")
    if not terms.rules.allows(nomination.counterparty, terms.nature):
        raise MayNotBeGiven(field="counterparty")


def refuse_over_the_year(tx: Transaction, campaign: Campaign, group: Group, phone: str, terms: Terms) -> None:
    """Raise OverTheYear if the gift meant for the group is too much for this person's calendar year."""
    grade = tx.get(Grade, group.grade_id) if group.grade_id else None
    check_year(tx, campaign, phone, (grade.price_minor or 0) if grade else 0, terms.rules, field="phone")


def check_year(
    reader: Reader, campaign: Campaign, phone: str, price_minor: int, rules: GiftRules, *, field: str | None
) -> None:
    """Raise OverTheYear if what the firm gives that phone in the campaign's calendar year would pass the cap."""
    year = campaign.window.last_day.year
    before = given_in_year(reader, campaign.firm_id, [phone], year).get(phone, 0)
    if before + price_minor > rules.yearly_cap_minor:
        raise OverTheYear(
            field=field,
            year=str(year),
            before=Money(before, campaign.currency),
            total=Money(before + price_minor, campaign.currency),
            cap=Money(rules.yearly_cap_minor, campaign.currency),
        )


def _put_on_list(tx: Transaction, campaign: Campaign, nomination: Nomination, *, by: Actor, at: datetime) -> int:
    nominee = Nominee(
        firm_id=campaign.firm_id,
        campaign_id=campaign.id,
        group_id=nomination.group_id,
        counterparty=nomination.counterparty,
        influence=nomination.influence,
        nominated_by=by.id,
        declared_at=at,
    )
    tx.add(nominee)
    tx.flush()
    is_new = tx.add_new(
        NomineePerson,
        nominee_id=nominee.id,
        campaign_id=campaign.id,
        kind=nomination.kind,
        name=nomination.name,
        organisation=nomination.organisation,
        address=nomination.address,
        phone=nomination.phone,
        reason=nomination.reason,
        nominator=nomination.nominator,
    )
    if not is_new:
        raise AlreadyNominated(field="phone")
    audit.record(tx, "campaigns.nominate", (NOMINEE, nominee.id), by=by, at=at, campaign=campaign.id)
    return nominee.id


def _taking(tx: Transaction, campaign_id: int, firm_id: int, today: date) -> Campaign:
    """Return a campaign that takes nominations; it cannot be decided before this transaction ends."""
    campaign = tx.get(Campaign, campaign_id, with_for_update={"read": True}, populate_existing=True)
    if campaign is None or campaign.firm_id != firm_id:
        raise Missing
    if not takes_nominations(campaign.state, campaign.closes_on, today):
        raise ListClosed(day=campaign.closes_on)
    return campaign


def _group(tx: Transaction, campaign_id: int, group_id: int) -> Group:
    group = tx.get(Group, group_id)
    if group is None or group.campaign_id != campaign_id:
        raise NotInACampaign(field="group")
    return group


def forget_list(tx: Transaction, campaign_id: int, user_id: int | None) -> None:
    """Forget the list of a person that waits for their yes, and leave the file alone that it was read from."""
    tx.change(
        delete(NominationList).where(NominationList.campaign_id == campaign_id, NominationList.user_id == user_id)
    )


def place_of(campaign_id: int, by: Actor) -> str:
    """Return where the file of a person's list is kept while they look at it."""
    return f"{KIND}/{campaign_id}/{by.id}"
