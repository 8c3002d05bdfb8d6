"""The unfinished choice of one browser: the gift, then the address, until it is confirmed."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import bindparam, delete, update

from giftshop.addresses import Address, Receiver
from giftshop.db import Reader, Transaction
from giftshop.jobs import enqueue
from giftshop.redemption.models import Draft
from giftshop.redemption.rules import DRAFT_LIFE

FORGET_JOB: Final = "redemption.forget_drafts"
_COLUMNS: Final = Draft.__table__.columns
_TAKE: Final = (
    delete(Draft)
    .where(
        Draft.key == bindparam("of_key"), Draft.card_id == bindparam("of_card"), Draft.revision == bindparam("shown")
    )
    .returning(*_COLUMNS)
)


def draft_of(reader: Reader, key: str | None, card_id: int) -> Draft | None:
    """Return the draft that a browser holds the key of, if it is of this card."""
    found = reader.get(Draft, key) if key else None
    return found if found and found.card_id == card_id else None


def keep_gift(tx: Transaction, card_id: int, item_id: int, *, key: str | None, at: datetime) -> str:
    """Note the gift chosen, in the draft of this key or a new one. Returns the draft's key."""
    return _keep(tx, card_id, {"item_id": item_id}, key=key, at=at)


def keep_basket(tx: Transaction, card_id: int, basket: Mapping[int, int], *, key: str | None, at: datetime) -> str:
    """Note how many of which item a shopping card is to be spent on. Returns the draft's key."""
    return _keep(tx, card_id, {"basket": {str(item_id): count for item_id, count in basket.items()}}, key=key, at=at)


def basket_in(draft: Draft | None) -> dict[int, int]:
    """Return how many of which item a draft says; empty for none."""
    return {int(item_id): int(count) for item_id, count in (draft.basket if draft and draft.basket else {}).items()}


def keep_cards(
    tx: Transaction,
    card_id: int,
    further: Sequence[int],
    *,
    basket: Mapping[int, int] | None = None,
    key: str | None,
    at: datetime,
) -> str:
    """Note which further cards pay along, and with them what was in the basket. Returns the draft's key."""
    values: dict[str, Any] = {"cards": list(further)}
    if basket is not None:
        values["basket"] = {str(item_id): count for item_id, count in basket.items()}
    return _keep(tx, card_id, values, key=key, at=at)


def cards_in(draft: Draft | None) -> list[int]:
    """Return the ids of the further cards that a draft says pay along."""
    return list(draft.cards or ()) if draft else []


def take(tx: Transaction, card_id: int, key: str, *, revision: int) -> Draft | None:
    """Take a draft out, if it is the one that was shown; None if it was changed since, or is gone.

    Reading and deleting are one statement. A refusal later in the same transaction leaves the draft where it was.
    """
    taken = tx.run(_TAKE, {"of_key": key, "of_card": card_id, "shown": revision}).one_or_none()
    return Draft(**taken._mapping) if taken else None


def keep_receiver(
    tx: Transaction,
    card_id: int,
    receiver: Receiver,
    *,
    not_before: date | None,
    email: str | None,
    key: str | None,
    at: datetime,
) -> str:
    """Note who gets it, where and when, in the draft of this key or a new one. Returns the draft's key."""
    values = {"receiver": asdict(receiver), "not_before": not_before, "email": email}
    return _keep(tx, card_id, values, key=key, at=at)


def receiver_in(draft: Draft) -> Receiver | None:
    """Return who gets it, if the draft says so."""
    if draft.receiver is None:
        return None
    known = dict(draft.receiver)
    return Receiver(address=Address(**known.pop("address")), **known)


def forget_old_drafts(tx: Transaction, *, at: datetime) -> int:
    """Delete drafts that were begun a day ago or earlier, and the addresses in them. Returns how many."""
    return tx.change(delete(Draft).where(Draft.began_at <= at - DRAFT_LIFE))


def _keep(tx: Transaction, card_id: int, values: dict[str, Any], *, key: str | None, at: datetime) -> str:
    own = (Draft.key == key, Draft.card_id == card_id)
    if key and tx.change(update(Draft).where(*own).values(**values, revision=Draft.revision + 1)):
        return key
    draft = Draft(key=secrets.token_urlsafe(16), card_id=card_id, began_at=at, **values)
    tx.add(draft)
    tx.flush()
    _promise_to_forget(tx, at)
    return draft.key


def _promise_to_forget(tx: Transaction, at: datetime) -> None:
    """One job forgets all drafts begun on one day: when the next day is over, each is a day old."""
    due = at.replace(hour=0, minute=0, second=0, microsecond=0) + 2 * DRAFT_LIFE
    enqueue(tx, FORGET_JOB, {}, key=f"{FORGET_JOB}/{at.date()}", at=due)
