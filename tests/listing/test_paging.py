"""Paging through any sort shows every row once, in one order, on both databases."""

from __future__ import annotations

import base64
import enum
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Date, Enum, String, delete, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from giftshop.db import BigInt, Database, Reader, Transaction, UtcDateTime
from giftshop.listing import Choice, Column, Days, Listing, Words, ask, count, every, page
from giftshop.paging import Page

ZONE = "Asia/Shanghai"
BEGAN = datetime(2026, 8, 1, tzinfo=UTC)


class Hue(enum.StrEnum):
    """Words whose order is not that of their declaration."""

    RED = "red"
    BLUE = "blue"


class Tables(DeclarativeBase):
    """Apart from the site's own."""


class Bead(Tables):
    """A row with a value of each kind, or none."""

    __tablename__ = "test_beads"

    id: Mapped[int] = mapped_column(BigInt, primary_key=True)
    weight: Mapped[int | None] = mapped_column(BigInt)
    name: Mapped[str | None] = mapped_column(String)
    strung_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    day: Mapped[date | None] = mapped_column(Date)
    hue: Mapped[Hue | None] = mapped_column(
        Enum(Hue, native_enum=False, values_callable=lambda hues: [hue.value for hue in hues])
    )


BEADS = Listing[Bead](
    "beads",
    select(Bead),
    Bead.id,
    columns=(
        Column("number", "Number", by=Bead.id),
        Column("weight", "Weight", by=Bead.weight),
        Column("name", "Name", by=Bead.name),
        Column("strung", "Strung", by=Bead.strung_at),
        Column("day", "Day", by=Bead.day),
        Column("hue", "Hue", by=Bead.hue),
        Column("holes", "Holes"),
    ),
    fields=(
        Words("Name", lambda wanted: Bead.name.icontains(wanted, autoescape=True)),
        Choice("hue", "Hue", {hue.value: hue.value for hue in Hue}, lambda hue: Bead.hue == Hue(hue)),
        Days("strung", "Strung", Bead.strung_at),
        Days("day", "Day", Bead.day),
    ),
)
SORTS = [f"{way}{column.key}" for column in BEADS.columns if column.by is not None for way in ("", "-")]

beads = st.fixed_dictionaries(
    {
        "weight": st.none() | st.integers(-3, 3) | st.sampled_from([2**31 - 1, -(2**31)]),
        "name": st.none() | st.sampled_from(["", "a", "A", "茶", "é", "%_", "'", "a b", "-1"]),
        "strung_at": st.none() | st.integers(0, 3).map(lambda hours: BEGAN + timedelta(hours=hours, microseconds=7)),
        "day": st.none() | st.integers(0, 2).map(lambda days: date(2026, 8, 1) + timedelta(days=days)),
        "hue": st.none() | st.sampled_from(Hue),
    }
)


@pytest.fixture
def strung(database: Database) -> Iterator[Database]:
    """A database with a table of beads."""
    database.transact(lambda tx: Tables.metadata.create_all(tx.connection()))
    yield database
    database.transact(lambda tx: Tables.metadata.drop_all(tx.connection()))


def _string(tx: Transaction, rows: list[dict[str, Any]]) -> None:
    tx.execute(delete(Bead))
    if rows:
        tx.execute(insert(Bead), rows)


def _walk(reader: Reader, said: dict[str, str], size: int) -> list[Bead]:
    """All rows, page by page."""
    found: list[Bead] = []
    after: str | None = ""
    while after is not None:
        asked = ask(BEADS, {**said, "after": after})
        assert not after or asked.after is not None, "a cursor that we wrote is read"
        one: Page[Bead] = page(reader, BEADS, asked, ZONE, size=size)
        assert len(one.rows) <= size
        found += one.rows
        after = one.next
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(beads, max_size=14), sort=st.sampled_from(SORTS), size=st.integers(1, 5))
def test_paging_through_any_sort_shows_every_row_once_in_order(
    strung: Database, rows: list[dict[str, Any]], sort: str, size: int
) -> None:
    strung.transact(_string, rows)
    with strung.reading() as reader:
        found = _walk(reader, {"sort": sort}, size)
        whole = [bead for some in every(reader, BEADS, ask(BEADS, {"sort": sort}), ZONE) for bead in some]
    assert sorted(bead.id for bead in found) == sorted({bead.id for bead in found})
    assert len(found) == len(rows)
    assert [bead.id for bead in whole] == [bead.id for bead in found], "a file has the order of the page"
    attribute = {"number": "id", "strung": "strung_at"}.get(sort.lstrip("-"), sort.lstrip("-"))
    values = [getattr(bead, attribute) for bead in found]
    there = [value for value in values if value is not None]
    assert values == there + [None] * (len(values) - len(there)), "what has no value comes last either way"
    if attribute != "name":  # whose order is the database's own
        assert there == sorted(there, reverse=sort.startswith("-"))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    said=st.dictionaries(
        st.sampled_from(["sort", "after", "q", "hue", "strung_from", "strung_to", "day_from", "day_to"]),
        st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
        | st.sampled_from(
            ["-", "--weight", "-holes", "holes", str(2**63), "9999-12-31", "0001-01-01", "2026-08-01", "red", "NaN"]
        )
        | st.builds(
            lambda value: base64.urlsafe_b64encode(json.dumps(value).encode()).decode(),
            st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(), st.lists, max_leaves=4)
            | st.tuples(st.text() | st.integers() | st.none() | st.floats(), st.integers()),
        ),
    ),
    sort=st.sampled_from(SORTS),
)
def test_nothing_that_an_address_says_is_an_error(strung: Database, said: dict[str, str], sort: str) -> None:
    strung.transact(_string, [{"weight": 1, "name": "a", "strung_at": BEGAN, "day": BEGAN.date(), "hue": Hue.RED}])
    with strung.reading() as reader:
        for sorted_by in (said, {**said, "sort": sort}):
            asked = ask(BEADS, sorted_by)
            assert len(page(reader, BEADS, asked, ZONE).rows) <= 1
            assert count(reader, BEADS, asked, ZONE) <= 1


def test_fields_narrow_and_days_are_those_of_the_zone(strung: Database) -> None:
    midnight = datetime(2026, 8, 1, 16, tzinfo=UTC)  # of the second, in Shanghai
    rows = [
        {"weight": 1, "name": "100%", "strung_at": midnight - timedelta(seconds=1), "day": None, "hue": Hue.RED},
        {"weight": 2, "name": "1000", "strung_at": midnight, "day": date(2026, 8, 2), "hue": Hue.BLUE},
    ]
    strung.transact(_string, rows)
    with strung.reading() as reader:

        def weights(**said: str) -> list[int | None]:
            asked = ask(BEADS, {"sort": "weight", **said})
            found = [bead.weight for bead in page(reader, BEADS, asked, ZONE).rows]
            assert count(reader, BEADS, asked, ZONE) == len(found)
            return found

        assert weights() == [1, 2]
        assert weights(q="0%") == [1]
        assert weights(hue="blue") == [2]
        assert weights(hue="green") == [1, 2]
        assert weights(strung_to="2026-08-01") == [1]
        assert weights(strung_from="2026-08-02") == [2]
        assert weights(day_from="2026-08-02", day_to="2026-08-02") == [2]
        assert weights(day_to="2026-08-01") == []
        assert weights(strung_from="yesterday") == [1, 2]


def test_what_one_sort_left_off_does_not_begin_another(strung: Database) -> None:
    strung.transact(_string, [{"weight": each, "name": "a"} for each in range(3)])
    with strung.reading() as reader:
        cursor = page(reader, BEADS, ask(BEADS, {"sort": "weight"}), ZONE, size=1).next
        assert cursor is not None
        assert ask(BEADS, {"sort": "name", "after": cursor}).after is None
