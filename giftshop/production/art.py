"""What stands on a card: the programme's words put into the design, for print runs and proofs alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_currency, get_currency_precision

from giftshop.cards import PrintedCard
from giftshop.kernel import codes
from giftshop.kernel.money import Money
from giftshop.kernel.serials import FIRST_BATCH, Serial
from giftshop.paper import DESIGNS, CardArt, CardDesign, CardFace, Lettering
from giftshop.production.errors import DesignGone

SPECIMEN_NUMBER = "G-0000-000-000"
"""On the proof of a greeting card: the number of no parcel."""


@dataclass(frozen=True, slots=True)
class CardWords:
    """What all cards of a programme say. `valid_until` is the last day; `locale` the language of the card."""

    sender_name: str
    headline: str
    greeting: str
    contact_line: str
    hotline: str
    public_url: str
    valid_until: date | None
    locale: str
    logo: bytes | None
    is_named: bool
    design: str
    """The key of the design that says it."""
    accent: str
    """The firm's colour, as #rrggbb."""
    lettering: Lettering
    value: Money | None = None
    """What a shopping card holds; None for a gift book."""


def design_of(key: str) -> CardDesign:
    """Return the design that an order or a programme names. Raises DesignGone."""
    found = DESIGNS.get(key)
    if found is None:
        raise DesignGone(field="design")
    return found


def card_art(words: CardWords) -> CardArt:
    """Return the artwork that says `words`."""
    return CardArt(
        firm=words.sender_name,
        greeting=words.headline,
        message=words.greeting,
        contact=words.contact_line,
        hotline=words.hotline,
        short_address=words.public_url.partition("://")[2] + "/r",
        valid_until=format_date(words.valid_until, "long", locale=words.locale) if words.valid_until else "",
        value=_written(words.value, words.locale) if words.value else "",
        logo=words.logo,
        accent=words.accent,
        lettering=words.lettering,
        locale=words.locale,
        is_named=words.is_named,
    )


def _written(value: Money, locale: str) -> str:
    """Return an amount as a card shows it: ¥500, and cents only where there are some."""
    precision = get_currency_precision(value.currency)
    amount = Decimal(value.amount_minor).scaleb(-precision)
    written: str = format_currency(amount, value.currency, locale=locale)
    return written.removesuffix("." + "0" * precision) if precision else written


def face_of(card: PrintedCard) -> CardFace:
    """Return what one card says of its own."""
    return CardFace({"recipient": card.name or "", "code": card.secret.printed, "serial": card.serial}, card.link)


def specimen(name: str, public_url: str) -> CardFace:
    """Return the face of a proof: a code that no card has and whose check letter is wrong."""
    texts = {"recipient": name, "code": codes.SPECIMEN.printed, "serial": str(Serial(FIRST_BATCH, 1))}
    return CardFace(texts, f"{public_url}/r#{codes.SPECIMEN.canonical}")


def greeting_face(name: str, number: str) -> CardFace:
    """Return what one greeting card says of its own: whom it is for, and the number of the parcel it lies in."""
    return CardFace({"recipient": name, "number": number}, number)
