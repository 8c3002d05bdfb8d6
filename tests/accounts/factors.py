"""What tests do with second factors: an app on a phone, and a passkey made of software."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import os
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from flask.testing import FlaskClient
from sqlalchemy import select
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from werkzeug.test import TestResponse

from giftshop.accounts import recovery, second_factor, totp
from giftshop.accounts.access import Letter, begin_half_session, begin_session
from giftshop.accounts.here import Here
from giftshop.accounts.models import User
from giftshop.db import Database
from giftshop.kernel import clock
from giftshop.kernel.clock import standing_at
from giftshop.web import GiftShop
from tests.conftest import KEYRING
from tests.people import PASSWORD, Somebody

NOTICE = Letter("Your account", "Something changed.")
LATER = timedelta(seconds=totp.STEP_SECONDS)


@dataclass
class Phone:
    """An authenticator app that knows a key."""

    key: bytes

    @classmethod
    def scans(cls, page: TestResponse) -> Phone:
        """The app, after the key on the page was typed into it."""
        found = re.search(r'factor-key">([A-Z2-7 ]+)<', page.text)
        assert found, page.text
        return cls(base64.b32decode(found[1].replace(" ", "")))

    def code(self, at: datetime | None = None) -> str:
        """What it shows at a moment, or now."""
        return totp.code_of(self.key, totp.step_at(at or clock.now()))


def codes_on(page: TestResponse) -> list[str]:
    """The recovery codes that a page shows."""
    return re.findall(r"<li>([0-9A-Z]{5}-[0-9A-Z]{5})</li>", page.text)


def set_up_app(client: FlaskClient, where: str = "/me/second-factor/app") -> tuple[Phone, list[str]]:
    """Set up an app in a browser that is signed in; gives the phone and the recovery codes."""
    phone = Phone.scans(client.get(where))
    answer = client.post(where, data={"code": phone.code(), "password": PASSWORD})
    assert answer.status_code in {200, 302}, answer.text
    return phone, codes_on(answer)


def give_app(database: Database, who: Somebody, at: datetime) -> tuple[Phone, list[str]]:
    """Let somebody have an app and recovery codes as of `at`, without a browser. Ends their sessions."""
    phone, codes, secret = Phone(totp.new_key()), recovery.draw(), os.urandom(8).hex()
    version = version_of(database, who)
    database.transact(begin_session, who.id, secret, session_version=version, by=who.actor, at=at)
    database.transact(
        second_factor.keep_app,
        who.id,
        Here(secret, os.urandom(8).hex()),
        key=phone.key,
        step=totp.step_at(at) - 2,
        spare_codes=codes,
        keyring=KEYRING,
        notice=NOTICE,
        by=who.actor,
        at=at,
    )
    return phone, codes


def version_of(database: Database, who: Somebody) -> int:
    """The version that a session of theirs must have."""
    with database.reading() as reader:
        return reader.scalars(select(User.session_version).where(User.id == who.id)).one()


def knows_password(client: FlaskClient, who: Somebody) -> None:
    """Let `client` be where the right password leads somebody who has a second factor, without the slow password."""
    database, secret = cast(GiftShop, client.application).database, os.urandom(8).hex()
    version, begin = version_of(database, who), begin_half_session
    database.transact(begin, who.id, secret, session_version=version, by=who.actor, at=clock.now())
    with client.session_transaction() as session:
        session.clear()
        session["half"] = secret


def later(steps: int) -> Any:
    """It is so many steps of half a minute later, for the length of a `with` block."""
    return standing_at(clock.now() + steps * LATER)


@dataclass
class SoftKey:
    """A passkey made of software, as a browser would let an authenticator answer."""

    origin: str = "http://localhost"
    host: str = "localhost"
    count: int = 0
    credential_id: bytes = field(default_factory=lambda: os.urandom(32))
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def makes(self, options: dict[str, Any]) -> str:
        """Its answer to being made."""
        public = self.private.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: public.x.to_bytes(32, "big"), -3: public.y.to_bytes(32, "big")}
        attested = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id + cbor2.dumps(cose)
        attestation = {"fmt": "none", "attStmt": {}, "authData": self._data(0x45) + attested}
        response = {"attestationObject": bytes_to_base64url(cbor2.dumps(attestation)), "transports": ["internal"]}
        return self._answer(response, self._client("webauthn.create", options))

    def shows(self, options: dict[str, Any], *, counts: bool = True) -> str:
        """Its answer at the door; `counts=False` is a copy of it, whose counter stands where it stood."""
        self.count += counts
        client, data = self._client("webauthn.get", options), self._data(0x05)
        signature = self.private.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        response = {"authenticatorData": bytes_to_base64url(data), "signature": bytes_to_base64url(signature)}
        return self._answer({**response, "userHandle": None}, client)

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, options: dict[str, Any]) -> bytes:
        challenge = bytes_to_base64url(base64url_to_bytes(options["challenge"]))
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, response: dict[str, Any], client: bytes) -> str:
        name = bytes_to_base64url(self.credential_id)
        response = {**response, "clientDataJSON": bytes_to_base64url(client)}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})


def options_on(page: TestResponse) -> dict[str, Any]:
    """What the page's script would ask the browser."""
    found = re.search(r'data-options="([^"]+)"', page.text)
    assert found, page.text
    options: dict[str, Any] = json.loads(html.unescape(found[1]))
    return options


def add_passkey(client: FlaskClient, key: SoftKey, name: str = "My phone", where: str = "/me/second-factor") -> Any:
    """Add a passkey in a browser that is signed in; gives the answer."""
    asked = client.post(f"{where}/passkeys/new", data={"name": name, "password": PASSWORD})
    return client.post(f"{where}/passkeys/made", data={"name": name, "answer": key.makes(options_on(asked))})
