"""What the label says, and what those see who need not know."""

from __future__ import annotations

import pytest

from giftshop.addresses import (
    Address,
    Receiver,
    address_lines,
    country_name,
    label_lines,
    masked_address,
    masked_name,
    one_line,
)

GUANGZHOU = Address("CN", "广东省", "广州市", "天河区", "体育西路123号", "510620")
BEIJING = Address("CN", "北京市", "北京市", "朝阳区", "建国路88号")
MOUNTAIN_VIEW = Address("US", "CA", "Mountain View", "", "1600 Amphitheatre Pkwy\nBuilding 4", "94043")


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        (GUANGZHOU, ("广东省广州市天河区", "体育西路123号", "510620")),
        (BEIJING, ("北京市朝阳区", "建国路88号")),
        (
            MOUNTAIN_VIEW,
            ("1600 Amphitheatre Pkwy", "Building 4", "MOUNTAIN VIEW, CA 94043", "UNITED STATES"),
        ),
        (
            Address("DE", "", "Berlin", "", "Unter den Linden 1", "10117"),
            ("Unter den Linden 1", "10117 BERLIN", "GERMANY"),
        ),
        (
            Address("GB", "", "London", "", "10 Downing St", "SW1A 2AA"),
            ("10 Downing St", "LONDON", "SW1A 2AA", "UNITED KINGDOM"),
        ),
        (Address("HK", "九龙", "油尖旺区", "", "弥敦道1号"), ("九龙油尖旺区", "弥敦道1号", "HONG KONG, CHINA")),
        (
            Address("JP", "東京都", "", "", "千代田区丸の内1-1", "100-0005"),
            ("〒100-0005", "東京都", "千代田区丸の内1-1", "JAPAN"),
        ),
        (Address("SG", "", "", "", "1 Orchard Rd", "238801"), ("1 Orchard Rd", "SINGAPORE 238801", "SINGAPORE")),
        (Address("FR", "", "Paris", "", "1 rue de Rivoli"), ("1 rue de Rivoli", "PARIS", "FRANCE")),
    ],
    ids=lambda value: value.country if isinstance(value, Address) else "",
)
def test_a_label_is_written_in_the_order_of_its_country(address: Address, lines: tuple[str, ...]) -> None:
    assert address_lines(address) == lines


def test_a_chinese_address_goes_on_one_line_from_large_to_small() -> None:
    assert one_line(GUANGZHOU) == "广东省广州市天河区体育西路123号"
    assert one_line(BEIJING) == "北京市朝阳区建国路88号"
    assert one_line(Address("HK", "九龙", "油尖旺区", "", "弥敦道1号")) == "香港九龙油尖旺区弥敦道1号"
    assert one_line(MOUNTAIN_VIEW).startswith("1600 Amphitheatre Pkwy, Building 4, MOUNTAIN VIEW, CA 94043")


def test_a_parcel_that_stays_in_its_country_does_not_name_it() -> None:
    assert address_lines(MOUNTAIN_VIEW, sent_from="US")[-1] == "MOUNTAIN VIEW, CA 94043"


def test_name_and_telephone_stand_on_the_first_line() -> None:
    assert label_lines(Receiver("张三", "+8613812345678", GUANGZHOU))[0] == "张三 138 1234 5678"


def test_a_masked_receiver_shows_first_letter_and_city_only() -> None:
    assert masked_name("张三丰") == masked_name("张三") == "张*"
    assert masked_name("") == ""
    assert masked_address(GUANGZHOU) == "广东省广州市"
    assert masked_address(BEIJING) == "北京市"
    assert masked_address(MOUNTAIN_VIEW) == "Mountain View, CA"
    assert masked_address(Address("HK", "九龙", "油尖旺区", "", "弥敦道1号")) == "九龙"


def test_countries_are_called_as_their_readers_call_them() -> None:
    assert country_name("CN", "zh_Hans") == "中国大陆"
    assert country_name("TW", "en") == "Taiwan, China"
    assert country_name("DE", "zh_Hans") == "德国"
