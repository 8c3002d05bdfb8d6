"""What the agent reads to the caller, sentence by sentence, in the caller's language, before it counts and after."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask_babel import format_date
from flask_babel import gettext as _

from giftshop.addresses import Receiver, address_lines, display_phone
from giftshop.kernel.money import Money
from giftshop.web import in_locale
from giftshop.web.filters import money

_HAN: Final = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Noted:
    """What was written down for a caller, as it is read back."""

    agent: str
    site: str
    sender: str
    gift: str
    """What was chosen, in the caller's language."""
    receiver: Receiver
    leaves_on: date
    not_before: date | None = None
    cost: Money | None = None
    """With a shopping card: what it comes to."""
    left: Money | None = None
    """And what is left on the card afterwards."""
    email: str | None = None
    numbers: Sequence[str] = ()
    """Of the parcels, once it counts."""
    gets_texts: bool = False
    is_surprise: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """Something to say, and what of it is to be said slowly, letter by letter."""

    words: str
    slowly: str = ""


def script(noted: Noted, locale: str) -> list[Sentence]:
    """Return what to say, in `locale`: all that was noted, and whether it is right or its number."""
    with in_locale(locale):
        return [*_greeting(noted), *_body(noted, locale), *_ending(noted)]


def spelt(name: str) -> str:
    """Return a name letter by letter, word by word: "W-A-N-G, W-E-I"; in Chinese, sign by sign."""
    words = unicodedata.normalize("NFC", name).split()
    if _HAN.search(name):
        return "，".join(mark for word in words for mark in word)
    return ", ".join("-".join(word.upper()) for word in words)


def in_groups(text: str) -> str:
    """Return a number digit by digit in the groups it is written in: "1 3 8 – 1 2 3 4 – 5 6 7 8"."""
    return " – ".join(" ".join(group) for group in re.findall(r"\+?\w+", text))


def _greeting(noted: Noted) -> Iterator[Sentence]:
    if noted.numbers:
        yield Sentence(_("Thank you. It is done; here is once more what we send."))
    else:
        yield Sentence(
            _(
                "This is %(agent)s of %(site)s. I read back to you what I have written down; please stop me if "
                "anything is wrong.",
                agent=noted.agent,
                site=noted.site,
            )
        )


def _body(noted: Noted, locale: str) -> Iterator[Sentence]:
    yield Sentence(_("From your gift of %(sender)s you chose: %(gift)s.", sender=noted.sender, gift=noted.gift))
    if noted.cost and noted.left is not None and not noted.numbers:
        yield Sentence(
            _("It comes to %(cost)s, and %(left)s stays on your card.", cost=money(noted.cost), left=money(noted.left))
        )
    yield Sentence(_("It goes to %(name)s, which is spelt:", name=noted.receiver.name), spelt(noted.receiver.name))
    phone = display_phone(noted.receiver.phone, noted.receiver.address.country)
    yield Sentence(_("The courier calls this number before coming:"), in_groups(phone))
    yield Sentence(_("The address is:"), _said_address(noted.receiver, locale))
    yield from _promise(noted)


def _promise(noted: Noted) -> Iterator[Sentence]:
    leaves = format_date(noted.leaves_on, "long")
    if noted.not_before:
        day = format_date(noted.not_before, "long")
        yield Sentence(
            _("As you asked, nothing comes before %(day)s. It leaves us by %(leaves)s.", day=day, leaves=leaves)
        )
    else:
        yield Sentence(_("It leaves us by %(day)s, and reaches you a few days later.", day=leaves))


def _ending(noted: Noted) -> Iterator[Sentence]:
    if not noted.numbers:
        yield Sentence(_("Is all of that right? Then I confirm it now."))
        return
    for number in noted.numbers:
        yield Sentence(_("Please write down its number:"), in_groups(number))
    if noted.is_surprise or not (noted.gets_texts or noted.email):
        yield Sentence(_("Until we pack it, you can still change it: call us again."))
    else:
        yield Sentence(_told_how(noted))
        yield Sentence(_("Until we pack it, you can still change it: with that link, or by calling us again."))
    yield Sentence(_("Is there anything else? Thank you for calling, and enjoy your gift. Goodbye."))


def _told_how(noted: Noted) -> str:
    if noted.gets_texts and noted.email:
        return str(_("You get a text message and a mail with a link to follow it."))
    if noted.gets_texts:
        return str(_("You get a text message with a link to follow it."))
    return str(_("You get a mail with a link to follow it."))


def _said_address(receiver: Receiver, locale: str) -> str:
    lines = address_lines(receiver.address, sent_from=receiver.address.country)
    return ("，" if locale == "zh_Hans" else ", ").join(line.replace("\n", " ") for line in lines)
