"""A second look at who opens an e-card of value: six digits, sent to where the e-card itself was sent.

A link may be forwarded, or read over somebody's shoulder. Above a value that the operator sets it is not enough.
"""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from giftshop import onetime
from giftshop.addresses import masked_phone
from giftshop.db import Transaction
from giftshop.ecards.errors import AddressErased
from giftshop.ecards.queries import Opened
from giftshop.ecards.rules import masked_mail
from giftshop.ecards.service import KIND
from giftshop.kernel.actor import Actor
from giftshop.notifications import Channel
from giftshop.onetime import CODE, Destination, Words
from giftshop.web import current_locale


def needs_code(found: Opened, *, above_minor: int) -> bool:
    """Whether a link alone does not open this e-card, by what is left on it."""
    return found.card.balance.amount_minor > above_minor


def send_code(tx: Transaction, found: Opened, *, key: bytes, by: Actor, at: datetime) -> None:
    """Send a one-time code to where an e-card went. Raises AddressErased, CodeJustSent, TooManyCodes."""
    words = code_words(found.card.sender_name)
    onetime.send(tx, (KIND, found.card.id), _destination(found), words, key=key, by=by, at=at)


def code_words(sender: str) -> Words:
    """Return what the message with a one-time code says, in the current language."""
    return Words(
        _("%(code)s opens your gift from %(sender)s, for ten minutes. Tell it to nobody.", code=CODE, sender=sender),
        _("The code for your gift from %(sender)s", sender=sender),
        current_locale(),
    )


def is_code(tx: Transaction, found: Opened, typed: str, *, key: bytes, by: Actor, at: datetime) -> bool:
    """Whether that is the code that was sent. The try is counted. Raises AddressErased."""
    return onetime.check(tx, (KIND, found.card.id), typed, to=_destination(found), key=key, by=by, at=at)


def masked_address(found: Opened) -> str:
    """Return where the code goes, so that only its owner knows the address by it."""
    if not found.address:
        return ""
    return masked_mail(found.address) if found.channel is Channel.MAIL else masked_phone(found.address)


def _destination(found: Opened) -> Destination:
    if not found.address:
        raise AddressErased(field="code")
    return Destination.mail(found.address) if found.channel is Channel.MAIL else Destination.text(found.address)
