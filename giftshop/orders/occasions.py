"""The festival that an order is for: known by the large words on its cards, or by the day its sets are to be there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from giftshop import branding
from giftshop.branding import Occasion
from giftshop.db import Reader
from giftshop.kernel.festivals import WITHOUT_PRINT, WORKING_DAYS, Coming, coming_festivals
from giftshop.orders.models import Order

OCCASIONS: Final[Mapping[str, Occasion]] = {
    "spring-festival": Occasion.SPRING_FESTIVAL,
    "dragon-boat": Occasion.DRAGON_BOAT,
    "mid-autumn": Occasion.MID_AUTUMN,
}
"""What cards say for a festival, by its tag."""


def festivals_for(order: Order, today: date) -> tuple[Coming, ...]:
    """Return the festivals to come, each with the last day to place an order of this kind for it."""
    return coming_festivals(today, WITHOUT_PRINT if order.is_digital else WORKING_DAYS)


def festival_of(reader: Reader, order: Order, today: date) -> Coming | None:
    """Return the festival that an order is for, as it is next kept; None: for none, or nobody can tell."""
    said = branding.greetings_of(reader, order.firm_id)
    arrives_on = order.arrives_by.date() if order.arrives_by else None
    for coming in festivals_for(order, today):
        headlines = {words.headline for (each, _), words in said.items() if each is OCCASIONS[coming.festival.tag]}
        if order.headline.strip() in headlines or arrives_on == coming.on:
            return coming
    return None
