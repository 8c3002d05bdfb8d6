"""The designs a firm chooses from. A key is kept with every order that chose it: it is never renamed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from giftshop.kernel.locale import N_
from giftshop.paper.card_design import Align, CardDesign, DesignKind, TextField
from giftshop.paper.fonts import CODE, SANS, SERIF

GIFT_BOOK: Final = frozenset({DesignKind.GIFT_BOOK})
SHOPPING_CARD: Final = frozenset({DesignKind.SHOPPING_CARD})
FOR_PARCELS: Final = frozenset({DesignKind.GREETING})
EITHER: Final = GIFT_BOOK | SHOPPING_CARD

MOON: Final = CardDesign(
    key="moon",
    title=N_("Moon over the sea"),
    template="paper/cards/moon.html",
    width_mm=148,
    height_mm=105,
    fields=(
        TextField("recipient", SERIF, size=17, min_size=8),
        TextField("code", CODE, size=9.6, min_size=8.5, align=Align.CENTRE),
        TextField("serial", SANS, size=6.5, min_size=5),
    ),
    kinds=EITHER,
)

MOUNTAINS: Final = CardDesign(
    key="mountains",
    title=N_("A thousand miles of hills"),
    template="paper/cards/mountains.html",
    width_mm=210,
    height_mm=99,
    fields=(
        TextField("recipient", SERIF, size=20, min_size=9),
        TextField("code", CODE, size=17, min_size=11, align=Align.CENTRE, tracking=0.02),
        TextField("serial", SANS, size=6.8, min_size=5),
    ),
    sides=2,
    kinds=GIFT_BOOK,
)

LATTICE: Final = CardDesign(
    key="lattice",
    title=N_("Spring at the window"),
    template="paper/cards/lattice.html",
    width_mm=99,
    height_mm=210,
    fields=(
        TextField("recipient", SERIF, size=18, min_size=8.5),
        TextField("code", CODE, size=12.5, min_size=10, align=Align.CENTRE),
        TextField("serial", SANS, size=6.6, min_size=5),
    ),
    kinds=GIFT_BOOK,
)

WHITE: Final = CardDesign(
    key="white",
    title=N_("White space"),
    template="paper/cards/white.html",
    width_mm=148,
    height_mm=105,
    fields=(
        TextField("recipient", SERIF, size=18, min_size=8),
        TextField("code", CODE, size=15.5, min_size=11),
        TextField("serial", SANS, size=6.8, min_size=5),
    ),
    kinds=EITHER,
)

TICKET: Final = CardDesign(
    key="ticket",
    title=N_("As you wish"),
    template="paper/cards/ticket.html",
    width_mm=210,
    height_mm=99,
    fields=(
        TextField("recipient", SERIF, size=17, min_size=8),
        TextField("code", CODE, size=9.9, min_size=8.5, align=Align.CENTRE),
        TextField("serial", SANS, size=6.8, min_size=5, align=Align.CENTRE),
    ),
    kinds=SHOPPING_CARD,
)

CIRCLES: Final = CardDesign(
    key="circles",
    title=N_("Where circles meet"),
    template="paper/cards/circles.html",
    width_mm=85.6,
    height_mm=54,
    fields=(
        TextField("recipient", SERIF, size=13, min_size=7),
        TextField("code", CODE, size=14, min_size=9.5, align=Align.CENTRE),
        TextField("serial", SANS, size=5.8, min_size=5),
    ),
    sides=2,
    kinds=EITHER,
)

GREETING: Final = CardDesign(
    key="greeting",
    title=N_("Plum by moonlight"),
    template="paper/cards/greeting.html",
    width_mm=105,
    height_mm=148,
    fields=(
        TextField("recipient", SERIF, size=17, min_size=8, align=Align.CENTRE),
        TextField("number", SANS, size=5.5, min_size=4.5, align=Align.CENTRE),
    ),
    kinds=FOR_PARCELS,
)
"""Lies in the parcel of a gift set, A6: its QR code is the number of that parcel, which the packer scans."""

FOLDED: Final = (
    TextField("recipient", SERIF, size=20, min_size=9, align=Align.CENTRE),
    TextField("number", SANS, size=6, min_size=4.5, align=Align.CENTRE),
)

ORCHID: Final = CardDesign(
    key="orchid",
    title=N_("Orchid in the valley"),
    template="paper/cards/orchid.html",
    width_mm=210,
    height_mm=148,
    fields=FOLDED,
    sides=2,
    kinds=FOR_PARCELS,
)
"""A5 folded to A6: first the outside, its front at the right, then the inside."""

BROCADE: Final = CardDesign(
    key="brocade",
    title=N_("Flowers on brocade"),
    template="paper/cards/brocade.html",
    width_mm=210,
    height_mm=148,
    fields=FOLDED,
    sides=2,
    kinds=FOR_PARCELS,
)
"""A5 folded to A6, as above."""

DESIGNS: Final[Mapping[str, CardDesign]] = {
    design.key: design for design in (MOON, MOUNTAINS, LATTICE, WHITE, TICKET, CIRCLES, GREETING, ORCHID, BROCADE)
}
"""Every design there is, by key; of each kind, the first is what is offered first."""


def designs_for(kind: DesignKind) -> list[CardDesign]:
    """Return the designs made for `kind`, the first being what is offered first."""
    return [design for design in DESIGNS.values() if kind in design.kinds]
