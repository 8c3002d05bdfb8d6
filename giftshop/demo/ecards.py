"""The demonstration's e-cards: a spring greeting to eight clients, by e-mail and by text; some opened, one came back.

Their messages lie in the outbox (Messages, at the hotline's desk), each with its link to try.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from giftshop import ecards, notifications
from giftshop.db import Transaction
from giftshop.demo import people
from giftshop.demo.goods import NEXT_BOOK
from giftshop.demo.nominations import nominees
from giftshop.demo.ordering import Wish, destination, draw_up, pay, place, row_of
from giftshop.kernel import clock
from giftshop.kernel.actor import Actor, ActorKind
from giftshop.orders import OrderState
from giftshop.web import GiftShop

SPRING: Final = Wish(
    NEXT_BOOK,
    "春日问候",
    "春暖花开，感谢您一路相伴。一点心意，请您自选，祝您万事顺意。",
    OrderState.ISSUED,
    named=nominees()[48:56],
    is_digital=True,
)
BY_TEXT: Final = 2
"""How many of them have no e-mail address on the list."""
OPENED: Final = 2
MAILBOX_GONE: Final = "5.1.1"


def order(shop: GiftShop) -> Callable[[Transaction], None]:
    """Return the telling: the order is placed and paid. Jobs then issue the e-cards and send them."""

    def telling(tx: Transaction) -> None:
        rows = [_row(place) for place in range(len(SPRING.named))]
        order_id = draw_up(tx, SPRING, rows)
        place(tx, order_id, replace(destination(), receiver=None), shop.settings)
        pay(tx, order_id, shop.settings.time_zone)

    return telling


def open_some(_shop: GiftShop) -> Callable[[Transaction], None]:
    """Return the telling: two people open theirs; a third one's mailbox does not exist any more."""

    def telling(tx: Transaction) -> None:
        written = [each for each in reversed(notifications.latest_messages(tx, limit=200)) if each.about]
        card_ids = [each.about[1] for each in written if each.about]
        for card_id in card_ids[:OPENED]:
            ecards.note_opened(tx, card_id, by=Actor(ActorKind.RECIPIENT, card_id), at=clock.now())
        notifications.mark_refused(tx, written[OPENED].id, MAILBOX_GONE, at=clock.now())

    return telling


def _row(place: int) -> Mapping[str, str]:
    row = dict(row_of(SPRING.named[place]))
    return row | {"email": f"client{place + 1}@{people.FIRM_DOMAIN}" if place >= BY_TEXT else ""}
