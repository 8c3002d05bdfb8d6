"""Everything that happened to one card, in order: when, by whom, how much, and what it held afterwards.

Put together from its postings, from the record of who did what to it, its batch and its programme, and from the kill
switches that covered it. What it held is added up from postings in their order; a posting for a whole batch changes
what is owed, and not what a card holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import Any, Final

from sqlalchemy import and_, or_, select

from giftshop.audit import AuditEvent
from giftshop.cards.errors import CardNotThere
from giftshop.cards.models import Batch, Card, Programme, Stop, batch_number
from giftshop.cards.rules import CardState, StopScope
from giftshop.db import Reader
from giftshop.kernel.actor import ActorKind
from giftshop.kernel.money import Money
from giftshop.kernel.serials import printed
from giftshop.ledger import Account, EntryKind, Posting


class Happening(StrEnum):
    """What can happen to a card."""

    ISSUED = "issued"
    """It was made, with its batch."""
    PRINTED = "printed"
    SHIPPED = "shipped"
    ACTIVATED = "activated"
    """It was opened to its holder."""
    REDEEMED = "redeemed"
    PUT_BACK = "put_back"
    PAID_ON_TOP = "paid_on_top"
    """Its holder paid for something dearer than it held."""
    PAID_BACK = "paid_back"
    """And had that back."""
    TOPPED_UP = "topped_up"
    EXTENDED = "extended"
    """Cards of its programme were: facts say until when."""
    EXPIRED = "expired"
    """Its last day passed, and what it held was booked out."""
    REVIVED = "revived"
    """It was extended, and holds again what it held."""
    SETTLED = "settled"
    """What expired on it was decided upon."""
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    STOPPED = "stopped"
    """A kill switch that covers it was put on."""
    LET_GO = "let_go"
    """And taken off."""
    REPLACED = "replaced"
    """It was replaced by another card: it is `other`."""
    MADE_INSTEAD = "made_instead"
    """It was made instead of another card: that is `other`."""
    MOVED = "moved"
    """It went to another batch."""
    SWAPPED = "swapped"
    """It changed places with another card: that is `other`."""
    VOIDED = "voided"
    """It ended for good, with its programme."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened to a card."""

    what: Happening
    at: datetime
    by_kind: ActorKind
    by_id: int | None
    balance: Money
    """What it held afterwards."""
    amount: Money | None = None
    """What moved, above zero if it came to the card; None: nothing did."""
    facts: dict[str, str] = field(default_factory=dict)
    """Reasons and the like: `reason`, `until`, `scope`, `batch`, `cards`."""
    other: str | None = None
    """The serial number of another card it is about."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """A card, and what happened to it, the earliest first."""

    serial: str
    programme_id: int
    programme: str
    firm_id: int
    batch_number: int
    balance: Money
    expires_at: datetime
    moments: Sequence[Moment]


@dataclass(slots=True)
class _Told:
    """One thing that happened, before it is known what the card held then."""

    what: Happening
    at: datetime
    by_kind: ActorKind
    by_id: int | None
    change_minor: int = 0
    shown_minor: int | None = None
    facts: dict[str, str] = field(default_factory=dict)
    other: int | None = None


_BY_ENTRY: Final = {
    EntryKind.SPEND: Happening.REDEEMED,
    EntryKind.REVERSE: Happening.PUT_BACK,
    EntryKind.DIFFERENCE: Happening.PAID_ON_TOP,
    EntryKind.TOP_UP: Happening.TOPPED_UP,
    EntryKind.EXPIRE: Happening.EXPIRED,
    EntryKind.REVIVE: Happening.REVIVED,
    EntryKind.REISSUE: Happening.REPLACED,
    EntryKind.MOVE: Happening.MOVED,
    EntryKind.SETTLE: Happening.SETTLED,
}
_OWN: Final = (Account.PENDING, Account.OUTSTANDING)
_BY_BATCH: Final = {
    "cards.issue": Happening.ISSUED,
    "cards.printed": Happening.PRINTED,
    "cards.shipped": Happening.SHIPPED,
    "cards.active": Happening.ACTIVATED,
    "cards.activate_range": Happening.ACTIVATED,
}
_BY_CARD: Final = {
    "cards.block": Happening.BLOCKED,
    "cards.unblock": Happening.UNBLOCKED,
    "cards.swap": Happening.SWAPPED,
}
_BY_PROGRAMME: Final = {
    "cards.freeze": Happening.BLOCKED,
    "cards.thaw": Happening.UNBLOCKED,
    "cards.extend": Happening.EXTENDED,
    "cards.void": Happening.VOIDED,
}
_ON_UNSPENT: Final = ("cards.freeze", "cards.thaw", "cards.void")
"""What is done to cards of a programme that still hold something."""
_FACTS: Final[tuple[str, ...]] = ("reason", "until", "cards")


def timeline(reader: Reader, card_id: int) -> Timeline:
    """Return what happened to a card, in order; a handful of statements. Raises CardNotThere."""
    found = select(Card, Batch, Programme).join(Batch, Batch.id == Card.batch_id)
    row = reader.execute(
        found.join(Programme, Programme.id == Batch.programme_id).where(Card.id == card_id)
    ).one_or_none()
    if row is None:
        raise CardNotThere
    card, batch, programme = row
    postings = reader.scalars(select(Posting).where(Posting.card_id == card_id).order_by(Posting.id)).all()
    stays = list(_stays(card, postings))
    events = _events(reader, card, programme, stays)
    told = [*_of_events(events, card, stays, batch), *_of_postings(postings, card)]
    told += _of_stops(reader, card, programme, stays, since=min((each.at for each in told), default=None))
    serials = _serials(reader, card, told)
    moments = list(_balanced(_in_order(told), card, batch, serials))
    return Timeline(
        printed(card.serial),
        programme.id,
        programme.name,
        programme.firm_id,
        batch.number,
        Money(0 if card.state is CardState.VOID else card.balance_minor, batch.currency),
        card.expires_at,
        moments,
    )


def _stays(card: Card, postings: Sequence[Posting]) -> Iterator[tuple[int, datetime | None, datetime | None]]:
    """Yield the batches that a card lay in: id, since when, until when. None: from its beginning, or today."""
    since: datetime | None = None
    for posting in postings:
        if posting.kind is EntryKind.MOVE and posting.amount_minor > 0:
            yield posting.batch_id, since, posting.at
            since = posting.at
    yield card.batch_id, since, None


def _events(
    reader: Reader, card: Card, programme: Programme, stays: Iterable[tuple[int, Any, Any]]
) -> Sequence[AuditEvent]:
    def about(kind: str, ids: Iterable[int], actions: Iterable[str]) -> Any:
        return and_(
            AuditEvent.subject_kind == kind, AuditEvent.subject_id.in_(list(ids)), AuditEvent.action.in_(list(actions))
        )

    concerned = or_(
        about("card", [card.id], _BY_CARD),
        about("batch", {batch_id for batch_id, _since, _until in stays}, _BY_BATCH),
        about("programme", [programme.id], _BY_PROGRAMME),
    )
    return reader.scalars(select(AuditEvent).where(concerned).order_by(AuditEvent.id)).all()


def _of_events(
    events: Sequence[AuditEvent], card: Card, stays: Sequence[tuple[int, Any, Any]], batch: Batch
) -> Iterator[_Told]:
    for event in events:
        if event.subject_kind == "batch" and not _lay_there(event, stays):
            continue
        what = {**_BY_BATCH, **_BY_CARD, **_BY_PROGRAMME}[event.action]
        if what is Happening.ACTIVATED and (card.activated_at != event.at or not _is_first(event, events)):
            continue
        if what is Happening.EXTENDED and not _reaches(event, card):
            continue
        facts = {name: str(event.facts[name]) for name in _FACTS if name in event.facts}
        told = _Told(what, event.at, event.actor_kind, event.actor_id, facts=facts)
        if event.action in _ON_UNSPENT:
            told.facts["whole_programme"] = "yes"
        if what is Happening.ISSUED and not batch.is_replacement:
            told.change_minor = batch.face_minor
        if what is Happening.SWAPPED:
            told.other = int(event.facts["instead"])
        yield told


def _lay_there(event: AuditEvent, stays: Sequence[tuple[int, Any, Any]]) -> bool:
    """Whether the card lay in the batch when that happened to it."""
    return any(
        batch_id == event.subject_id and (since is None or since <= event.at) and (until is None or event.at < until)
        for batch_id, since, until in stays
    )


def _is_first(event: AuditEvent, events: Sequence[AuditEvent]) -> bool:
    """Whether this is the first of the events that say a card was opened: one command may leave two."""
    same = (each for each in events if _BY_BATCH.get(each.action) is Happening.ACTIVATED and each.at == event.at)
    return next(same) is event


def _reaches(event: AuditEvent, card: Card) -> bool:
    """Whether an extension of cards of the programme can be one of this card: it lasts as long at least."""
    until = str(event.facts.get("until", ""))
    return until <= card.expires_at.date().isoformat()


def _of_postings(postings: Sequence[Posting], card: Card) -> Iterator[_Told]:
    for _entry, legs in groupby(postings, key=lambda posting: posting.entry):
        own = list(legs)
        first = own[0]
        change = -sum(leg.amount_minor for leg in own if leg.account in _OWN)
        shown = change or max(abs(leg.amount_minor) for leg in own)
        what = _BY_ENTRY.get(first.kind)
        if what is None:
            continue
        told = _Told(what, first.at, first.by_kind, first.by_id, change, shown)
        if what is Happening.PUT_BACK and not change:
            told.what = Happening.PAID_BACK
        if what is Happening.REPLACED:
            told.what = Happening.REPLACED if change < 0 else Happening.MADE_INSTEAD
            told.other = card.replaced_by_id if change < 0 else -card.id
        if what is Happening.MOVED:
            told.shown_minor = None
            told.facts = {"batch": str(_batch_of(own))}
        yield told


def _batch_of(legs: Sequence[Posting]) -> int:
    return next(batch_number(leg.batch_id) for leg in legs if leg.amount_minor < 0)


def _of_stops(
    reader: Reader,
    card: Card,
    programme: Programme,
    stays: Sequence[tuple[int, Any, Any]],
    *,
    since: datetime | None,
) -> Iterator[_Told]:
    covering = or_(
        Stop.scope == StopScope.PLATFORM,
        and_(Stop.scope == StopScope.FIRM, Stop.scope_id == programme.firm_id),
        and_(Stop.scope == StopScope.PROGRAMME, Stop.scope_id == programme.id),
        and_(Stop.scope == StopScope.BATCH, Stop.scope_id.in_([batch_id for batch_id, _s, _u in stays])),
    )
    for stop in reader.scalars(select(Stop).where(covering).order_by(Stop.id)):
        if since is None or (stop.lifted_at is not None and stop.lifted_at < since):
            continue
        told = {"scope": str(stop.scope), "reason": stop.reason}
        yield _Told(Happening.STOPPED, stop.stopped_at, ActorKind.STAFF, stop.stopped_by, facts=told)
        if stop.lifted_at is not None:
            told = {"scope": str(stop.scope), "reason": stop.lift_reason}
            yield _Told(Happening.LET_GO, stop.lifted_at, ActorKind.STAFF, stop.lifted_by, facts=told)


def _serials(reader: Reader, card: Card, told: Sequence[_Told]) -> dict[int, str]:
    """Return the serial numbers of other cards told of, by id; by its own id below zero, the one it replaced."""
    others = {each.other for each in told if each.other is not None}
    if not others:
        return {}
    concerned = or_(Card.id.in_(others), Card.replaced_by_id == card.id)
    rows = reader.execute(select(Card.id, Card.serial, Card.replaced_by_id).where(concerned))
    return {(-card.id if row.replaced_by_id == card.id else row.id): printed(row.serial) for row in rows}


def _in_order(told: list[_Told]) -> list[_Told]:
    """Return what happened by its moment; at the same moment a card is made before anything else befalls it."""
    return sorted(told, key=lambda each: (each.at, each.what is not Happening.ISSUED))


def _balanced(told: Sequence[_Told], card: Card, batch: Batch, serials: dict[int, str]) -> Iterator[Moment]:
    balance = 0
    for each in told:
        if each.facts.pop("whole_programme", None) and not balance:
            continue  # on what holds nothing it has no effect
        if each.what is Happening.VOIDED:
            each.change_minor, each.shown_minor = -balance, -balance or None
        balance += each.change_minor
        shown = each.change_minor if each.shown_minor is None else each.shown_minor
        yield Moment(
            each.what,
            each.at,
            each.by_kind,
            each.by_id,
            Money(balance, batch.currency),
            Money(shown, batch.currency) if shown else None,
            each.facts,
            serials.get(each.other) if each.other is not None else None,
        )
