"""What a firm is sent for gift books that are about to lapse: the gift it named when it ordered, one for each."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from giftshop import cards, fulfilment, jobs
from giftshop.cards import ProgrammeEnding
from giftshop.db import Transaction
from giftshop.jobs import JobRun
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.errors import Missing, Refused
from giftshop.redemption.service import redeem

SEND_FALLBACKS: Final = "redemption.send_fallbacks"
DAYS_BEFORE: Final = 1
"""Days before its last one on which a book counts as about to lapse."""
_PARCEL_OF_CARDS: Final = "batch"
"""What the parcel that brought a batch's cards was sent for; where it went, the gift goes."""
_LONGEST_NAME: Final = 60


def note_ending(tx: Transaction, news: ProgrammeEnding) -> None:
    """Subscriber: a programme is about to end. Where its firm wished for it, a gift is sent for each card left."""
    if news.days <= DAYS_BEFORE and cards.programme(tx, news.programme_id).fallback_item_id is not None:
        what = {"programme_id": news.programme_id}
        jobs.enqueue(tx, SEND_FALLBACKS, what, key=f"{SEND_FALLBACKS}/{news.programme_id}")


def send_fallbacks(run: JobRun) -> None:
    """Job: redeem what is left of a programme for its fallback gift. Repeating it redeems no card twice."""
    programme_id = int(run.payload["programme_id"])
    with run.reading() as reader:
        waiting = cards.waiting_cards(reader, programme_id, at=run.at)
    for card_id in waiting:
        try:
            run.transact(_send_one, card_id, at=run.at)
        except (Refused, Missing):  # its holder was faster, or the gift is gone: the card goes on until its last day
            continue


def _send_one(tx: Transaction, card_id: int, *, at: datetime) -> None:
    card = cards.held_card(tx, card_id, at=at)
    programme = cards.programme(tx, card.programme_id)
    parcel = fulfilment.shipment_by_source(tx, (_PARCEL_OF_CARDS, card.batch_id))
    if parcel is None or programme.fallback_item_id is None:
        return
    receiver = parcel.receiver
    if card.name:
        receiver = replace(receiver, name=f"{card.name} · {receiver.name}"[:_LONGEST_NAME])
    redeem(tx, card_id, programme.fallback_item_id, receiver, locale=programme.locale, by=SYSTEM, at=at)
