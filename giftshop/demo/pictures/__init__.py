"""Still lifes for the shelves of the demonstration, drawn from a few solids under one light.

`picture(kind, palette)` is pure and returns an SVG. `python -m giftshop.demo.pictures FOLDER` writes the whole shelf.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from giftshop.demo.pictures import (
    appliances,
    desk,
    feasts,
    festive,
    home,
    household,
    larder,
    study,
    table,
    tea,
    teaware,
    wellness,
)
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
    "tea-caddies": Still(teaware.tea_caddies, "celadon"),
    "jasmine-jar": Still(teaware.jasmine_jar, "celadon"),
    "chrysanthemum-jar": Still(teaware.chrysanthemum_jar, "sand"),
    "rock-tea-box": Still(teaware.rock_tea_box, "blush"),
    "clay-teapot": Still(teaware.clay_teapot, "sand", 1.16),
    "glass-teapot": Still(teaware.glass_teapot, "mist", 1.18),
    "rice-bag": Still(larder.rice_bag, "celadon"),
    "mushroom-box": Still(larder.mushroom_box, "sand"),
    "birds-nest": Still(larder.birds_nest, "dusk"),
    "coffee-bag": Still(larder.coffee_bag, "celadon"),
    "chocolate-box": Still(larder.chocolate_box, "dusk"),
    "cherry-crate": Still(larder.cherry_crate, "celadon"),
    "duck-eggs": Still(larder.duck_eggs, "mist"),
    "goji-jar": Still(larder.goji_jar, "blush"),
    "zongzi-box": Still(feasts.zongzi_box, "celadon", 1.16),
    "zongzi-basket": Still(feasts.zongzi_basket, "celadon"),
    "new-year-hamper": Still(feasts.new_year_hamper, "blush"),
    "couplets": Still(feasts.couplets, "blush"),
    "tangyuan": Still(feasts.tangyuan, "dusk"),
    "candy-box": Still(feasts.candy_box, "blush"),
    "new-year-cake": Still(feasts.new_year_cake, "blush"),
    "enamel-pot": Still(household.enamel_pot, "blush"),
    "chopsticks": Still(household.chopsticks, "dusk"),
    "silk-quilt": Still(household.silk_quilt, "celadon"),
    "tableware": Still(household.tableware, "mist"),
    "lunch-box": Still(household.lunch_box, "celadon"),
    "diffuser": Still(household.diffuser, "dusk"),
    "celadon-vase": Still(household.celadon_vase, "blush"),
    "suitcase": Still(household.suitcase, "mist"),
    "speaker": Still(appliances.speaker, "celadon"),
    "power-bank": Still(appliances.power_bank, "mist", 1.16),
    "headphones": Still(appliances.headphones, "dusk"),
    "kettle": Still(appliances.kettle, "celadon", 1.16),
    "rice-cooker": Still(appliances.rice_cooker, "blush"),
    "air-fryer": Still(appliances.air_fryer, "celadon"),
    "robot-vacuum": Still(appliances.robot_vacuum, "mist"),
    "massage-chair": Still(wellness.massage_chair, "sand", 1.06),
    "foot-bath": Still(wellness.foot_bath, "celadon"),
    "pressure-monitor": Still(wellness.pressure_monitor, "mist", 1.16),
    "yoga-mat": Still(wellness.yoga_mat, "dusk"),
    "first-aid": Still(wellness.first_aid, "celadon"),
    "calligraphy-set": Still(study.calligraphy_set, "sand"),
    "desk-calendar": Still(study.desk_calendar, "mist"),
    "fountain-pen": Still(study.fountain_pen, "celadon"),
    "backpack": Still(study.backpack, "mist"),
    "cloth-journal": Still(study.cloth_journal, "dusk"),
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
