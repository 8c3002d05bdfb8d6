"""What a browser gets of our own files and pages, and for how long it may keep it."""

from __future__ import annotations

import gzip
from http import HTTPStatus

import pytest
from flask import url_for
from flask.testing import FlaskClient

from giftshop.web import GiftShop

GZIP = {"Accept-Encoding": "gzip, br"}


@pytest.fixture
def marked(app: GiftShop) -> str:
    """The address that pages give a style sheet."""
    with app.test_request_context("/"):
        return url_for("static", filename="css/components.css")


def test_a_style_sheet_is_compressed_and_kept_for_a_year(client: FlaskClient, marked: str) -> None:
    plain, packed = client.get(marked), client.get(marked, headers=GZIP)
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 3
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert packed.mimetype == "text/css"
    assert "Set-Cookie" not in packed.headers


def test_a_bare_or_an_outdated_address_is_asked_again_and_costs_nothing(client: FlaskClient) -> None:
    for address in ("/static/css/components.css", "/static/css/components.css?v=0123456789"):
        answer = client.get(address, headers=GZIP)
        assert answer.headers["Cache-Control"] == "no-cache"
        again = client.get(address, headers={**GZIP, "If-None-Match": answer.headers["ETag"]})
        assert again.status_code == HTTPStatus.NOT_MODIFIED
        assert not again.data


@pytest.mark.parametrize("refused", ["", "identity", "br", "gzip;q=0", "*;q=0.5"])
def test_who_does_not_name_gzip_gets_none(client: FlaskClient, marked: str, refused: str) -> None:
    for address in (marked, "/"):
        assert "Content-Encoding" not in client.get(address, headers={"Accept-Encoding": refused}).headers


def test_fonts_are_kept_for_a_month(client: FlaskClient) -> None:
    answer = client.get("/static/vendor/fonts/figtree/Figtree-variable.woff2", headers=GZIP)
    assert "max-age=2592000" in answer.headers["Cache-Control"]
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("name", ["../app.py", "%2e%2e/app.py", "css", "css/none.css", "css/../../app.css", "a%00.css"])
def test_nothing_but_static_files_is_static(client: FlaskClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST}


def test_a_page_is_compressed_where_its_asker_chose_none_of_its_words(client: FlaskClient) -> None:
    plain, packed = client.get("/r"), client.get("/r", headers=GZIP)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.content_length == len(packed.data) < len(plain.data) / 2
    assert b"csrf_token" in gzip.decompress(packed.data)
    assert "Accept-Encoding" in packed.headers["Vary"]


@pytest.mark.parametrize("address", ["/r?lang=en", "/r?guess=abc", "/nowhere/abc"])
def test_a_page_that_repeats_what_was_asked_leaves_as_it_is(client: FlaskClient, address: str) -> None:
    assert "Content-Encoding" not in client.get(address, headers=GZIP).headers


def test_a_form_that_comes_back_leaves_as_it_is(client: FlaskClient) -> None:
    answer = client.post("/r", data={"code": "guess"}, headers=GZIP)
    assert "Content-Encoding" not in answer.headers
