from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.people import People, sign_in


@pytest.mark.parametrize("page", ["/", "/privacy", "/contact", "/sign-in", "/password/forgotten"])
@pytest.mark.parametrize(("lang", "code"), [("en", "en"), ("zh_Hans", "zh-Hans")])
def test_anybody_reads_the_open_pages_in_both_languages(client: FlaskClient, page: str, lang: str, code: str) -> None:
    answer = client.get(f"{page}?lang={lang}")
    assert answer.status_code == 200
    assert f'<html lang="{code}">' in answer.text


def test_a_visitor_finds_the_way_in_for_firms_and_for_recipients(client: FlaskClient) -> None:
    page = client.get("/").text
    assert 'href="/sign-in"' in page
    assert 'href="/r"' in page


def test_everybody_who_is_signed_in_finds_what_they_may_do_and_nothing_else(
    client: FlaskClient, people: People
) -> None:
    sign_in(client, people.lantern.administrator)
    assert 'href="/firm/people"' in client.get("/").text
    sign_in(client, people.staff.administrator)
    assert client.get("/").location == "/desk"
    assert 'href="/desk/firms"' in client.get("/desk").text
    sign_in(client, people.lantern.buyer)
    assert "/firm/people" not in client.get("/").text


def test_the_menu_says_where_one_is_and_names_one_place_only(client: FlaskClient, people: People) -> None:
    sign_in(client, people.lantern.administrator)
    page = client.get("/firm/people/new").text
    assert page.count('href="/firm/people" aria-current="page"') == 2  # the row on a desk, the list on a phone
    assert page.count('aria-current="page"') == 2
