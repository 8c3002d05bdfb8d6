from __future__ import annotations

from flask.testing import FlaskClient

from giftshop.db import Database
from giftshop.web import GiftShop
from tests.accounts.door import come_in, is_in, last_mail
from tests.accounts.factors import later, set_up_app
from tests.people import People, sign_in


def test_a_buyer_sets_up_an_app_and_from_then_on_is_nobody_until_its_code_is_shown(
    app: GiftShop, database: Database, client: FlaskClient, people: People
) -> None:
    buyer, other = people.lantern.buyer, app.test_client()
    sign_in(client, buyer)
    phone, codes = set_up_app(client)
    assert is_in(client)
    assert len(codes) == 10
    assert "authenticator app was set up" in last_mail(database, buyer.email)

    assert come_in(other, buyer, query_string={"next": "/orders"}).location == "/sign-in/code?next=/orders"
    assert not is_in(other)
    wrong = other.post("/sign-in/code", data={"code": "000 000"})
    assert (wrong.status_code, "does not fit" in wrong.text) == (422, True)
    with later(1):
        assert other.post("/sign-in/code?next=/orders", data={"code": phone.code()}).location == "/orders"
        assert is_in(other)
