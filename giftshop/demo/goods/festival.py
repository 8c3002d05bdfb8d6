"""Mid-Autumn, Dragon Boat, Spring and Lantern Festival."""

from __future__ import annotations

from typing import Final

from giftshop.demo.goods.good import Good

FESTIVAL: Final = (
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
        ("festival", "food", "mid-autumn", "ship-alone"),
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
        ("festival", "food", "mid-autumn", "ship-alone"),
        7,
    ),
    Good(
        "ZON-ST-10",
        "zongzi-box",
        "Zongzi from Jiaxing, ten in five kinds",
        "嘉兴粽子礼盒 十粽五味",
        "Ten zongzi of 100 g: pork, yolk and pork, red bean, date, and mixed grain. Steamed and vacuum-packed; "
        "keeps for 180 days.",
        "鲜肉、蛋黄鲜肉、豆沙、蜜枣、杂粮五味，100 克 × 10 只。熟制真空装，保质期 180 天。",
        9800,
        1450,
        380,
        ("festival", "food", "dragon-boat"),
        5,
    ),
    Good(
        "ZON-DX-12",
        "zongzi-basket",
        "Dragon Boat basket with zongzi and eggs",
        "端午粽香提篮",
        "Twelve zongzi, six salted duck eggs and a sachet of herbs in a bamboo basket with a bow.",
        "粽子 12 只、咸鸭蛋 6 枚、艾草香囊一只，手编竹提篮，系绸带。",
        19800,
        2600,
        180,
        ("festival", "food", "dragon-boat"),
        5,
    ),
    Good(
        "NEW-HM-8",
        "new-year-hamper",
        "Spring Festival hamper, eight kinds",
        "新春年货大礼包 八样",
        "Nuts, dried longans, rice wine, sesame sweets, candied oranges, ham, mushrooms and tea in a red hamper "
        "that one can give on.",
        "坚果、桂圆、黄酒、芝麻糖、蜜橘、火腿、香菇、茶叶八样，红色礼篮，体面送礼。含酒精饮品，未成年人请勿饮用。",
        39800,
        5400,
        150,
        ("festival", "food", "spring-festival"),
        6,
    ),
    Good(
        "NEW-CO-1",
        "couplets",
        "Spring couplets, lantern and red envelopes",
        "新春对联灯笼礼包",
        "Hand-printed couplets for a door of two metres, a paper lantern, ten red envelopes and paper cuts for "
        "the windows.",
        "手工木版印对联（适合两米门）、纸灯笼一盏、红包十只、窗花一组。",
        8800,
        780,
        420,
        ("festival", "spring-festival"),
        4,
    ),
    Good(
        "NEW-CB-1",
        "candy-box",
        "New Year tin of sweets",
        "新春糖果攒盒",
        "1 kg of nougat, sesame crisps, peanut brittle and milk sweets in a red tin that stays on the table. "
        "Contains peanuts and milk.",
        "牛轧糖、芝麻酥、花生糖、奶糖共 1 千克，红漆铁盒待客。含花生与乳制品。",
        12800,
        1500,
        310,
        ("festival", "food", "spring-festival"),
        4,
    ),
    Good(
        "NEW-NG-2",
        "new-year-cake",
        "New Year rice cakes, two carp",
        "锦鲤年糕礼盒",
        "Two rice cakes in the shape of carp, one plain and one of pumpkin, 400 g each; a wish for plenty. "
        "Steam, slice, share.",
        "锦鲤造型年糕两条，原味、南瓜各 400 克，寓意年年有余。蒸软切片即食。",
        10800,
        1150,
        240,
        ("festival", "food", "spring-festival"),
        4,
    ),
    Good(
        "LAN-TY-4",
        "tangyuan",
        "Tangyuan for the Lantern Festival",
        "元宵汤圆礼盒 四味",
        "Four kinds, 1.2 kg: black sesame, osmanthus, rose and matcha. Sent frozen.",
        "黑芝麻、桂花、玫瑰、抹茶四味，共 1.2 千克，冷链发出。",
        11800,
        1900,
        120,
        ("festival", "food", "frozen", "lantern"),
        4,
    ),
)
