"""A list whose headings say nothing: its buyer says which column is what, and the same file is read."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from giftshop import catalogue
from tests.orders.test_pages import begin, upload
from tests.people import People, sign_in

PEOPLE = "王小明,13800138000\n李丽,13900139000\n"
UNKNOWN = f"客户,手机联系\n{PEOPLE}".encode("gbk")
RIGHT = {"heading": "1", "column_0": "name", "column_1": "phone"}
SOUND = "was read without a fault: 2 people"


@pytest.fixture
def buyer(client: FlaskClient, people: People) -> FlaskClient:
    sign_in(client, people.lantern.buyer)
    return client


def say(buyer: FlaskClient, number: str, **chosen: str) -> str:
    """Say which column is what; returns the page that follows."""
    return buyer.post(f"/orders/{number}/recipients/columns", data=chosen, follow_redirects=True).text


def refused(page: str) -> set[str]:
    """The selects that something is said at."""
    return set(re.findall(r'id="(column_\d+)-error"', page))


def test_unknown_headings_are_named_by_hand_and_known_the_next_time(
    buyer: FlaskClient, edition: catalogue.Edition
) -> None:
    number = begin(buyer, edition)
    page = upload(buyer, number, UNKNOWN)
    assert "Please say which column is what" in page
    assert "13800138000" in page, "the first cells are shown"
    assert refused(page) == {"column_0", "column_1"}, "each at the column whose cells look like it"
    assert SOUND in say(buyer, number, **RIGHT)
    again = begin(buyer, edition, request_key="again")
    assert SOUND in upload(buyer, again, UNKNOWN)


def test_columns_taken_for_another_are_put_right_without_a_second_upload(
    buyer: FlaskClient, edition: catalogue.Edition
) -> None:
    number = begin(buyer, edition)
    page = upload(buyer, number, f"电话,姓名\n{PEOPLE}".encode())
    assert "places in this file need your attention" in page
    assert SOUND in say(buyer, number, **RIGHT)
    wrong_again = say(buyer, number, heading="1", column_0="phone", column_1="name")
    assert "places in this file need your attention" in wrong_again
    assert "Is this your list?" not in wrong_again
    assert "needs your attention" not in say(buyer, number, **RIGHT)


def test_a_list_without_headings_begins_at_its_first_row(buyer: FlaskClient, edition: catalogue.Edition) -> None:
    number = begin(buyer, edition)
    upload(buyer, number, PEOPLE.encode())
    assert SOUND in say(buyer, number, **RIGHT | {"heading": "0"})


@pytest.mark.parametrize(
    ("chosen", "at"),
    [
        ({"column_1": ""}, {"column_1"}),
        ({"column_0": "phone"}, {"column_1"}),
        ({"column_0": "2" * 40}, {"column_0"}),
        ({"heading": str(2**63)}, set()),
    ],
)
def test_what_is_wanting_or_chosen_twice_is_said_at_its_select(
    buyer: FlaskClient, edition: catalogue.Edition, chosen: dict[str, str], at: set[str]
) -> None:
    number = begin(buyer, edition)
    upload(buyer, number, UNKNOWN)
    answer = buyer.post(f"/orders/{number}/recipients/columns", data=RIGHT | chosen)
    assert answer.status_code == 422
    assert refused(answer.text) == at


def test_two_headings_that_mean_the_same_are_asked_about(buyer: FlaskClient, edition: catalogue.Edition) -> None:
    number = begin(buyer, edition)
    page = upload(buyer, number, "姓名,电话,手机\n王小明,,13800138000\n".encode())
    assert refused(page) == {"column_2"}
    assert "1 people" in say(buyer, number, heading="1", column_0="name", column_1="", column_2="phone")


def test_the_file_is_gone_once_its_list_was_taken_or_dropped(buyer: FlaskClient, edition: catalogue.Edition) -> None:
    number = begin(buyer, edition)
    for ending in ("drop", "accept"):
        upload(buyer, number, UNKNOWN)
        say(buyer, number, **RIGHT)
        buyer.post(f"/orders/{number}/recipients/{ending}")
        assert "not kept any more" in say(buyer, number, **RIGHT)
