"""The part of a form that asks for a receiver, as a browser without JavaScript uses it."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from giftshop.addresses import Address, Receiver, countries
from giftshop.web import GiftShop
from tests.addresses.conftest import Everywhere

LI = {"name": "李雷", "phone": "138 1234 5678"}
TIANHE = {"region": "广东省", "city": "广州市", "district": "天河区", "street": "体育西路123号"}


@pytest.fixture
def client(shop: GiftShop) -> FlaskClient:
    return shop.test_client()


def sent(client: FlaskClient, country: str = "CN", /, *, where: str = "china", lang: str = "en", **values: str) -> str:
    """The page that answers these fields, typed into the form of `country`."""
    filled = {"country": country, "shown_for": country} | values
    answer = client.post(f"/{where}?lang={lang}", data={f"address-{name}": value for name, value in filled.items()})
    assert answer.status_code == 200
    return answer.text


def options(page: str, name: str) -> list[str]:
    select = re.search(rf'<select[^>]*id="address-{name}".*?</select>', page, re.DOTALL)
    assert select is not None
    return re.findall(r'<option[^>]*value="([^"]+)"', select[0])


def errors(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<li><a href="#address-(\w+)">(.*?)</a></li>', page)


def order_of_fields(page: str) -> list[str]:
    return re.findall(r'data-part="(\w+)"', page)


def test_a_recipient_in_guangzhou_is_understood(client: FlaskClient) -> None:
    receiver = Receiver("李雷", "+8613812345678", Address("CN", *TIANHE.values()))
    assert sent(client, **LI, **TIANHE) == repr(receiver)


def test_without_javascript_each_list_is_asked_for_in_turn(client: FlaskClient) -> None:
    page = sent(client, region="广东省", more="1", street="体育西路123号")
    assert "广州市" in options(page, "city")
    assert options(page, "district") == []
    assert re.search(r'<select[^>]*autofocus[^>]*id="address-city"', page)
    assert "体育西路123号" in page
    assert errors(page) == []
    assert "天河区" in options(sent(client, region="广东省", city="广州市", more="1"), "district")


def test_enter_in_a_complete_form_sends_it_though_the_first_button_asks_for_lists(client: FlaskClient) -> None:
    assert sent(client, **LI, **TIANHE, more="1").startswith("Receiver(")


def test_another_province_makes_its_old_city_be_chosen_again(client: FlaskClient) -> None:
    page = sent(client, **LI, **{**TIANHE, "region": "浙江省"})
    assert errors(page) == [("city", "Please add the city.")]
    assert "杭州市" in options(page, "city")


def test_a_municipality_chooses_its_only_city_by_itself(client: FlaskClient) -> None:
    assert "city='北京市'" in sent(client, **LI, region="北京市", district="朝阳区", street="建国路88号")


def test_where_there_is_no_district_none_is_wanted(client: FlaskClient) -> None:
    assert "district=''" in sent(client, **LI, region="湖北省", city="仙桃市", street="沔阳大道1号")
    assert "district=''" in sent(client, **LI, region="广东省", city="东莞市", street="鸿福路200号")


def test_another_country_shows_its_own_fields_before_anything_is_checked(client: FlaskClient) -> None:
    page = sent(client, "HK", shown_for="CN", **LI)
    assert errors(page) == []
    assert order_of_fields(page) == ["name", "phone", "region", "city", "street"]
    assert options(page, "region") == ["香港岛", "九龙", "新界"]
    assert "李雷" in page


@pytest.mark.parametrize(
    ("country", "order"),
    [
        ("CN", ["name", "phone", "region", "city", "district", "street", "postcode"]),
        ("US", ["name", "phone", "street", "city", "region", "postcode"]),
        ("DE", ["name", "phone", "street", "postcode", "city"]),
        ("JP", ["name", "phone", "postcode", "region", "street"]),
    ],
)
def test_the_fields_stand_in_the_order_of_the_country(client: FlaskClient, country: str, order: list[str]) -> None:
    assert order_of_fields(sent(client, country, shown_for="", where="world")) == order


def test_an_american_address_is_understood(client: FlaskClient) -> None:
    page = sent(
        client, "US", where="world", name="Ann", phone="650 253 0000", street="1 Main St", city="Mountain View",
        region="CA", postcode="94043",
    )  # fmt: skip
    assert page == repr(Receiver("Ann", "+16502530000", Address("US", "CA", "Mountain View", "", "1 Main St", "94043")))


def test_every_country_can_be_chosen_and_asks_for_something(shop: GiftShop) -> None:
    with shop.test_request_context():
        for country in sorted(countries()):
            form = Everywhere(MultiDict({"country": country, "shown_for": country}))
            assert not form.validate()
            assert "street" in form.errors, country


def test_what_is_missing_is_said_in_both_languages(client: FlaskClient) -> None:
    assert ("region", "Please add the province.") in errors(sent(client))
    assert ("region", "请补充省份。") in errors(sent(client, lang="zh_Hans"))
    assert [name for name, _ in errors(sent(client))] == ["name", "phone", "region", "street"]


def test_a_known_receiver_is_filled_in_with_a_zone_that_is_on_no_list(client: FlaskClient) -> None:
    page = client.get("/known").text
    assert 'value="138 1234 5678"' in page
    assert re.search(r'<option selected value="高新区">', page)
    assert "武侯区" in options(page, "district")


def test_a_made_up_country_becomes_the_first_one_offered(client: FlaskClient) -> None:
    assert order_of_fields(sent(client, "XX"))[2] == "region"


def test_phones_get_the_right_keyboard_and_browsers_know_the_fields(client: FlaskClient) -> None:
    page = client.get("/china").text
    for name, token in {"name": "name", "phone": "tel", "region": "address-level1", "street": "street-address"}.items():
        assert re.search(rf'<(?:input|select|textarea)[^>]*autocomplete="{token}"[^>]*id="address-{name}"', page)
    assert 'inputmode="tel"' in page
    assert 'inputmode="numeric"' in page
