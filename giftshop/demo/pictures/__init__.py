"""Still lifes for the shelves of the demonstration, drawn from a few solids under one light.

`picture(kind, palette)` is pure and returns an SVG. `python -m giftshop.demo.pictures FOLDER` writes the whole shelf.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from giftshop.demo.pictures import desk, festive, home, table, tea
from giftshop.demo.pictures.canvas import PALETTES, Scene
from giftshop.demo.pictures.solids import room


@dataclass(frozen=True, slots=True)
class Still:
    """How one kind of good is drawn, and the palette that suits it."""

    draw: Callable[[Scene], None]
    palette: str
    nearer: float = 1.12
    """How much closer than the table's plain measure it is seen, so that small things fill a picture too."""


STILLS: Final = {
    "longjing-tin": Still(tea.longjing_tin, "celadon"),
    "puer-cake": Still(tea.puer_cake, "sand"),
    "gaiwan-set": Still(tea.gaiwan_set, "mist", 1.18),
    "wine-jar": Still(tea.wine_jar, "blush"),
    "nut-box": Still(table.nut_box, "blush"),
    "honey-jars": Still(table.honey_jars, "celadon", 1.2),
    "olive-oil": Still(table.olive_oil, "sand"),
    "fruit-box": Still(table.fruit_box, "celadon"),
    "mug-pair": Still(table.mug_pair, "mist", 1.3),
    "mooncake-box": Still(festive.mooncake_box, "mist", 1.16),
    "mooncake-chest": Still(festive.mooncake_chest, "dusk"),
    "silk-scarf": Still(home.silk_scarf, "dusk", 1.16),
    "pen-notebook": Still(desk.pen_notebook, "sand", 1.2),
    "thermos": Still(home.thermos, "celadon"),
    "towels": Still(home.towels, "mist", 1.2),
    "desk-lamp": Still(desk.desk_lamp, "celadon"),
    "wireless-charger": Still(desk.wireless_charger, "dusk"),
    "massage-gun": Still(desk.massage_gun, "blush", 1.16),
    "umbrella": Still(home.umbrella, "blush", 1.08),
    "gift-book": Still(festive.gift_book, "celadon"),
    "open-box": Still(festive.open_box, "celadon"),
    "gift-set": Still(festive.gift_set, "dusk", 1.2),
}
"""Kind to its still life. A kind is also the name of its file in static/goods."""


def picture(kind: str, palette: str | None = None) -> str:
    """Return the SVG of one `kind` of good, in one of PALETTES or in the one that suits it.

    Raises KeyError for a kind or palette there is not.
    """
    still = STILLS[kind]
    scene = room(PALETTES[palette or still.palette])
    with scene.nearer(still.nearer):
        still.draw(scene)
    return scene.svg()


__all__ = ["PALETTES", "STILLS", "Still", "picture"]
