"""The schema on its way up, down and up again, on both databases; and that it is what the models say."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from giftshop.application import create_app, open_shop
from giftshop.config import Mode, Settings
from giftshop.db import Base, Database
from giftshop.schema import DatabaseOfAnotherMode, migrate
from giftshop.schema.migrate import alembic_config
from tests.schema.rows import VALUES, counts, fill

REGENERATE = "the models have moved on: regenerate the migration"


def tables_of(database: Database) -> set[str]:
    return set(sa.inspect(database.engine).get_table_names())


def description(database: Database) -> dict[str, Any]:
    """All that the database itself says about its tables, with every constraint, partial index and default."""
    inspector = sa.inspect(database.engine)
    return {
        name: {
            "columns": sorted(
                (column["name"], str(column["type"]), column["nullable"], str(column["default"]))
                for column in inspector.get_columns(name)
            ),
            "key": inspector.get_pk_constraint(name),
            "unique": _by_name(inspector.get_unique_constraints(name)),
            "checks": _by_name(inspector.get_check_constraints(name)),
            "references": _by_name(inspector.get_foreign_keys(name)),
            "indexes": _by_name(inspector.get_indexes(name)),
        }
        for name in inspector.get_table_names()
        if name != "alembic_version"
    }


def _by_name(found: Any) -> dict[str, str]:
    return {one["name"]: repr({**one, "dialect_options": _as_text(one.get("dialect_options"))}) for one in found}


def _as_text(options: dict[str, Any] | None) -> list[tuple[str, str]]:
    return sorted((name, str(value)) for name, value in (options or {}).items())


def test_the_migrated_schema_is_what_the_models_say(bare: Database, its_settings: Settings) -> None:
    migrate(bare, its_settings)
    with bare.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == [], REGENERATE


def test_constraints_and_partial_indexes_are_those_of_the_models_too(bare: Database, its_settings: Settings) -> None:
    """Alembic compares neither checks nor the conditions of indexes, so two databases are compared."""
    migrate(bare, its_settings)
    migrated = description(bare)
    Base.metadata.drop_all(bare.engine)
    Base.metadata.create_all(bare.engine)
    assert migrated == description(bare), REGENERATE


def test_a_database_full_of_rows_goes_down_to_nothing_and_up_again(bare: Database, its_settings: Settings) -> None:
    migrate(bare, its_settings)
    before = description(bare)
    fill(bare)
    assert all(counts(bare).values())
    command.downgrade(alembic_config(bare), "base")
    assert tables_of(bare) == {"alembic_version"}
    migrate(bare, its_settings)
    assert description(bare) == before
    fill(bare)


def test_parcels_asked_for_before_have_their_carriers_cut_off(bare: Database, its_settings: Settings) -> None:
    migrate(bare, its_settings)
    fill(bare, only={"users", "firms", "suppliers", "carriers", "manifests", "shipments"})
    with bare.engine.begin() as connection:
        connection.execute(sa.text("UPDATE shipments SET carrier_id = (SELECT id FROM carriers)"))
    command.downgrade(alembic_config(bare), "0029")
    migrate(bare, its_settings)
    with bare.reading() as reader:
        assert reader.scalars(sa.select(Base.metadata.tables["shipments"].c.cut_off)).all() == [VALUES[time]]


def test_migrating_twice_is_harmless_and_keeps_every_row(bare: Database, its_settings: Settings) -> None:
    app = create_app(its_settings)
    runner = app.test_cli_runner()
    assert runner.invoke(args=["migrate"]).exit_code == 0
    fill(bare)
    rows = counts(bare)
    again = runner.invoke(args=["migrate"])
    assert (again.exit_code, again.output) == (0, "The database is up to date.\n")
    assert counts(bare) == rows
    app.database.dispose()


@pytest.mark.parametrize("other", [Mode.DEMO, Mode.PRODUCTION])
def test_a_database_of_another_mode_is_not_migrated(bare: Database, its_settings: Settings, other: Mode) -> None:
    migrate(bare, its_settings)
    elsewhere = Settings(**{**{name: getattr(its_settings, name) for name in Settings.__slots__}, "mode": other})
    with pytest.raises(DatabaseOfAnotherMode, match="made in test mode"):
        migrate(bare, elsewhere)


def test_neither_web_server_nor_worker_starts_on_a_database_of_another_mode(
    bare: Database, its_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(bare, its_settings)
    monkeypatch.setenv("GIFTSHOP_MODE", "demo")
    monkeypatch.setenv("DATABASE_URL", its_settings.database_url)
    monkeypatch.setenv("INSTANCE_PATH", str(its_settings.instance_path))
    with pytest.raises(DatabaseOfAnotherMode):
        open_shop()


def test_somebody_elses_database_is_left_alone(bare: Database, its_settings: Settings) -> None:
    with bare.engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE their_orders (id INTEGER)"))
    with pytest.raises(DatabaseOfAnotherMode, match="an unknown mode"):
        migrate(bare, its_settings)
    assert tables_of(bare) == {"their_orders"}
