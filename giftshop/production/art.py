"""What stands on a card: the programme's words put into the design, for print runs and proofs alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from giftshop.cards import PrintedCard
from giftshop.kernel import codes
from giftshop.kernel.serials import FIRST_BATCH, Serial
from giftshop.paper import DESIGNS, CardArt, CardDesign, CardFace

DESIGN: CardDesign = DESIGNS["moon"]
"""The card that stands for a gift book."""
GREETING: CardDesign = DESIGNS["greeting"]
"""The card that lies in the parcel of a gift set."""
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
        logo=words.logo,
        locale=words.locale,
        is_named=words.is_named,
    )


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
