"""The goods of the demonstration: nineteen gifts as Chinese firms give them, and three editions of gift books."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from giftshop import catalogue, stock
from giftshop.catalogue import EditionFacts, ItemFacts
from giftshop.db import Transaction
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.money import Money


@dataclass(frozen=True, slots=True)
class Good:
    """One gift: words in English and Chinese, price in fen, packed weight in grams, pieces on the shelf."""

    sku: str
    picture: str
    name: str
    name_zh: str
    text: str
    text_zh: str
    price_fen: int
    weight_g: int
    on_hand: int
    tags: tuple[str, ...]
    lead_days: int = 3

    @property
    def facts(self) -> ItemFacts:
        """Return this gift as the catalogue takes it."""
        return ItemFacts(
            sku=self.sku,
            names={"en": self.name, "zh_Hans": self.name_zh},
            descriptions={"en": self.text, "zh_Hans": self.text_zh},
            price=Money(self.price_fen, "CNY"),
            picture=self.picture,
            weight_g=self.weight_g,
            lead_days=self.lead_days,
            tags=self.tags,
        )


@dataclass(frozen=True, slots=True)
class Book:
    """One edition of a gift book: its words, its tier in fen, and the SKUs of its gifts in their order."""

    code: str
    name: str
    name_zh: str
    label: str
    label_zh: str
    tier_fen: int
    skus: tuple[str, ...]

    @property
    def facts(self) -> EditionFacts:
        """Return this edition as the catalogue takes it."""
        return EditionFacts(
            code=self.code,
            names={"en": self.name, "zh_Hans": self.name_zh},
            labels={"en": self.label, "zh_Hans": self.label_zh},
            tier=Money(self.tier_fen, "CNY"),
        )


GOODS: Final = (
    Good(
        "TEA-LJ-150",
        "longjing-tea",
        "West Lake Longjing, first flush",
        "明前西湖龙井",
        "150 g of pan-fired green tea from Meijiawu, picked before Qingming. One bud, one or two leaves; chestnut "
        "aroma, a sweet finish. In a tin with an inner lid, inside a paper sleeve.",
        "梅家坞清明前头采，一芽一二叶，手工炒制。豆香清幽，回味甘醇。净含量 150 克，双盖锡罐，外附纸套。",
        19800,
        380,
        260,
        ("tea", "food", "hangzhou"),
    ),
    Good(
        "TEA-PE-357",
        "puer-tea",
        "Aged Pu'er cake, Menghai 2016",
        "勐海陈年普洱熟茶饼",
        "A 357 g cake of ripe Pu'er from Menghai, stored dry since 2016. Deep red liquor, smooth and full; keeps for "
        "decades. With a bamboo tray and a tea pick.",
        "云南勐海大叶种，2016 年压制，干仓存放。汤色红浓，滋味醇厚顺滑，可长期收藏。一饼 357 克，配竹盘与茶针。",
        43800,
        720,
        90,
        ("tea", "food", "yunnan"),
    ),
    Good(
        "CER-GW-7",
        "gaiwan-set",
        "Celadon gaiwan set for six",
        "青瓷盖碗茶具七件套",
        "A gaiwan and six cups in plum-green Longquan celadon, fired at 1,300 °C. For guests at the office or slow "
        "evenings at home. Dishwasher safe, in a padded gift case.",
        "龙泉青瓷，梅子青釉，1300 度高温烧成。一盖碗六品杯，待客自用皆宜。可用洗碗机清洗，附缓冲礼盒。",
        36800,
        1650,
        75,
        ("tea", "home", "porcelain"),
        5,
    ),
    Good(
        "SLK-SC-90",
        "silk-scarf",
        "Mulberry silk scarf, 90 x 90 cm",
        "真丝斜纹大方巾",
        "Twill of pure mulberry silk from Suzhou, 14 momme, hems rolled by hand. A garden window in ink blue and jade. "
        "In a magnetic box with a care card.",
        "苏州 14 姆米桑蚕丝斜纹绸，手工卷边，90 × 90 厘米。花样取自园林漏窗，黛蓝配玉色。磁吸礼盒，附洗护卡。",
        46800,
        220,
        60,
        ("fashion", "silk", "suzhou"),
        5,
    ),
    Good(
        "STA-PN-1",
        "pen-notebook",
        "Pen and notebook set",
        "商务笔记本礼盒",
        "A brass rollerball that takes common refills and an A5 notebook, 240 pages of 100 g paper that lies flat. "
        "The cover can bear a name.",
        "黄铜宝珠笔（通用笔芯）配 A5 笔记本，100 克道林纸 240 页，180 度平摊。封面可烫名。",
        15800,
        640,
        320,
        ("office", "stationery"),
    ),
    Good(
        "CUP-TH-500",
        "thermos",
        "Steel vacuum flask, 500 ml",
        "316 不锈钢保温杯 500 毫升",
        "Double-walled 316 stainless steel with a tea strainer: hot for 12 hours, cold for 24. A lid that opens with "
        "one hand and does not drip.",
        "内胆 316 不锈钢，双层真空，保温 12 小时、保冷 24 小时。附茶滤，单手开盖，倒置不漏。",
        16800,
        460,
        410,
        ("office", "home"),
    ),
    Good(
        "WIN-HJ-500",
        "rice-wine",
        "Shaoxing rice wine, ten years old",
        "绍兴花雕酒 十年陈",
        "500 ml of Huadiao from Shaoxing, ten years in clay jars. Amber, mellow, 15% vol.; warm it to 40 °C. "
        "For adults only.",
        "绍兴鉴湖水酿，陶坛陈酿十年。色如琥珀，醇厚甘爽，酒精度 15% vol，温至 40 度饮用更佳。净含量 500 毫升，未成年人请勿饮酒。",
        32800,
        1250,
        110,
        ("wine", "food", "shaoxing"),
    ),
    Good(
        "FOD-NT-1200",
        "nut-box",
        "Box of six nuts and dried fruits",
        "每日坚果礼盒",
        "1.2 kg in six drawers: walnuts, macadamias, pistachios, cashews, red dates and dried mango. Roasted dry, "
        "without added sugar. May contain traces of peanuts.",
        "核桃、夏威夷果、开心果、腰果、红枣、芒果干六格共 1.2 千克。原味轻烘，不另加糖。可能含微量花生。",
        17800,
        1580,
        280,
        ("food", "healthy"),
    ),
    Good(
        "FOD-HN-2",
        "honey",
        "Wild honey from Changbai Mountain",
        "长白山椴树蜜双瓶装",
        "Two jars of 450 g of linden honey, raw and mature, in its white crystals. From beekeepers in Jilin, with a "
        "wooden dipper.",
        "吉林长白山椴树成熟蜜，天然结晶洁白细腻。450 克 × 2 瓶，附木制蜜棒。",
        14800,
        1480,
        190,
        ("food", "healthy", "jilin"),
    ),
    Good(
        "FOD-OO-2",
        "olive-oil",
        "Extra virgin olive oil, two bottles",
        "特级初榨橄榄油礼盒",
        "Two bottles of 750 ml, cold-pressed in Longnan, Gansu, from the autumn harvest; acidity below 0.4%. "
        "In dark glass, with a pourer.",
        "甘肃陇南当季鲜果冷榨，酸度低于 0.4%。750 毫升 × 2 瓶，深色避光玻璃瓶，附倒油嘴。",
        29800,
        2850,
        130,
        ("food", "healthy", "gansu"),
    ),
    Good(
        "CER-MG-2",
        "mug-pair",
        "A pair of Jingdezhen mugs",
        "景德镇手绘对杯",
        "Two mugs of 380 ml, painted by hand with bamboo under the glaze. No two are quite alike.",
        "景德镇釉下手绘竹影，一对两只，各 380 毫升。手工绘制，每只略有不同。",
        13800,
        980,
        150,
        ("home", "porcelain"),
        4,
    ),
    Good(
        "HOM-TW-4",
        "towel-set",
        "Xinjiang cotton towels, set of four",
        "新疆长绒棉毛巾四件套",
        "One bath towel, one face towel and two flannels in long-staple cotton, 500 g/m²: thick, soft, quick to dry. "
        "In a drawstring bag.",
        "新疆长绒棉，每平方米 500 克，厚实柔软易干。浴巾一条、面巾一条、方巾两条，附束口布袋。",
        15900,
        1180,
        240,
        ("home", "cotton"),
    ),
    Good(
        "ELE-LP-1",
        "desk-lamp",
        "Desk lamp that spares the eyes",
        "护眼台灯",
        "LED with a colour rendering of 95, no flicker, 2,700 to 5,000 K. Remembers your light, charges a phone at "
        "its foot, class AA of GB/T 9473.",
        "国 AA 级照度（GB/T 9473），显色指数 95，无可视频闪。色温 2700–5000 K 可调，记忆上次亮度，底座可为手机充电。",
        39900,
        1900,
        85,
        ("office", "electronics"),
    ),
    Good(
        "ELE-WC-3",
        "wireless-charger",
        "Wireless charger, three in one",
        "三合一无线充电座",
        "Charges phone, watch and earphones at once, 15 W, in folded aluminium. With plug and cable; 3C certified.",
        "手机、手表、耳机同时充电，最大 15 瓦，折叠铝合金机身。含充电头与线，已通过 3C 认证。",
        19900,
        420,
        170,
        ("office", "electronics"),
    ),
    Good(
        "ELE-NM-1",
        "neck-massager",
        "Neck massager with warmth",
        "颈部按摩仪",
        "Kneads and warms to 42 °C in sessions of 15 minutes; 180 g, folds into its pouch, charges by USB-C. Not for "
        "people with a pacemaker.",
        "揉捏加 42 度热敷，15 分钟自动停机。机身 180 克，可折叠收纳，USB-C 充电。佩戴心脏起搏器者请勿使用。",
        42900,
        560,
        70,
        ("health", "electronics"),
    ),
    Good(
        "OUT-UM-1",
        "umbrella",
        "Umbrella for rain and sun",
        "晴雨两用自动伞",
        "Opens and closes at a button, ten carbon ribs, UPF 50+. Dries fast and goes into any bag; 105 cm across.",
        "一键自动开合，十骨碳纤维抗风，UPF 50+ 防晒。速干伞布，伞面直径 105 厘米，收起可入包。",
        12800,
        430,
        360,
        ("outdoor",),
    ),
    Good(
        "MOO-ST-8",
        "mooncake-standard",
        "Mooncakes, eight in four flavours",
        "中秋月饼礼盒 八饼四味",
        "Cantonese mooncakes of 60 g: lotus seed with yolk, red bean, five kernels, and mung bean. Best within 60 "
        "days; packed only with themselves.",
        "广式月饼：蛋黄莲蓉、豆沙、五仁、绿豆四味，60 克 × 8 枚。保质期 60 天，不与其他商品混装。",
        16800,
        820,
        420,
        ("food", "mid-autumn", "ship-alone"),
        7,
    ),
    Good(
        "MOO-DX-6",
        "mooncake-deluxe",
        "Mooncakes with double yolk, in a lacquer-red case",
        "中秋月饼礼盒 双黄白莲蓉",
        "Six Cantonese mooncakes of 125 g, white lotus seed with two yolks each, baked to order. In a case that "
        "stays in use for tea. Packed only with themselves.",
        "广式双黄白莲蓉月饼 125 克 × 6 枚，接单现烤。漆红提盒可留作茶食盒。不与其他商品混装。",
        38800,
        1450,
        160,
        ("food", "mid-autumn", "ship-alone"),
        7,
    ),
    Good(
        "FOD-FR-5",
        "fruit-box",
        "Fruit of the season, 5 kg",
        "时令鲜果礼箱 5 千克",
        "What is best that week: navel oranges from Gannan, apples from Yantai, pears from Korla. Picked after you "
        "order, sent chilled; a bruised one is replaced.",
        "按当季择优：赣南脐橙、烟台苹果、库尔勒香梨。下单后采摘，冷链发出，坏果包赔。",
        18800,
        5600,
        0,
        ("food", "fresh"),
        5,
    ),
)

LAST_YEARS_BOOK: Final = Book(
    "HE200-2025",
    "Harmony",
    "和合",
    "2025 edition",
    "2025 年版",
    20000,
    ("TEA-LJ-150", "STA-PN-1", "CUP-TH-500", "FOD-NT-1200", "FOD-HN-2", "CER-MG-2", "HOM-TW-4", "OUT-UM-1"),
)
NEXT_BOOK: Final = Book(
    "HE200-2026",
    "Harmony",
    "和合",
    "2026 edition",
    "2026 年版",
    20000,
    ("ELE-WC-3", "MOO-ST-8", "FOD-FR-5"),
)
"""Follows last year's: its gifts, and these."""
LARGE_BOOK: Final = Book(
    "FENG500-2026",
    "Abundance",
    "丰礼",
    "2026 edition",
    "2026 年版",
    50000,
    (
        "TEA-PE-357",
        "CER-GW-7",
        "SLK-SC-90",
        "WIN-HJ-500",
        "ELE-LP-1",
        "ELE-NM-1",
        "FOD-OO-2",
        "MOO-DX-6",
    ),
)


def load_goods(tx: Transaction, *, at: datetime) -> None:
    """Write the demonstration's items, stock and editions into an empty catalogue; one with goods stays as it is."""
    if catalogue.items_by_sku(tx, [GOODS[0].sku]):
        return
    ids = {good.sku: _shelve(tx, good, at) for good in GOODS}
    last_year = catalogue.draw_up_edition(tx, LAST_YEARS_BOOK.facts, by=SYSTEM, at=at).id
    _publish(tx, last_year, LAST_YEARS_BOOK, ids, at)
    this_year = catalogue.draw_up_next_edition(tx, last_year, NEXT_BOOK.facts, by=SYSTEM, at=at).id
    _publish(tx, this_year, NEXT_BOOK, ids, at)
    catalogue.close_edition(tx, last_year, by=SYSTEM, at=at)
    large = catalogue.draw_up_edition(tx, LARGE_BOOK.facts, by=SYSTEM, at=at).id
    _publish(tx, large, LARGE_BOOK, ids, at)


def _shelve(tx: Transaction, good: Good, at: datetime) -> int:
    item = catalogue.draw_up_item(tx, good.facts, by=SYSTEM, at=at)
    catalogue.offer_item(tx, item.id, by=SYSTEM, at=at)
    if good.on_hand:
        stock.receive(tx, item.id, good.on_hand, "demonstration", by=SYSTEM, at=at)
    return item.id


def _publish(tx: Transaction, edition_id: int, book: Book, ids: dict[str, int], at: datetime) -> None:
    for sku in book.skus:
        catalogue.add_gift(tx, edition_id, ids[sku], by=SYSTEM, at=at)
    catalogue.offer_edition(tx, edition_id, by=SYSTEM, at=at)
