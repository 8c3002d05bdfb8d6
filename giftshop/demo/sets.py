"""Gift sets of the demonstration: what they are made with; its firm's sets, one of them being made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from giftshop import branding, catalogue, giftsets, orders
from giftshop.catalogue import DecorationFacts, DecorationKind, PackagingFacts, PackagingKind
from giftshop.config import Settings
from giftshop.db import Transaction
from giftshop.demo import brands, ordering, people
from giftshop.demo.nominations import nominees
from giftshop.giftsets import Artwork, Wishes
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.money import Money
from giftshop.kernel.role import MemberRole
from giftshop.orders import Brand, Destination
from giftshop.paper import DesignKind
from giftshop.web import GiftShop

HEADLINE: Final = "中秋快乐"
GREETING: Final = "感谢您对我们的支持，中秋佳节之际，请接受全体岭南光学员工深情的谢意和诚挚的祝福，愿您心想事成！"

WELCOME: Final = ("欢迎加入", "很高兴与您共事。一份小小心意，愿您在这里工作顺心，步步高升。")
Places: TypeAlias = dict[tuple[str, DecorationKind], int]
"""The ids of the places that decorations go to, by code and kind."""


@dataclass(frozen=True, slots=True)
class Craft:
    """A decoration: its words, prices in fen, what it asks for, and where it goes (code, place in both languages)."""

    kind: DecorationKind
    name: str
    name_zh: str
    setup_fen: int
    unit_fen: int
    least: int
    lead_days: int
    width_mm: int
    height_mm: int
    places: tuple[tuple[str, str, str, int, int], ...]


PACKAGINGS: Final = (
    PackagingFacts(
        "PK-BAG-M",
        PackagingKind.BAG,
        {"en": "Gift bag, laminated card", "zh_Hans": "覆膜卡纸礼品袋"},
        Money(680, "CNY"),
        weight_g=90,
        holds_g=3_000,
    ),
    PackagingFacts(
        "PK-BOX-L",
        PackagingKind.BOX,
        {"en": "Rigid gift box with ribbon", "zh_Hans": "天地盖礼盒（配丝带）"},
        Money(2_800, "CNY"),
        weight_g=420,
        holds_g=5_000,
    ),
    PackagingFacts(
        "PK-CLOTH",
        PackagingKind.WRAPPING,
        {"en": "Furoshiki wrapping cloth", "zh_Hans": "包袱布"},
        Money(1_600, "CNY"),
        weight_g=70,
        holds_g=2_500,
    ),
)
CRAFTS: Final = (
    Craft(
        DecorationKind.BAG_PRINT,
        "Gift bag print, one colour",
        "礼品袋单色印刷",
        18_000,
        80,
        30,
        5,
        160,
        120,
        (("PK-BAG-M", "on the front", "袋身正面", 140, 100),),
    ),
    Craft(
        DecorationKind.SILK_SCREEN,
        "Silk-screen, one colour",
        "单色丝印",
        15_000,
        150,
        50,
        4,
        120,
        80,
        (("CER-MG-2", "on the side", "杯身", 60, 40), ("OUT-UM-1", "on one panel", "伞面一侧", 120, 80)),
    ),
    Craft(
        DecorationKind.ENGRAVING,
        "Laser engraving",
        "激光雕刻",
        8_000,
        400,
        10,
        3,
        60,
        30,
        (("CUP-TH-800", "on the body", "杯身", 50, 20), ("STA-PN-1", "on the pen's clip", "笔夹", 30, 5)),
    ),
    Craft(
        DecorationKind.STICKER,
        "Sticker, full colour",
        "彩色不干胶贴",
        3_000,
        60,
        20,
        2,
        100,
        100,
        (
            ("TEA-LJ-150", "on the tin", "罐身", 60, 60),
            ("PK-BOX-L", "on the lid", "盒盖", 100, 100),
            ("FOD-HN-2", "on the jar", "瓶身", 50, 50),
        ),
    ),
)
MOONCAKES: Final = {
    "重点": ("中秋月饼·重点", "MOO-DX-6", "PK-BOX-L", DecorationKind.STICKER),
    "标准": ("中秋月饼·标准", "MOO-ST-8", "PK-BAG-M", DecorationKind.BAG_PRINT),
}
"""The campaign's set of each grade: its name, the mooncakes in it, its packaging, and what is put onto that."""
ALONE: Final = ("ship-alone", catalogue.ANYTHING)
REASON: Final = {
    "en": "Mooncakes are not packed with other goods.",
    "zh_Hans": "月饼不得与其他商品搭售、混装。",
}


def prepare(shop: GiftShop) -> Callable[[Transaction], None]:
    """Return the telling: what sets are made with, and sets of the firm, of which one is ordered and paid."""
    artwork = branding.redraw(ordering.LOGO.read_bytes())

    def telling(tx: Transaction) -> None:
        places = offer_crafts(tx)
        buyer, firm, at = people.member(tx, MemberRole.BUYER), people.firm_id(tx), clock.now()
        logo = branding.save_logo(tx, firm, artwork, by=buyer, at=at)
        marks = {
            places["CUP-TH-800", DecorationKind.ENGRAVING]: Artwork(logo.id),
            places["PK-BAG-M", DecorationKind.BAG_PRINT]: Artwork(logo.id),
        }
        skus = {"TEA-LJ-150": 1, "CUP-TH-800": 1, "FOD-HN-2": 1}
        tea = _draw_up(tx, "中秋·重点客户", skus, "PK-BAG-M", marks, words=(HEADLINE, GREETING), planned=30)
        _draw_up(tx, "新员工入职", {"STA-PN-1": 1, "CER-MG-2": 1}, "PK-BOX-L", {}, words=WELCOME, planned=60)
        put_mooncakes_together(tx, places, words=(HEADLINE, GREETING), mark=Artwork(logo.id))
        _order(tx, tea, logo.id, shop.settings)

    return telling


def put_mooncakes_together(
    tx: Transaction, places: Places, *, words: tuple[str, str], mark: Artwork, planned: int = 100
) -> None:
    """Let the firm put the campaign's two sets together: mooncakes, their packaging with its mark, a greeting card."""
    for name, sku, packaging, kind in MOONCAKES.values():
        _draw_up(tx, name, {sku: 1}, packaging, {places[packaging, kind]: mark}, words=words, planned=planned)


def offer_crafts(tx: Transaction) -> Places:
    """Take up packaging, decorations and the rule of mooncakes; return the places by code and kind."""
    who: dict[str, Any] = {"by": SYSTEM, "at": clock.now()}
    packagings = {facts.code: catalogue.add_packaging(tx, facts, **who) for facts in PACKAGINGS}
    items = catalogue.items_by_sku(tx, [place[0] for craft in CRAFTS for place in craft.places])
    places = {}
    for craft in CRAFTS:
        facts = DecorationFacts(
            craft.kind,
            {"en": craft.name, "zh_Hans": craft.name_zh},
            Money(craft.setup_fen, "CNY"),
            Money(craft.unit_fen, "CNY"),
            craft.least,
            craft.lead_days,
            craft.width_mm,
            craft.height_mm,
        )
        decoration_id = catalogue.add_decoration(tx, facts, **who)
        for code, words, words_zh, width, height in craft.places:
            places[code, craft.kind] = catalogue.place_decoration(
                tx,
                decoration_id,
                item_id=items[code].id if code in items else None,
                packaging_id=packagings.get(code),
                places={"en": words, "zh_Hans": words_zh},
                width_mm=width,
                height_mm=height,
                **who,
            )
    catalogue.add_bundle_rule(tx, *ALONE, REASON, **who)
    return places


def _draw_up(
    tx: Transaction,
    name: str,
    skus: dict[str, int],
    packaging: str,
    marks: dict[int, Artwork],
    *,
    words: tuple[str, str],
    planned: int,
) -> int:
    buyer, firm = people.member(tx, MemberRole.BUYER), people.firm_id(tx)
    set_id = giftsets.draw_up(tx, firm, name, by=buyer, at=clock.now())
    items = catalogue.items_by_sku(tx, list(skus))
    for sku in skus:
        giftsets.put_in(tx, set_id, firm, items[sku].id)
    chosen = next(each.id for each in catalogue.packagings(tx) if each.code == packaging)
    headline, greeting = words
    quantities = {items[sku].id: count for sku, count in skus.items()}
    wishes = Wishes(name, quantities, chosen, marks, headline=headline, greeting=greeting, planned=planned)
    giftsets.arrange(tx, set_id, firm, wishes)
    return set_id


def _order(tx: Transaction, set_id: int, logo_id: int, settings: Settings) -> None:
    """Thirty people of the campaign get the set at their doors; the money is here, production has the jobs."""
    buyer, firm, at = people.member(tx, MemberRole.BUYER), people.firm_id(tx), clock.now()
    number = orders.start_set(tx, firm, set_id, quantity=None, card_locale=people.LOCALE, by=buyer, at=at)
    order_id = orders.order_of(tx, number, firm).id
    rows = [ordering.row_of(person) for person in nominees()[60:90]]
    orders.keep_upload(tx, order_id, firm, "中秋名单.csv", rows, at=at)
    orders.accept_upload(tx, order_id, firm, by=buyer, at=at)
    words = Brand(
        people.FIRM.name,
        HEADLINE,
        GREETING,
        people.LOCALE,
        people.FIRM.contact_line,
        None,
        is_surprise=True,
        design=brands.design(DesignKind.GREETING, 1),
    )
    orders.brand(tx, order_id, firm, words)
    orders.set_logo(tx, order_id, firm, logo_id)
    to = Destination(None, people.FIRM.invoice_title, people.FIRM.tax_number, "")
    ordering.place(tx, order_id, to, settings)
    ordering.pay(tx, order_id, settings.time_zone)
