"""The collections of the demonstration's shop, and which goods are in them besides those whose tags say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from giftshop.catalogue import CollectionFacts, CollectionKind

ALSO_IN: Final[Mapping[str, str]] = {
    "mid-autumn": "TEA-LJ-150 TEA-PE-357 TEA-TG-250 CER-GW-4 WIN-HJ-1500 FOD-NT-1200 FOD-FR-5 CER-VS-28",
    "spring-festival": "TEA-DH-160 WIN-HJ-1500 FOD-NT-1200 FOD-MU-500 FOD-RC-5 FOD-BN-6 STA-CL-27 STA-CA-5",
    "dragon-boat": "TEA-JS-150 FOD-DE-20 FOD-CY-25 OUT-UM-1 TEA-LJ-150",
    "birthday": "SLK-SC-180 CER-MG-2 ELE-SP-1 ELE-HP-1 STA-FP-1 HOM-DF-2 FOD-CH-18 ELE-MG-4",
    "thanks": "TEA-LJ-150 TEA-PE-357 TEA-DH-160 CER-GW-4 SLK-SC-180 STA-FP-1 FOD-CH-18 FOD-HN-2 WIN-HJ-1500 STA-CJ-1",
    "opening": "CER-VS-28 CER-TP-240 CER-GW-4 STA-CA-5 ELE-SP-1 HOM-DF-2 ELE-RV-1",
    "year-end": "STA-CL-27 FOD-NT-1200 CUP-TH-800 STA-CJ-1 HOM-TW-4 ELE-PB-20 FOD-OO-2 FOD-RC-5",
    "clients": "TEA-LJ-150 TEA-PE-357 TEA-TG-250 TEA-DH-160 CER-GW-4 CER-TP-240 WIN-HJ-1500 FOD-BN-6 SLK-SC-180 "
    "STA-FP-1 STA-CA-5 CER-VS-28 ELE-HP-1 MOO-DX-6",
    "colleagues": "CUP-TH-800 CER-MG-2 OUT-UM-1 KIT-LB-3 ELE-LP-1 ELE-WC-2 ELE-PB-20 STA-PN-1 STA-CL-27 BAG-BP-1 "
    "FOD-CF-2 HEA-YM-1 MOO-ST-8 ZON-ST-10",
    "newcomers": "STA-PN-1 CUP-TH-800 BAG-BP-1 ELE-WC-2 STA-CJ-1 CER-MG-2 OUT-UM-1",
    "elders": "TEA-PE-357 TEA-HB-80 FOD-BN-6 FOD-HN-2 HEA-FB-1 HEA-BP-1 HEA-GJ-500 BED-SQ-2 HEA-MC-1 "
    "ELE-KT-1 CUP-TH-800",
    "families": "FOD-FR-5 FOD-CY-25 FOD-RC-5 KIT-EP-24 CER-TW-16 ELE-RC-4 ELE-AF-5 HOM-TW-4 HEA-FA-36 NEW-CB-1 "
    "ELE-RV-1 FOD-NT-1200",
}
"""SKUs by tag. They are no category, so they come after a good's own tags."""

_WORDS: Final = (
    # tag, picture, English and Chinese name, a line in each, what else people type
    (
        CollectionKind.OCCASION,
        (
            (
                "mid-autumn",
                "mooncake-chest",
                "Mid-Autumn",
                "中秋",
                "Mooncakes, tea and wine for the night of the full moon.",
                "月饼、好茶、陈酿，与您共赏一轮明月。",
                "月饼 mooncakes moon festival",
            ),
            (
                "spring-festival",
                "new-year-hamper",
                "Spring Festival",
                "春节",
                "Hampers, sweets and red paper for the new year.",
                "年货、糖果、春联，把年味送到家。",
                "新年 过年 年货 红包 chinese new year",
            ),
            (
                "dragon-boat",
                "zongzi-basket",
                "Dragon Boat",
                "端午",
                "Zongzi and what goes well with them in early summer.",
                "粽叶飘香，一份初夏的问候。",
                "粽子 zongzi",
            ),
            (
                "birthday",
                "chocolate-box",
                "Birthdays",
                "生日",
                "Something for one person, on one day.",
                "那一天，为他一个人准备。",
                "生辰",
            ),
            (
                "thanks",
                "silk-scarf",
                "Thank-you",
                "答谢",
                "For those whose trust you could count on.",
                "谢谢一路信任您的人。",
                "感谢 感恩 appreciation",
            ),
            (
                "opening",
                "celadon-vase",
                "Openings and moves",
                "开业乔迁",
                "For new rooms: things that stay in sight.",
                "新店、新址、新居，摆得出来的体面。",
                "开业 乔迁 housewarming opening",
            ),
            (
                "year-end",
                "desk-calendar",
                "End of the year",
                "岁末年终",
                "A calendar for the new year, and something warm for the old.",
                "给旧岁一点温暖，给新年一本台历。",
                "年会 年终 christmas",
            ),
        ),
    ),
    (
        CollectionKind.RECIPIENT,
        (
            (
                "clients",
                "puer-cake",
                "Clients",
                "客户",
                "Made with care, and worth keeping.",
                "用料讲究，值得收藏。",
                "customers 商务 vip",
            ),
            (
                "colleagues",
                "thermos",
                "Colleagues",
                "员工",
                "Useful every working day.",
                "每个工作日都用得上。",
                "同事 福利 staff employees",
            ),
            (
                "newcomers",
                "backpack",
                "New colleagues",
                "新员工",
                "For a desk's first morning.",
                "入职第一天的见面礼。",
                "入职 onboarding welcome",
            ),
            (
                "elders",
                "foot-bath",
                "Elders",
                "长辈",
                "Gentle on body and hands.",
                "温润养生，用着省心。",
                "老人 父母 parents seniors",
            ),
            (
                "families",
                "fruit-box",
                "Families",
                "家庭",
                "For a kitchen and a table with several chairs.",
                "一家人的厨房和餐桌。",
                "家人 home",
            ),
        ),
    ),
    (
        CollectionKind.SORT,
        (
            ("tea", "longjing-tin", "Tea and tea ware", "茶与茶具", "", "", "茶叶 teas"),
            ("food", "nut-box", "Food", "食品", "", "", "零食 美食 snacks"),
            ("household", "mug-pair", "Household", "家居", "", "", "居家 日用 home"),
            ("electronics", "speaker", "Electronics", "数码电器", "", "", "电器 数码 appliances gadgets"),
            ("health", "goji-jar", "Health", "健康", "", "", "养生 保健 wellness"),
            ("stationery", "fountain-pen", "Stationery", "文具", "", "", "办公 office"),
            ("festival", "candy-box", "Festival food", "节令食品", "", "", "节日 festive"),
        ),
    ),
)


def collections() -> Iterator[CollectionFacts]:
    """Yield the collections in the order of the shop."""
    for kind, several in _WORDS:
        for place, (tag, picture, name, name_zh, text, text_zh, also) in enumerate(several, 1):
            yield CollectionFacts(
                tag=tag,
                kind=kind,
                names={"en": name, "zh_Hans": name_zh},
                texts={"en": text, "zh_Hans": text_zh},
                also=also,
                picture=picture,
                position=place,
            )


def tags_of(sku: str, own: tuple[str, ...]) -> tuple[str, ...]:
    """Return a good's tags, with those of the collections it is in besides."""
    return (*own, *(tag for tag, skus in ALSO_IN.items() if sku in skus.split() and tag not in own))
