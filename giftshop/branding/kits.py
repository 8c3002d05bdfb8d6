"""A firm's brand kit: its colour, lettering, contact line, usual logo, and its words for occasions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from sqlalchemy import delete, or_, select, update

from giftshop import audit
from giftshop.branding.errors import (
    CannotPrint,
    ColourRefused,
    KitChanged,
    NoSuchLogo,
    TextTooLongForCard,
    WordsMissing,
)
from giftshop.branding.models import BrandGreeting, BrandKit, Logo
from giftshop.branding.occasions import MAX_HEADLINE, MAX_MESSAGE, Greeting, Occasion, suggested
from giftshop.branding.rules import MAX_CONTACT, colour_in
from giftshop.db import Reader, Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.locale import LOCALES
from giftshop.paper import LACQUER, Lettering, unprintable

SUBJECT: Final = "firm"
Words: TypeAlias = Mapping[tuple[Occasion, str], Greeting]
"""Greetings by occasion and language."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a firm chose of its colour (#rrggbb), its lettering, and the line at the foot of its cards."""

    accent: str = LACQUER
    lettering: Lettering = Lettering.SERIF
    contact_line: str = ""


@dataclass(frozen=True, slots=True)
class Kit:
    """A firm's kit as it is now. `version` 0: it has chosen nothing yet, and this is how we would print."""

    look: Look = Look()
    version: int = 0
    logo_id: int | None = None
    changed_by: int | None = None
    changed_at: datetime | None = None


def kit_of(reader: Reader, firm_id: int) -> Kit:
    """Return a firm's kit, or ours while it has none."""
    row = reader.get(BrandKit, firm_id)
    if row is None:
        return Kit()
    look = Look(row.accent, row.lettering, row.contact_line)
    return Kit(look, row.version, row.logo_id, row.changed_by, row.changed_at)


def greetings_of(reader: Reader, firm_id: int) -> Words:
    """Return what a firm says for every occasion in every language: its own words, or ours."""
    ours = {(occasion, locale): suggested(occasion, locale) for occasion in Occasion for locale in LOCALES}
    return ours | {place: Greeting(row.headline, row.message) for place, row in own_words(reader, firm_id).items()}


def own_words(reader: Reader, firm_id: int) -> Mapping[tuple[Occasion, str], BrandGreeting]:
    """Return the greetings that a firm changed, by occasion and language."""
    rows = reader.scalars(select(BrandGreeting).where(BrandGreeting.firm_id == firm_id))
    return {(row.occasion, row.locale): row for row in rows}


def accent_in(text: str) -> str:
    """Return the colour that was typed, as #rrggbb. Raises ColourRefused at the field "accent"."""
    colour = colour_in(text)
    if colour is None:
        raise ColourRefused(field="accent")
    return colour


def save_look(tx: Transaction, firm_id: int, look: Look, *, seen: int, by: Actor, at: datetime) -> None:
    """Keep a firm's look. `seen` is the version that was shown to whoever changes it.

    Raises KitChanged when somebody else was faster, ColourRefused, TextTooLongForCard, CannotPrint.
    """
    accent, line = accent_in(look.accent), " ".join(look.contact_line.split())
    _refuse_unprintable("contact_line", line, MAX_CONTACT)
    chosen = {
        "accent": accent,
        "lettering": look.lettering,
        "contact_line": line,
        "changed_by": by.id,
        "changed_at": at,
    }
    if seen == 0:
        is_kept = tx.add_new(BrandKit, firm_id=firm_id, version=1, **chosen)
    else:
        as_seen = (BrandKit.firm_id == firm_id, BrandKit.version == seen)
        is_kept = bool(tx.change(update(BrandKit).where(*as_seen).values(version=BrandKit.version + 1, **chosen)))
    if not is_kept:
        raise KitChanged
    audit.record(tx, "branding.save_look", (SUBJECT, firm_id), by=by, at=at, accent=accent, lettering=look.lettering)


def choose_logo(tx: Transaction, firm_id: int, logo_id: int, *, by: Actor, at: datetime) -> None:
    """Let new orders begin with this logo. Raises NoSuchLogo, also for a retired one."""
    offered = (Logo.id == logo_id, Logo.firm_id == firm_id, Logo.retired_at.is_(None))
    if tx.scalar(select(Logo.id).where(*offered).with_for_update()) is None:
        raise NoSuchLogo
    usual = {"accent": LACQUER, "lettering": Lettering.SERIF, "contact_line": "", "changed_by": by.id, "changed_at": at}
    if not tx.add_new(BrandKit, firm_id=firm_id, version=1, logo_id=logo_id, **usual):
        tx.change(update(BrandKit).where(BrandKit.firm_id == firm_id).values(logo_id=logo_id))
    audit.record(tx, "branding.choose_logo", (SUBJECT, firm_id), by=by, at=at, logo=logo_id)


def save_greetings(
    tx: Transaction, firm_id: int, occasion: Occasion, words: Mapping[str, Greeting], *, by: Actor, at: datetime
) -> None:
    """Keep a firm's own words for an occasion, by language; ours again where they are empty, or the same as ours.

    The last one to save decides; the page says who that was. Raises WordsMissing, TextTooLongForCard, CannotPrint at
    `headline_<locale>` or `message_<locale>`.
    """
    for locale, said in words.items():
        headline, message = " ".join(said.headline.split()), said.message.replace("\r\n", "\n").strip()
        if bool(headline) != bool(message):
            raise WordsMissing(field=f"{'message' if headline else 'headline'}_{locale}")
        _refuse_unprintable(f"headline_{locale}", headline, MAX_HEADLINE)
        _refuse_unprintable(f"message_{locale}", message, MAX_MESSAGE)
        _keep_words(tx, firm_id, (occasion, locale), Greeting(headline, message), by=by, at=at)
    audit.record(tx, "branding.save_greetings", (SUBJECT, firm_id), by=by, at=at, occasion=occasion)


def reset_greetings(tx: Transaction, firm_id: int, occasion: Occasion, *, by: Actor, at: datetime) -> None:
    """Have our words again for an occasion, in every language. Without words of the firm's own nothing happens."""
    own = (BrandGreeting.firm_id == firm_id, BrandGreeting.occasion == occasion)
    if tx.change(delete(BrandGreeting).where(*own)):
        audit.record(tx, "branding.reset_greetings", (SUBJECT, firm_id), by=by, at=at, occasion=occasion)


def _keep_words(
    tx: Transaction, firm_id: int, place: tuple[Occasion, str], words: Greeting, *, by: Actor, at: datetime
) -> None:
    occasion, locale = place
    here = (BrandGreeting.firm_id == firm_id, BrandGreeting.occasion == occasion, BrandGreeting.locale == locale)
    if not words.headline or words == suggested(occasion, locale):
        tx.change(delete(BrandGreeting).where(*here))
        return
    said = {"headline": words.headline, "message": words.message, "changed_by": by.id, "changed_at": at}
    if not tx.add_new(BrandGreeting, firm_id=firm_id, occasion=occasion, locale=locale, **said):
        is_other = or_(BrandGreeting.headline != words.headline, BrandGreeting.message != words.message)
        tx.change(update(BrandGreeting).where(*here, is_other).values(said))


def _refuse_unprintable(field: str, text: str, most: int) -> None:
    if len(text) > most:
        raise TextTooLongForCard(field=field, length=len(text), most=most)
    for character in unprintable(text):
        raise CannotPrint(field=field, character=character)
