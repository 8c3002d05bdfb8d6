"""The buyer's programme pages: who has chosen, and who has not; never a code, never another firm's."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from giftshop import cards
from giftshop.audit import AuditEvent
from giftshop.cards import Addressed, BatchState, BlockReason, progress
from giftshop.cards.progress import Shown, card_lines, every_card_line, programme_progress
from giftshop.kernel.actor import SYSTEM
from giftshop.web import GiftShop
from tests.cards.making import AFTER_LAST_DAY, NOW, Made, cards_in, make
from tests.people import People, Somebody, sign_in

GUESTS = [Addressed("王小明", 1), Addressed("李华", 2), Addressed("=HYPERLINK(1)", 3)]


@pytest.fixture
def autumn(app: GiftShop, people: People) -> Made:
    """Five active cards, three with names: the first redeemed, the second blocked. Another firm has one too."""
    make(app, people, 1, firm_id=people.harbour.id, addressees=[Addressed("别家的客人")])
    made = make(app, people, 5, addressees=GUESTS)
    claimed, blocked = cards_in(app.database, made.batch_id)[:2]
    app.database.transact(cards.claim, claimed.id, by=SYSTEM, at=NOW)
    app.database.transact(cards.block, blocked.id, reason=BlockReason.LOST, by=SYSTEM, at=NOW)
    return made


@pytest.fixture(autouse=True)
def today() -> object:
    with time_machine.travel(NOW, tick=False):
        yield None


def test_counts_add_up_and_those_expiring_are_among_the_unclaimed(app: GiftShop, people: People, autumn: Made) -> None:
    make(app, people, 4, to=BatchState.SHIPPED, programme_id=autumn.programme_id)
    with app.database.reading() as reader:
        now = programme_progress(reader, [autumn.programme_id, 4711], at=NOW)
        soon = programme_progress(reader, [autumn.programme_id], at=AFTER_LAST_DAY - timedelta(days=30))
        late = programme_progress(reader, [autumn.programme_id], at=AFTER_LAST_DAY)
    counts = now[autumn.programme_id]
    assert (counts.ordered, counts.claimed, counts.unclaimed, counts.blocked, counts.not_active) == (9, 1, 3, 1, 4)
    assert (counts.expiring, counts.expired) == (0, 0)
    assert now[4711].ordered == 0
    assert (soon[autumn.programme_id].unclaimed, soon[autumn.programme_id].expiring) == (3, 3)
    assert (late[autumn.programme_id].unclaimed, late[autumn.programme_id].expired) == (0, 3)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (None, [1, 2, 3, 4, 5]),
        (Shown.CLAIMED, [1]),
        (Shown.BLOCKED, [2]),
        (Shown.UNCLAIMED, [3, 4, 5]),
        (Shown.EXPIRING, []),
        (Shown.EXPIRED, []),
        (Shown.NOT_ACTIVE, []),
    ],
)
def test_the_list_is_narrowed_to_how_cards_stand(
    app: GiftShop, autumn: Made, shown: Shown | None, expected: list[int]
) -> None:
    with app.database.reading() as reader:
        page = card_lines(reader, autumn.programme_id, shown=shown, at=NOW)
    places = {card.serial: place for place, card in enumerate(autumn.printed, start=1)}
    assert [places[line.serial] for line in page.rows] == expected


def test_pages_follow_one_another_without_gap_or_repeat(app: GiftShop, people: People, autumn: Made) -> None:
    make(app, people, 4, programme_id=autumn.programme_id)
    with app.database.reading() as reader:
        first = card_lines(reader, autumn.programme_id, at=NOW, size=4)
        second = card_lines(reader, autumn.programme_id, at=NOW, size=4, after=first.next)
        third = card_lines(reader, autumn.programme_id, at=NOW, size=4, after=second.next)
        whole = list(every_card_line(reader, autumn.programme_id, at=NOW))
    assert [*first.rows, *second.rows, *third.rows] == whole
    assert len(whole) == 9
    assert third.next is None


def test_a_buyer_sees_programmes_and_how_far_they_are(client: FlaskClient, people: People, autumn: Made) -> None:
    sign_in(client, people.lantern.buyer)
    listed = client.get("/programmes")
    assert "1 of 5" in listed.text
    assert f"/programmes/{autumn.programme_id}" in listed.text
    page = client.get(f"/programmes/{autumn.programme_id}").text
    assert autumn.printed[0].serial in page
    assert "王小明" in page
    assert "=HYPERLINK(1)" in page
    chinese = client.get(f"/programmes/{autumn.programme_id}?lang=zh_Hans").text
    assert "已兑换" in chinese
    assert "心意" in chinese


def test_no_page_and_no_export_shows_a_code(client: FlaskClient, people: People, autumn: Made) -> None:
    sign_in(client, people.lantern.buyer)
    for address in (
        "/programmes",
        f"/programmes/{autumn.programme_id}",
        f"/programmes/{autumn.programme_id}?as=csv",
    ):
        shown = client.get(address).get_data(as_text=True).replace(" ", "")
        for secret in autumn.codes:
            assert secret.canonical not in shown
            assert secret.canonical[:12] not in shown


@pytest.mark.parametrize(
    ("query", "seen", "unseen"),
    [
        ("q=王", "王小明", "李华"),
        ("shown=blocked", "李华", "王小明"),
        ("shown=nonsense&after=-1", "王小明", "No card"),
        ("q=%25", "No card matches", "王小明"),
        ("shown=expired", "No cards in this state", "王小明"),
        ("after=99999999999999999999", "王小明", "No card"),
    ],
)
def test_a_buyer_finds_a_card(
    client: FlaskClient, people: People, autumn: Made, query: str, seen: str, unseen: str
) -> None:
    sign_in(client, people.lantern.buyer)
    answer = client.get(f"/programmes/{autumn.programme_id}?{query}")
    assert answer.status_code == 200
    assert seen in answer.text
    assert unseen not in answer.text


def test_a_buyer_finds_a_card_by_its_serial_number_however_it_is_written(
    client: FlaskClient, people: People, autumn: Made
) -> None:
    sign_in(client, people.lantern.buyer)
    wanted, other = autumn.printed[3].serial, autumn.printed[0].serial
    for spelling in (wanted, wanted.replace(" ", ""), wanted.replace(" ", "-"), f" {autumn.codes[3].last4.lower()} "):
        page = client.get(f"/programmes/{autumn.programme_id}", query_string={"q": spelling}).text
        assert wanted in page
        assert other not in page


def test_the_export_has_every_card_and_no_formula(client: FlaskClient, people: People, autumn: Made) -> None:
    sign_in(client, people.lantern.buyer)
    answer = client.get(f"/programmes/{autumn.programme_id}?as=csv")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert answer.headers["Content-Disposition"].endswith(f"programme-{autumn.programme_id}-2026-09-01.csv")
    assert [row["Serial number"] for row in rows] == [card.serial for card in autumn.printed]
    assert [row["Recipient"] for row in rows] == ["王小明", "李华", "'=HYPERLINK(1)", "", ""]
    assert rows[0]["State"] == "Redeemed"
    assert rows[0]["Redeemed on"] == "2026-09-01"
    assert {row["Last day"] for row in rows} == {"2026-12-31"}
    narrowed = client.get(f"/programmes/{autumn.programme_id}?as=csv&shown=claimed")
    assert len(narrowed.data.splitlines()) == 2


def _serials(page: str) -> list[str]:
    return re.findall(r'<a class="code" href="[^"]+">([^<]+)</a>', page)


def test_cards_sort_and_who_takes_a_copy_is_written_down(
    app: GiftShop, client: FlaskClient, people: People, autumn: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, people.lantern.buyer)
    here = f"/programmes/{autumn.programme_id}"
    serials = [card.serial for card in autumn.printed]
    assert _serials(client.get(f"{here}?sort=-serial").text) == serials[::-1]
    assert _serials(client.get(f"{here}?sort=-chosen").text)[0] == serials[0]
    assert set(_serials(client.get(f"{here}?sort=name").text)[-2:]) == set(serials[3:]), (
        "cards without a name come last"
    )
    rows = list(csv.reader(io.StringIO(client.get(f"{here}?sort=-serial&q=王&as=csv").data.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == serials[:1]
    with app.database.reading() as reader:
        (event,) = reader.scalars(select(AuditEvent).where(AuditEvent.action == "listing.export")).all()
    assert (event.subject_kind, event.actor_id) == (f"list.programme-{autumn.programme_id}", people.lantern.buyer.id)
    monkeypatch.setattr(progress, "SORTED_AT_MOST", 4)
    large = client.get(f"{here}?sort=name").text
    assert _serials(large) == serials
    assert re.findall(r'class="sort" href="[^"]*sort=(-?\w+)', large) == ["-serial"]


def test_another_firms_programme_is_not_there(client: FlaskClient, people: People, autumn: Made) -> None:
    sign_in(client, people.harbour.buyer)
    addresses = [f"/programmes/{autumn.programme_id}", f"/programmes/{autumn.programme_id}?as=csv"]
    answers = [client.get(address) for address in addresses]
    answers.append(client.post(f"/programmes/{autumn.programme_id}/batches/{autumn.batch_id}/received"))
    answers.append(client.get("/programmes"))
    assert [answer.status_code for answer in answers] == [404, 404, 404, 200]
    for answer in answers:
        assert "王小明" not in answer.text
        assert autumn.printed[0].serial not in answer.text


def test_a_buyer_who_has_received_the_cards_activates_them_once(
    app: GiftShop, client: FlaskClient, people: People
) -> None:
    made = make(app, people, 2, to=BatchState.SHIPPED)
    sign_in(client, people.lantern.buyer)
    address = f"/programmes/{made.programme_id}"
    assert "Confirm receipt" in client.get(address).text
    for _ in range(2):
        answer = client.post(f"{address}/batches/{made.batch_id}/received", data={"request_key": "k"})
        assert answer.status_code == 302
    with app.database.reading() as reader:
        assert cards.batch(reader, made.batch_id).state is BatchState.ACTIVE
    assert "Confirm receipt" not in client.get(address).text


def test_cards_that_are_not_on_their_way_cannot_have_been_received(
    app: GiftShop, client: FlaskClient, people: People
) -> None:
    made = make(app, people, 1, to=BatchState.SEALED)
    sign_in(client, people.lantern.buyer)
    answer = client.post(f"/programmes/{made.programme_id}/batches/{made.batch_id}/received", data={"request_key": "k"})
    assert answer.status_code == 409
    assert "Batch" in answer.text


def test_who_only_reads_is_not_asked_to_confirm_receipt(app: GiftShop, client: FlaskClient, people: People) -> None:
    made = make(app, people, 1, to=BatchState.SHIPPED)
    readers: list[Somebody] = [people.lantern.finance, people.lantern.approver]
    for somebody in readers:
        sign_in(client, somebody)
        assert "Confirm receipt" not in client.get(f"/programmes/{made.programme_id}").text


def test_a_firm_without_programmes_is_told_when_there_will_be_some(client: FlaskClient, people: People) -> None:
    sign_in(client, people.lantern.administrator)
    assert "No programmes yet" in client.get("/programmes").text
