"""A database remembers the mode it was made in: the demonstration never opens one of real people, nor the reverse."""

from __future__ import annotations

from sqlalchemy import inspect, select
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.config import BadSettings, Mode
from giftshop.db import Base, Database, Reader, Transaction

MODE = "mode"


class DatabaseOfAnotherMode(BadSettings):
    """This database was made for another mode."""


class SiteFact(Base):
    """One thing the whole site remembers."""

    __tablename__ = "site_facts"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


def mark(tx: Transaction, mode: Mode) -> None:
    """Write what this new database is for; one that is marked keeps its mark."""
    if tx.get(SiteFact, MODE) is None:
        tx.add(SiteFact(name=MODE, value=mode))


def note(tx: Transaction, name: str, value: str) -> None:
    """Remember one thing for the whole site; a name that is noted already is a fault of the caller's."""
    tx.add(SiteFact(name=name, value=value))
    tx.flush()


def is_noted(reader: Reader, name: str) -> bool:
    """Whether something was noted under this name."""
    return reader.get(SiteFact, name) is not None


def refuse_another_mode(database: Database, mode: Mode) -> None:
    """Raise DatabaseOfAnotherMode when a database that has tables was not made for `mode`."""
    tables = set(inspect(database.engine).get_table_names())
    if not tables - {"alembic_version"}:
        return
    known = _mode_of(database) if SiteFact.__tablename__ in tables else None
    if known != mode:
        raise DatabaseOfAnotherMode(
            f"This database was made in {known or 'an unknown'} mode and will not be opened in {mode} mode. "
            "Point DATABASE_URL or INSTANCE_PATH elsewhere."
        )


def _mode_of(database: Database) -> str | None:
    with database.reading() as reader:
        return reader.scalar(select(SiteFact.value).where(SiteFact.name == MODE))
