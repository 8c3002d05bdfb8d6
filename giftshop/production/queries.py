"""Reads of print runs."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from giftshop.db import Reader
from giftshop.kernel.errors import Missing
from giftshop.paging import Page, bounded_count, keyset_page
from giftshop.production.models import PrintRun
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


def open_count(reader: Reader) -> int:
    """Return how many print runs wait for somebody, counted as far as a page needs it."""
    return bounded_count(reader, select(PrintRun.id).where(PrintRun.state.in_(OPEN)))
