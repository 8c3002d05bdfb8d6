"""Uploaded pictures in the sizes of the places they are shown at."""

from __future__ import annotations

import io
from http import HTTPStatus
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from PIL import Image

from giftshop.catalogue.pictures import keep_picture, redeveloped
from giftshop.catalogue.sizes import FOLDER, picture_srcset
from giftshop.web import GiftShop


@pytest.fixture
def picture(app: GiftShop) -> str:
    """A photograph of 1000 by 500 pixels, kept; returns its hash."""
    out = io.BytesIO()
    Image.effect_noise((1000, 500), 60).convert("RGB").save(out, "PNG")
    return app.database.transact(keep_picture, redeveloped(out.getvalue()))


def test_a_smaller_edition_keeps_its_shape_and_is_kept(app: GiftShop, client: FlaskClient, picture: str) -> None:
    whole = client.get(f"/pictures/{picture}")
    small = client.get(f"/pictures/{picture}/320")
    assert Image.open(io.BytesIO(small.data)).size == (320, 160)
    assert len(small.data) < len(whole.data) / 3
    assert small.headers["Cache-Control"] == whole.headers["Cache-Control"]
    assert "Cookie" not in small.headers.get("Vary", "")
    kept = Path(app.settings.instance_path) / FOLDER / f"{picture}-320.webp"
    assert kept.read_bytes() == small.data
    kept.unlink()
    assert client.get(f"/pictures/{picture}/320").data == small.data


def test_a_page_offers_the_browser_every_size(app: GiftShop, client: FlaskClient, picture: str) -> None:
    with app.test_request_context("/"):
        offered = picture_srcset(f"/pictures/{picture}")
        assert picture_srcset("/static/goods/longjing-tin.svg?v=1") == ""
        assert picture_srcset(None) == ""
    addresses = [each.split(" ") for each in offered.split(", ")]
    assert [width for _address, width in addresses] == ["320w", "640w", "1200w"]
    assert all(client.get(address).status_code == HTTPStatus.OK for address, _width in addresses)


@pytest.mark.parametrize("width", ["0", "321", "100000", str(2**63), "-1", "x"])
def test_no_other_width_is_made(app: GiftShop, client: FlaskClient, picture: str, width: str) -> None:
    assert client.get(f"/pictures/{picture}/{width}").status_code == HTTPStatus.NOT_FOUND
    assert not (Path(app.settings.instance_path) / FOLDER).exists()


def test_a_picture_that_is_not_there_has_no_sizes(client: FlaskClient) -> None:
    for sha256 in ("0" * 64, "x", "..%2f..%2fapp"):
        assert client.get(f"/pictures/{sha256}/320").status_code == HTTPStatus.NOT_FOUND
