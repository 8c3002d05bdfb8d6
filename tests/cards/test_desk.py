"""The cards desk: staff stop, open, replace, extend and settle from pages, and never see a code."""

from __future__ import annotations

import pytest
import time_machine
from flask.testing import FlaskClient

from giftshop import cards
from giftshop.cards import Addressed, BatchState, CardState, StopScope, Unredeemed
from giftshop.cards.desk.queries import card_file, expired_of
from giftshop.kernel.actor import SYSTEM
from giftshop.ledger import Account
from giftshop.web import GiftShop
from tests.cards.making import NOW, Made, cards_in, make
from tests.cards.test_ending import LAPSED, owed, started, the_years_pass
from tests.people import People, Somebody, sign_in


@pytest.fixture(autouse=True)
def today() -> object:
    with time_machine.travel(NOW, tick=False):
        yield None


@pytest.fixture
def autumn(app: GiftShop, people: People) -> Made:
    return make(app, people, 3, addressees=[Addressed("李雷"), Addressed("韩梅梅")])


def serial_of(app: GiftShop, made: Made, place: int = 0) -> str:
    number = str(cards_in(app.database, made.batch_id)[place].serial)
    return f"{number[:4]}-{number[4:8]}-{number[8:]}"


def as_(client: FlaskClient, somebody: Somebody) -> FlaskClient:
    sign_in(client, somebody)
    return client


def test_a_serial_number_leads_to_its_card_and_no_page_has_a_code(
    client: FlaskClient, app: GiftShop, people: People, autumn: Made
) -> None:
    finance = as_(client, people.staff.finance)
    serial = serial_of(app, autumn)
    found = finance.get("/desk/cards", query_string={"q": serial.replace("-", " ")})
    assert found.location.endswith(f"/desk/cards/{serial}")
    pages = [
        finance.get(address).text
        for address in (
            "/desk/cards",
            f"/desk/cards/{serial}",
            f"/desk/programmes/{autumn.programme_id}",
            f"/desk/batches/{autumn.batch_id}",
        )
    ]
    assert "李雷" in pages[1]
    for code in autumn.codes:
        assert not any(code.canonical in page or code.printed in page for page in pages)


def test_what_does_not_exist_is_a_404_and_nonsense_is_too(client: FlaskClient, people: People) -> None:
    finance = as_(client, people.staff.finance)
    for address in ("cards/1001-0000-0010", "cards/%F0%9F%8E%81", "batches/4711", "programmes/4711"):
        assert finance.get(f"/desk/{address}").status_code == 404


def test_an_administrator_stops_everything_and_lets_it_go_on(
    client: FlaskClient, app: GiftShop, people: People, autumn: Made
) -> None:
    administrator = as_(client, people.staff.administrator)
    assert administrator.post("/desk/cards/stop", data={"reason": " "}).status_code == 422
    assert administrator.post("/desk/cards/stop", data={"reason": "Codes seen online"}).status_code == 303
    assert "Codes seen online" in administrator.get("/desk/cards").text
    card = cards_in(app.database, autumn.batch_id)[0]
    with pytest.raises(cards.CardBlocked):
        app.database.transact(cards.claim, card.id, by=SYSTEM, at=NOW)
    again = administrator.post("/desk/cards/stop", data={"reason": "Twice"})
    assert (again.status_code, "stopped already" in again.text) == (422, True)
    with app.database.reading() as reader:
        stop = cards.stop_on(reader, StopScope.PLATFORM)
    assert stop is not None
    assert administrator.post(f"/desk/stops/{stop.id}/lift", data={"reason": "A hoax"}).status_code == 303
    app.database.transact(cards.claim, card.id, by=SYSTEM, at=NOW)


def test_a_programme_its_firm_and_a_batch_are_stopped_from_their_pages(
    client: FlaskClient, app: GiftShop, people: People, autumn: Made
) -> None:
    administrator = as_(client, people.staff.administrator)
    here = f"/desk/programmes/{autumn.programme_id}"
    for address, data in (
        (f"{here}/stop", {"scope": "programme", "reason": "one"}),
        (f"{here}/stop", {"scope": "firm", "reason": "two"}),
        (f"/desk/batches/{autumn.batch_id}/stop", {"reason": "three"}),
    ):
        assert administrator.post(address, data=data).status_code == 303
    page = administrator.get(here).text
    assert "one" in page
    assert "two" in page
    assert "three" in administrator.get(f"/desk/batches/{autumn.batch_id}").text
    with app.database.reading() as reader:
        assert {each.scope for each in cards.stops_on(reader)} == set(StopScope) - {StopScope.PLATFORM}


def test_the_hotline_blocks_replaces_and_swaps_cards_and_may_not_stop_all(
    client: FlaskClient, app: GiftShop, people: People, autumn: Made
) -> None:
    hotline = as_(client, people.staff.hotline)
    first, second = serial_of(app, autumn), serial_of(app, autumn, 1)
    assert hotline.post("/desk/cards/stop", data={"reason": "no"}).status_code == 403
    assert hotline.post(f"/desk/cards/{first}/swap", data={"serial": second}).status_code == 303
    with app.database.reading() as reader:
        assert card_file(reader, first).name == "韩梅梅"
    assert hotline.post(f"/desk/cards/{first}/block", data={"reason": "lost"}).status_code == 303
    assert hotline.post(f"/desk/cards/{first}/block", data={"reason": "made up"}).status_code == 422
    assert hotline.post(f"/desk/cards/{first}/replace", data={"reason": "lost"}).status_code == 303
    page = hotline.get(f"/desk/cards/{first}").text
    with app.database.reading() as reader:
        replaced_by = card_file(reader, first).replaced_by
    assert replaced_by is not None
    assert replaced_by in page
    assert "韩梅梅" in hotline.get(f"/desk/cards/{replaced_by.replace(' ', '-')}").text
    again = hotline.post(f"/desk/cards/{first}/replace", data={"reason": "lost"})
    assert (again.status_code, "cannot be replaced" in again.text) == (422, True)
    wrong = hotline.post(f"/desk/cards/{second}/swap", data={"serial": "1001 0000 0011"})
    assert (wrong.status_code, "not a serial number" in wrong.text) == (422, True)


def test_the_same_form_sent_twice_replaces_a_card_once(
    client: FlaskClient, app: GiftShop, people: People, autumn: Made
) -> None:
    hotline = as_(client, people.staff.hotline)
    address, data = f"/desk/cards/{serial_of(app, autumn)}/replace", {"reason": "lost", "request_key": "k" * 16}
    assert [hotline.post(address, data=data).status_code for _ in range(2)] == [303, 303]
    assert owed(app.database, Account.PENDING) == 20_000


def test_a_batch_is_opened_by_range_and_a_wrong_range_is_told_at_its_field(
    client: FlaskClient, app: GiftShop, people: People
) -> None:
    made = make(app, people, 3, to=BatchState.SHIPPED)
    finance, address = as_(client, people.staff.finance), f"/desk/batches/{made.batch_id}/open"
    first, second, last = (serial_of(app, made, place) for place in range(3))
    backwards = finance.post(address, data={"first": second, "last": first})
    assert (backwards.status_code, "before the first" in backwards.text) == (422, True)
    assert finance.post(address, data={"first": first, "last": second}).status_code == 303
    states = [card.state for card in cards_in(app.database, made.batch_id)]
    assert states == [CardState.ACTIVE, CardState.ACTIVE, CardState.SEALED]
    assert finance.post(address, data={"first": first, "last": second}).status_code == 422
    assert finance.post(address, data={"first": last, "last": last}).status_code == 303


def test_a_card_is_extended_by_the_hotline_and_a_programme_by_finance(
    client: FlaskClient, app: GiftShop, people: People, autumn: Made
) -> None:
    the_years_pass(app)
    with time_machine.travel(LAPSED, tick=False):
        hotline = as_(client, people.staff.hotline)
        address = f"/desk/cards/{serial_of(app, autumn)}/extend"
        for until in ("", "31/12/2027", "2026-12-01", "2099-06-30", "9999-12-31"):
            assert hotline.post(address, data={"until": until, "reason": "ill"}).status_code == 422
        assert hotline.post(address, data={"until": "2027-06-30", "reason": "ill"}).status_code == 303
        assert owed(app.database, Account.OUTSTANDING) == 20_000
        programme = f"/desk/programmes/{autumn.programme_id}/extend"
        assert hotline.post(programme, data={"until": "2027-12-31", "reason": "all"}).status_code == 403
        finance = as_(client, people.staff.finance)
        assert finance.post(programme, data={"until": "9999-12-31", "reason": "all"}).status_code == 422
        assert finance.post(programme, data={"until": "2027-12-31", "reason": "all"}).status_code == 303
    assert owed(app.database, Account.OUTSTANDING) == 60_000


def test_finance_settles_what_expired_and_the_firm_reads_the_statement(
    client: FlaskClient, app: GiftShop, people: People
) -> None:
    made = make(app, people, 2, programme_id=started(app, people, unredeemed=Unredeemed.DONATE))
    the_years_pass(app)
    with time_machine.travel(LAPSED, tick=False):
        finance = as_(client, people.staff.finance)
        here = f"/desk/programmes/{made.programme_id}"
        assert "Settle it" in finance.get(here).text
        assert finance.post(f"{here}/settle").status_code == 303
        with app.database.reading() as reader:
            assert expired_of(reader, made.programme_id) is None
        assert finance.post(f"{here}/settle").status_code == 303
        assert "given to charity" in finance.get(here).text
        buyer = as_(client, people.lantern.buyer)
        assert "given to charity" in buyer.get(f"/programmes/{made.programme_id}").text
    assert owed(app.database, Account.DONATED) == 40_000


def test_a_large_batch_needs_two_people_of_the_firm_or_one_of_ours(
    client: FlaskClient, app: GiftShop, people: People
) -> None:
    object.__setattr__(app.settings.market.cards, "two_people_from_minor", 30_000)
    try:
        made = make(app, people, 2, to=BatchState.SHIPPED)
        here = f"/programmes/{made.programme_id}"
        buyer = as_(client, people.lantern.buyer)
        buyer.post(f"{here}/batches/{made.batch_id}/received")
        assert "Waits for a second person" in buyer.get(here).text
        buyer.post(f"{here}/batches/{made.batch_id}/open")
        assert owed(app.database, Account.OUTSTANDING) == 0
        stranger = as_(client, people.harbour.administrator)
        assert stranger.post(f"{here}/batches/{made.batch_id}/open").status_code == 404
        finance = as_(client, people.staff.finance)
        assert "second person" in finance.get("/desk/cards").text
        assert finance.post(f"/desk/batches/{made.batch_id}/agree").status_code == 303
        assert owed(app.database, Account.OUTSTANDING) == 40_000
    finally:
        object.__setattr__(app.settings.market.cards, "two_people_from_minor", 10_000_000)
