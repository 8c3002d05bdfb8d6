"""What has come onto a list since it was opened."""

from __future__ import annotations

from flask.testing import FlaskClient

from giftshop.web import GiftShop
from tests.people import People, sign_in


def test_whoever_may_open_a_list_may_know_and_nobody_else(app: GiftShop, client: FlaskClient, people: People) -> None:
    assert set(app.watched) == {"orders", "parcels", "problems"}
    sign_in(client, people.lantern.buyer)
    assert client.get("/news/orders?since=0").status_code == 403
    sign_in(client, people.staff.fulfilment)
    assert client.get("/news/parcels?since=0").json == {"count": 0, "words": ""}
    assert client.get("/news/orders?since=0").status_code == 403
    for name, cursor in (("nothing", "0"), ("parcels", ""), ("parcels", "-1"), ("parcels", "9" * 19), ("parcels", "x")):
        assert client.get(f"/news/{name}?since={cursor}").status_code == 404
    sign_in(client, people.staff.sales)
    assert client.get(f"/news/orders?since={'9' * 18}").json == {"count": 0, "words": ""}


def test_lists_ask_from_where_they_stand(client: FlaskClient, people: People) -> None:
    sign_in(client, people.staff.fulfilment)
    assert 'data-watch="/news/parcels?since=0"' in client.get("/dispatch").text
    assert "data-watch" not in client.get("/dispatch?view=delivered").text
    assert 'data-watch="/news/problems?since=0"' in client.get("/desk/problems").text
