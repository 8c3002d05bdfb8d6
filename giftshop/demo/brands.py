"""How the demonstration's firms look: their colours, lettering and logos, and which designs their cards have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from giftshop import branding, paper
from giftshop.branding import Greeting, Look, Occasion
from giftshop.db import Transaction
from giftshop.demo import people
from giftshop.kernel import clock
from giftshop.kernel.actor import Actor
from giftshop.paper import DesignKind, Lettering

TEAL: Final = "#0f4c5c"
LACQUER: Final = "#a4161a"
PINE: Final = "#1f5245"
PLUM: Final = "#5b2a4c"
AMBER: Final = "#d9992b"
"""Too light for a card's surface: the pages show what becomes of it."""
LOOKS: Final[Mapping[str, Look]] = {people.FIRM.name: Look(TEAL, Lettering.SERIF)}
OTHER_LOOK: Final = Look(PINE, Lettering.SANS)
"""Of every other firm."""
OWN_WORDS: Final = {
    "zh_Hans": Greeting("感恩同行", "感谢您多年来的信任与支持。谨备薄礼一份，聊表谢意，愿您阖家安康，万事顺遂。")
}
"""What Lingnan says when it thanks its clients."""


def give_look(tx: Transaction, firm_id: int, firm_name: str, *, by: Actor) -> Look:
    """Let a firm choose its look, if it has not yet. Returns it."""
    look = LOOKS.get(firm_name, OTHER_LOOK)
    if not branding.kit_of(tx, firm_id).version:
        branding.save_look(tx, firm_id, look, seen=0, by=by, at=clock.now())
    return look


def dress(tx: Transaction, firm_id: int, artwork: branding.Artwork, *, by: Actor) -> int:
    """Give the demonstration's firm its kit: look, usual logo, words of its own. Returns the id of the logo."""
    logo = branding.save_logo(tx, firm_id, artwork, by=by, at=clock.now())
    give_look(tx, firm_id, people.FIRM.name, by=by)
    branding.choose_logo(tx, firm_id, logo.id, by=by, at=clock.now())
    branding.save_greetings(tx, firm_id, Occasion.THANKS, OWN_WORDS, by=by, at=clock.now())
    return logo.id


def design(kind: DesignKind, place: int) -> str:
    """Return the key of the design at `place` among those for `kind`, counting round where there are fewer."""
    made = paper.designs_for(kind)
    return made[place % len(made)].key
