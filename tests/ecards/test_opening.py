"""A link opens for a person, and for nobody else: not for scanners, not after it was replaced, not by guessing."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from giftshop.cards import CardState
from giftshop.kernel import clock
from giftshop.kernel.money import Money
from giftshop.onetime import CODE
from giftshop.redemption import redemption_of
from tests.ecards.conftest import LI, WANG, Sender
from tests.redemption.conftest import Recipient

NONCE = re.compile(r'nonce="[^"]+"|name="csrf_token"[^>]*')
SIX = re.compile(r"\b\d{6}\b")


class Scanner(HTMLParser):
    """What a mail scanner finds on a page: links to follow and buttons to press."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attributes}
        if tag == "a" and known.get("href", "").startswith("/"):
            self.links.append(known["href"])
        elif tag == "form" and known.get("method", "").lower() == "post":
            self.forms.append((known.get("action", ""), {}))
        elif tag == "input" and self.forms and known.get("name"):
            self.forms[-1][1][known["name"]] = known.get("value", "")


def scan(client: FlaskClient, link: str) -> list[int]:
    """Do what the worst of scanners does: ask for everything, in every way, and press every button."""
    page = Scanner(client.get(link).text)
    answers = [client.head(link).status_code, client.options(link).status_code]
    for found in page.links:
        answers += [client.head(found).status_code, client.get(found).status_code]
    for action, fields in page.forms:
        answers.append(client.post(action or link, data=fields, follow_redirects=True).status_code)
    return answers


def test_a_scanner_that_presses_every_button_spends_nothing_and_the_link_still_opens(
    chen: Sender, recipient: Recipient
) -> None:
    programme_id = chen.sends([WANG])
    card_id, link = chen.deliveries(programme_id)[0].card_id, chen.links("wang@lantern.example")[0]
    before = chen.card(card_id)
    for _ in range(3):
        assert max(scan(chen.app.test_client(), link)) < 500
    after = chen.card(card_id)
    assert (after.state, after.balance_minor) == (CardState.ACTIVE, before.balance_minor)
    assert "灯塔" in recipient.reads(link) or "联动" in recipient.reads(link)
    assert recipient.client.post(link, follow_redirects=True).status_code == 200
    recipient.chooses(chen.book.items["TEA-1"])
    recipient.writes_address()
    assert recipient.confirms().status_code == 200
    with chen.database.reading() as reader:
        assert redemption_of(reader, card_id) is not None
    assert chen.card(card_id).state is CardState.CLAIMED


def test_looking_at_the_page_notes_nothing_and_pressing_open_notes_it_once(chen: Sender, recipient: Recipient) -> None:
    card_id = chen.deliveries(chen.sends([WANG]))[0].card_id
    link = chen.links("wang@lantern.example")[0]
    recipient.client.get(link)
    recipient.client.head(link)
    assert chen.delivery(card_id).opened_at is None
    recipient.client.post(link)
    opened_at = chen.delivery(card_id).opened_at
    assert opened_at is not None
    recipient.client.post(link)
    assert chen.delivery(card_id).opened_at == opened_at


def test_a_link_that_was_replaced_is_dead_at_once_and_answers_like_a_forged_one(
    chen: Sender, recipient: Recipient
) -> None:
    card_id = chen.deliveries(chen.sends([WANG]))[0].card_id
    old = chen.links("wang@lantern.example")[0]
    chen.resends(card_id, "wang.xiaoming@lantern.example")
    new = chen.links("wang.xiaoming@lantern.example")[0]
    forged = f"/e/{'A' * 46}"
    answers = [ask(old) for ask in (recipient.client.get, recipient.client.post)]
    answers += [ask(forged) for ask in (recipient.client.get, recipient.client.post)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({plain(answer) for answer in answers}) == 1
    assert recipient.client.get(f"{old}/code").status_code == 404
    assert recipient.client.post(new, follow_redirects=True).status_code == 200


def plain(answer: TestResponse) -> str:
    """A page without what differs from answer to answer."""
    return NONCE.sub("", answer.text).replace(answer.request.path, "")


def test_whoever_tries_links_is_stopped_as_whoever_tries_codes(chen: Sender, recipient: Recipient) -> None:
    chen.sends([WANG])
    for place in range(10):
        assert recipient.client.get(f"/e/{'A' * 45}{place}").status_code == 404
    assert recipient.client.get(chen.links("wang@lantern.example")[0]).status_code == 429
    assert recipient.opens("0000 0000 0000 0000").status_code in {422, 429}


def test_a_reminder_keeps_the_link(chen: Sender, recipient: Recipient) -> None:
    programme_id = chen.sends([WANG])
    card_id = chen.deliveries(programme_id)[0].card_id
    assert chen.reminds(programme_id, card_id) == 1
    first, second = chen.links("wang@lantern.example")
    assert first == second
    assert recipient.client.post(first, follow_redirects=True).status_code == 200


@pytest.mark.parametrize(("person", "address"), [(WANG, "wang@lantern.example"), (LI, "+8613812345678")])
def test_a_card_of_value_opens_with_a_code_sent_to_where_the_card_was_sent(
    chen: Sender, recipient: Recipient, person: dict[str, str], address: str
) -> None:
    card_id = chen.deliveries(chen.sends([person], face=Money(50_100, "CNY")))[0].card_id
    link = chen.links(address)[0]
    asked = recipient.client.post(link, follow_redirects=True)
    assert asked.request.path == f"{link}/code"
    assert address not in asked.text
    chen.app.jobs.run_due()
    to, text = chen.outbox()[-1]
    assert to == address
    code = SIX.findall(text)[0]
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    assert recipient.client.post(f"{link}/code", data={"code": wrong}).status_code == 422
    assert chen.delivery(card_id).opened_at is None
    assert "/r/gift" not in recipient.client.get("/r/gift").headers.get("Location", "")
    opened = recipient.client.post(f"{link}/code", data={"code": code}, follow_redirects=True)
    assert opened.request.path == "/r/gift"
    assert "501" in opened.text
    assert chen.delivery(card_id).opened_at is not None


def test_a_card_of_just_that_value_opens_without(chen: Sender, recipient: Recipient) -> None:
    chen.sends([WANG], face=Money(50_000, "CNY"))
    opened = recipient.client.post(chen.links("wang@lantern.example")[0], follow_redirects=True)
    assert opened.request.path == "/r/gift"
    assert all(CODE not in message.text for message in chen.messages())


def test_whoever_came_by_a_link_is_not_asked_for_a_code_when_the_half_hour_is_over(
    chen: Sender, recipient: Recipient
) -> None:
    chen.sends([WANG])
    recipient.client.post(chen.links("wang@lantern.example")[0])
    with recipient.client.session_transaction() as session:
        session["gift"] = session["gift"] | {"until": clock.now().timestamp() - 1}
    assert "Open your link to continue" in recipient.client.get("/r/gift", follow_redirects=True).text
