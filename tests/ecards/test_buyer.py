"""The buyer's page: who got, opened and used theirs; reminders once a day; nobody else's e-cards."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from giftshop import cards
from giftshop.db import Transaction
from giftshop.ecards import telling
from giftshop.jobs import JobRun
from giftshop.kernel import clock
from giftshop.kernel.money import Money
from giftshop.redemption import redeem
from tests.ecards.conftest import HAN, LI, WANG, Sender, tomorrow
from tests.people import sign_in
from tests.redemption.conftest import LI_LEI, holder


@pytest.fixture
def desk(chen: Sender) -> FlaskClient:
    """The buyer's browser."""
    client = chen.app.test_client()
    sign_in(client, chen.people.lantern.buyer)
    return client


def takes(chen: Sender, card_id: int) -> None:
    """Somebody chooses the tea."""
    tea, by = chen.book.items["TEA-1"], holder(card_id)
    chen.database.transact(redeem, card_id, tea, LI_LEI, locale="en", by=by, at=clock.now())


def test_the_page_tells_who_has_theirs_who_opened_and_who_chose(chen: Sender, desk: FlaskClient) -> None:
    programme_id = chen.sends([WANG, LI, HAN])
    wang, li, _han = (row.card_id for row in chen.deliveries(programme_id))
    chen.app.test_client().post(chen.links("wang@lantern.example")[0])
    takes(chen, li)
    for shown, who in (("opened", "王小明"), ("claimed", "李雷"), ("sent", "韩梅梅")):
        page = desk.get(f"/programmes/{programme_id}/ecards?shown={shown}").text
        assert [name for name in ("王小明", "李雷", "韩梅梅") if name in page] == [who]
    assert f"/programmes/{programme_id}/ecards" in desk.get(f"/programmes/{programme_id}").text
    assert wang


def test_who_has_chosen_or_was_reminded_today_is_left_in_peace(chen: Sender, desk: FlaskClient) -> None:
    programme_id = chen.sends([WANG, LI, HAN])
    wang, li, han = (row.card_id for row in chen.deliveries(programme_id))
    takes(chen, li)
    said = desk.post(f"/programmes/{programme_id}/ecards/remind", data={"card": [wang, li]}, follow_redirects=True)
    assert "1 person was reminded." in said.text
    desk.post(f"/programmes/{programme_id}/ecards/remind-all")
    chen.app.jobs.run_due()
    assert [len(chen.links(HAN["email"])), len(chen.links(WANG["email"])), len(chen.links(LI["phone"]))] == [2, 2, 1]
    assert chen.reminds(programme_id, wang, li, han) == 0
    assert chen.reminds(programme_id, wang, li, han, at=clock.now() + timedelta(hours=25)) == 2
    assert [row.reminders for row in chen.deliveries(programme_id)] == [2, 0, 2]


def test_a_shopping_card_that_was_spent_from_is_not_reminded_of(chen: Sender) -> None:
    programme_id = chen.sends([WANG], face=Money(40_000, "CNY"))
    card_id = chen.deliveries(programme_id)[0].card_id
    assert "¥400.00" in chen.outbox()[-1][1]
    chen.database.transact(_spend, card_id)
    assert chen.reminds(programme_id, card_id) == 0


def _spend(tx: Transaction, card_id: int) -> None:
    cards.spend(tx, card_id, Money(10_000, "CNY"), subject=("test", 1), by=holder(card_id), at=clock.now())


def test_a_sent_form_that_comes_twice_reminds_once(chen: Sender, desk: FlaskClient) -> None:
    programme_id = chen.sends([WANG])
    card_id = chen.deliveries(programme_id)[0].card_id
    for _ in range(2):
        form = {"card": [card_id], "request_key": "the same form"}
        desk.post(f"/programmes/{programme_id}/ecards/remind", data=form)
    chen.app.jobs.run_due()
    assert len(chen.links("wang@lantern.example")) == 2


def test_the_hour_can_be_changed_until_it_comes(chen: Sender, desk: FlaskClient) -> None:
    moment = tomorrow()
    programme_id = chen.sends([WANG], moment=moment)
    page = f"/programmes/{programme_id}/ecards/schedule"
    assert "Europe/Berlin" in desk.get(page).text
    for wrong in (
        {"day": "2020-01-01", "hour": "9", "zone": "Asia/Shanghai"},
        {"day": "2099-01-01", "hour": "9", "zone": "Asia/Shanghai"},
        {"day": moment.day.isoformat(), "hour": "25", "zone": "Asia/Shanghai"},
        {"day": moment.day.isoformat(), "hour": "9", "zone": "Middle/Earth"},
        {"day": "", "hour": "", "zone": ""},
    ):
        assert desk.post(page, data=wrong).status_code == 422
    later = (moment.day + timedelta(days=3)).isoformat()
    assert desk.post(page, data={"day": later, "hour": "8", "zone": "America/New_York"}).status_code == 303
    chen.app.jobs.run_due(at=moment.utc)
    assert chen.outbox() == []
    assert "08:00, America/New York" in desk.get(f"/programmes/{programme_id}/ecards").text


def test_what_no_mail_server_has_taken_yet_is_not_called_sent(chen: Sender, desk: FlaskClient) -> None:
    moment = tomorrow()
    programme_id = chen.sends([WANG], moment=moment)
    row = chen.deliveries(programme_id)[0]
    telling.send(JobRun(0, {"batch_id": row.batch_id}, moment.utc, chen.database))
    waiting = desk.get(f"/programmes/{programme_id}/ecards?shown=scheduled").text
    assert "王小明" in waiting
    assert "Send again" in waiting
    assert "王小明" not in desk.get(f"/programmes/{programme_id}/ecards?shown=sent").text


def test_another_firm_finds_nothing_and_changes_nothing(chen: Sender) -> None:
    programme_id = chen.sends([WANG])
    card_id = chen.deliveries(programme_id)[0].card_id
    stranger = chen.app.test_client()
    sign_in(stranger, chen.people.harbour.buyer)
    base = f"/programmes/{programme_id}/ecards"
    for path in (base, f"{base}/schedule", f"{base}/{card_id}"):
        assert stranger.get(path).status_code == 404
    for path, form in (
        (f"{base}/remind", {"card": [card_id]}),
        (f"{base}/remind-all", {}),
        (f"{base}/{card_id}", {"to": "thief@harbour.example"}),
        (f"{base}/{card_id}/forget", {}),
    ):
        assert stranger.post(path, data=form).status_code == 404
    assert "wang" not in stranger.get("/ecards/came-back").text
    assert chen.delivery(card_id).address == "wang@lantern.example"


def test_a_programme_on_paper_has_no_such_page(chen: Sender, desk: FlaskClient) -> None:
    card = chen.book.cards(1)[0]
    with chen.database.reading() as reader:
        programme_id = cards.held_card(reader, chen.book.card_id(card), at=clock.now()).programme_id
    assert desk.get(f"/programmes/{programme_id}/ecards").status_code == 404
    assert "/ecards" not in desk.get(f"/programmes/{programme_id}").text
