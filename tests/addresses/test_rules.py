"""What makes an address usable."""

from __future__ import annotations

from dataclasses import replace

import pytest

from giftshop.addresses import Address, NameMissing, NameTooLong, address_problems, checked_name, countries, tidied
from giftshop.addresses.errors import CountryUnknown, PartTooLong, PartUnknown, PostcodeMalformed, StreetTooLong
from giftshop.addresses.formats import country_choices, format_of
from giftshop.addresses.words import LABELS, PartMissing, missing

GUANGZHOU = Address("CN", "广东省", "广州市", "天河区", "体育西路123号")


def complaints(address: Address) -> list[tuple[type, str | None]]:
    return [(type(problem), problem.field) for problem in address_problems(address)]


def missing_parts(address: Address) -> list[str | None]:
    return [problem.field for problem in address_problems(address) if isinstance(problem, PartMissing)]


@pytest.mark.parametrize(
    "address",
    [
        GUANGZHOU,
        replace(GUANGZHOU, postcode="510620"),
        replace(GUANGZHOU, district="高新区"),
        Address("CN", "湖北省", "仙桃市", "", "沔阳大道1号"),
        Address("CN", "广东省", "东莞市", "", "鸿福路200号"),
        Address("CN", "广东省", "东莞市", "南城街道", "鸿福路200号"),
        Address("HK", "九龙", "", "", "弥敦道1号"),
        Address("MO", "", "", "", "新马路1号"),
        Address("TW", "台北市", "大安区", "", "忠孝東路1號", "106"),
        Address("US", "CA", "Mountain View", "", "1600 Amphitheatre Pkwy", "94043"),
        Address("GB", "", "London", "", "10 Downing St", "SW1A 2AA"),
    ],
    ids=lambda address: address.country + address.city,
)
def test_a_good_address_has_no_problem(address: Address) -> None:
    assert address_problems(tidied(address)) == []


def test_the_chinese_postcode_is_optional_and_looked_at_when_given() -> None:
    assert complaints(replace(GUANGZHOU, postcode="51062")) == [(PostcodeMalformed, "postcode")]


def test_an_empty_address_is_asked_for_its_first_place_and_its_street() -> None:
    assert missing_parts(Address("CN")) == ["region", "street"]
    assert missing_parts(Address("CN", "广东省", "广州市")) == ["district", "street"]
    assert missing_parts(Address("US")) == ["street", "city", "postcode"]


def test_each_country_calls_its_parts_by_their_names() -> None:
    assert [str(problem) for problem in address_problems(Address("US", "CA", "Mountain View", "", "1 Main St"))] == [
        "Please add the ZIP code."
    ]
    assert str(address_problems(Address("CN"))[0]) == "Please add the province."


def test_a_place_that_is_not_in_the_one_above_is_refused() -> None:
    assert complaints(replace(GUANGZHOU, district="南山区")) == [(PartUnknown, "district")]
    assert complaints(replace(GUANGZHOU, city="杭州市", district="西湖区")) == [(PartUnknown, "city")]
    assert complaints(replace(GUANGZHOU, region="粤")) == [(PartUnknown, "region")]
    assert complaints(Address("US", "Kalifornien", "Mountain View", "", "1 Main St", "94043")) == [
        (PartUnknown, "region")
    ]


def test_what_no_label_holds_is_refused() -> None:
    assert complaints(replace(GUANGZHOU, street="长" * 201)) == [(StreetTooLong, "street")]
    assert complaints(Address("DE", "", "B" * 61, "", "Hauptstr. 1", "10117")) == [(PartTooLong, "city")]


def test_an_unknown_country_is_asked_for() -> None:
    assert complaints(Address("XX")) == [(CountryUnknown, "country")]
    assert complaints(tidied(Address(""))) == [(CountryUnknown, "country")]


def test_what_keyboards_and_spreadsheets_leave_behind_is_tidied_away() -> None:
    typed = Address("CN", " 广东省\u200b", "广州市\t", "天河区", "体育西路\u3000123号 \r\n\r\n 5楼\ufeff", " 510620 ")
    assert tidied(typed) == replace(GUANGZHOU, street="体育西路 123号\n5楼", postcode="510620")
    assert tidied(Address("GB", "Kent", "London", "", "1 High St", "sw1a 2aa")).postcode == "SW1A 2AA"
    assert tidied(Address("GB", "Kent", "London", "", "1 High St", "sw1a 2aa")).region == "", "Britain needs no county"


@pytest.mark.parametrize("name", ["张三", "欧阳娜娜", "O'Brien", "José María", " 张\u200b三 "])
def test_a_name_is_kept_without_stray_spaces(name: str) -> None:
    assert checked_name(name) == name.replace("\u200b", "").strip()


@pytest.mark.parametrize("name", ["", "   ", "123", "——"])
def test_a_name_without_a_letter_is_none(name: str) -> None:
    with pytest.raises(NameMissing):
        checked_name(name)


def test_a_name_longer_than_a_label_is_refused() -> None:
    with pytest.raises(NameTooLong):
        checked_name("长" * 61)


@pytest.mark.parametrize("country", sorted(countries()))
def test_every_country_has_a_form_whose_parts_all_have_names(country: str) -> None:
    layout = format_of(country)
    assert "street" in layout.parts
    assert len(set(layout.parts)) == len(layout.parts)
    for part in layout.parts:
        assert layout.kinds[part] in LABELS
        assert type(missing(layout.kinds[part], part)) is not PartMissing


def test_china_comes_first_in_the_list_of_countries() -> None:
    codes = [code for code, _ in country_choices(("DE", "TW", "AT", "CN"), "en")]
    assert codes == ["CN", "TW", "AT", "DE"]
