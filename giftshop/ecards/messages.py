"""What e-cards say: the mail or text message with the link, and the reminder. Never a code, never a gift's price."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask_babel import format_date
from flask_babel import gettext as _

from giftshop.kernel.money import Money
from giftshop.web.filters import money


@dataclass(frozen=True, slots=True)
class Facts:
    """What a message may say."""

    name: str
    """Whom it is for; may be empty."""
    sender: str
    headline: str
    greeting: str
    contact_line: str
    value: Money | None
    """What a shopping card holds; None for a gift book, whose price is nobody's business."""
    valid_until: date | None
    hotline: str
    link: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A message: `subject` and `body` for a mail, `text` for a phone."""

    subject: str
    body: str
    text: str


def card_letter(facts: Facts) -> Letter:
    """Return an e-card, in the current language."""
    subject = _("A gift from %(sender)s", sender=facts.sender)
    text = _("%(gift)s Open it: %(link)s", gift=_there_is(facts), link=facts.link)
    return Letter(_with_headline(facts, subject), _body(facts, _there_is(facts)), _to(facts, text))


def reminder(facts: Facts) -> Letter:
    """Return a reminder of an e-card whose gift nobody has chosen, in the current language."""
    subject = _("Your gift from %(sender)s is waiting", sender=facts.sender)
    still = _("Your gift from %(sender)s is still waiting for you.", sender=facts.sender)
    text = _("%(gift)s Open it: %(link)s", gift=still, link=facts.link)
    return Letter(subject, _body(facts, still), _to(facts, text))


def _there_is(facts: Facts) -> str:
    if facts.value is None:
        return str(_("%(sender)s has a gift for you: choose one, and we bring it to your door.", sender=facts.sender))
    return str(
        _(
            "%(sender)s has a shopping card of %(value)s for you: choose what you like, and we bring it to your door.",
            sender=facts.sender,
            value=money(facts.value),
        )
    )


def _with_headline(facts: Facts, subject: str) -> str:
    return f"{facts.headline} · {subject}" if facts.headline.strip() else subject


def _to(facts: Facts, text: str) -> str:
    return str(_("%(name)s: %(words)s", name=facts.name, words=text)) if facts.name else text


def _body(facts: Facts, first: str) -> str:
    return "\n\n".join(part for part in _parts(facts, first) if part) + "\n"


def _parts(facts: Facts, first: str) -> Iterable[str]:
    yield _("Dear %(name)s,", name=facts.name) if facts.name else ""
    yield facts.greeting.strip()
    yield facts.sender
    yield "—"
    yield first
    yield _("Open your gift:") + f"\n{facts.link}"
    yield _until(facts)
    yield _("This link is yours alone: anyone who has it can choose in your place. Opening it does not use it up.")
    yield "\n".join(
        line
        for line in (facts.contact_line, _("Questions? Call %(hotline)s, day and night.", hotline=facts.hotline))
        if line
    )


def _until(facts: Facts) -> str:
    if facts.valid_until is None:
        return str(_("It does not expire."))
    return str(_("It is good until %(day)s.", day=format_date(facts.valid_until, "long")))
