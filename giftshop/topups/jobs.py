"""Jobs: a paid top-up is put on its cards, its buyer is told; cards stop while a bank asks for the money back."""

from __future__ import annotations

from flask_babel import gettext as _

from giftshop import accounts, cards, notifications, payments
from giftshop.cards import BlockReason, CannotBlock, CannotUnblock
from giftshop.db import Transaction
from giftshop.jobs import JobRun, enqueue
from giftshop.kernel.actor import SYSTEM
from giftshop.payments import DisputeState
from giftshop.topups.models import TopUp
from giftshop.topups.queries import KIND, cards_in
from giftshop.topups.rules import MOST_CARDS, CardOutcome
from giftshop.topups.service import fill
from giftshop.web import current_shop, in_locale
from giftshop.web.filters import money

STOP = "topups.stop"
"""The job that stops the cards of a disputed top-up, or lets them go on."""


def put_on_cards(run: JobRun) -> None:
    """Put a paid top-up on its cards, some at a time. Begun again, it goes on where it was."""
    while run.transact(fill, int(run.payload["top_up_id"]), by=SYSTEM, at=run.at):
        pass


def tell(run: JobRun) -> None:
    """Write to the buyer that it is done, and what could not be put on cards."""
    run.transact(_write, int(run.payload["top_up_id"]))


def note_dispute(tx: Transaction, news: payments.PaymentDisputed) -> None:
    """Subscriber: a bank asks for the money of a top-up, so a job stops its cards; or it has answered."""
    if news.payable.kind == KIND and news.state is not DisputeState.LOST:
        enqueue(tx, STOP, {"top_up_id": news.payable.id, "is_over": news.state is DisputeState.WON})


def stop(run: JobRun) -> None:
    """Stop the cards that a disputed top-up is on, or let them go on. Those blocked otherwise stay so."""
    top_up_id, is_over = int(run.payload["top_up_id"]), bool(run.payload["is_over"])
    with run.reading() as reader:
        ids = [card_id for card_id, _outcome in cards_in(reader, top_up_id, CardOutcome.TOPPED_UP, limit=MOST_CARDS)]
    for card_id in ids:
        try:
            if is_over:
                run.transact(cards.unblock, card_id, by=SYSTEM, at=run.at)
            else:
                run.transact(cards.block, card_id, reason=BlockReason.DISPUTED, by=SYSTEM, at=run.at)
        except (CannotBlock, CannotUnblock):
            continue


def _write(tx: Transaction, top_up_id: int) -> None:
    top_up = tx.get_one(TopUp, top_up_id)
    buyer = accounts.users_by_id(tx, [top_up.buyer_id])[top_up.buyer_id]
    with in_locale(buyer.locale):
        subject, text = words(top_up)
    notifications.queue_mail(tx, to=buyer.email, subject=subject, text=text, locale=buyer.locale)


def words(top_up: TopUp) -> tuple[str, str]:
    """Return subject and text of the mail that tells a buyer, in the current language, what became of a top-up."""
    count = top_up.quantity - top_up.refused
    told = _("%(count)s cards hold %(each)s more now.", count=count, each=money(top_up.each))
    if top_up.refused:
        told += " " + _(
            "%(count)s cards could not take it any more; we give you %(money)s back.",
            count=top_up.refused,
            money=money(top_up.to_give_back),
        )
    subject = _("Top-up %(number)s is done", number=top_up.number)
    link = f"{current_shop().settings.public_url}/top-ups/{top_up.number}"
    return subject, f"{told}\n\n{link}\n"
