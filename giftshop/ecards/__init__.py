"""E-cards: the same cards, sent by e-mail or text message instead of on paper.

Owns when a batch of them is sent and where each goes, its links, reminders, and what came back. A link is a card's
public id and a version, signed: nothing of it is kept, it is worked out as a message leaves. The card is cards'; who
opens a link gets a visit from redemption; who is on the list, and what is paid for it, orders know.
"""

from giftshop.ecards.errors import AddressErased, AfterItsEnd, LinkNotValid, NotReachable, NotTheCode
from giftshop.ecards.forms import hour_field, zone_field
from giftshop.ecards.links import CardLink
from giftshop.ecards.messages import Facts, Letter, card_letter
from giftshop.ecards.models import Delivery, Mailing
from giftshop.ecards.proving import is_code, masked_address, needs_code, send_code
from giftshop.ecards.queries import Opened, behind, counts_of, mailings_of
from giftshop.ecards.reaching import best_way, reach
from giftshop.ecards.rules import DeliveryState, Moment, Shown, mail_address
from giftshop.ecards.service import (
    AddressesErased,
    Recipient,
    checked,
    erase,
    finish_drawing_up,
    note_opened,
    plan,
    write_down,
)
from giftshop.ecards.telling import remind, resend

__all__ = [
    "AddressErased",
    "AddressesErased",
    "AfterItsEnd",
    "CardLink",
    "Delivery",
    "DeliveryState",
    "Facts",
    "Letter",
    "LinkNotValid",
    "Mailing",
    "Moment",
    "NotReachable",
    "NotTheCode",
    "Opened",
    "Recipient",
    "Shown",
    "behind",
    "best_way",
    "card_letter",
    "checked",
    "counts_of",
    "erase",
    "finish_drawing_up",
    "hour_field",
    "is_code",
    "mail_address",
    "mailings_of",
    "masked_address",
    "needs_code",
    "note_opened",
    "plan",
    "reach",
    "remind",
    "resend",
    "send_code",
    "write_down",
    "zone_field",
]
