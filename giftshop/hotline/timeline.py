"""What became of a card so far, for whoever has its holder on the telephone. The one place that tells it here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import and_, or_, select

from giftshop import accounts
from giftshop.accounts import User
from giftshop.audit import AuditEvent
from giftshop.cards import StaffCard
from giftshop.db import Reader
from giftshop.kernel.actor import ActorKind
from giftshop.kernel.locale import N_
from giftshop.kernel.money import Money

MOST_EVENTS: Final = 40
"""Events of one card that are told, the latest."""

WORDS: Final[Mapping[str, str]] = {
    "cards.issue": N_("Made"),
    "cards.printed": N_("Printed"),
    "cards.shipped": N_("Sent to the firm"),
    "cards.active": N_("Activated"),
    "cards.freeze": N_("All cards of its programme stopped"),
    "cards.thaw": N_("Cards of its programme opened again"),
    "cards.void": N_("All cards of its programme made void"),
    "cards.block": N_("Card blocked"),
    "cards.unblock": N_("Block lifted"),
    "cards.claim": N_("Gift chosen"),
    "cards.release_claim": N_("Choice taken back"),
    "cards.spend": N_("Spent"),
    "cards.put_back": N_("Put back on the card"),
    "redemption.choose_again": N_("Another gift chosen"),
    "redemption.change_basket": N_("Order changed"),
    "redemption.send_elsewhere": N_("Address changed"),
    "redemption.cancel": N_("Order cancelled"),
    "redemption.decline": N_("The holder does not want the gift"),
    "redemption.send_link_again": N_("Tracking link sent again"),
    "hotline.hear": N_("Code read out on the telephone"),
    "hotline.report": N_("Problem reported on the telephone"),
}
"""What is worth telling. Anything else is for the auditor."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened to a card."""

    words: str
    """A msgid."""
    at: datetime
    kind: ActorKind
    """Who did it, and where it is one of our people, by name."""
    who: str | None
    amount: Money | None = None
    reason: str | None = None
    """Of a block."""

    @property
    def is_trouble(self) -> bool:
        """Whether it stopped the card."""
        return self.reason is not None


def moments_of(reader: Reader, card: StaffCard) -> list[Moment]:
    """Return what happened to a card, its batch and its programme, the latest first, in two statements."""
    about = (
        and_(AuditEvent.subject_kind == "card", AuditEvent.subject_id == card.id),
        and_(AuditEvent.subject_kind == "batch", AuditEvent.subject_id == card.batch_id),
        and_(AuditEvent.subject_kind == "programme", AuditEvent.subject_id == card.programme_id),
    )
    told = select(AuditEvent).where(or_(*about), AuditEvent.action.in_(WORDS))
    events = reader.scalars(told.order_by(AuditEvent.id.desc()).limit(MOST_EVENTS)).all()
    people = _people(reader, events)
    return [_moment(event, people, card) for event in events]


def _people(reader: Reader, events: Sequence[AuditEvent]) -> Mapping[int, User]:
    ids = {event.actor_id for event in events if event.actor_kind is ActorKind.STAFF and event.actor_id is not None}
    return accounts.users_by_id(reader, ids)


def _moment(event: AuditEvent, people: Mapping[int, User], card: StaffCard) -> Moment:
    staff = people.get(event.actor_id or 0) if event.actor_kind is ActorKind.STAFF else None
    minor = event.facts.get("cost_minor") or event.facts.get("amount_minor")
    return Moment(
        WORDS[event.action],
        event.at,
        event.actor_kind,
        staff.name if staff else None,
        amount=Money(minor, card.balance.currency) if minor else None,
        reason=event.facts.get("reason") if event.action in {"cards.block", "cards.freeze"} else None,
    )
