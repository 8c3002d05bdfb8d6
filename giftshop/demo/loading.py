"""Loading the demonstration: chapters of one story, each told once, in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import timedelta

from giftshop import schema
from giftshop.db import Transaction
from giftshop.kernel import clock
from giftshop.web import GiftShop


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the story. `prepare(shop)` does what is slow or lies outside the database, and returns the telling:

    `telling(tx)` runs in one transaction together with the mark that it was told, so a chapter is told whole or not
    at all. The jobs it promises are done before the next one begins.
    """

    name: str
    prepare: Callable[[GiftShop], Callable[[Transaction], None]]
    ago: timedelta = timedelta(0)
    """How long before today it happened: its telling and its jobs see that moment."""


def load(shop: GiftShop, chapters: Sequence[Chapter]) -> list[str]:
    """Bring the database to the newest schema and tell the chapters it has not heard. Returns their names."""
    schema.migrate(shop.database, shop.settings)
    return [chapter.name for chapter in chapters if _tell(shop, chapter)]


def _tell(shop: GiftShop, chapter: Chapter) -> bool:
    mark = f"demo.{chapter.name}"
    with shop.database.reading() as reader:
        if schema.is_noted(reader, mark):
            return False
    with clock.standing_at(clock.now() - chapter.ago) if chapter.ago else nullcontext():
        telling = chapter.prepare(shop)

        def tell_and_note(tx: Transaction) -> None:
            telling(tx)
            schema.note(tx, mark, clock.now().isoformat())

        shop.database.transact(tell_and_note)
        shop.jobs.run_due()
    return True
