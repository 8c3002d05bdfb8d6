"""How people write a division's name: in full, with a shortened or former ending, or bare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from typing import Final

from giftshop.addresses.divisions import Division


class Spelling(IntEnum):
    """How far a spelling is from the official name; the number is what it costs when readings are compared."""

    FULL = 0
    """As in the table: 恩施土家族苗族自治州, 广州市."""
    SHORT = 1
    """With an ending that still says what it is: 恩施州, 广西省, 顺德市, 高新区."""
    BARE = 2
    """Without one: 恩施, 广东. The text may then as well be the beginning of a street's name: 天河 in 天河北路."""


_PEOPLE: Final = (
    "(?:(?:汉|蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|"
    "景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|"
    "裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各)族|蒙古|哈萨克|柯尔克孜|锡伯|塔吉克|维吾尔)"
)
_AUTONOMOUS: Final = re.compile(rf"(.{{2,}}?){_PEOPLE}*(自治(?:州|县|旗|区))")
_DISTRICT_OF_A_PEOPLE: Final = re.compile(rf"(.{{2,}}?){_PEOPLE}+(区)")
_ORDINARY: Final = re.compile(
    r"(.{2,}?)(特别行政区|省|地区|盟|新区|林区|矿区|街道|镇|乡|市|区|县|旗|堂区(?:（.+）)?|管理区管委会|行政委员会)"
)
_SHORTENED_ENDINGS: Final = {
    "特别行政区": ("",),
    "自治区": ("省", "自治区"),
    "自治州": ("州",),
    "自治县": ("县",),
    "自治旗": ("旗",),
    "区": ("县", "市"),
    "新区": ("区", "县"),
    "县": ("区", "市"),
    "市": ("县", "区"),
    "街道": ("街道办事处", "区", "镇"),
    "镇": ("街道", "区"),
    "管理区管委会": ("管理区",),
}
"""An official ending to those also met: former ones (a county became a district), or shorter ones."""
_ZONES: Final = {
    "高新技术产业开发区": ("高新区",),
    "高新技术开发区": ("高新区",),
    "高新技术产业园区": ("高新区",),
    "经济技术开发区": ("经开区", "开发区"),
    "经济开发区": ("经开区", "开发区"),
}
_NICKNAMES: Final = {
    "巴音郭楞蒙古自治州": ("巴州",),
    "博尔塔拉蒙古自治州": ("博州",),
    "克孜勒苏柯尔克孜自治州": ("克州",),
    "锡林郭勒盟": ("锡盟",),
    "前郭尔罗斯蒙古族自治县": ("前郭县",),
    "嘉模堂区（氹仔）": ("氹仔", "嘉模堂区"),
    "圣方济各堂区（路环）": ("路环", "圣方济各堂区"),
    "澳门外岛": ("离岛",),
}
_ABSORBED: Final = {
    ("北京市", "东城区"): ("崇文区",),
    ("北京市", "西城区"): ("宣武区",),
    ("天津市", "滨海新区"): ("塘沽区", "汉沽区", "大港区"),
    ("上海市", "静安区"): ("闸北区",),
    ("上海市", "黄浦区"): ("卢湾区",),
    ("上海市", "浦东新区"): ("南汇区",),
    ("重庆市", "綦江区"): ("万盛区",),
    ("重庆市", "大足区"): ("双桥区",),
    ("南京市", "鼓楼区"): ("下关区",),
    ("南京市", "秦淮区"): ("白下区",),
    ("苏州市", "姑苏区"): ("沧浪区", "平江区", "金阊区"),
    ("杭州市", "拱墅区"): ("下城区",),
    ("宁波市", "鄞州区"): ("江东区",),
    ("广州市", "越秀区"): ("东山区",),
    ("广州市", "荔湾区"): ("芳村区",),
    ("广州市", "黄埔区"): ("萝岗区",),
    ("西安市", "鄠邑区"): ("户县",),
    ("成都市", "郫都区"): ("郫县",),
}
"""(city, district today) to districts merged into it as a whole, which people still write."""


def spellings_of(division: Division) -> Iterator[tuple[str, Spelling]]:
    """Yield every way to write `division`, the official one first; a later repetition means nothing new."""
    yield division.name, Spelling.FULL
    yield from ((name, Spelling.SHORT) for name in _NICKNAMES.get(division.name, ()))
    yield from ((name, Spelling.SHORT) for name in _absorbed(division))
    yield from _zone_spellings(division)
    base, ending = _split(division.name)
    if base:
        endings = _SHORTENED_ENDINGS.get(ending, ()) if _may_change_ending(division, ending) else ()
        yield from ((base + other, Spelling.SHORT) for other in endings)
        yield base, Spelling.BARE


def _split(name: str) -> tuple[str, str]:
    """Return base and ending of a name (恩施, 自治州); both are empty for one without a bare form (城区, 赵县)."""
    for pattern in (_AUTONOMOUS, _DISTRICT_OF_A_PEOPLE, _ORDINARY):
        if match := pattern.fullmatch(name):
            return match[1].removesuffix("族"), match[2]
    return "", ""


def _may_change_ending(division: Division, ending: str) -> bool:
    """A city stays a city (喀什市 is a county in 喀什地区, not another word for it); the others change endings."""
    return division.level != 2 or ending == "自治州" or division.needs_no_child


def _absorbed(division: Division) -> tuple[str, ...]:
    parent = division.parent
    return _ABSORBED.get((parent.name, division.name), ()) if parent else ()


def _zone_spellings(division: Division) -> Iterator[tuple[str, Spelling]]:
    """石家庄高新技术产业开发区 is also 高新技术产业开发区 and 高新区, once one has said 石家庄."""
    rest = division.name
    for above in division.path[:-1]:
        for prefix in (above.name, _split(above.name)[0]):
            rest = rest.removeprefix(prefix)
    if len(rest) < 3 or not division.name.endswith(("开发区", "园区", "管理区", "新区", "示范区")):
        return
    if rest != division.name:
        yield rest, Spelling.SHORT
    yield from ((name, Spelling.SHORT) for zone, names in _ZONES.items() if rest == zone for name in names)
