"""What a seal is made of: the seal before it, and everything that an event says."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Final, Self

from giftshop.audit.models import AuditEvent

GENESIS: Final = hashlib.sha256(b"giftshop audit chain").digest()
_WRITTEN: Final = re.compile(r"(\d+):([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Anchor:
    """The end of the chain at some moment: the number of its last event, and that event's seal."""

    number: int
    seal: bytes

    def __str__(self) -> str:
        """Return it as it is kept: `number:hex`."""
        return f"{self.number}:{self.seal.hex()}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the anchor that is written in `text`; raises ValueError."""
        written = _WRITTEN.fullmatch(text.strip())
        if written is None:
            raise ValueError("an anchor is written NUMBER:SEAL, the seal as 64 hexadecimal digits")
        return cls(int(written[1]), bytes.fromhex(written[2]))


BEGINNING: Final = Anchor(0, GENESIS)
"""What the first event is chained to."""


def seal_of(event: AuditEvent, after: Anchor) -> bytes:
    """Return the seal of an event that follows `after`: SHA-256 over that seal and all that the event says."""
    told = json.dumps(
        [
            after.number + 1,
            event.id,
            event.at.isoformat(),
            event.actor_kind,
            event.actor_id,
            event.action,
            event.subject_kind,
            event.subject_id,
            event.facts,
        ],
        sort_keys=True,
        ensure_ascii=False,
    )
    return hashlib.sha256(after.seal + told.encode()).digest()
