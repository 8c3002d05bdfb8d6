"""Writing to whoever has an e-card: the first time, as a reminder, or to another address. In the programme's language.

A message is kept with a gap where its link belongs; `link_of` says what goes there when the message leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import or_, select, update

from giftshop import accounts, audit, cards
from giftshop.cards import HeldCard, Programme, Standing
from giftshop.config import Settings
from giftshop.db import Reader, Transaction
from giftshop.ecards import service
from giftshop.ecards.errors import NothingToSend, SentTooOften
from giftshop.ecards.links import CardLink
from giftshop.ecards.messages import Facts, Letter, card_letter, reminder
from giftshop.ecards.models import Delivery, Mailing
from giftshop.ecards.rules import MOST_VERSIONS, DeliveryState, in_chunks, reminded_before
from giftshop.ecards.service import KIND
from giftshop.jobs import JobRun, enqueue
from giftshop.kernel.actor import Actor
from giftshop.kernel.clock import local_day
from giftshop.notifications import LINK, Channel, Written, queue_all
from giftshop.web import in_locale

REMIND: Final = "ecards.remind"
"""The job that reminds everybody of a programme who has not chosen."""
AT_ONCE: Final = 200
"""E-cards written in one transaction."""

Write = Callable[[Facts], Letter]


def send(run: JobRun) -> None:
    """Job: send the e-cards of a batch whose hour has come, some hundred in each transaction."""
    batch_id = int(run.payload["batch_id"])
    if run.transact(service.begin_sending, batch_id, at=run.at):
        while run.transact(send_some, batch_id, at=run.at):
            pass


def send_some(tx: Transaction, batch_id: int, *, at: datetime) -> int:
    """Write the next e-cards of a batch. Returns how many were looked at; none when all are written.

    The mailing's row is held, so that of two workers at the same batch one waits and then finds the others' work done.
    """
    mailing = tx.get_one(Mailing, batch_id, with_for_update=True, populate_existing=True)
    waiting = (Delivery.batch_id == batch_id, Delivery.state == DeliveryState.SCHEDULED)
    rows = tx.scalars(select(Delivery).where(*waiting).order_by(Delivery.card_id).limit(AT_ONCE)).all()
    held = cards.held_cards(tx, [row.card_id for row in rows], at=at)
    ready = [row for row in rows if row.address and _is_open(held.get(row.card_id))]
    _set_state(tx, [row.card_id for row in rows if row not in ready], DeliveryState.STOPPED)
    _set_state(tx, [row.card_id for row in ready], DeliveryState.SENDING)
    _write(tx, mailing.programme_id, ready, held, card_letter)
    return len(rows)


def remind(
    tx: Transaction, programme_id: int, firm_id: int, card_ids: Collection[int], *, by: Actor, at: datetime
) -> int:
    """Remind people of a firm's programme of their e-cards, with the links they have. Returns how many were reminded.

    Passes over whoever has chosen, was reminded within a day, has an address that mail comes back from, or none. What
    was never sent since its card was stopped is sent, if the card is open again. Raises ProgrammeNotThere.
    """
    cards.programme_of(tx, firm_id, programme_id)
    wanted = (
        select(Delivery)
        .join(Mailing, Mailing.batch_id == Delivery.batch_id)
        .where(Mailing.programme_id == programme_id, Delivery.card_id.in_(card_ids), Delivery.address.is_not(None))
        .where(Delivery.state.in_([DeliveryState.SENT, DeliveryState.STOPPED]))
        .where(or_(Delivery.reminded_at.is_(None), Delivery.reminded_at <= reminded_before(at)))
    )
    rows = tx.scalars(wanted.with_for_update(of=Delivery).execution_options(populate_existing=True)).all()
    held = cards.held_cards(tx, [row.card_id for row in rows], at=at)
    ready = [row for row in rows if _is_untouched(held.get(row.card_id))]
    late = [row for row in ready if row.state is DeliveryState.STOPPED]
    again = [row for row in ready if row.state is DeliveryState.SENT]
    _set_state(tx, [row.card_id for row in late], DeliveryState.SENDING)
    reminded = {"reminded_at": at, "reminders": Delivery.reminders + 1}
    tx.change(update(Delivery).where(Delivery.card_id.in_([row.card_id for row in again])).values(reminded))
    _write(tx, programme_id, late, held, card_letter)
    _write(tx, programme_id, again, held, reminder)
    audit.record(tx, "ecards.remind", ("programme", programme_id), by=by, at=at, cards=len(ready))
    return len(ready)


def ask_to_remind_all(tx: Transaction, programme_id: int, firm_id: int, *, by: Actor, at: datetime) -> None:
    """Have a job remind everybody of a firm's programme who has not chosen. Raises ProgrammeNotThere."""
    cards.programme_of(tx, firm_id, programme_id)
    audit.record(tx, "ecards.ask_to_remind", ("programme", programme_id), by=by, at=at)
    enqueue(tx, REMIND, {"programme_id": programme_id, "firm_id": firm_id, "user_id": by.id})


def remind_all(run: JobRun) -> None:
    """Job: remind everybody of a programme, some hundred in each transaction. Repeated, it passes over the reminded."""
    programme_id, firm_id = int(run.payload["programme_id"]), int(run.payload["firm_id"])
    with run.reading() as reader:
        by = accounts.person(reader, int(run.payload["user_id"])).actor
        of_programme = select(Delivery.card_id).join(Mailing, Mailing.batch_id == Delivery.batch_id)
        everybody = reader.scalars(of_programme.where(Mailing.programme_id == programme_id)).all()
    for some in in_chunks(everybody, AT_ONCE):
        run.transact(remind, programme_id, firm_id, some, by=by, at=run.at)


def resend(
    tx: Transaction, card_id: int, firm_id: int, channel: Channel, address: str, *, by: Actor, at: datetime
) -> None:
    """Send an e-card of a firm to another address, or to the same once more: links sent before are dead at once.

    One that waits for its hour is only given the address. Raises DeliveryNotThere, NothingToSend, SentTooOften.
    """
    delivery = service.locked(tx, card_id, firm_id)
    held = cards.held_cards(tx, [card_id], at=at)
    if not _is_open(held.get(card_id)):
        raise NothingToSend(field="to")
    if delivery.version >= MOST_VERSIONS:
        raise SentTooOften(field="to")
    delivery.channel, delivery.address = channel, address
    if delivery.state is not DeliveryState.SCHEDULED:
        delivery.version += 1
        delivery.state, delivery.sent_at, delivery.opened_at, delivery.bounce_status = (
            DeliveryState.SENDING,
            None,
            None,
            None,
        )
        tx.flush()
        programme_id = tx.get_one(Mailing, delivery.batch_id).programme_id
        delivery.since_message = _write(tx, programme_id, [delivery], held, card_letter)[0]
    audit.record(tx, "ecards.resend", ("card", card_id), by=by, at=at, version=delivery.version)


def link_of(reader: Reader, card_id: int, message_id: int, *, settings: Settings, at: datetime) -> str | None:
    """Return the link that belongs into a message about an e-card; None when it must not be sent any more.

    It is not when the link was replaced after the message was written, or when there is nothing left to choose.
    """
    delivery = reader.get(Delivery, card_id)
    held = cards.held_cards(reader, [card_id], at=at).get(card_id)
    if delivery is None or held is None or message_id < delivery.since_message or held.standing is not Standing.OPEN:
        return None
    return CardLink(held.public_id, delivery.version).url(settings.public_url, settings.link_key)


def _write(
    tx: Transaction, programme_id: int, rows: Sequence[Delivery], held: Mapping[int, HeldCard], write: Write
) -> list[int]:
    """Queue a message for each of `rows`. Returns the messages' ids."""
    if not rows:
        return []
    programme = cards.programme(tx, programme_id)
    with in_locale(programme.locale):
        letters = [write(_facts(held[row.card_id], programme)) for row in rows]
    return queue_all(tx, [_written(row, letter, programme.locale) for row, letter in zip(rows, letters, strict=True)])


def _written(row: Delivery, letter: Letter, locale: str) -> Written:
    is_mail = row.channel is Channel.MAIL
    return Written(
        row.channel,
        row.address or "",
        letter.body if is_mail else letter.text,
        (KIND, row.card_id),
        letter.subject if is_mail else "",
        locale,
    )


def _facts(card: HeldCard, programme: Programme) -> Facts:
    has_end = card.valid_until is not None
    return Facts(
        name=card.name or "",
        sender=card.sender_name,
        headline=card.headline,
        greeting=card.greeting,
        contact_line=programme.contact_line,
        value=card.face if card.is_value else None,
        valid_until=local_day(card.expires_at - timedelta(microseconds=1), card.time_zone) if has_end else None,
        hotline=card.hotline,
        link=LINK,
    )


def _set_state(tx: Transaction, card_ids: Sequence[int], state: DeliveryState) -> None:
    if card_ids:
        tx.change(update(Delivery).where(Delivery.card_id.in_(card_ids)).values(state=state))


def _is_open(card: HeldCard | None) -> bool:
    return card is not None and card.standing is Standing.OPEN


def _is_untouched(card: HeldCard | None) -> bool:
    return card is not None and card.standing is Standing.OPEN and card.balance == card.face
