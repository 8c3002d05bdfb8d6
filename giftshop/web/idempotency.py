"""A form that moves money or goods carries a key, made when it was shown. Sent twice, it does its work once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar, cast

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.db import Base, Json, Transaction
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.kernel.locale import N_

Result = TypeVar("Result", bound=str | int | None)


class KeyReused(Refused):
    """The same key came with another body: most likely an old tab."""

    message = N_("This form was already sent with different contents. Please open the page again and check.")


class KeyMissing(Refused):
    """A form that must be sent once at most came without its key: hand-made, or cut off on its way."""

    message = N_("This form did not arrive whole. Please open the page again and send it once more.")


class RequestKey(Base):
    """A key that was used, and what its request was answered."""

    __tablename__ = "request_keys"

    key: Mapped[str] = mapped_column(primary_key=True)
    """Who and which form: "member:12/6f9c…"; one person's key means nothing in another's hands."""
    fingerprint: Mapped[str]
    """SHA-256 of what was sent."""
    answer: Mapped[dict[str, Any] | None] = mapped_column(Json)
    created_at: Mapped[datetime]


_KNOWN: Final = select(RequestKey.fingerprint, RequestKey.answer).where(RequestKey.key == bindparam("of_key"))
_REMEMBER: Final = update(RequestKey).where(RequestKey.key == bindparam("of_key")).values(answer=bindparam("answer"))


@dataclass(frozen=True, slots=True)
class Once:
    """The key of one sent form and the fingerprint of its contents."""

    key: str
    fingerprint: str


def run_once(tx: Transaction, once: Once, command: Callable[[Transaction], Result]) -> Result:
    """Call `command(tx)` unless `once` was done before; return its answer, or the remembered one.

    Two at a time: the second waits on the first one's row (PostgreSQL) or lock (SQLite), then finds the answer.
    Raises KeyReused when the contents differ.
    """
    if not tx.add_new(RequestKey, key=once.key, fingerprint=once.fingerprint, created_at=clock.now()):
        known = tx.run(_KNOWN, {"of_key": once.key}).one()
        if known.fingerprint != once.fingerprint:
            raise KeyReused
        return cast(Result, (known.answer or {}).get("result"))
    result = command(tx)
    if result is not None:  # a key without an answer says as much
        tx.run(_REMEMBER, {"of_key": once.key, "answer": {"result": result}})
    return result
