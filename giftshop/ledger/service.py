"""The one command of the ledger."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from giftshop.db import Transaction
from giftshop.kernel.actor import Actor
from giftshop.ledger.models import Posting
from giftshop.ledger.rules import EntryKind, Leg, check

_FEW: Final = 32
"""Postings that one INSERT writes; more go as a bulk."""


def post(
    tx: Transaction,
    kind: EntryKind,
    legs: Sequence[Leg],
    *,
    subject: tuple[str, int],
    once: str | None = None,
    by: Actor,
    at: datetime,
) -> str:
    """Write an entry, at once however long it is. Returns its name.

    `once` names what can happen once only ("issue/17"): a second entry of that name breaks a constraint. What it is
    for is audited by whoever posts. Raises Unbalanced.
    """
    check(legs)
    entry = once or secrets.token_hex(12)
    same = {
        "entry": entry,
        "kind": kind,
        "subject_kind": subject[0],
        "subject_id": subject[1],
        "at": at,
        "by_kind": by.kind,
        "by_id": by.id,
    }
    rows = [
        {
            **same,
            "position": place,
            "account": leg.account,
            "batch_id": leg.batch_id,
            "card_id": leg.card_id,
            "amount_minor": leg.amount.amount_minor,
            "currency": leg.amount.currency,
        }
        for place, leg in enumerate(legs, start=1)
    ]
    if len(rows) <= _FEW:
        tx.write(Posting, *rows)
    else:
        tx.load(Posting, tuple(rows[0]), [tuple(row.values()) for row in rows])
    return entry
