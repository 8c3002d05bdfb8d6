"""A row for every table, made from nothing but what the tables say about themselves."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from giftshop.db import Base, Database, Transaction

WORDS = "gbp"
"""Short enough for a currency, lower case as an e-mail address is kept, and unlike any default."""
VALUES: dict[type, Any] = {
    bool: True,
    int: 1,
    str: WORDS,
    bytes: b"\x00\xff",
    datetime: datetime(2026, 9, 1, 12, tzinfo=UTC),
    date: date(2026, 9, 1),
    time: time(18, 30),
    dict: {"zh_Hans": "龙井茶"},
}


def fill(database: Database, *, only: Collection[str] | None = None) -> None:
    """Put one row into every table, or into some."""
    for table in Base.metadata.sorted_tables:
        if only is None or table.name in only:
            database.transact(_put_one, table)


def counts(database: Database) -> dict[str, int]:
    """How many rows each table has."""
    with database.reading() as reader:
        return {
            table.name: reader.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def _put_one(tx: Transaction, table: sa.Table) -> None:
    """Try rows until one keeps every constraint: all states there are, with all that may be empty filled, or none."""
    refusals = []
    for row in _candidates(table):
        try:
            with tx.begin_nested():
                tx.execute(table.insert().values(row))
        except IntegrityError as refusal:
            refusals.append(str(refusal.orig))
            continue
        return
    raise AssertionError(f"no row found that {table.name} takes: {set(refusals)}")


def _candidates(table: sa.Table) -> Iterator[dict[str, Any]]:
    for columns in _filled(table):
        choices = [_choices(column) for column in columns]
        for values in itertools.islice(itertools.product(*choices), 500):
            yield dict(zip((column.name for column in columns), values, strict=True))


def _filled(table: sa.Table) -> Iterator[list[sa.Column[Any]]]:
    """Yield which columns to fill: all, only those that must be, and these with one, or all but one, of the others."""
    must = [column for column in table.columns if not column.nullable]
    may = [column for column in table.columns if column.nullable]
    yield must + may
    yield must
    for column in may:
        yield [*must, column]
    for column in may:
        yield must + [other for other in may if other is not column]


def _choices(column: sa.Column[Any]) -> list[Any]:
    if isinstance(column.type, sa.Enum):
        return list(column.type.enum_class or column.type.enums)
    if column.name == "role":
        return ["buyer"]
    if isinstance(column.type, sa.JSON):
        return [VALUES[dict]]
    plain = column.type.impl_instance if isinstance(column.type, sa.TypeDecorator) else column.type
    return [VALUES[plain.python_type]]
