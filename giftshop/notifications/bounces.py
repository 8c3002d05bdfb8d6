"""Mail that comes back: which of our messages it was, and why (RFC 3464).

Each mail's Message-ID is signed, and a report of non-delivery quotes it. So a report that somebody made up about a mail
that they never got is told from one about a mail of ours. Of what a server writes only the number of its reason is
taken (RFC 3463): its words tend to hold the address.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message as Mail
from typing import Final

PURPOSE: Final = b"giftshop message id 1"
"""Signed along, so that nothing else under the same key is a Message-ID."""
LONGEST_REPORT: Final = 1024 * 1024
"""Bytes of a report that are read: it quotes a mail of ours, which is short."""
UNKNOWN: Final = "5.0.0"
"""The number of a refusal for no known reason."""
_SIGNATURE_BYTES: Final = 15
_OURS: Final = re.compile(r"<(message-(\d{1,18})-\d{1,12})-([a-z2-7]{24})@")
_STATUS: Final = re.compile(r"\b5\.\d{1,3}\.\d{1,3}\b")


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message of ours that will never arrive, and the number of the reason."""

    message_id: int
    status: str


def signed_id(name: str, key: bytes) -> str:
    """Return the left part of a Message-ID: `name` (message-12-1760000000) and its signature."""
    return f"{name}-{_signature(key, name)}"


def status_in(words: str) -> str:
    """Return the number of the reason in what a server said, or that of no known reason."""
    found = _STATUS.search(words)
    return found[0] if found else UNKNOWN


def undelivered_in(raw: bytes, key: bytes) -> Undelivered | None:
    """Return what a report of non-delivery says of a message of ours.

    None when it is no such report, speaks of a delay or of success, or is about a mail that is not ours.
    """
    report = message_from_bytes(raw[:LONGEST_REPORT], policy=policy.compat32)
    if report.get_content_type() != "multipart/report":
        return None
    status = next(_failures(report), None)
    message_id = next((known for text in _quoted(report) if (known := _ours_in(text, key))), None)
    return Undelivered(message_id, status) if status and message_id else None


def _failures(report: Mail) -> Iterator[str]:
    """Yield the reason of each recipient of a report whose mail failed for good."""
    for part in report.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for fields in part.get_payload() if part.is_multipart() else ():
            if isinstance(fields, Mail) and str(fields.get("Action", "")).strip().lower() == "failed":
                yield status_in(str(fields.get("Status", "")))


def _quoted(report: Mail) -> Iterator[str]:
    """Yield what may hold the Message-ID of the mail that came back: its headers, whole or alone."""
    for part in report.walk():
        if part.get_content_type() == "text/rfc822-headers":
            content = part.get_payload(decode=True)
            yield content.decode("latin-1") if isinstance(content, bytes) else ""
        elif part is not report and "Message-ID" in part:
            yield str(part["Message-ID"])


def _ours_in(text: str, key: bytes) -> int | None:
    found = _OURS.search(text)
    if found is None or not hmac.compare_digest(found[3], _signature(key, found[1])):
        return None
    return int(found[2])


def _signature(key: bytes, name: str) -> str:
    digest = hmac.digest(key, PURPOSE + name.encode("ascii"), hashlib.sha256)
    return base64.b32encode(digest[:_SIGNATURE_BYTES]).decode("ascii").lower()
