"""Tea, and what it is made and drunk in."""

from __future__ import annotations

from typing import Final

from giftshop.demo.goods.good import Good

TEA: Final = (
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
        ("tea", "hangzhou"),
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
        ("tea", "yunnan"),
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
        ("tea", "household", "porcelain"),
        5,
    ),
    Good(
        "TEA-TG-250",
        "tea-caddies",
        "Anxi Tieguanyin, autumn harvest",
        "安溪铁观音 秋茶",
        "Two caddies of 125 g of light-roasted Tieguanyin from Xiping in Anxi: orchid scent, a lasting "
        "sweetness. In small sachets, one a pot.",
        "安溪西坪秋茶，清香型，兰花香显，回甘持久。125 克 × 2 罐，小袋独立装，一袋一泡。",
        26800,
        620,
        140,
        ("tea", "anxi"),
    ),
    Good(
        "TEA-DH-160",
        "rock-tea-box",
        "Dahongpao rock tea from Wuyi",
        "武夷山大红袍",
        "Sixteen sachets of 10 g from the rocky slopes of Wuyishan, roasted over charcoal three times: mineral, "
        "full, with a scent of osmanthus.",
        "武夷正岩产区，三道炭焙，岩骨花香，隐有桂韵。10 克 × 16 泡，朱红礼盒。",
        36800,
        540,
        95,
        ("tea", "wuyi"),
    ),
    Good(
        "TEA-JS-150",
        "jasmine-jar",
        "Jasmine tea, scented seven times",
        "七窨茉莉花茶",
        "150 g of silver-needle green tea from Hengxian, scented on seven nights with fresh jasmine. In a glass "
        "jar with a cork lid.",
        "广西横州银针茶坯，与伏天茉莉七窨一提，鲜灵持久。150 克玻璃罐装，软木盖。",
        15800,
        520,
        210,
        ("tea",),
    ),
    Good(
        "TEA-HB-80",
        "chrysanthemum-jar",
        "Golden chrysanthemum from Huangshan",
        "黄山金丝皇菊",
        "80 g of whole golden chrysanthemums from the foot of Huangshan, one flower a glass. No sulphur, no caffeine.",
        "皖南黄山脚下种植，一朵一杯，汤色金黄，不熏硫、不含咖啡因。80 克玻璃罐装。",
        12800,
        430,
        260,
        ("tea", "caffeine-free"),
    ),
    Good(
        "CER-TP-240",
        "clay-teapot",
        "Yixing teapot of purple clay",
        "宜兴紫砂壶套装",
        "A Xishi pot of 240 ml in original Huanglong clay, made wholly by hand by a titled craftsman, with two "
        "cups and a certificate.",
        "黄龙山原矿紫泥，国家级工艺师全手工西施壶，240 毫升，配品杯两只，附作者证书。",
        48800,
        980,
        36,
        ("tea", "household", "yixing"),
        7,
    ),
    Good(
        "GLS-TP-600",
        "glass-teapot",
        "Glass teapot with walnut lid",
        "耐热玻璃花茶壶",
        "Heat-proof borosilicate glass, 600 ml, a strainer of steel and a lid of walnut; a porcelain cup. Safe "
        "over a tea light.",
        "高硼硅耐热玻璃，600 毫升，304 不锈钢滤网，胡桃木盖，配白瓷杯一只，可明火加热。",
        11800,
        860,
        180,
        ("tea", "household"),
    ),
)
