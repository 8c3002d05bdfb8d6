"""What does the body good."""

from __future__ import annotations

from typing import Final

from giftshop.demo.goods.good import Good

HEALTH: Final = (
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
        "HEA-MC-1",
        "massage-chair",
        "Massage chair, delivered and set up",
        "家用按摩椅 送装一体",
        "Kneads from neck to calf on a rail of 130 cm, with warmth at the back; lies almost flat. Two people "
        "carry it in and set it up. Not for people with a pacemaker.",
        "130 厘米导轨，自颈至小腿揉捏，腰背热敷，可近平躺。两人送货入户并安装调试。佩戴心脏起搏器者请勿使用。",
        398000,
        78000,
        0,
        ("health", "electronics", "bulky"),
        7,
        supplier="ANYI",
    ),
    Good(
        "HEA-FB-1",
        "foot-bath",
        "Foot bath that keeps warm",
        "恒温足浴盆",
        "Warms in eight minutes and holds 38 to 45 °C; rollers, bubbles, a quiet drain. Not for broken skin.",
        "8 分钟升温，38–45 度恒温，滚轮与气泡按摩，底部排水。皮肤破损者请勿使用。",
        29800,
        4900,
        85,
        ("health", "household"),
        4,
    ),
    Good(
        "HEA-BP-1",
        "pressure-monitor",
        "Blood pressure monitor for the arm",
        "上臂式电子血压计",
        "Large figures, one button, 120 readings for each of two people; speaks the result. Registered as a "
        "class II medical device.",
        "大字屏、一键测量、语音播报，双人各存 120 组。二类医疗器械注册产品，附合格证。",
        22800,
        780,
        140,
        ("health", "electronics"),
    ),
    Good(
        "HEA-YM-1",
        "yoga-mat",
        "Yoga mat with two blocks",
        "瑜伽垫套装",
        "Natural rubber, 5 mm, 183 x 68 cm, lines to place hands and feet; two blocks of cork and a strap to carry it.",
        "天然橡胶 5 毫米，183 × 68 厘米，体位线；软木砖两块，附背带。",
        18800,
        3200,
        120,
        ("health", "sport"),
    ),
    Good(
        "HEA-GJ-500",
        "goji-jar",
        "Wolfberries from Zhongning",
        "中宁特级枸杞",
        "500 g of whole berries from Zhongning in Ningxia, first picking of summer, unsulphured. With a wooden spoon.",
        "宁夏中宁头茬夏果，特级大粒，不熏硫。500 克密封罐装，附木勺。",
        13800,
        760,
        230,
        ("health", "food", "ningxia"),
    ),
    Good(
        "HEA-FA-36",
        "first-aid",
        "First-aid case for home and car",
        "家庭车载急救箱",
        "Thirty-six pieces: dressings, a tourniquet, scissors, burn gel, a rescue blanket, and a card that says "
        "what to do first.",
        "36 件：敷料、止血带、剪刀、烧伤凝胶、急救毯等，附急救步骤卡。",
        12800,
        1450,
        200,
        ("health", "household"),
    ),
)
