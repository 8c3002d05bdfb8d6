"""What is said about proofs: sentences of people at firms and of ours, which may name anybody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from giftshop.db import Reader, Transaction
from giftshop.kernel.locale import N_
from giftshop.kernel.retention import Retention
from giftshop.production.proof_models import ProofRemark
from giftshop.web.privacy import AT_ONCE, Eraser, RowKey, nobody


def erasers(keep: Retention) -> list[Eraser]:
    """Return what proofs know of people: what was said about them. Who decided and when is kept."""
    words = N_("What was said about proofs")
    return [Eraser("production.proof_words", words, nobody, _unsay, keep.sayings, _said_before)]


def _unsay(tx: Transaction, rows: Sequence[RowKey]) -> int:
    return tx.change(update(ProofRemark).where(ProofRemark.id.in_(rows), ProofRemark.words != "").values(words=""))


def _said_before(reader: Reader, before: datetime) -> Sequence[RowKey]:
    old = select(ProofRemark.id).where(ProofRemark.at < before, ProofRemark.words != "")
    return reader.scalars(old.limit(AT_ONCE)).all()
