"""What reaches a form's fields, whatever was sent."""

from __future__ import annotations

import io

import pytest
from flask.testing import FlaskClient
from wtforms.validators import InputRequired

from giftshop.campaigns.forms import LunarDayField
from giftshop.web import Form, GiftShop, MoneyField, WholeNumberField
from tests.people import People, sign_in


def test_a_file_where_text_is_expected_is_as_if_nothing_was_typed(client: FlaskClient) -> None:
    sent = {"email": (io.BytesIO(b"x"), "mail.txt"), "password": (io.BytesIO(b"x"), "password.txt")}
    answer = client.post("/sign-in", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "Enter your e-mail address." in answer.text


def test_what_is_no_form_is_as_if_nothing_was_typed(client: FlaskClient) -> None:
    for body in ([1, 2], {"email": {"a": 1}, "password": ["\ud800"]}, "text", None):
        assert client.post("/sign-in", json=body).status_code == 422


def test_a_files_name_with_a_nul_is_a_bad_request(client: FlaskClient, people: People) -> None:
    sign_in(client, people.lantern.buyer)
    sent = {"file": (io.BytesIO(b"x"), "list\0.csv")}
    assert client.post("/orders/new", data=sent, content_type="multipart/form-data").status_code == 400


@pytest.mark.parametrize("typed", ["", " ", "\u3000 ", "\t"])
def test_spaces_are_nothing_typed(app: GiftShop, typed: str) -> None:
    class Asked(Form):
        amount = MoneyField("Amount", [InputRequired("Write an amount.")], currency="CNY")
        count = WholeNumberField("Count", [InputRequired("Write a number.")])
        day = LunarDayField("Day", [InputRequired("Write a day.")])

    with app.test_request_context(method="POST", data={"amount": typed, "count": typed, "day": typed}):
        form = Asked(meta={"csrf": False})
        assert not form.validate()
        said = [form.amount.errors, form.count.errors, form.day.errors]
    assert said == [["Write an amount."], ["Write a number."], ["Write a day."]]
