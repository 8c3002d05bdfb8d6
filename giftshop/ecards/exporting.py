"""How e-cards are told, on their page and in a file of them. Never a code, never a link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from flask_babel import gettext as _

from giftshop.addresses import display_phone
from giftshop.db import Reader
from giftshop.ecards.queries import Line
from giftshop.ecards.rules import Shown
from giftshop.kernel.locale import N_
from giftshop.listing import Export
from giftshop.notifications import Channel

SHOWN_WORDS: Final = {
    Shown.SCHEDULED: N_("Not sent yet"),
    Shown.SENT: N_("Sent, not opened"),
    Shown.OPENED: N_("Opened, nothing chosen"),
    Shown.CLAIMED: N_("Gift chosen"),
    Shown.BOUNCED: N_("Came back"),
    Shown.STOPPED: N_("Stopped or expired"),
}
CHANNEL_WORDS: Final = {Channel.MAIL: N_("E-mail"), Channel.TEXT: N_("Text message")}
STATUS_WORDS: Final = (
    ("5.1.", N_("There is no such address.")),
    ("5.2.2", N_("The mailbox is full.")),
    ("5.2.", N_("The mailbox takes no mail.")),
    ("5.7.", N_("The receiving mail server refused it.")),
)
"""Why mail came back, by the beginning of the number that RFC 3463 gives it."""


def goes_to(line: Line) -> str:
    """Return an address as people read it; nothing once it is erased."""
    is_phone = line.channel is Channel.TEXT and line.address
    return display_phone(line.address) if is_phone and line.address else line.address or ""


def status_words(status: str | None) -> str:
    """Return why an e-card came back, in words."""
    for beginning, words in STATUS_WORDS:
        if (status or "").startswith(beginning):
            return str(_(words))
    return str(_("It could not be delivered."))


def _ecards(_reader: Reader, lines: Sequence[Line]) -> Iterator[Sequence[object]]:
    for line in lines:
        why = status_words(line.bounce_status) if line.shown is Shown.BOUNCED else None
        where = [goes_to(line), _(CHANNEL_WORDS[line.channel])]
        yield [
            line.name,
            line.serial,
            *where,
            _(SHOWN_WORDS[line.shown]),
            why,
            line.sent_at,
            line.opened_at,
            line.reminded_at,
        ]


ECARDS: Final = Export(
    (
        N_("Recipient"),
        N_("Serial number"),
        N_("Address"),
        N_("Sent by"),
        N_("State"),
        N_("Why it came back"),
        N_("Sent at"),
        N_("Opened at"),
        N_("Reminded"),
    ),
    _ecards,
)
