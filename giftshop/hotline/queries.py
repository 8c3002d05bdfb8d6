"""Reads: an agent's calls, and what there is to say about the card of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from giftshop import accounts, cards, fulfilment, redemption
from giftshop.accounts import User
from giftshop.cards import StaffCard
from giftshop.catalogue import Item
from giftshop.db import Reader
from giftshop.fulfilment import Shipment, TrackingFacts
from giftshop.hotline.errors import CallNotThere
from giftshop.hotline.models import Call
from giftshop.kernel.actor import Actor
from giftshop.paging import Page, keyset_page
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


def calls_page(reader: Reader, *, agent_id: int | None, after: str | None) -> Page[Call]:
    """Return a page of calls, the latest first: an agent's own, or everybody's."""
    wanted = select(Call) if agent_id is None else select(Call).where(Call.agent_id == agent_id)
    return keyset_page(reader, wanted, Call.id, after=after)


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
