"""What is eaten and drunk."""

from __future__ import annotations

from typing import Final

from giftshop.demo.goods.good import Good

FOOD: Final = (
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
        ("food", "wine", "shaoxing"),
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
        supplier="GANNAN",
    ),
    Good(
        "FOD-RC-5",
        "rice-bag",
        "Wuchang rice, new harvest, 5 kg",
        "五常稻花香新米 5 千克",
        "Daohuaxiang No. 2 from Wuchang, Heilongjiang, milled after you order. Fragrant, a little sticky, good "
        "when cold too. In a cotton sack.",
        "黑龙江五常核心产区稻花香 2 号，接单现磨，饭粒油亮，冷后不返生。棉布袋装，附产地溯源码。",
        12800,
        5250,
        240,
        ("food", "heilongjiang"),
    ),
    Good(
        "FOD-MU-500",
        "mushroom-box",
        "Flower mushrooms from Qingyuan",
        "庆元花菇礼盒",
        "500 g of thick winter shiitake with cracked caps, dried at a low heat. From Qingyuan in Zhejiang, where "
        "they have grown for eight hundred years.",
        "浙江庆元冬菇，朵大肉厚、菌盖天然开裂，低温烘干。500 克礼盒装。",
        16800,
        1050,
        170,
        ("food", "zhejiang"),
    ),
    Good(
        "FOD-BN-6",
        "birds-nest",
        "Stewed bird's nest, six jars",
        "即食冰糖燕窝 六瓶装",
        "Six jars of 75 g, ready to eat, stewed with rock sugar; each has at least 4 g of bird's nest. With its "
        "tracing code. Not a medicine.",
        "即开即食，冰糖炖煮，每瓶燕窝投料不少于 4 克。75 克 × 6 瓶，附溯源码。本品为食品，不能代替药物。",
        45800,
        1650,
        60,
        ("food", "healthy"),
        4,
    ),
    Good(
        "FOD-CF-2",
        "coffee-bag",
        "Yunnan coffee, two roasts",
        "云南保山小粒咖啡豆",
        "Two bags of 227 g of arabica from Baoshan: a light roast with apricot and honey, a dark one with cocoa. "
        "Roasted within two weeks.",
        "云南保山小粒种阿拉比卡。浅烘杏子蜂蜜调，深烘可可坚果调，227 克 × 2 袋，两周内新鲜烘焙。",
        13800,
        620,
        190,
        ("food", "yunnan"),
        4,
    ),
    Good(
        "FOD-CH-18",
        "chocolate-box",
        "Chocolates, eighteen kinds",
        "手工巧克力礼盒 十八味",
        "Eighteen filled chocolates, among them Longjing tea, osmanthus and Sichuan pepper. May contain nuts and "
        "milk. Kept cool on the way.",
        "十八颗夹心巧克力，含龙井、桂花、藤椒等风味。含坚果与乳制品，随附冰袋恒温配送。",
        19800,
        560,
        130,
        ("food",),
        4,
    ),
    Good(
        "FOD-CY-25",
        "cherry-crate",
        "Cherries from Dalian, 2.5 kg",
        "大连美早樱桃 2.5 千克",
        "Dark Meizao cherries of 28 mm and more, packed the day they are picked and flown chilled. In season "
        "from May to July; otherwise from Chile.",
        "大连美早，单果 28 毫米以上，当日采摘、预冷空运。5 至 7 月应季发货，其余月份为智利进口。",
        29800,
        2900,
        0,
        ("food", "fresh"),
        supplier="GANNAN",
    ),
    Good(
        "FOD-DE-20",
        "duck-eggs",
        "Salted duck eggs from Gaoyou",
        "高邮咸鸭蛋礼篮",
        "Twenty eggs of free-ranging ducks, cured for thirty days in red clay: sandy yolks that glow with oil. "
        "Cooked, in a wicker basket.",
        "高邮湖散养麻鸭蛋，红泥腌足三十天，蛋黄起沙流油。熟制 20 枚，真空独立装，藤编提篮。",
        11800,
        2100,
        220,
        ("food", "jiangsu"),
    ),
)
