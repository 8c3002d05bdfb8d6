"""Reads of top-ups. Every one of a firm goes through the firm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import ColumnElement, select

from giftshop import accounts
from giftshop.db import Reader
from giftshop.kernel.errors import Missing
from giftshop.kernel.locale import N_
from giftshop.listing import Column, Listing, by_state
from giftshop.paging import bounded_count
from giftshop.topups.models import TopUp, TopUpCard
from giftshop.topups.rules import NUMBERS, CardOutcome, TopUpState

KIND: Final = "top_up"
"""What top-ups call themselves to payments, ledger and audit."""
SHOWN: Final = 200
"""Cards that its page names."""


def top_up_of(reader: Reader, number: str, firm_id: int | None) -> TopUp:
    """Return a top-up by its number; of `firm_id` only, unless None (staff). Raises Missing."""
    top_up_id = NUMBERS.id_in(number)
    found = reader.get(TopUp, top_up_id) if top_up_id else None
    if found is None or (firm_id is not None and found.firm_id != firm_id):
        raise Missing
    return found


def top_up_by_id(reader: Reader, top_up_id: int) -> TopUp:
    """Return a top-up by its id, for rooms that hold one. Raises Missing."""
    found = reader.get(TopUp, top_up_id)
    if found is None:
        raise Missing
    return found


def top_ups_of(reader: Reader, programme_id: int) -> Sequence[TopUp]:
    """Return the latest top-ups of a programme, newest first. The caller has checked whose it is."""
    of_programme = select(TopUp).where(TopUp.programme_id == programme_id)
    return reader.scalars(of_programme.order_by(TopUp.id.desc()).limit(50)).all()


def top_ups_list(reader: Reader, words: Mapping[TopUpState, str]) -> Listing[TopUp]:
    """Return the list of all firms' top-ups, newest first; `words` call the states by name.

    They are far fewer than orders: anything that stands in their rows sorts.
    """
    return Listing(
        "top-ups",
        select(TopUp),
        TopUp.id,
        columns=(
            Column("number", N_("Number"), by=TopUp.id, falls=True),
            Column("firm", N_("Firm")),
            Column("cards", N_("Cards"), "number", by=TopUp.quantity, falls=True),
            Column("total", N_("Total"), "number", by=TopUp.each_minor * TopUp.quantity, falls=True),
            Column("state", N_("State"), by=TopUp.state),
            Column("back", N_("To pay back"), "number"),
        ),
        fields=(accounts.by_firm(reader, TopUp.firm_id), by_state(TopUp.state, words)),
        first="-number",
    )


def to_give_back_count(reader: Reader) -> int:
    """Return how many top-ups have money left over that finance is to pay back, counted as far as a page needs it."""
    return bounded_count(reader, select(TopUp.id).where(*has_money_left()))


def has_money_left() -> tuple[ColumnElement[bool], ...]:
    """Say in SQL that money of a top-up is to be paid back."""
    return TopUp.state == TopUpState.DONE, TopUp.refused > 0, TopUp.given_back_at.is_(None)


def cards_in(
    reader: Reader, top_up_id: int, outcome: CardOutcome | None = None, *, limit: int = SHOWN
) -> list[tuple[int, CardOutcome]]:
    """Return the first cards of a top-up with what became of each."""
    of_it = select(TopUpCard.card_id, TopUpCard.outcome).where(TopUpCard.top_up_id == top_up_id)
    if outcome is not None:
        of_it = of_it.where(TopUpCard.outcome == outcome)
    return [(row[0], row[1]) for row in reader.execute(of_it.order_by(TopUpCard.card_id).limit(limit))]
