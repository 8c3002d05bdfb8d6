"""A button pressed again and again, a connection that drops before the answer: each form does its work once."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from giftshop.audit import AuditEvent
from giftshop.catalogue import Edition
from giftshop.orders import Order
from giftshop.web import GiftShop
from tests.people import People, sign_in
from tests.torture import figure

TIMES = 5
AT_ONCE = 2


@pytest.fixture
def tabs(app: GiftShop, client: FlaskClient, people: People) -> list[FlaskClient]:
    """Two windows of one buyer's browser."""
    sign_in(client, people.lantern.buyer)
    cookie = client.get_cookie("session")
    assert cookie is not None
    windows = [app.test_client() for _ in range(AT_ONCE)]
    for window in windows:
        window.set_cookie("session", cookie.value)
    return windows


def start_order(form: dict[str, str], window: FlaskClient) -> tuple[int, str | None]:
    answer = window.post("/orders/new", data=form)
    return answer.status_code, answer.location


@pytest.mark.torture
def test_forms_sent_five_times_each_two_at_a_time_do_their_work_once_each(
    app: GiftShop, tabs: list[FlaskClient], edition: Edition
) -> None:
    forms = figure(1000)
    for number in range(forms):
        form = {"edition": str(edition.id), "mode": "number", "quantity": "30", "request_key": f"form-{number}"}
        windows = [tabs[time % AT_ONCE] for time in range(TIMES)]
        with ThreadPoolExecutor(AT_ONCE) as hands:
            answers = Counter(hands.map(partial(start_order, form), windows))
        assert list(answers.values()) == [TIMES], "all five are sent to the same order"
        assert [status for status, _ in answers] == [302]
    with app.database.reading() as reader:
        assert reader.scalar(select(func.count()).select_from(Order)) == forms
        assert reader.scalar(select(func.count()).where(AuditEvent.action == "orders.start")) == forms


def test_a_form_sent_again_with_other_contents_under_its_old_key_is_refused(
    app: GiftShop, tabs: list[FlaskClient], edition: Edition
) -> None:
    form = {"edition": str(edition.id), "mode": "number", "quantity": "30", "request_key": "form"}
    assert start_order(form, tabs[0])[0] == 302
    again = tabs[1].post("/orders/new", data=form | {"quantity": "31"})
    assert again.status_code == 422
    assert "already sent with different contents" in again.text
    with app.database.reading() as reader:
        assert reader.scalar(select(func.count()).select_from(Order)) == 1
