"""Addresses on one line, as people write them into a list of recipients."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giftshop.addresses import Address, AddressProblem, Division, one_line, parse_china, regions_of
from giftshop.addresses.divisions import china
from giftshop.addresses.errors import (
    AddressEmpty,
    AddressTooLong,
    CityNotUnderstood,
    DistrictNotUnderstood,
    PlaceAmbiguous,
    PlaceDoubtful,
    PlaceElsewhere,
    PlaceNotUnderstood,
    PlaceUnfinished,
)
from giftshop.addresses.words import PartMissing


def understood(text: str) -> Address:
    address = parse_china(text)
    assert isinstance(address, Address), str(address)
    return address


def refused(text: str) -> AddressProblem:
    problem = parse_china(text)
    assert isinstance(problem, AddressProblem), problem
    return problem


TIYU_WEST = Address("CN", "广东省", "广州市", "天河区", "体育西路123号")


@pytest.mark.parametrize(
    "text",
    [
        "广东省广州市天河区体育西路123号",
        "广东广州天河区体育西路123号",
        "广州市天河区体育西路123号",
        "广州天河体育西路123号",
        "天河区体育西路123号",
        "广东省天河区体育西路123号",
        "广东省广州市广州市天河区体育西路123号",
        "中国广东省广州市天河区体育西路123号",
        "中华人民共和国广东省广州市天河区体育西路123号",
        "地址：广东省，广州市，天河区，体育西路123号",
        "收货地址: 广东省 广州市 天河区 体育西路123号",
        "广东省/广州市/天河区/体育西路123号",
        "广东省\u3000广州市\u3000天河区\n体育西路123号",
        "\ufeff广东省广州市\u200b天河区体育西路123号",
    ],
)
def test_one_place_is_understood_in_many_spellings(text: str) -> None:
    assert understood(text) == TIYU_WEST


@pytest.mark.parametrize(
    "text",
    [
        "510620广东省广州市天河区体育西路123号",
        "邮编：510620 广东省广州市天河区体育西路123号",
        "广东省广州市天河区体育西路123号 510620",
        "广东省广州市天河区体育西路123号（邮编：510620）",
        "广东省广州市天河区体育西路123号，邮政编码510620",
    ],
)
def test_a_postcode_in_front_or_behind_is_set_apart(text: str) -> None:
    assert understood(text) == Address("CN", "广东省", "广州市", "天河区", "体育西路123号", "510620")


EVERY_PROVINCE = {
    "北京市朝阳区建国路88号": ("北京市", "北京市", "朝阳区", "建国路88号"),
    "北京海淀中关村大街27号": ("北京市", "北京市", "海淀区", "中关村大街27号"),
    "北京市北京市西城区金融街5号": ("北京市", "北京市", "西城区", "金融街5号"),
    "天津市滨海新区第一大街2号": ("天津市", "天津市", "滨海新区", "第一大街2号"),
    "天津市市辖区和平区南京路1号": ("天津市", "天津市", "和平区", "南京路1号"),
    "河北石家庄市长安区中山东路1号": ("河北省", "石家庄市", "长安区", "中山东路1号"),
    "河北省石家庄市高新区长江大道9号": ("河北省", "石家庄市", "石家庄高新技术产业开发区", "长江大道9号"),
    "山西省太原市小店区长风街1号": ("山西省", "太原市", "小店区", "长风街1号"),
    "内蒙古呼和浩特市赛罕区大学东街1号": ("内蒙古自治区", "呼和浩特市", "赛罕区", "大学东街1号"),
    "内蒙古锡林郭勒盟锡林浩特市那达慕大街1号": ("内蒙古自治区", "锡林郭勒盟", "锡林浩特市", "那达慕大街1号"),
    "辽宁沈阳和平区三好街1号": ("辽宁省", "沈阳市", "和平区", "三好街1号"),
    "吉林市丰满区吉林大街1号": ("吉林省", "吉林市", "丰满区", "吉林大街1号"),
    "吉林省延边州延吉市局子街1号": ("吉林省", "延边朝鲜族自治州", "延吉市", "局子街1号"),
    "黑龙江哈尔滨南岗区中山路1号": ("黑龙江省", "哈尔滨市", "南岗区", "中山路1号"),
    "上海浦东新区张江路1号": ("上海市", "上海市", "浦东新区", "张江路1号"),
    "上海浦东张江路1号": ("上海市", "上海市", "浦东新区", "张江路1号"),
    "江苏省昆山市前进中路1号": ("江苏省", "苏州市", "昆山市", "前进中路1号"),
    "苏州工业园区星湖街1号": ("江苏省", "苏州市", "苏州工业园区", "星湖街1号"),
    "浙江义乌北苑街道1号": ("浙江省", "金华市", "义乌市", "北苑街道1号"),
    "安徽合肥蜀山区长江西路1号": ("安徽省", "合肥市", "蜀山区", "长江西路1号"),
    "福建厦门思明区湖滨南路1号": ("福建省", "厦门市", "思明区", "湖滨南路1号"),
    "江西南昌红谷滩区丰和中大道1号": ("江西省", "南昌市", "红谷滩区", "丰和中大道1号"),
    "山东省青岛市市南区香港中路1号": ("山东省", "青岛市", "市南区", "香港中路1号"),
    "河南省济源市济水大街1号": ("河南省", "济源市", "", "济水大街1号"),
    "河南郑州金水区花园路1号": ("河南省", "郑州市", "金水区", "花园路1号"),
    "湖北省恩施州恩施市舞阳大道1号": ("湖北省", "恩施土家族苗族自治州", "恩施市", "舞阳大道1号"),
    "湖北仙桃市沔阳大道1号": ("湖北省", "仙桃市", "", "沔阳大道1号"),
    "湖北省省直辖县级行政区划潜江市章华中路1号": ("湖北省", "潜江市", "", "章华中路1号"),
    "湖南长沙岳麓区桐梓坡路1号": ("湖南省", "长沙市", "岳麓区", "桐梓坡路1号"),
    "湖南省长沙县星沙大道1号": ("湖南省", "长沙市", "长沙县", "星沙大道1号"),
    "佛山市顺德市大良新桂路1号": ("广东省", "佛山市", "顺德区", "大良新桂路1号"),
    "广东东莞长安镇振安路1号": ("广东省", "东莞市", "长安镇", "振安路1号"),
    "东莞市南城区鸿福路200号": ("广东省", "东莞市", "南城街道", "鸿福路200号"),
    "东莞市鸿福路200号": ("广东省", "东莞市", "", "鸿福路200号"),
    "中山西区富华道1号": ("广东省", "中山市", "西区街道", "富华道1号"),
    "广州市东山区中山三路1号": ("广东省", "广州市", "越秀区", "中山三路1号"),
    "广西省南宁市青秀区民族大道1号": ("广西壮族自治区", "南宁市", "青秀区", "民族大道1号"),
    "广西桂林恭城县拱辰街1号": ("广西壮族自治区", "桂林市", "恭城瑶族自治县", "拱辰街1号"),
    "海南三亚市海棠区海棠南路1号": ("海南省", "三亚市", "海棠区", "海棠南路1号"),
    "海南澄迈县金江镇1号": ("海南省", "澄迈县", "", "金江镇1号"),
    "重庆市云阳县滨江大道1号": ("重庆市", "重庆市", "云阳县", "滨江大道1号"),
    "重庆渝中区解放碑民权路1号": ("重庆市", "重庆市", "渝中区", "解放碑民权路1号"),
    "四川成都高新区天府大道1号": ("四川省", "成都市", "高新区", "天府大道1号"),
    "四川省阿坝州九寨沟县漳扎镇1号": ("四川省", "阿坝藏族羌族自治州", "九寨沟县", "漳扎镇1号"),
    "贵州贵阳观山湖区林城东路1号": ("贵州省", "贵阳市", "观山湖区", "林城东路1号"),
    "云南大理州大理市人民路1号": ("云南省", "大理白族自治州", "大理市", "人民路1号"),
    "西藏拉萨城关区北京中路1号": ("西藏自治区", "拉萨市", "城关区", "北京中路1号"),
    "陕西西安雁塔小寨东路1号": ("陕西省", "西安市", "雁塔区", "小寨东路1号"),
    "甘肃兰州城关区东岗西路1号": ("甘肃省", "兰州市", "城关区", "东岗西路1号"),
    "青海海南州共和县青海湖路1号": ("青海省", "海南藏族自治州", "共和县", "青海湖路1号"),
    "河南蒙古族自治县优干宁镇1号": ("青海省", "黄南藏族自治州", "河南蒙古族自治县", "优干宁镇1号"),
    "宁夏银川兴庆区解放西街1号": ("宁夏回族自治区", "银川市", "兴庆区", "解放西街1号"),
    "新疆喀什市人民西路1号": ("新疆维吾尔自治区", "喀什地区", "喀什市", "人民西路1号"),
    "新疆巴州库尔勒市人民东路1号": ("新疆维吾尔自治区", "巴音郭楞蒙古自治州", "库尔勒市", "人民东路1号"),
    "新疆石河子市北三路1号": ("新疆维吾尔自治区", "石河子市", "", "北三路1号"),
}


@pytest.mark.parametrize("text", EVERY_PROVINCE)
def test_addresses_of_every_province_are_understood(text: str) -> None:
    assert understood(text) == Address("CN", *EVERY_PROVINCE[text])


def test_the_addresses_above_leave_no_province_out() -> None:
    assert {parts[0] for parts in EVERY_PROVINCE.values()} == {region.name for region in regions_of("CN")}


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("香港九龙油尖旺区弥敦道1号", Address("HK", "九龙", "油尖旺区", "", "弥敦道1号")),
        ("中国香港湾仔轩尼诗道1号", Address("HK", "香港岛", "湾仔区", "", "轩尼诗道1号")),
        ("澳门氹仔官也街1号", Address("MO", "澳门外岛", "嘉模堂区（氹仔）", "", "官也街1号")),
        ("澳门新马路1号", Address("MO", "", "", "", "新马路1号")),
        ("台湾台北市大安区忠孝东路四段1号", Address("TW", "台北市", "大安区", "", "忠孝东路四段1号")),
    ],
)
def test_hong_kong_macau_and_taiwan_are_countries_of_their_own_on_a_parcel(text: str, address: Address) -> None:
    assert understood(text) == address


@pytest.mark.parametrize(
    ("text", "problem", "named"),
    [
        ("", AddressEmpty, ""),
        ("   ", AddressEmpty, ""),
        ("510620", AddressEmpty, ""),
        ("广" * 301, AddressTooLong, "300"),
        ("Apt 3, 12 Main St", PlaceNotUnderstood, "Apt 3"),
        ("体育西路123号", PlaceNotUnderstood, "体育西路123号"),
        ("广东省", PlaceUnfinished, "广东省"),
        ("上海市", PlaceUnfinished, "黄浦区"),
        ("广东省火星市人民路1号", CityNotUnderstood, "火星市"),
        ("上海市南京东路1号", DistrictNotUnderstood, "黄浦区"),
        ("广东省广州市体育西路123号", DistrictNotUnderstood, "体育西路"),
        ("湖南长沙五一大道1号", DistrictNotUnderstood, "长沙市"),
        ("广东省杭州市西湖区文三路1号", PlaceElsewhere, "浙江省"),
        ("广州市南山区科技园路1号", PlaceElsewhere, "广东省深圳市"),
        ("广东省广州市天河区", PartMissing, "street"),
    ],
)
def test_what_is_not_understood_is_said(text: str, problem: type[AddressProblem], named: str) -> None:
    answer = refused(text)
    assert isinstance(answer, problem)
    assert named in str(answer)


def test_a_district_that_two_cities_have_is_asked_about_not_guessed() -> None:
    problem = refused("朝阳区建国路88号")
    assert isinstance(problem, PlaceAmbiguous)
    assert problem.facts["candidates"] == "北京市朝阳区、吉林省长春市朝阳区"
    assert isinstance(refused("河北省桥西区中山路1号"), PlaceAmbiguous)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("广州市天河北路10号", "天河"),
        ("广州市番禺大道北100号", "番禺"),
        ("南京西路1266号", "南京"),
        ("成都市青羊宫1号", "青羊"),
    ],
)
def test_the_beginning_of_a_streets_name_is_not_taken_for_a_district(text: str, part: str) -> None:
    problem = refused(text)
    assert isinstance(problem, PlaceDoubtful)
    assert problem.facts["part"] == part


@pytest.mark.parametrize("text", ["湖南省长沙市五一大道1号", "湖南湘潭建设路1号", "安徽芜湖人民路1号"])
def test_a_city_is_never_taken_for_the_county_of_the_same_name(text: str) -> None:
    assert isinstance(refused(text), DistrictNotUnderstood)


def test_a_direction_alone_is_no_place() -> None:
    assert isinstance(refused("东区人民路1号"), PlaceNotUnderstood)


def places() -> list[Division]:
    """Everything an address may end with: districts, towns, and cities that need none."""
    return [place for place in china().descendants() if place.level == 3 or place.needs_no_child]


def address_in(place: Division, street: str) -> Address:
    names = [division.name for division in place.path]
    country = {"香港特别行政区": "HK", "澳门特别行政区": "MO", "台湾省": "TW"}.get(names[0], "CN")
    region, city, district, *_ = [*names[country != "CN" :], "", ""]
    return Address(country, region, city, district, street)


@pytest.mark.parametrize("street", ["体育西路123号", "幸福村3组12号", "88号院1号楼", "No. 5, Apt. 2"])
def test_every_district_written_out_is_read_back_to_itself(street: str) -> None:
    addresses = [address_in(place, street) for place in places()]
    assert len(addresses) > 3000
    assert [address for address in addresses if parse_china(one_line(address)) != address] == []


STREETS = st.text(
    st.sampled_from("人民解放建设和平新华育才学府文化0123456789号楼栋单元室路街巷弄 -ABC"), min_size=1, max_size=40
)


@given(st.sampled_from(places()), STREETS.map(lambda street: " ".join(street.split()).strip("- ")).filter(bool))
def test_any_street_is_kept_as_it_was_typed(place: Division, street: str) -> None:
    address = address_in(place, f"兴隆{street}")
    assert parse_china(one_line(address)) == address


@given(st.text(max_size=320))
def test_no_text_whatever_breaks_the_reading(text: str) -> None:
    assert isinstance(parse_china(text), Address | AddressProblem)


PIECES = [
    "广东",
    "省",
    "广州",
    "市",
    "天河",
    "区",
    "朝阳",
    "路",
    "1号",
    "北京",
    "市辖区",
    "510620",
    " ",
    "，",
    "新区",
    "县",
    "中国",
    "地址：",
    "高新区",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_pieces_in_any_order_are_understood_or_refused(text: str) -> None:
    answer = parse_china(text)
    if isinstance(answer, Address):
        assert answer.street
        assert answer.street in " ".join(text.split())
    else:
        assert str(answer)
