"""What a printed card is made of: its size, the artwork's template, and the places that differ from card to card.

The template decides where things stand. An empty element with `id="field-NAME"` is the place of a field, one with
`id="field-qr"` the place of the QR code. Text of the order (a greeting, say) that must fit its place is written inside
`id="fit-NAME"` within `id="room-NAME"`, at sizes multiplied by `shrink.NAME`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from giftshop.kernel.locale import DEFAULT_LOCALE
from giftshop.paper.fonts import SANS_BOLD, SERIF, Typeface

BLEED_MM: Final = 3.0
"""Artwork beyond the cut on every side, so that no white edge shows where the knife is off."""
COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
LACQUER: Final = "#8a1f1b"


class Align(StrEnum):
    """Which edge of its place a text keeps to."""

    LEFT = "left"
    """Begins at the left edge."""
    CENTRE = "centre"
    """Stands in the middle."""
    RIGHT = "right"
    """Ends at the right edge."""


class DesignKind(StrEnum):
    """What a card is for."""

    GIFT_BOOK = "gift_book"
    """Opens a gift book: bears a code, and no price."""
    SHOPPING_CARD = "shopping_card"
    """Holds value: bears a code, and what it is worth."""
    GREETING = "greeting"
    """Lies in a parcel: bears its number."""


class Lettering(StrEnum):
    """The fonts a firm may choose for the large words of its cards: vetted, vendored, with Chinese of the same hand."""

    SERIF = "serif"
    """Cormorant Garamond and Noto Serif SC."""
    SANS = "sans"
    """Source Sans 3 and Noto Sans SC, in bold."""


@dataclass(frozen=True, slots=True)
class TextField:
    """One line of text that differs from card to card, sizes in points, `tracking` in parts of the size.

    A text too wide for its place is set smaller, down to `min_size`; one wider still is refused.
    """

    name: str
    typeface: Typeface
    size: float
    min_size: float
    align: Align = Align.LEFT
    tracking: float = 0.0


@dataclass(frozen=True, slots=True)
class CardDesign:
    """One design. `key` names it in the database and in URLs; `sides` are its pages a card, front first.

    `kinds` are the uses it is made for.
    """

    key: str
    title: str
    template: str
    width_mm: float
    height_mm: float
    fields: tuple[TextField, ...]
    sides: int = 1
    kinds: frozenset[DesignKind] = frozenset({DesignKind.GIFT_BOOK, DesignKind.SHOPPING_CARD})

    def lettered(self, lettering: Lettering) -> CardDesign:
        """Return this design with the names set in `lettering`: what a press is to print."""
        if lettering is Lettering.SERIF:
            return self
        fields = (replace(field, typeface=SANS_BOLD) if field.typeface is SERIF else field for field in self.fields)
        return replace(self, fields=tuple(fields))


@dataclass(frozen=True, slots=True, kw_only=True)
class CardArt:
    """What is the same on every card of an order. `logo` is PNG, JPEG or SVG; `accent` a colour as #RRGGBB.

    Everything is text, never markup. `short_address` is what a person types instead of scanning, without https://.
    """

    firm: str
    greeting: str
    hotline: str
    short_address: str
    message: str = ""
    contact: str = ""
    valid_until: str = ""
    value: str = ""
    """What a shopping card holds, as it is written; empty for a gift book, whose price is nobody's."""
    logo: bytes | None = None
    accent: str = LACQUER
    lettering: Lettering = Lettering.SERIF
    locale: str = DEFAULT_LOCALE
    is_named: bool = True

    def __post_init__(self) -> None:
        if not COLOUR.fullmatch(self.accent):
            raise ValueError(f"not a colour: {self.accent!r}")


@dataclass(frozen=True, slots=True)
class CardFace:
    """What one card says of its own: the text of each field by name, and the link of its QR code."""

    texts: Mapping[str, str]
    link: str
