"""Passkeys: WebAuthn as a second factor. What a browser's answer must be, and whether it is.

Pure: the challenge, the kept key and its counter are given; whether a challenge was used before, and whether the
counter still stands where it stood, is the database's to say.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

import webauthn
from cryptography.exceptions import UnsupportedAlgorithm
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from giftshop.accounts.errors import PasskeyNotGood

CHALLENGE_BYTES: Final = 32
LONGEST_ANSWER: Final = 20_000
"""Characters: a browser's answer has two thousand, with an attestation some more."""


@dataclass(frozen=True, slots=True)
class Site:
    """The site as a browser knows it: what a passkey is made for, and good for nowhere else."""

    host: str
    origin: str
    name: str

    @classmethod
    def at(cls, public_url: str, name: str) -> Site | None:
        """Return the site at this address, or None where browsers make no passkeys: without TLS, at a bare number."""
        parts = urlsplit(public_url)
        host = parts.hostname or ""
        is_local = host == "localhost" or host.endswith(".localhost")
        if _is_number(host) or not (parts.scheme == "https" or is_local):
            return None
        return cls(host, f"{parts.scheme}://{parts.netloc}", name)


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A passkey as it was last seen."""

    credential_id: bytes
    public_key: bytes
    sign_count: int
    transports: Sequence[str] = ()


def new_challenge() -> bytes:
    """Return a random challenge, to be answered once."""
    return os.urandom(CHALLENGE_BYTES)


def asked_to_make(
    site: Site, challenge: bytes, *, user_id: int, account: str, name: str, have: Sequence[KnownKey]
) -> str:
    """Return, as JSON, what a browser is asked when somebody adds a passkey to those they `have`."""
    return webauthn.options_to_json(
        webauthn.generate_registration_options(
            rp_id=site.host,
            rp_name=site.name,
            user_id=f"user {user_id}".encode(),
            user_name=account,
            user_display_name=name,
            challenge=challenge,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.PREFERRED,
                user_verification=UserVerificationRequirement.PREFERRED,
            ),
            exclude_credentials=_described(have),
        )
    )


def asked_to_show(site: Site, challenge: bytes, have: Sequence[KnownKey]) -> str:
    """Return, as JSON, what a browser is asked when somebody signs in who has these passkeys."""
    options = webauthn.generate_authentication_options(
        rp_id=site.host, challenge=challenge, allow_credentials=_described(have)
    )
    return webauthn.options_to_json(options)


def made(site: Site, challenge: bytes, answer: str) -> KnownKey:
    """Return the passkey that a browser made when it was asked with `challenge`. Raises PasskeyNotGood."""
    credential = _parsed(answer)
    try:
        verified = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
        )
    except _BAD as error:
        raise PasskeyNotGood from error
    return KnownKey(
        verified.credential_id, verified.credential_public_key, verified.sign_count, _transports_in(credential)
    )


def credential_in(answer: str) -> bytes:
    """Return the id of the passkey that a browser says it answered with. Raises PasskeyNotGood."""
    try:
        return base64url_to_bytes(_parsed(answer)["rawId"])
    except (KeyError, *_BAD) as error:
        raise PasskeyNotGood from error


def counter_after(site: Site, challenge: bytes, answer: str, known: KnownKey) -> int:
    """Return what a passkey's counter stands at after it answered `challenge`. Raises PasskeyNotGood.

    A counter that did not move on is a copy's or a replay's; one that always says zero counts nothing, as passkeys that
    several devices share do.
    """
    try:
        verified = webauthn.verify_authentication_response(
            credential=_parsed(answer),
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=known.public_key,
            credential_current_sign_count=known.sign_count,
        )
    except _BAD as error:
        raise PasskeyNotGood from error
    return verified.new_sign_count


_BAD: Final = (WebAuthnException, UnsupportedAlgorithm, ValueError, TypeError, AttributeError, OverflowError)
"""What the library raises at an answer that no browser gave, beside its own."""


def _parsed(answer: str) -> dict[str, Any]:
    try:
        parsed = json.loads(answer) if len(answer) <= LONGEST_ANSWER else None
    except (ValueError, RecursionError) as error:
        raise PasskeyNotGood from error
    if not isinstance(parsed, dict):
        raise PasskeyNotGood
    return parsed


def _transports_in(credential: dict[str, Any]) -> list[str]:
    told = credential.get("response", {}).get("transports")
    known = [transport.value for transport in AuthenticatorTransport]
    return [each for each in told if each in known][:8] if isinstance(told, list) else []


def _described(keys: Sequence[KnownKey]) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(
            id=key.credential_id, transports=[AuthenticatorTransport(each) for each in key.transports] or None
        )
        for key in keys
    ]


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
