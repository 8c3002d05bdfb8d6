"""What recipients are written, in the language they chose their gift in. Never a code, a price or an address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from flask_babel import gettext as _

from giftshop.redemption.rules import News


@dataclass(frozen=True, slots=True)
class Facts:
    """What a message may say."""

    sender: str
    gift: str
    number: str
    """The shipment's."""
    link: str
    """Where to follow it."""
    carrier: str
    tracking_number: str
    hotline: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A message: `text` for a phone, `subject` and `body` for a mail."""

    subject: str
    text: str
    body: str


def letter(news: News, facts: Facts) -> Letter:
    """Return what to write about `news`, in the current language."""
    subject, text = _WORDS[news](facts)
    closing = _("Questions? Call %(hotline)s, day and night.", hotline=facts.hotline)
    return Letter(subject, text, f"{text}\n\n{closing}\n")


def _redeemed(facts: Facts) -> tuple[str, str]:
    return (
        _("Your gift from %(sender)s: %(number)s", sender=facts.sender, number=facts.number),
        _(
            "Your choice from %(sender)s is noted: %(gift)s, number %(number)s. Follow it, or change it until we "
            "pack it: %(link)s",
            sender=facts.sender,
            gift=facts.gift,
            number=facts.number,
            link=facts.link,
        ),
    )


def _dispatched(facts: Facts) -> tuple[str, str]:
    by_whom = f"{facts.carrier} {facts.tracking_number}".strip()
    subject = _("Your gift from %(sender)s is on its way", sender=facts.sender)
    said = {"sender": facts.sender, "gift": facts.gift, "link": facts.link}
    if not by_whom:
        return subject, _("Your gift from %(sender)s is on its way: %(gift)s. Follow it: %(link)s", **said)
    return subject, _(
        "Your gift from %(sender)s is on its way: %(gift)s, with %(carrier)s. Follow it: %(link)s",
        carrier=by_whom,
        **said,
    )


def _delivered(facts: Facts) -> tuple[str, str]:
    return (
        _("Your gift from %(sender)s has arrived", sender=facts.sender),
        _(
            "Your gift from %(sender)s has been delivered: %(gift)s. Something wrong, or a word of thanks? %(link)s",
            sender=facts.sender,
            gift=facts.gift,
            link=facts.link,
        ),
    )


def _address_needed(facts: Facts) -> tuple[str, str]:
    return (
        _("We cannot deliver your gift from %(sender)s yet", sender=facts.sender),
        _(
            "We cannot deliver %(gift)s from %(sender)s to the address we have. Please check it: %(link)s",
            sender=facts.sender,
            gift=facts.gift,
            link=facts.link,
        ),
    )


_WORDS: Final[Mapping[News, Callable[[Facts], tuple[str, str]]]] = {
    News.REDEEMED: _redeemed,
    News.DISPATCHED: _dispatched,
    News.DELIVERED: _delivered,
    News.ADDRESS_NEEDED: _address_needed,
}
