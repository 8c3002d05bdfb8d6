"""What the worker does as cards come to their end: reminds the firm in time, and books out what lapsed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import Select, or_, select, update

from giftshop import accounts, audit, notifications
from giftshop.accounts import UserState
from giftshop.cards.events import ProgrammeEnding
from giftshop.cards.expiry import LAPSE_AFTER, lapse_some
from giftshop.cards.models import Programme
from giftshop.cards.progress import programme_progress
from giftshop.db import Transaction
from giftshop.jobs import JobRun, enqueue
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.clock import local_day
from giftshop.kernel.role import MemberRole
from giftshop.web import current_shop, in_locale, long_day

LAPSE_JOB: Final = "cards.lapse"
REMIND_JOB: Final = "cards.remind"
REMIND_BEFORE: Final = (1, 7, 30)
"""Days before the last one on which a firm is reminded; the nearest first."""
TOLD: Final = (MemberRole.BUYER, MemberRole.ADMINISTRATOR)
_AT_ONCE: Final = 100


def find_ended(tx: Transaction, at: datetime, *, time_zone: str) -> None:
    """Round: promise to book out what lapsed, and once a day to remind of what is about to."""
    ended = select(Programme.id, Programme.next_lapse_at).where(Programme.next_lapse_at <= at - LAPSE_AFTER)
    for programme_id, moment in tx.execute(ended.limit(_AT_ONCE)):
        key = f"{LAPSE_JOB}/{programme_id}/{moment}"
        enqueue(tx, LAPSE_JOB, {"programme_id": programme_id}, key=key, at=at)
    today = local_day(at, time_zone)
    soon = _ending(today).limit(_AT_ONCE)
    for programme_id in tx.scalars(soon):
        key = f"{REMIND_JOB}/{programme_id}/{today}"
        enqueue(tx, REMIND_JOB, {"programme_id": programme_id}, key=key, at=at)


def lapse(run: JobRun) -> None:
    """Job: book out every card of a programme whose end has passed. Repeating it goes on where it was."""
    while run.transact(lapse_some, int(run.payload["programme_id"]), at=run.at):
        pass


def remind(run: JobRun) -> None:
    """Job: tell a firm how many cards of a programme wait to be redeemed, and until when."""
    run.transact(remind_of, int(run.payload["programme_id"]), at=run.at)


def remind_of(tx: Transaction, programme_id: int, *, at: datetime) -> None:
    """Write to a programme's buyers, once for each of the days in REMIND_BEFORE, and tell ProgrammeEnding."""
    programme = tx.get_one(Programme, programme_id, with_for_update=True)
    today = local_day(at, current_shop().settings.time_zone)
    if programme.valid_until is None or not today <= programme.valid_until:
        return
    left = (programme.valid_until - today).days
    step = next((days for days in REMIND_BEFORE if left <= days), None)
    if step is None or (programme.reminded_days is not None and programme.reminded_days <= step):
        return
    tx.change(update(Programme).where(Programme.id == programme_id).values(reminded_days=step))
    waiting = programme_progress(tx, [programme_id], at=at)[programme_id].unclaimed
    if not waiting:
        return
    _write(tx, programme, waiting, programme.valid_until)
    tx.publish(ProgrammeEnding(programme_id, step))
    audit.record(tx, "cards.remind", ("programme", programme_id), by=SYSTEM, at=at, days=step, cards=waiting)


def _write(tx: Transaction, programme: Programme, waiting: int, until: date) -> None:
    for person in accounts.people_of(tx, programme.firm_id):
        if person.user.state is not UserState.ACTIVE or not person.actor.has(*TOLD):
            continue
        with in_locale(person.user.locale):
            subject, text = words(programme.name, programme.id, waiting, until)
            notifications.queue_mail(tx, to=person.user.email, subject=subject, text=text, locale=person.user.locale)


def words(programme: str, programme_id: int, waiting: int, until: date) -> tuple[str, str]:
    """Return subject and text of the mail that tells a firm in the current language that a programme ends soon."""
    day = long_day(until)
    text = ngettext(
        "%(num)s card of this programme has not been redeemed yet. It can be until %(day)s.",
        "%(num)s cards of this programme have not been redeemed yet. They can be until %(day)s.",
        waiting,
        day=day,
    )
    link = f"{current_shop().settings.public_url}/programmes/{programme_id}"
    more = _("Who has not chosen, and how to give everybody more time:")
    return _("%(programme)s ends on %(day)s", programme=programme, day=day), f"{text}\n\n{more}\n{link}\n"


def _ending(today: date) -> Select[int]:
    far = today + timedelta(days=REMIND_BEFORE[-1])
    wanted = [
        (Programme.valid_until <= today + timedelta(days=days))
        & or_(Programme.reminded_days.is_(None), Programme.reminded_days > days)
        for days in REMIND_BEFORE
    ]
    return select(Programme.id).where(Programme.valid_until.between(today, far), or_(*wanted))
