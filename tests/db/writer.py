"""A program that writes to the database from several threads, as the web server does. Run by test_writers."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

from giftshop.db import Database, Transaction
from giftshop.events import Events
from giftshop.jobs import enqueue
from giftshop.jobs.models import Job

THREADS = 4


def note(tx: Transaction, number: int) -> None:
    """Read first, then write: the order in which a deferred transaction could not be upgraded."""
    tx.get(Job, number)
    enqueue(tx, "written", {"number": number})


def write(url: str, times: int) -> None:
    """Commit `times` transactions from each of `THREADS` threads; a failure ends the program with its traceback."""
    database = Database(url, Events())

    def writer(_: int) -> None:
        for number in range(times):
            database.transact(note, number)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(writer, range(THREADS)))
    database.dispose()


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]))
