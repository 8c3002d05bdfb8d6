"""From the environment to one frozen `Settings`, checked at start.

No secret has a default outside demonstration mode; there, `demonstration_environ` makes them once, into a file
that only its owner can read.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from giftshop.kernel.keyring import BadKeys, Keyring, Keyset
from giftshop.kernel.keysource import MASTERS, PEPPERS, EnvironmentKeys, KeyFile, KeySource
from giftshop.kernel.market import BadMarketRules, MarketRules
from giftshop.kernel.retention import BadRetention, Retention


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
class Smtp:
    """The mail server that messages leave by."""

    host: str
    port: int = 587
    username: str = ""
    password: str = field(default="", repr=False)
    starttls: bool = True


@dataclass(frozen=True, slots=True)
class TextGateway:
    """Where text messages leave by: see `notifications.ports.Gateway`."""

    url: str
    token: str = field(repr=False)


STRIPE_API: Final = "https://api.stripe.com"
FAKE_STRIPE: Final = ("STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET")
"""Made up for the demonstration too, but good for nothing without the stand-in, whose address `make run` gives."""
TOY_KEYS: Final = ("demo-", "test-")
"""How ids of keys begin that are no secret: no code made with one is ever valid in production."""
STRIPE_CHECKOUT: Final = "https://checkout.stripe.com"


@dataclass(frozen=True, slots=True)
class StripeAccount:
    """The account that card payments go to."""

    secret_key: str = field(repr=False)
    webhook_secret: str = field(default="", repr=False)
    """What webhooks are signed with. Empty, in the demonstration and in tests only: none is taken in then."""
    api_base: str = STRIPE_API

    @property
    def checkout_origin(self) -> str:
        """Where a payer's browser is sent to."""
        return STRIPE_CHECKOUT if self.api_base == STRIPE_API else self.api_base


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the program is told from outside."""

    mode: Mode
    database_url: str
    instance_path: Path
    public_url: str
    """Where recipients reach the site; printed on cards, so frozen per batch."""
    secret_key: str = field(repr=False)
    keyring: Keyring
    """For hashing redeem codes and wrapping batch keys. As it was at the start, until the next one."""
    link_key: bytes = field(repr=False)
    """For tracking links."""
    site_name: str = "Giftshop"
    hotline: str = "400-000-0000"
    legal_name: str = ""
    """The operator's company as it is registered, at the foot of every paper; empty: the site's name."""
    legal_footer: str = ""
    """What the law wants on business papers beside it, as one line: seat, registration, tax number."""
    currency: str = "CNY"
    time_zone: str = "Asia/Shanghai"
    bank_account: str = ""
    """Where firms transfer to: holder, bank and account, as one line."""
    port: int = 5000
    trusted_proxies: int = 0
    """How many proxies stand before the web server: that many entries of X-Forwarded-For are believed."""
    smtp: Smtp | None = None
    """None: messages land in a folder under the instance path."""
    mail_from: str = "gifts@example.com"
    texts: TextGateway | None = None
    """None: text messages land in a folder, too."""
    market: MarketRules = field(default_factory=MarketRules)
    """What may be sold and given, from the file that MARKET_RULES names; else mainland China's usual rules."""
    stripe: StripeAccount | None = None
    """None: nothing can be paid by card."""
    parcel_limit_g: int = 20_000
    """The heaviest parcel that is sent, in grams; fuller sets go in several."""
    is_second_factor_needed: bool = False
    """Whether staff must have one. It is offered to everybody either way."""
    ecard_code_above_minor: int = 50_000
    """E-cards worth more than this, in minor units, open only with a one-time code sent to where the e-card went."""
    anchor_mail: str = ""
    """Who is sent the end of the audit chain each night; empty: nobody."""
    retention: Retention = field(default_factory=Retention)
    """For how long what is known of people is kept."""
    key_source: KeySource | None = None
    """Where the keyring is kept. None: nowhere, as in tests."""
    journal_path: Path | None = None
    """Where the journal of redemptions lies: on another disk than the database, if there is one."""
    upload_limit: int = 12 * 1024 * 1024
    """Largest request body, in bytes."""

    @property
    def is_demo(self) -> bool:
        """Whether this is the demonstration."""
        return self.mode is Mode.DEMO

    @property
    def journal_folder(self) -> Path:
        """The folder of the journal of redemptions."""
        return self.journal_path or self.instance_path / "journal"

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
        keys = _key_source(environ, mode, instance_path)
        if mode is Mode.DEMO:
            made = demonstration_environ(instance_path)
            environ = {name: value for name, value in made.items() if name not in FAKE_STRIPE} | dict(environ)
        port = _number(environ, "PORT", 5000)
        return cls(
            mode=mode,
            database_url=_database_url(environ, instance_path),
            instance_path=instance_path,
            public_url=_public_url(environ, mode, port),
            secret_key=_secret(environ, "SECRET_KEY"),
            keyring=_keyring(keys or EnvironmentKeys(environ), mode),
            key_source=keys or EnvironmentKeys(environ),
            link_key=_secret(environ, "LINK_KEY").encode(),
            site_name=environ.get("SITE_NAME", "Giftshop"),
            hotline=environ.get("HOTLINE", "400-000-0000"),
            legal_name=environ.get("LEGAL_NAME", ""),
            legal_footer=environ.get("LEGAL_FOOTER", ""),
            currency=environ.get("CURRENCY", "CNY"),
            time_zone=environ.get("TIME_ZONE", "Asia/Shanghai"),
            bank_account=environ.get("BANK_ACCOUNT", ""),
            port=port,
            trusted_proxies=_number(environ, "TRUSTED_PROXIES", 0),
            smtp=_smtp(environ),
            mail_from=environ.get("MAIL_FROM", "gifts@example.com"),
            texts=_text_gateway(environ, mode),
            market=_market(environ),
            stripe=_stripe(environ, mode),
            parcel_limit_g=_number(environ, "PARCEL_LIMIT_G", 20_000),
            is_second_factor_needed=_second_factor(environ, mode),
            ecard_code_above_minor=_number(environ, "ECARD_CODE_ABOVE_MINOR", 50_000),
            anchor_mail=environ.get("ANCHOR_MAIL", ""),
            retention=_retention(environ),
            journal_path=Path(environ["JOURNAL_PATH"]).resolve() if environ.get("JOURNAL_PATH") else None,
        )


def demonstration_environ(instance_path: Path) -> dict[str, str]:
    """Return the demonstration's own secrets, made on first use into `instance_path/demo.json`, mode 0600."""
    path = demonstration_file(instance_path)
    if path.exists():
        loaded: dict[str, str] = json.loads(path.read_text())
        if loaded.keys() >= _made_up().keys():
            return loaded
        path.unlink()  # of a version that needed less
        return _kept(path, _made_up() | loaded)
    instance_path.mkdir(parents=True, exist_ok=True)
    return _kept(path, _made_up())


def demonstration_file(instance_path: Path) -> Path:
    """Return where the demonstration keeps its secrets."""
    return instance_path / "demo.json"


def _made_up() -> dict[str, str]:
    return {
        "SECRET_KEY": secrets.token_urlsafe(32),
        "LINK_KEY": secrets.token_urlsafe(32),
        PEPPERS: Keyset.generate("demo-p1").written(),
        MASTERS: Keyset.generate("demo-m1").written(),
        "BANK_ACCOUNT": "Giftshop (demonstration) · Example Bank · 0000 0000 0000 0000",
        "DEMO_PASSWORD": secrets.token_urlsafe(12),
        "STRIPE_SECRET_KEY": f"sk_test_{secrets.token_hex(16)}",
        "STRIPE_WEBHOOK_SECRET": f"whsec_{secrets.token_hex(16)}",
    }


def _kept(path: Path, made: dict[str, str]) -> dict[str, str]:
    """Write `made` for its owner's eyes only, and return what stands there."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        written: dict[str, str] = json.loads(path.read_text())  # web and worker started together: the other made it
        return written
    with os.fdopen(handle, "w") as out:
        json.dump(made, out, indent=2)
    return made


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


def _key_source(environ: Mapping[str, str], mode: Mode, instance_path: Path) -> KeySource | None:
    """Return the file that keys are kept in; None when they are in the environment."""
    is_set = bool(environ.get(PEPPERS) or environ.get(MASTERS))
    file = environ.get("KEYS_FILE")
    if file and is_set:
        raise BadSettings(f"KEYS_FILE and {PEPPERS} or {MASTERS} are set: keys are kept in one place only")
    if file:
        return KeyFile(Path(file).resolve())
    return KeyFile(demonstration_file(instance_path)) if mode is Mode.DEMO and not is_set else None


def _keyring(source: KeySource, mode: Mode) -> Keyring:
    try:
        keyring = source.read()
    except BadKeys as error:
        raise BadSettings(f"keys in {source}: {error}") from error
    if mode is Mode.PRODUCTION and any(name.startswith(TOY_KEYS) for name in keyring.ids):
        raise BadSettings(
            f"keys in {source}: {', '.join(TOY_KEYS)} begin the ids of keys of the demonstration and of tests. "
            "Others know them, and their codes must never be valid here"
        )
    return keyring


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


def _market(environ: Mapping[str, str]) -> MarketRules:
    path = environ.get("MARKET_RULES")
    if not path:
        return MarketRules()
    try:
        return MarketRules.parse(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettings(f"MARKET_RULES: {path} cannot be read") from error
    except BadMarketRules as error:
        raise BadSettings(f"MARKET_RULES: {error}") from error


def _second_factor(environ: Mapping[str, str], mode: Mode) -> bool:
    told = environ.get("SECOND_FACTOR") or ("required" if mode is Mode.PRODUCTION else "offered")
    if told not in {"required", "offered"}:
        raise BadSettings("SECOND_FACTOR must be required or offered")
    return told == "required"


def _retention(environ: Mapping[str, str]) -> Retention:
    try:
        return Retention.parse(environ.get("RETENTION_DAYS", ""))
    except BadRetention as error:
        raise BadSettings(f"RETENTION_DAYS: {error}") from error


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


def _text_gateway(environ: Mapping[str, str], mode: Mode) -> TextGateway | None:
    """Return the gateway for text messages in `environ`, or None. Codes travel through it, so it is reached by TLS."""
    url, token = environ.get("SMS_GATEWAY_URL", ""), environ.get("SMS_GATEWAY_TOKEN", "")
    if not url:
        return None
    parts = urlsplit(url)
    is_here = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    if not parts.hostname or parts.scheme not in {"http", "https"}:
        raise BadSettings("SMS_GATEWAY_URL must be an address such as https://texts.example.com/send")
    if parts.scheme == "http" and not is_here and mode is Mode.PRODUCTION:
        raise BadSettings("SMS_GATEWAY_URL must begin with https://, unless the gateway runs on this machine")
    if not token:
        raise BadSettings("SMS_GATEWAY_TOKEN must be set when SMS_GATEWAY_URL is")
    return TextGateway(url, token)


def _stripe(environ: Mapping[str, str], mode: Mode) -> StripeAccount | None:
    """Return the account in `environ`, or None. For real people only Stripe itself will do, and only with webhooks."""
    account = StripeAccount(
        environ.get("STRIPE_SECRET_KEY", ""),
        environ.get("STRIPE_WEBHOOK_SECRET", ""),
        environ.get("STRIPE_API_BASE", "").rstrip("/") or STRIPE_API,
    )
    is_for_real = mode is Mode.PRODUCTION
    if is_for_real and account.api_base != STRIPE_API:
        raise BadSettings(f"STRIPE_API_BASE must be left out, or be {STRIPE_API}: anything else is not Stripe")
    if not account.secret_key:
        if account.webhook_secret:
            raise BadSettings("STRIPE_SECRET_KEY must be set when STRIPE_WEBHOOK_SECRET is")
        return None
    if not account.secret_key.startswith(("sk_test_", "rk_test_", "sk_live_", "rk_live_")):
        raise BadSettings("STRIPE_SECRET_KEY must be a secret key of Stripe's: it begins with sk_ or rk_")
    if not is_for_real and "_live_" in account.secret_key[:8]:
        raise BadSettings(f"STRIPE_SECRET_KEY must be a test key in {mode} mode: a live one moves real money")
    if is_for_real and not account.webhook_secret.startswith("whsec_"):
        raise BadSettings("STRIPE_WEBHOOK_SECRET must be set with STRIPE_SECRET_KEY: see docs/operations.md")
    return account
