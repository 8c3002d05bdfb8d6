"""China's divisions, as people see them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from giftshop.addresses import Address, division_coded, division_named, regions_of
from giftshop.addresses.divisions import china

PUBLISHED = next(
    (path for above in Path(__file__).parents if (path := above / "shared/data/china/pca-code.json").exists()), None
)


def test_a_municipality_is_its_own_city() -> None:
    for name in ("北京市", "天津市", "上海市", "重庆市"):
        province = division_named("CN", name)
        assert province is not None
        assert [city.name for city in province.children] == [name]
    chongqing = division_named("CN", "重庆市", "重庆市")
    assert chongqing is not None
    assert {"渝中区", "云阳县"} <= {district.name for district in chongqing.children}


def test_a_county_directly_under_its_province_stands_among_the_cities() -> None:
    hubei = division_named("CN", "湖北省")
    assert hubei is not None
    assert {"武汉市", "仙桃市"} <= {city.name for city in hubei.children}
    assert all("直辖" not in place.name and place.name != "市辖区" for place in china().descendants())


def test_only_a_city_with_districts_asks_for_one() -> None:
    def needs_no_child(*names: str) -> bool:
        place = division_named("CN", *names)
        assert place is not None
        return place.needs_no_child

    assert needs_no_child("湖北省", "仙桃市")
    assert needs_no_child("广东省", "东莞市")
    assert not needs_no_child("广东省", "广州市")
    assert not needs_no_child("广东省")


def test_hong_kong_macau_and_taiwan_have_their_own_first_levels() -> None:
    assert [region.name for region in regions_of("HK")] == ["香港岛", "九龙", "新界"]
    assert len(regions_of("CN")) == 31
    assert "台北市" in {region.name for region in regions_of("TW")}
    assert len(regions_of("MO")) == 2
    assert regions_of("FR") == []


@pytest.mark.parametrize(
    ("address", "code"),
    [
        (Address("CN", "广东省", "广州市", "天河区"), "440106"),
        (Address("CN", "广东省", "广州市", "高新区"), "4401"),
        (Address("CN", "湖北省", "仙桃市"), "429004"),
        (Address("CN", "广东省", "东莞市", "南城街道"), "441900004"),
        (Address("CN", "安徽", "广州市"), ""),
        (Address("FR", "", "Paris"), ""),
    ],
)
def test_an_address_knows_the_code_of_its_deepest_known_level(address: Address, code: str) -> None:
    assert address.division_code == code
    if code:
        division = division_coded(code)
        assert division is not None
        assert division.name in (address.district, address.city)


def test_nothing_of_the_published_table_is_lost() -> None:
    if PUBLISHED is None:
        pytest.skip("the published table (shared/data/china/pca-code.json) is not beside this checkout")
    published = {
        district["code"]: district["name"]
        for province in json.loads(PUBLISHED.read_text(encoding="utf-8"))
        for city in province["children"]
        for district in city["children"]
    }
    ours = {place.code: place.name for place in china().descendants()}
    assert {code: ours.get(code) for code in published} == published
