"""An administrator finds what does not look right, and closes it with what it was."""

from __future__ import annotations

import html
import re

from flask.testing import FlaskClient

from giftshop import alarms
from giftshop.alarms import AlarmKind
from giftshop.cards import BatchState
from giftshop.kernel import clock
from giftshop.web import GiftShop
from tests.cards.making import cards_in, make
from tests.people import People, sign_in


def test_an_alarm_waits_at_home_names_its_card_and_is_closed(
    app: GiftShop, client: FlaskClient, people: People
) -> None:
    made = make(app, people, 1, to=BatchState.SHIPPED)
    card_id, transact = cards_in(app.database, made.batch_id)[0].id, app.database.transact
    facts: dict[str, str | int] = {"batch": 1001, "batch_state": "shipped", "network": "203.0.113.9"}
    transact(alarms.raise_alarm, AlarmKind.CODE_BEFORE_ACTIVATION, ("card", card_id), facts=facts, at=clock.now())
    transact(alarms.raise_alarm, "test.new_kind", ("thing", 5), facts={"odd": 1}, at=clock.now())
    sign_in(client, people.staff.administrator)
    assert ">2</strong> alarms are open" in client.get("/desk").text
    page = client.get("/desk/alarms").text
    for words in (made.printed[0].serial, "203.0.113.9", "on its way to the firm", "test.new_kind", "thing 5"):
        assert words in page
    with app.database.reading() as reader:
        first = alarms.open_alarms(reader)[-1]
    address = f"/desk/alarms/{first.id}"
    assert "Ask the firm whether its cards have arrived" in client.get(address).text
    assert client.post(address, data={"reason": ""}).status_code == 422
    assert client.post(address, data={"reason": "The firm had them"}).location == "/desk/alarms"
    assert client.post(address, data={"reason": "Again"}).status_code == 422
    assert made.printed[0].serial not in client.get("/desk/alarms").text
    closed = client.get("/desk/alarms?state=closed").text
    assert "The firm had them" in closed
    assert people.staff.administrator.name in closed
    assert "203.0.113.9" not in closed
    assert client.get("/desk/alarms/987654321").status_code == 404


def test_an_alarm_closed_by_mistake_is_open_again_unless_it_was_raised_anew(
    app: GiftShop, client: FlaskClient, people: People
) -> None:
    def raised() -> int:
        app.database.transact(alarms.raise_alarm, "test.kind", ("thing", 5), facts={"odd": 1}, at=clock.now())
        with app.database.reading() as reader:
            return alarms.open_alarms(reader)[0].id

    first = raised()
    sign_in(client, people.staff.administrator)
    page = client.post(f"/desk/alarms/{first}", data={"reason": "Nothing"}, follow_redirects=True).text
    token = html.unescape(re.findall(r'name="token" value="([^"]+)"', page)[0])
    second = raised()
    assert second != first
    assert "This alarm is open already." in client.post("/undo", data={"token": token}, follow_redirects=True).text
    page = client.post(f"/desk/alarms/{second}", data={"reason": "Nothing"}, follow_redirects=True).text
    token = html.unescape(re.findall(r'name="token" value="([^"]+)"', page)[0])
    assert "The alarm is open again." in client.post("/undo", data={"token": token}, follow_redirects=True).text
    assert raised() == second
