"""From the environment to one frozen `Settings`, checked at start.

No secret has a default outside demonstration mode; there, `demonstration_environ` makes them once, into a file
that only its owner can read.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit


class Mode(StrEnum):
    """What the program is run for. A database remembers the mode it was made in."""

    PRODUCTION = "production"
    """Real people and real money."""
    DEMO = "demo"
    """`make run`: generated secrets, made-up people, reachable from this machine only."""
    TEST = "test"
    """The test suite."""


class BadSettings(Exception):
    """The environment cannot be run with; the message names the variable and what it must hold."""


@dataclass(frozen=True, slots=True)
class Keyset:
    """Keys by id. `current` is the id new things are made with; the others are kept for what exists."""

    current: str
    keys: Mapping[str, bytes] = field(repr=False)

    @classmethod
    def parse(cls, text: str, variable: str) -> Keyset:
        """Read `id:base64,id:base64`; the first is current. Raises BadSettings naming `variable`."""
        keys: dict[str, bytes] = {}
        for part in filter(None, (p.strip() for p in text.split(","))):
            key_id, _, encoded = part.partition(":")
            try:
                key = base64.b64decode(encoded, validate=True)
            except binascii.Error as error:
                raise BadSettings(f"{variable}: key {key_id!r} is not base64") from error
            if not key_id or len(key) != 32:
                raise BadSettings(f"{variable}: every key is ID:BASE64 of 32 random bytes")
            keys[key_id] = key
        if not keys:
            raise BadSettings(f"{variable} must hold at least one key, as ID:BASE64 of 32 random bytes")
        return cls(next(iter(keys)), keys)


@dataclass(frozen=True, slots=True)
class Smtp:
    """The mail server that messages leave by."""

    host: str
    port: int = 587
    username: str = ""
    password: str = field(default="", repr=False)
    starttls: bool = True


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the program is told from outside."""

    mode: Mode
    database_url: str
    instance_path: Path
    public_url: str
    """Where recipients reach the site; printed on cards, so frozen per batch."""
    secret_key: str = field(repr=False)
    peppers: Keyset = field(repr=False)
    """For hashing redeem codes; four at most are live."""
    master_keys: Keyset = field(repr=False)
    """For wrapping batch keys."""
    link_key: bytes = field(repr=False)
    """For tracking links."""
    site_name: str = "Giftshop"
    hotline: str = "400-000-0000"
    currency: str = "CNY"
    time_zone: str = "Asia/Shanghai"
    port: int = 5000
    trusted_proxies: int = 0
    """How many proxies stand before the web server: that many entries of X-Forwarded-For are believed."""
    smtp: Smtp | None = None
    """None: messages land in a folder under the instance path."""
    mail_from: str = "gifts@example.com"
    upload_limit: int = 12 * 1024 * 1024
    """Largest request body, in bytes."""

    @property
    def is_demo(self) -> bool:
        """Whether this is the demonstration."""
        return self.mode is Mode.DEMO

    @property
    def is_https(self) -> bool:
        """Whether people reach the site over TLS, so that cookies may be marked secure."""
        return self.public_url.startswith("https://")

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Settings:
        """Return the settings in `environ`; raise BadSettings naming the first variable that is wrong.

        In demonstration mode missing secrets come from `INSTANCE_PATH/demo.json`.
        """
        mode = _choice(environ.get("GIFTSHOP_MODE", Mode.PRODUCTION))
        instance_path = Path(environ.get("INSTANCE_PATH", "instance")).resolve()
        if mode is Mode.DEMO:
            environ = demonstration_environ(instance_path) | dict(environ)
        port = _number(environ, "PORT", 5000)
        return cls(
            mode=mode,
            database_url=_database_url(environ, instance_path),
            instance_path=instance_path,
            public_url=_public_url(environ, mode, port),
            secret_key=_secret(environ, "SECRET_KEY"),
            peppers=Keyset.parse(_secret(environ, "CODE_PEPPERS"), "CODE_PEPPERS"),
            master_keys=Keyset.parse(_secret(environ, "MASTER_KEYS"), "MASTER_KEYS"),
            link_key=_secret(environ, "LINK_KEY").encode(),
            site_name=environ.get("SITE_NAME", "Giftshop"),
            hotline=environ.get("HOTLINE", "400-000-0000"),
            currency=environ.get("CURRENCY", "CNY"),
            time_zone=environ.get("TIME_ZONE", "Asia/Shanghai"),
            port=port,
            trusted_proxies=_number(environ, "TRUSTED_PROXIES", 0),
            smtp=_smtp(environ),
            mail_from=environ.get("MAIL_FROM", "gifts@example.com"),
        )


def demonstration_environ(instance_path: Path) -> dict[str, str]:
    """Return the demonstration's own secrets, made on first use into `instance_path/demo.json`, mode 0600."""
    path = instance_path / "demo.json"
    if not path.exists():
        instance_path.mkdir(parents=True, exist_ok=True)
        made = {
            "SECRET_KEY": secrets.token_urlsafe(32),
            "LINK_KEY": secrets.token_urlsafe(32),
            "CODE_PEPPERS": f"p1:{_fresh_key()}",
            "MASTER_KEYS": f"m1:{_fresh_key()}",
            "DEMO_PASSWORD": secrets.token_urlsafe(9),
        }
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return demonstration_environ(instance_path)  # web and worker started together: the other made it
        with os.fdopen(handle, "w") as out:
            json.dump(made, out, indent=2)
    loaded: dict[str, str] = json.loads(path.read_text())
    return loaded


def _fresh_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _choice(text: str) -> Mode:
    try:
        return Mode(text)
    except ValueError:
        raise BadSettings(f"GIFTSHOP_MODE must be one of: {', '.join(Mode)}") from None


def _secret(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(name, "")
    if len(value) < 32:
        raise BadSettings(f"{name} must be set, to at least 32 characters: see docs/operations.md")
    return value


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    try:
        return int(environ.get(name) or default)
    except ValueError:
        raise BadSettings(f"{name} must be a whole number") from None


def _database_url(environ: Mapping[str, str], instance_path: Path) -> str:
    url = environ.get("DATABASE_URL") or f"sqlite:///{instance_path / 'giftshop.db'}"
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise BadSettings("DATABASE_URL must begin with sqlite:/// or postgresql://")
    return url


def _public_url(environ: Mapping[str, str], mode: Mode, port: int) -> str:
    url = environ.get("PUBLIC_URL", "")
    if not url and mode is not Mode.PRODUCTION:
        url = f"http://127.0.0.1:{port}"
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise BadSettings("PUBLIC_URL must be the address people reach the site at, such as https://gifts.example.com")
    return url.rstrip("/")


def _smtp(environ: Mapping[str, str]) -> Smtp | None:
    host = environ.get("SMTP_HOST")
    if not host:
        return None
    return Smtp(
        host,
        _number(environ, "SMTP_PORT", 587),
        environ.get("SMTP_USERNAME", ""),
        environ.get("SMTP_PASSWORD", ""),
        environ.get("SMTP_STARTTLS", "1") != "0",
    )
