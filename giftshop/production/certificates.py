"""A print house's certificate: read as a stranger's file, and refused unless a data file can safely go out to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding

from giftshop.production.envelope import sealed_for
from giftshop.production.errors import (
    CertificateNotValidNow,
    CertificateTooLarge,
    CertificateUnreadable,
    KeyNotForEncryption,
    KeyOfAnotherKind,
    KeyTooWeak,
    PrivateKeySent,
    SeveralCertificates,
)

MOST_BYTES: Final = 32 * 1024
"""A certificate has one or two thousand bytes; a generous one with long lists of names some more."""
BITS: Final = range(2048, 8193)
"""NIST SP 800-57 gives 2,048 bits until 2030 at least; beyond 8,192 a key is only slow."""
LEAST_EXPONENT: Final = 65_537
"""With an exponent of 1 nothing is encrypted at all; small ones have a history of mishaps (FIPS 186-5, A.1.1)."""
FAR_OFF: Final = datetime(9000, 1, 1, tzinfo=UTC)
"""For certificates without an end (RFC 5280, 4.1.2.5): their 31 December 9999 is no day in the zones east of us."""
BROKEN: Final = (ValueError, TypeError, UnsupportedAlgorithm, OverflowError)
"""What the library says of certificates that are none, when they are loaded or when a part is first looked at."""
FIELD: Final = "certificate"


@dataclass(frozen=True, slots=True)
class HouseKey:
    """A certificate that was found good."""

    der: bytes
    fingerprint: str
    """SHA-256 of the certificate, hexadecimal: what the print house reads out on the telephone."""
    until: datetime


def read_certificate(content: bytes, *, at: datetime) -> HouseKey:
    """Return the certificate in an uploaded file, PEM or DER, if data files can go out to it at `at`.

    Raises CertificateUnreadable, CertificateTooLarge, SeveralCertificates, PrivateKeySent, KeyOfAnotherKind,
    KeyTooWeak, CertificateNotValidNow, KeyNotForEncryption.
    """
    if len(content) > MOST_BYTES:
        raise CertificateTooLarge(field=FIELD)
    if b"PRIVATE KEY-----" in content:
        raise PrivateKeySent(field=FIELD)
    if content.count(b"-----BEGIN CERTIFICATE-----") > 1:
        raise SeveralCertificates(field=FIELD)
    try:
        certificate = _loaded(content)
        _refuse_weak(certificate)
        _refuse_out_of_time(certificate, at)
        _refuse_other_uses(certificate)
        der = certificate.public_bytes(Encoding.DER)
        fingerprint = certificate.fingerprint(hashes.SHA256()).hex()
        sealed_for(der, b"tried once, so that no surprise waits for the print run")
    except BROKEN as error:
        raise CertificateUnreadable(field=FIELD) from error
    return HouseKey(der, fingerprint, min(certificate.not_valid_after_utc, FAR_OFF))


def subject_of(der: bytes) -> str:
    """Return whose a kept certificate says it is, as text without control characters; empty if it cannot be said."""
    try:
        subject = x509.load_der_x509_certificate(der).subject.rfc4514_string()
    except BROKEN:
        return ""
    return "".join(letter for letter in subject if letter.isprintable())[:200]


def spaced(fingerprint: str) -> str:
    """Return a fingerprint in pairs, as `openssl x509 -fingerprint -sha256` shows it."""
    return ":".join(fingerprint[place : place + 2] for place in range(0, len(fingerprint), 2)).upper()


def _loaded(content: bytes) -> x509.Certificate:
    if b"-----BEGIN" in content:
        return x509.load_pem_x509_certificate(content)
    return x509.load_der_x509_certificate(content)


def _refuse_weak(certificate: x509.Certificate) -> None:
    key = certificate.public_key()
    if not isinstance(key, rsa.RSAPublicKey):
        raise KeyOfAnotherKind(field=FIELD)
    if key.key_size not in BITS or key.public_numbers().e < LEAST_EXPONENT:
        raise KeyTooWeak(field=FIELD, bits=key.key_size)


def _refuse_out_of_time(certificate: x509.Certificate, at: datetime) -> None:
    since, until = certificate.not_valid_before_utc, min(certificate.not_valid_after_utc, FAR_OFF)
    if not since <= at < until:
        raise CertificateNotValidNow(field=FIELD, since=since.date(), until=until.date())


def _refuse_other_uses(certificate: x509.Certificate) -> None:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    except (x509.DuplicateExtension, x509.UnsupportedGeneralNameType) as error:
        raise ValueError("extensions that cannot be read") from error
    if not usage.key_encipherment:
        raise KeyNotForEncryption(field=FIELD)
