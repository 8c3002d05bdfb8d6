"""Undo instead of "are you sure": once, in time, by whoever did it, and in words when it cannot be."""

from __future__ import annotations

import html
import re
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from itsdangerous import TimestampSigner
from sqlalchemy import func, select

from giftshop.accounts import User, UserState
from giftshop.audit import AuditEvent
from giftshop.web import GiftShop
from tests.people import People, sign_in


def offered(page: str) -> str:
    """The token of the undo button on a page."""
    return html.unescape(re.findall(r'name="token" value="([^"]+)"', page)[0])


def shut_out(client: FlaskClient, people: People) -> str:
    """An administrator shuts a buyer out; return the token that takes it back."""
    sign_in(client, people.lantern.administrator)
    page = client.post(f"/firm/people/{people.lantern.buyer.id}/disable", follow_redirects=True)
    return offered(page.text)


def state_of(app: GiftShop, people: People) -> UserState:
    with app.database.reading() as reader:
        return reader.get_one(User, people.lantern.buyer.id).state


def test_what_was_done_is_taken_back_once_and_the_second_press_does_nothing_more(
    app: GiftShop, client: FlaskClient, people: People
) -> None:
    token = shut_out(client, people)
    assert state_of(app, people) is UserState.DISABLED
    for _ in range(2):
        answer = client.post("/undo", data={"token": token})
        assert answer.location == "/firm/people"
    assert "They may sign in again." in client.get("/firm/people").text
    assert state_of(app, people) is UserState.ACTIVE
    with app.database.reading() as reader:
        again = select(func.count()).where(AuditEvent.action == "accounts.enable")
        assert reader.scalar(again) == 1


def test_nobody_else_takes_it_back_and_no_other_token_does(app: GiftShop, client: FlaskClient, people: People) -> None:
    token = shut_out(client, people)
    for somebody in (people.lantern.approver, people.staff.administrator):
        sign_in(client, somebody)
        assert client.post("/undo", data={"token": token}).status_code == 403
    sign_in(client, people.lantern.administrator)
    for made_up in ("", token[:-2], "x" * 5000, f"{token}{token}"):
        assert client.post("/undo", data={"token": made_up}).status_code == 404
    assert state_of(app, people) is UserState.DISABLED


def test_after_ten_minutes_it_says_so(
    app: GiftShop, client: FlaskClient, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = shut_out(client, people)
    later = int((datetime.now().astimezone() + timedelta(minutes=11)).timestamp())
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _signer: later)
    assert client.post("/undo", data={"token": token}).location == "/"
    assert "It is too late to undo that" in client.get("/").text
    assert state_of(app, people) is UserState.DISABLED
