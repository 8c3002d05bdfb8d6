"""What one writes with and carries to work."""

from __future__ import annotations

from typing import Final

from giftshop.demo.goods.good import Good

STATIONERY: Final = (
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
        ("stationery", "office"),
    ),
    Good(
        "STA-CA-5",
        "calligraphy-set",
        "The four treasures of the study",
        "文房四宝",
        "Three brushes from Huzhou, ink from Huizhou, Xuan paper, a Duan stone, and the stand they hang on.",
        "湖笔三支、徽墨一锭、宣纸一刀、端砚一方，配红木笔架。",
        36800,
        2900,
        58,
        ("stationery", "culture"),
        5,
    ),
    Good(
        "STA-CL-27",
        "desk-calendar",
        "Desk calendar with mountains",
        "山水台历",
        "Thirteen landscapes after old paintings, solar and lunar days, room to write; a base of beech. The last "
        "page can bear your name.",
        "十三幅古画山水，公历农历对照，留白可记事，榉木底座。末页可印企业名。",
        6800,
        560,
        500,
        ("stationery", "office"),
        5,
    ),
    Good(
        "STA-FP-1",
        "fountain-pen",
        "Fountain pen with gold nib, and ink",
        "金尖钢笔墨水礼盒",
        "A nib of 14 K gold, a barrel of green resin, a converter; 30 ml of ink in malachite. The cap can be engraved.",
        "14K 金笔尖，墨绿树脂笔杆，配旋转吸墨器与 30 毫升孔雀绿墨水。笔帽可刻名。",
        49800,
        680,
        52,
        ("stationery", "office"),
        5,
    ),
    Good(
        "STA-CJ-1",
        "cloth-journal",
        "Cloth-bound journal with brass bookmarks",
        "线装布面手账",
        "Bound with thread in plum cloth, 160 pages of bamboo paper, two pierced bookmarks of brass.",
        "梅子紫布面线装，竹浆纸 160 页，附镂空黄铜书签两枚。",
        8800,
        480,
        340,
        ("stationery",),
    ),
    Good(
        "BAG-BP-1",
        "backpack",
        "Backpack for work, 20 litres",
        "商务双肩包 20 升",
        "Water-repellent cloth, leather straps, a padded place for a 15.6-inch notebook and one at the back for "
        "the passport.",
        "防泼水面料，真皮配件，15.6 英寸电脑隔层，背部证件暗袋。",
        25800,
        1150,
        150,
        ("stationery", "travel", "office"),
        4,
    ),
)
