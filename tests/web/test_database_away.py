"""While the database is away, people are told so, on a page that needs none."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import create_engine

from giftshop.web import GiftShop
from tests.people import PASSWORD, People, sign_in

NOWHERE = {"sqlite": "sqlite:////nowhere/giftshop.db", "postgresql": "postgresql+psycopg://nobody@127.0.0.1:1/none"}


@pytest.fixture
def buyer(app: GiftShop, client: FlaskClient, people: People, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """The browser of a buyer who signed in, and whose database then went away."""
    sign_in(client, people.lantern.buyer)
    app.database.dispose()
    monkeypatch.setattr(app.database, "engine", engine := create_engine(NOWHERE[app.database.url.get_backend_name()]))
    for looks in ("_reading", "_glancing"):
        monkeypatch.setattr(app.database, looks, engine)
    return client


@pytest.mark.parametrize("path", ["/", "/orders"])
def test_a_buyer_is_asked_to_try_again_in_a_minute(buyer: FlaskClient, path: str) -> None:
    answer = buyer.get(path, headers={"Accept-Language": "zh-CN"})
    assert answer.status_code == 503
    assert "暂时无法读取数据" in answer.text


def test_a_form_that_is_sent_just_then_says_that_it_can_be_sent_again(buyer: FlaskClient, people: People) -> None:
    answer = buyer.post("/sign-in", data={"email": people.lantern.buyer.email, "password": PASSWORD})
    assert answer.status_code == 503
    assert "sending the same page again is safe" in answer.text


def test_whoever_watches_the_site_sees_it(buyer: FlaskClient) -> None:
    assert buyer.get("/healthz").status_code == 503
