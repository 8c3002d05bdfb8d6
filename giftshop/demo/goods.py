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
        "longjing-tin",
        "West Lake Longjing, first flush",
        "明前西湖龙井",
        "150 g of pan-fired green tea from Meijiawu, picked before Qingming: one bud, one or two leaves, a "
        "chestnut aroma, a sweet finish. In two tins, one for home and one for the office.",
        "梅家坞明前头采，一芽一二叶，手工炒制。豆香清幽，回味甘醇。大小两罐共 150 克，居家、办公各备一罐。",
        19800,
        380,
        260,
        ("tea", "food", "hangzhou"),
    ),
    Good(
        "TEA-PE-357",
        "puer-cake",
        "Aged Pu'er cake, Menghai 2016",
        "勐海陈年普洱熟茶饼",
        "A 357 g cake of ripe Pu'er from Menghai, stored dry since 2016. Deep red liquor, smooth and full; keeps "
        "for decades. With a stand of walnut wood.",
        "云南勐海大叶种，2016 年压制，干仓存放。汤色红浓，滋味醇厚顺滑，可长期收藏。一饼 357 克，配胡桃木茶饼架。",
        43800,
        720,
        90,
        ("tea", "food", "yunnan"),
    ),
    Good(
        "CER-GW-4",
        "gaiwan-set",
        "Blue-and-white tea set with tray",
        "青花盖碗茶具套装",
        "A lidded bowl and two cups of Jingdezhen porcelain, blossoms painted by hand under the glaze, on a round "
        "tray of black walnut. In a padded gift case.",
        "景德镇青花，釉下手绘折枝花。盖碗一只、品杯两只，配黑胡桃木圆茶盘，附缓冲礼盒。",
        36800,
        1650,
        75,
        ("tea", "home", "porcelain"),
        5,
    ),
    Good(
        "SLK-SC-180",
        "silk-scarf",
        "Mulberry silk scarf with ginkgo leaves",
        "银杏真丝长巾",
        "Twill of pure mulberry silk from Suzhou, 16 momme, 180 x 65 cm: golden ginkgo leaves on plum, hems rolled "
        "by hand. In a magnetic box with a care card.",
        "苏州 16 姆米桑蚕丝斜纹绸，180 × 65 厘米，手工卷边。梅子紫底，金色银杏叶纹。磁吸礼盒，附洗护卡。",
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
        "A rollerball in black lacquer and brass that takes common refills, and an A5 notebook bound in tan "
        "leather: 240 pages of 100 g paper that lie flat. The cover can bear a name.",
        "黑漆黄铜宝珠笔（通用笔芯），配驼色头层牛皮 A5 笔记本，100 克道林纸 240 页，180 度平摊。封面可烫名。",
        15800,
        640,
        320,
        ("office", "stationery"),
    ),
    Good(
        "CUP-TH-800",
        "thermos",
        "Vacuum flask with cup, 800 ml",
        "316 不锈钢保温壶 800 毫升",
        "Double-walled 316 stainless steel in bottle green, with a handle and a drinking cup. Hot for 12 hours, "
        "cold for 24, and it does not drip.",
        "墨绿喷涂，内胆 316 不锈钢，双层真空，保温 12 小时、保冷 24 小时。带提手与饮杯，倒置不漏。",
        16800,
        460,
        410,
        ("office", "home"),
    ),
    Good(
        "WIN-HJ-1500",
        "wine-jar",
        "Shaoxing rice wine, ten years old",
        "绍兴花雕酒 十年陈",
        "A clay jar of 1.5 litres of Huadiao from Shaoxing, aged ten years: amber, mellow, 15% vol. Warm it to 40 "
        "°C. With two cups. For adults only.",
        "绍兴鉴湖水酿，陈酿十年，1.5 升陶坛装。色如琥珀，醇厚甘爽，酒精度 15% vol，温至 40 度饮用更佳。"
        "附温酒杯两只。未成年人请勿饮酒。",
        32800,
        3100,
        110,
        ("wine", "food", "shaoxing"),
    ),
    Good(
        "FOD-NT-1200",
        "nut-box",
        "Lacquer box of nuts and dried fruits",
        "漆盒坚果礼盒",
        "1.2 kg in five compartments: pistachios, walnuts, cashews, red dates and raisins. Roasted dry, without "
        "added sugar; the red lacquer box stays for the next feast. May contain traces of peanuts.",
        "开心果、核桃、腰果、红枣、葡萄干五格共 1.2 千克。原味轻烘，不另加糖；红漆果盒留作年节待客。可能含微量花生。",
        17800,
        1580,
        280,
        ("food", "healthy"),
    ),
    Good(
        "FOD-HN-2",
        "honey-jars",
        "Linden honey from Changbai Mountain",
        "长白山椴树蜜双瓶装",
        "Two jars of 450 g of linden honey, raw and mature, in its white crystals. From beekeepers in Jilin, with "
        "a wooden dipper.",
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
        "Two mugs of 380 ml, one white and one blue, plum blossoms painted by hand under the glaze. No two are "
        "quite alike.",
        "釉下手绘折枝梅，一白一蓝，一对两只，各 380 毫升。手工绘制，每只略有不同。",
        13800,
        980,
        150,
        ("home", "porcelain"),
        4,
    ),
    Good(
        "HOM-TW-4",
        "towels",
        "Xinjiang cotton towels, set of four",
        "新疆长绒棉毛巾四件套",
        "Two bath towels, a hand towel and a face towel in long-staple cotton, 500 g/m²: thick, soft, quick to "
        "dry. Tied with a ribbon.",
        "新疆长绒棉，每平方米 500 克，厚实柔软易干。浴巾两条、面巾一条、方巾一条，丝带束扎。",
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
        "A jointed brass arm and a green shade. LED with a colour rendering of 95, no flicker, 2,700 to 5,000 K; "
        "class AA of GB/T 9473.",
        "黄铜摇臂，墨绿灯罩。显色指数 95，无可视频闪，色温 2700–5000 K 可调，国 AA 级照度（GB/T 9473）。",
        39900,
        1900,
        85,
        ("office", "electronics"),
    ),
    Good(
        "ELE-WC-2",
        "wireless-charger",
        "Wireless charger for phone and earphones",
        "二合一无线充电座",
        "A stand for the phone, 15 W, and a pad for the earphones, in pale aluminium. With plug and cable; 3C "
        "certified. The phone is not part of the gift.",
        "手机立式充电，最大 15 瓦；耳机平放充电。浅色铝合金机身，含充电头与线，已通过 3C 认证。图中手机、"
        "耳机不在礼品内。",
        19900,
        420,
        170,
        ("office", "electronics"),
    ),
    Good(
        "ELE-MG-4",
        "massage-gun",
        "Massage gun with four heads",
        "筋膜枪四头套装",
        "Five speeds, four heads, quiet at 45 dB, eight hours on a charge by USB-C. In a case with a handle. Not "
        "for people with a pacemaker.",
        "五档力度，四款按摩头，45 分贝低噪，USB-C 充电，续航 8 小时，附手提收纳箱。佩戴心脏起搏器者请勿使用。",
        42900,
        1350,
        70,
        ("health", "electronics"),
    ),
    Good(
        "OUT-UM-1",
        "umbrella",
        "Umbrella with plum blossoms",
        "梅花长柄晴雨伞",
        "Opens at a button; eight fibreglass ribs, a hooked wooden handle, UPF 50+. White plum blossoms on red; "
        "105 cm across.",
        "一键自动开伞，八骨玻纤抗风，实木弯柄，UPF 50+ 防晒。红底白梅，伞面直径 105 厘米。",
        12800,
        430,
        360,
        ("outdoor",),
    ),
    Good(
        "MOO-ST-8",
        "mooncake-box",
        "Mooncakes, eight in four flavours",
        "中秋月饼礼盒 八饼四味",
        "Cantonese mooncakes of 60 g: lotus seed with yolk, red bean, five kernels, and mung bean. In a blue box "
        "with the moon. Best within 60 days; packed only with themselves.",
        "广式月饼：蛋黄莲蓉、豆沙、五仁、绿豆四味，60 克 × 8 枚，蓝夜明月礼盒。保质期 60 天，不与其他商品混装。",
        16800,
        820,
        420,
        ("food", "mid-autumn", "ship-alone"),
        7,
    ),
    Good(
        "MOO-DX-6",
        "mooncake-chest",
        "Mooncakes with double yolk, in a chest",
        "中秋月饼礼盒 双黄白莲蓉",
        "Six Cantonese mooncakes of 125 g, white lotus seed with two yolks each, baked to order. In a plum-red "
        "chest with a drawer that stays for keepsakes. Packed only with themselves.",
        "广式双黄白莲蓉月饼 125 克 × 6 枚，接单现烤。梅红抽屉礼匣，用后可作首饰匣。不与其他商品混装。",
        38800,
        1450,
        160,
        ("food", "mid-autumn", "ship-alone"),
        7,
    ),
    Good(
        "FOD-FR-5",
        "fruit-box",
        "Crate of fruit of the season, 5 kg",
        "时令鲜果礼箱 5 千克",
        "What is best that week: navel oranges from Gannan, apples from Yantai, grapes from Turpan. Picked after "
        "you order, sent chilled in a wooden crate; a bruised one is replaced.",
        "按当季择优：赣南脐橙、烟台苹果、吐鲁番葡萄。下单后采摘，木箱装，冷链发出，坏果包赔。",
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
    ("TEA-LJ-150", "STA-PN-1", "CUP-TH-800", "FOD-NT-1200", "FOD-HN-2", "CER-MG-2", "HOM-TW-4", "OUT-UM-1"),
)
NEXT_BOOK: Final = Book(
    "HE200-2026",
    "Harmony",
    "和合",
    "2026 edition",
    "2026 年版",
    20000,
    ("ELE-WC-2", "MOO-ST-8", "FOD-FR-5"),
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
        "CER-GW-4",
        "SLK-SC-180",
        "WIN-HJ-1500",
        "ELE-LP-1",
        "ELE-MG-4",
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
        stock.receive(tx, item.id, good.on_hand, "首批到货 First delivery", by=SYSTEM, at=at)
    return item.id


def _publish(tx: Transaction, edition_id: int, book: Book, ids: dict[str, int], at: datetime) -> None:
    for sku in book.skus:
        catalogue.add_gift(tx, edition_id, ids[sku], by=SYSTEM, at=at)
    catalogue.offer_edition(tx, edition_id, by=SYSTEM, at=at)
