"""What the hotline and the administrator see of the messages."""

from __future__ import annotations

import re
from datetime import timedelta

from flask.testing import FlaskClient

from giftshop.db import Database
from giftshop.kernel import clock
from giftshop.notifications import queue_mail, queue_text
from giftshop.web import GiftShop
from tests.people import People, sign_in

MEI = "mei@lantern.example"


def test_the_hotline_finds_and_reads_what_was_sent(
    app: GiftShop, database: Database, client: FlaskClient, people: People
) -> None:
    database.transact(queue_text, phone="+8613800138000", text="您的礼品已发出\n<b>请留意</b>")
    message_id = database.transact(queue_mail, to=MEI, subject="Your order", text="Good morning")
    app.jobs.run_due()
    sign_in(client, people.staff.hotline)
    assert "+8613800138000" in client.get("/desk/messages").text
    found = client.get("/desk/messages", query_string={"q": MEI, "state": "sent"}).text
    assert "Your order" in found
    assert "+8613800138000" not in found
    assert "Good morning" in client.get(f"/desk/messages/{message_id}").text
    assert "&lt;b&gt;请留意" in client.get(f"/desk/messages/{message_id - 1}?lang=zh_Hans").text


def test_a_link_that_lets_its_reader_in_is_shown_to_no_staff(
    app: GiftShop, database: Database, client: FlaskClient, people: People
) -> None:
    message_id = database.transact(queue_mail, to=MEI, subject="Reset", text="https://secret", is_secret=True)
    sign_in(client, people.staff.administrator)
    assert "https://secret" not in client.get(f"/desk/messages/{message_id}").text
    app.jobs.run_due()
    assert "https://secret" not in client.get(f"/desk/messages/{message_id}").text


def test_a_page_of_many_messages_leads_to_the_next(database: Database, client: FlaskClient, people: People) -> None:
    for number in range(51):
        database.transact(queue_text, phone="+8613800138000", text=str(number), at=clock.now() + timedelta(days=1))
    sign_in(client, people.staff.hotline)
    first = client.get("/desk/messages?state=queued").text
    assert first.count("<tr>") == 51, "a heading and fifty messages"
    (following,) = re.findall(r'rel="next" href="([^"]+)"', first)
    second = client.get(following.replace("&amp;", "&")).text
    assert second.count("<tr>") == 2
    assert 'rel="next"' not in second


def test_made_up_addresses_of_messages_are_answered_kindly(client: FlaskClient, people: People) -> None:
    sign_in(client, people.staff.hotline)
    assert client.get("/desk/messages?state=burnt&after=x&q=%27").status_code == 200
    assert client.get("/desk/messages/4711").status_code == 404
    assert client.get(f"/desk/messages/{10**30}").status_code == 404
