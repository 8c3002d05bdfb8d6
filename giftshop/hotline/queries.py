"""Reads: an agent's calls, and what there is to say about the card of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select

from giftshop import accounts, cards, fulfilment, redemption
from giftshop.accounts import User
from giftshop.cards import Card, StaffCard
from giftshop.catalogue import Item
from giftshop.db import Reader
from giftshop.fulfilment import Shipment, TrackingFacts
from giftshop.hotline.errors import CallNotThere
from giftshop.hotline.models import Call
from giftshop.hotline.rules import Outcome
from giftshop.kernel.actor import Actor
from giftshop.kernel.locale import N_
from giftshop.kernel.role import StaffRole
from giftshop.kernel.serials import parse_serial
from giftshop.listing import Choice, Column, Days, Listing, Words
from giftshop.redemption import Problem, Redemption


def call_of(reader: Reader, call_id: int, agent: Actor) -> Call:
    """Return the agent's own call, going on. Raises CallNotThere."""
    call = reader.get(Call, call_id)
    if call is None or call.agent_id != agent.id or call.ended_at is not None:
        raise CallNotThere
    return call


def open_call_of(reader: Reader, agent: Actor) -> Call | None:
    """Return the call that an agent is on, if any."""
    return reader.scalar(select(Call).where(Call.agent_id == agent.id, Call.ended_at.is_(None)))


def open_calls_of(reader: Reader, agent: Actor) -> int:
    """Return how many calls an agent is on: one or none."""
    return reader.scalar(select(func.count()).where(Call.agent_id == agent.id, Call.ended_at.is_(None))) or 0


def calls_list(reader: Reader, *, agent_id: int | None, outcomes: Mapping[Outcome, str]) -> Listing[Call]:
    """Return the list of an agent's calls, or of everybody's; `outcomes` call by name how they ended.

    Calls are numbered as they begin. An agent's own, too, grow by dozens a day: nothing else sorts, for want of an
    index.
    """
    ends = {outcome.value: words for outcome, words in outcomes.items()}
    return Listing(
        "calls",
        select(Call) if agent_id is None else select(Call).where(Call.agent_id == agent_id),
        Call.id,
        columns=(
            Column("began", N_("Began"), by=Call.id, falls=True),
            Column("agent", N_("Agent")),
            Column("card", N_("Card")),
            Column("outcome", N_("Outcome")),
            Column("note", N_("Note")),
            Column("wrong", N_("Wrong codes"), "number"),
        ),
        fields=(
            Words(N_("Serial number or note"), _matches),
            *([_by_agent(reader)] if agent_id is None else []),
            Choice("outcome", N_("Outcome"), ends, lambda outcome: Call.outcome == Outcome(outcome)),
            Days("began", N_("Began"), Call.began_at),
        ),
        first="-began",
        is_personal=True,
    )


def _by_agent(reader: Reader) -> Choice:
    """Whoever answers calls now; who does no more is found among all."""
    agents = {str(agent.id): agent.name for agent in accounts.staff_with(reader, StaffRole.HOTLINE)}
    return Choice("agent", N_("Agent"), agents, lambda agent: Call.agent_id == int(agent), are_names=True)


def _matches(wanted: str) -> ColumnElement[bool]:
    noted = Call.note.icontains(wanted, autoescape=True)
    serial = parse_serial(wanted)
    if serial is None:
        return noted
    return or_(Call.card_id.in_(select(Card.id).where(Card.serial == serial.number)), noted)


@dataclass(frozen=True, slots=True)
class Visit:
    """One redemption of the card, and how far its parcel is."""

    redemption: Redemption
    chosen: Sequence[tuple[Item, int]]
    shipment: Shipment | None
    facts: TrackingFacts | None
    agent: User | None
    """Who of the staff confirmed it for the holder."""


@dataclass(frozen=True, slots=True)
class Folder:
    """All that an agent may know of the card in hand. Whom things are sent to is masked where it is shown."""

    card: StaffCard
    visits: Sequence[Visit]
    problems: Sequence[Problem]
    has_declined: bool


def folder_of(reader: Reader, card_id: int, *, at: datetime) -> Folder:
    """Return what there is to say about a card. Raises cards.CardNotThere."""
    visits = redemption.redemptions_of(reader, card_id)
    parcels = redemption.parcels_of(reader, visits)
    agents = agents_of(reader, visits)
    return Folder(
        cards.card_for_staff(reader, card_id, at=at),
        [_visit(reader, each, parcels.get(each.id), agents) for each in visits],
        redemption.open_problems_of(reader, card_id),
        bool(redemption.declined_cards(reader, [card_id])),
    )


def agents_of(reader: Reader, visits: Sequence[Redemption]) -> Mapping[int, User]:
    """Return the staff who confirmed these redemptions for their holders, by id."""
    return accounts.users_by_id(reader, {each.agent_id for each in visits if each.agent_id is not None})


def _visit(reader: Reader, found: Redemption, shipment: Shipment | None, agents: Mapping[int, User]) -> Visit:
    return Visit(
        found,
        redemption.items_chosen(reader, found),
        shipment,
        fulfilment.tracking_facts(reader, shipment.id) if shipment else None,
        agents.get(found.agent_id or 0),
    )
