"""Which SQLite keeps the site's data, and how carefully."""

import pytest
from sqlalchemy import text

from giftshop import sqlite
from giftshop.db import Database


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 52, 0), (3, 53, 4), (3, 50, 7), (3, 44, 6), (4, 0, 0)])
def test_a_repaired_sqlite_keeps_a_write_ahead_log(version: tuple[int, int, int]) -> None:
    assert sqlite.journal_mode(version) == "WAL"


@pytest.mark.parametrize(
    "version", [(3, 40, 1), (3, 44, 5), (3, 45, 0), (3, 46, 1), (3, 50, 6), (3, 51, 0), (3, 51, 2)]
)
def test_a_sqlite_that_may_lose_pages_keeps_a_rollback_journal(version: tuple[int, int, int]) -> None:
    assert sqlite.journal_mode(version) == "DELETE"


@pytest.mark.parametrize("fresh_database_url", ["sqlite"], indirect=True)
def test_the_site_waits_for_the_disk_and_keeps_its_references(database: Database) -> None:
    with database.reading() as reader:
        kept = {name: reader.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")}
    journal = sqlite.journal_mode(sqlite.library.sqlite_version_info).lower()
    assert kept == {"journal_mode": journal, "synchronous": 2, "foreign_keys": 1}
