"""The greeting card of a set from the real press, made out to nobody: half a second each, so the latest are kept."""

from __future__ import annotations

from functools import lru_cache

from giftshop import accounts, branding, paper
from giftshop.db import Reader
from giftshop.giftsets.models import GiftSet
from giftshop.paper import CardArt

DESIGN = paper.DESIGNS["greeting"]
NUMBER = "G-0000-000-000"
"""Of no parcel."""
DPI = 144


def card_png(reader: Reader, found: GiftSet, *, hotline: str, locale: str) -> bytes:
    """Return the card of a set as PNG, as an order of it begins. Raises GlyphMissing, TextTooLong."""
    firm, kit = accounts.firm(reader, found.firm_id), branding.kit_of(reader, found.firm_id)
    usual = branding.usual_logo(reader, found.firm_id)
    art = CardArt(
        firm=firm.name,
        greeting=found.headline,
        message=found.greeting,
        contact=kit.look.contact_line,
        hotline=hotline,
        short_address="",
        logo=branding.logo_bytes(reader, found.firm_id, usual.id) if usual else None,
        accent=kit.look.accent,
        lettering=kit.look.lettering,
        locale=locale,
    )
    return _pressed(art)


@lru_cache(maxsize=48)
def _pressed(art: CardArt) -> bytes:
    face = paper.CardFace({"recipient": "", "number": NUMBER}, NUMBER)
    return paper.page_png(paper.proof(DESIGN.lettered(art.lettering), art, face), 0, dpi=DPI)
