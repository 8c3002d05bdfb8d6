"""What recipients left with their choices: an e-mail address, words, an address that was never confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, or_, select, update

from giftshop import fulfilment
from giftshop.db import Reader, Transaction
from giftshop.kernel.locale import N_
from giftshop.kernel.retention import Retention
from giftshop.redemption.models import Draft, Problem, Redemption, ThankYou, WaitingDelivery
from giftshop.redemption.rules import SOURCE
from giftshop.web.privacy import AT_ONCE, Eraser, RowKey, Traces, Whom


def erasers(keep: Retention) -> list[Eraser]:
    """Return what redemption knows of people."""
    return [
        Eraser("redemption.mail", N_("E-mail addresses of recipients"), _mail, _no_mail, keep.addresses, _old_mail),
        Eraser("redemption.thanks", N_("Thank-yous"), _thanks, _no_thanks, keep.sayings, _old_thanks),
        Eraser("redemption.problems", N_("Reported problems"), _problems, _no_problems, keep.sayings, _old_problems),
        Eraser("redemption.drafts", N_("Unfinished choices"), _drafts, _no_drafts, keep.attempts, _old_drafts),
        Eraser("redemption.waiting", N_("Choices that wait for a payment"), _waiting, _none, keep.attempts, None),
    ]


def _redemptions(reader: Reader, whom: Whom) -> Sequence[int]:
    sent = fulfilment.sources_sent_to(reader, whom.phone) if whom.phone else []
    by_phone = [source_id for kind, source_id in sent if kind == SOURCE]
    by_mail = select(Redemption.id).where(func.lower(Redemption.email) == whom.email)
    return sorted({*by_phone, *(reader.scalars(by_mail) if whom.email else ())})


def _mail(reader: Reader, whom: Whom, _at: datetime) -> Traces:
    mine = (Redemption.id.in_(_redemptions(reader, whom)), Redemption.email.is_not(None))
    return Traces(reader.scalars(select(Redemption.id).where(*mine)).all())


def _no_mail(tx: Transaction, rows: Sequence[RowKey]) -> int:
    known = (Redemption.id.in_(rows), Redemption.email.is_not(None))
    return tx.change(update(Redemption).where(*known).values(email=None, draft_key=None))


def _old_mail(reader: Reader, before: datetime) -> Sequence[RowKey]:
    old = (Redemption.email.is_not(None), Redemption.redeemed_at < before)
    return reader.scalars(select(Redemption.id).where(*old).limit(AT_ONCE)).all()


def _thanks(reader: Reader, whom: Whom, _at: datetime) -> Traces:
    mine = ThankYou.redemption_id.in_(_redemptions(reader, whom))
    return Traces(reader.scalars(select(ThankYou.redemption_id).where(mine)).all())


def _no_thanks(tx: Transaction, rows: Sequence[RowKey]) -> int:
    return tx.change(delete(ThankYou).where(ThankYou.redemption_id.in_(rows)))


def _old_thanks(reader: Reader, before: datetime) -> Sequence[RowKey]:
    return reader.scalars(select(ThankYou.redemption_id).where(ThankYou.written_at < before).limit(AT_ONCE)).all()


def _problems(reader: Reader, whom: Whom, _at: datetime) -> Traces:
    cards = select(Redemption.card_id).where(Redemption.id.in_(_redemptions(reader, whom)))
    said = reader.scalars(select(Problem).where(Problem.card_id.in_(cards), Problem.note != "")).all()
    return Traces(
        [each.id for each in said if each.closed_at is not None],
        [f"#{each.id}" for each in said if each.closed_at is None],
    )


def _no_problems(tx: Transaction, rows: Sequence[RowKey]) -> int:
    closed = (Problem.id.in_(rows), Problem.closed_at.is_not(None), Problem.note != "")
    return tx.change(update(Problem).where(*closed).values(note=""))


def _old_problems(reader: Reader, before: datetime) -> Sequence[RowKey]:
    old = (Problem.closed_at < before, Problem.note != "")
    return reader.scalars(select(Problem.id).where(*old).limit(AT_ONCE)).all()


def _drafts(reader: Reader, whom: Whom, _at: datetime) -> Traces:
    known: list[ColumnElement[bool]] = []
    if whom.phone:
        known.append(Draft.receiver["phone"].as_string() == whom.phone)
    if whom.email:
        known.append(func.lower(Draft.email) == whom.email)
    return Traces(reader.scalars(select(Draft.key).where(or_(*known))).all())


def _no_drafts(tx: Transaction, rows: Sequence[RowKey]) -> int:
    return tx.change(delete(Draft).where(Draft.key.in_(rows)))


def _old_drafts(reader: Reader, before: datetime) -> Sequence[RowKey]:
    return reader.scalars(select(Draft.key).where(Draft.began_at < before).limit(AT_ONCE)).all()


def _waiting(reader: Reader, whom: Whom, _at: datetime) -> Traces:
    """Find addresses that a payment is awaited for: an hour and a half, then they go by themselves."""
    if not whom.phone:
        return Traces()
    mine = WaitingDelivery.receiver["phone"].as_string() == whom.phone
    return Traces(needed=[f"#{row}" for row in reader.scalars(select(WaitingDelivery.redemption_id).where(mine))])


def _none(_tx: Transaction, _rows: Sequence[RowKey]) -> int:
    return 0
