"""A card of each design, with made-up words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from flask_babel import gettext as _

from giftshop.kernel.money import Money
from giftshop.paper import DESIGNS, LACQUER, DesignKind, Lettering, proof
from giftshop.production.art import SPECIMEN_NUMBER, CardWords, card_art, greeting_face, specimen
from giftshop.web import current_locale, current_shop


def samples() -> Mapping[str, Callable[[], bytes]]:
    """Return them by the design's key."""
    return {f"card-{key}": partial(_card, key) for key in DESIGNS}


def _card(key: str) -> bytes:
    design, settings = DESIGNS[key], current_shop().settings
    is_greeting = DesignKind.GREETING in design.kinds
    art = card_art(
        CardWords(
            sender_name=settings.site_name,
            headline=_("With our thanks"),
            greeting=_("For your trust this year. We look forward to the next one with you."),
            contact_line="",
            hotline=settings.hotline,
            public_url=settings.public_url,
            valid_until=date(2027, 12, 31),
            locale=current_locale(),
            logo=None,
            is_named=True,
            design=key,
            accent=LACQUER,
            lettering=Lettering.SERIF,
            value=Money(50_000, "CNY") if DesignKind.SHOPPING_CARD in design.kinds else None,
        )
    )
    face = greeting_face("欧阳娜娜", SPECIMEN_NUMBER) if is_greeting else specimen("欧阳娜娜", settings.public_url)
    return proof(design.lettered(art.lettering), art, face)
