"""Reads of print runs."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select

from giftshop.db import Reader
from giftshop.kernel.errors import Missing
from giftshop.paging import Page, bounded_count, keyset_page
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


def print_runs_page(reader: Reader, *, is_open: bool, after: str | None) -> Page[PrintRun]:
    """Return print runs that wait for somebody, oldest first; or those that are done, newest first."""
    states: Sequence[PrintRunState] = OPEN if is_open else (PrintRunState.CONFIRMED,)
    statement = select(PrintRun).where(PrintRun.state.in_(states))
    return keyset_page(reader, statement, PrintRun.id, after=after, descending=not is_open)


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
