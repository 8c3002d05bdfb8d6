"""How money, dates and numbers look in the current language."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Final

from babel import Locale
from babel import dates as babel_dates
from babel.dates import format_skeleton
from babel.numbers import format_currency, get_currency_precision
from flask_babel import (
    format_date,
    format_datetime,
    format_decimal,
    format_percent,
    format_timedelta,
    get_locale,
    gettext,
)
from markupsafe import Markup

from giftshop.kernel import clock
from giftshop.kernel.errors import DomainError
from giftshop.kernel.locale import DEFAULT_LOCALE
from giftshop.kernel.money import Money
from giftshop.web.accent import accent_css
from giftshop.web.app import GiftShop
from giftshop.web.languages import localized

PAUSE: Final = re.compile(r"(?<=[，。！？：；])(?=.)")
"""Where whoever reads a Chinese sentence aloud breathes."""


def long_day(day: date) -> str:
    """Return a day as the current language writes it out: "12 December 2026"."""
    if isinstance(day, datetime):  # whose day depends on the zone it is shown in
        return str(format_date(day, "long"))
    return _long_day(day, get_locale() or Locale.parse(DEFAULT_LOCALE))


@lru_cache(maxsize=2048)
def _long_day(day: date, locale: Locale) -> str:
    """Babel takes a tenth of a millisecond for each, and pages show the same days again and again."""
    return babel_dates.format_date(day, "long", locale=locale)


def money(amount: Money) -> str:
    """Return an amount with its currency, as the current language writes it."""
    return format_currency(money_number(amount), amount.currency, locale=get_locale() or DEFAULT_LOCALE)


def money_number(amount: Money) -> Decimal:
    """Return an amount in major units, for a cell of a table whose neighbour names the currency."""
    return Decimal(amount.amount_minor).scaleb(-get_currency_precision(amount.currency))


def month(day: date) -> str:
    """Return the month of a day and its year, as the current language writes it."""
    return str(format_skeleton("yMMMM", day, locale=get_locale() or DEFAULT_LOCALE))


def phrases(sentence: str) -> Markup | str:
    """Return a short sentence for a heading, which breaks between its phrases as long as one fits a line.

    Chinese has no spaces, and browsers break it in the midst of a word. Every full-width pause ends a phrase;
    a sentence without one comes back as it is.
    """
    parts = PAUSE.split(str(sentence))
    if len(parts) == 1:
        return sentence
    return Markup().join(Markup('<span class="phrase">{}</span>').format(part) for part in parts)


def waited(since: datetime) -> str:
    """Return how long ago a moment was, in its largest unit: "3 days"."""
    return str(format_timedelta(clock.now() - since))


def shown(fact: object) -> object:
    """Return any fact of an error or event as a person reads it: money, moments, days, numbers and names localised."""
    match fact:
        case Money():
            return money(fact)
        case datetime():
            return format_datetime(fact, "medium")
        case date():
            return long_day(fact)
        case int() if not isinstance(fact, bool):
            return format_decimal(fact)
        case dict():
            return localized(fact)
        case _:
            return fact


def say(error: DomainError) -> str:
    """Return what a refusal says, in the current language."""
    facts = {name: shown(fact) for name, fact in error.facts.items()}
    said: str = gettext(error.message)
    return said % facts if facts else said


def init_app(app: GiftShop) -> None:
    """Give templates their filters."""
    app.jinja_env.filters.update(
        money=money,
        in_currency=Money,
        date=long_day,
        datetime=lambda moment: format_datetime(moment, "short"),
        number=format_decimal,
        month=month,
        phrases=phrases,
        waited=waited,
        percent=lambda share: format_percent(float(share), "#,##0.#%"),
        accent_css=accent_css,
    )
