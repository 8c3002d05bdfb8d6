"""Reads of print runs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from giftshop.db import Reader
from giftshop.kernel.errors import Missing
from giftshop.kernel.locale import N_
from giftshop.listing import Choice, Column, Listing, by_state
from giftshop.paging import bounded_count
from giftshop.production.models import PrintFetch, PrintHouse, PrintRun
from giftshop.production.rules import PrintRunState

OPEN = (PrintRunState.WAITING, PrintRunState.PRINTING, PrintRunState.READY, PrintRunState.REFUSED)


def print_run(reader: Reader, run_id: int) -> PrintRun:
    """Return a print run. Raises Missing."""
    run = reader.get(PrintRun, run_id)
    if run is None:
        raise Missing
    return run


def print_run_of(reader: Reader, batch_id: int) -> PrintRun:
    """Return the print run of a batch. Raises Missing."""
    run = reader.scalar(select(PrintRun).where(PrintRun.batch_id == batch_id))
    if run is None:
        raise Missing
    return run


def print_runs_list(reader: Reader, *, is_open: bool, words: Mapping[PrintRunState, str]) -> Listing[PrintRun]:
    """Return the list of print runs that wait for somebody, oldest first; or of those that are done, newest first.

    `words` call the states by name.

    Their cards are counted in the room of cards, and what an order is called lies there too: nothing sorts by them.
    """
    states: Sequence[PrintRunState] = OPEN if is_open else (PrintRunState.CONFIRMED,)
    houses = {str(house.id): house.name for house in print_houses(reader)}
    of_state = by_state(PrintRun.state, {state: words[state] for state in OPEN})
    of_house = Choice("house", N_("Print house"), houses, lambda house: PrintRun.house_id == int(house), are_names=True)
    return Listing(
        "print-runs",
        select(PrintRun).where(PrintRun.state.in_(states)),
        PrintRun.id,
        columns=(
            Column("batch", N_("Batch"), by=PrintRun.batch_id, falls=not is_open),
            Column("order", N_("Order")),
            Column("firm", N_("Given by")),
            Column("cards", N_("Cards"), "number"),
            Column("state", N_("State"), by=PrintRun.state if is_open else None),
            Column("since", N_("Since"), by=PrintRun.id if is_open else PrintRun.confirmed_at, falls=not is_open),
        ),
        fields=(*([of_state] if is_open else []), *([of_house] if houses else [])),
        first="since" if is_open else "-since",
    )


def oldest_open(reader: Reader, limit: int) -> Sequence[PrintRun]:
    """Return the print runs that wait for somebody for longest, `limit` of them."""
    waiting = select(PrintRun).where(PrintRun.state.in_(OPEN)).order_by(PrintRun.id)
    return reader.scalars(waiting.limit(limit)).all()


def runs_of_batches(reader: Reader, batch_ids: Collection[int]) -> Sequence[PrintRun]:
    """Return the print runs of these batches; what was never to be printed has none."""
    return reader.scalars(select(PrintRun).where(PrintRun.batch_id.in_(batch_ids))).all() if batch_ids else ()


def open_count(reader: Reader) -> int:
    """Return how many print runs wait for somebody, counted as far as a page needs it."""
    return bounded_count(reader, select(PrintRun.id).where(PrintRun.state.in_(OPEN)))


def fetches_of(reader: Reader, run_id: int) -> Sequence[PrintFetch]:
    """Return each fetching of a run's file, the first one first."""
    return reader.scalars(select(PrintFetch).where(PrintFetch.run_id == run_id).order_by(PrintFetch.number)).all()


def print_house(reader: Reader, house_id: int) -> PrintHouse:
    """Return a print house. Raises Missing."""
    house = reader.get(PrintHouse, house_id)
    if house is None:
        raise Missing
    return house


def print_houses(reader: Reader) -> Sequence[PrintHouse]:
    """Return all print houses, those in use first, the usual one before the others."""
    by_use = (PrintHouse.is_active.desc(), PrintHouse.is_usual.desc(), PrintHouse.name)
    return reader.scalars(select(PrintHouse).order_by(*by_use)).all()


def houses_to_choose(reader: Reader) -> Sequence[PrintHouse]:
    """Return the print houses that a run can be given to, the usual one first."""
    return [house for house in print_houses(reader) if house.is_active]
