"""Ordering a gift set on its pages, as a buyer without JavaScript does."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from giftshop import orders
from giftshop.db import Database
from giftshop.fulfilment import ExceptionReason, Shipment
from giftshop.kernel import clock
from giftshop.kernel.market import MarketRules
from giftshop.orders import Delivery, OrderKind
from giftshop.orders import making as work
from giftshop.orders.lists import COLUMNS, AddressNeeded, read_people
from giftshop.orders.models import OrderParcel, OrderRecipient
from giftshop.orders.rules import Filled, Lack, Step, lacks, steps_of
from giftshop.tabular import read_table
from giftshop.web import GiftShop
from tests.giftsets.conftest import set_id, shelf
from tests.giftsets.making import Shelf, draw_up, order_set, people_of_a_list
from tests.orders.test_gift_sets import made
from tests.orders.test_pages import CARD, DELIVERY
from tests.people import People, sign_in
from tests.redemption.conftest import hidden_fields

__all__ = ["set_id", "shelf"]
HEAD = "客户姓名,地址,联系电话\n"
TODAY = date(2026, 8, 3)
FILLED = Filled(
    quantity=30,
    headline="中秋快乐",
    greeting="感谢您",
    sender_name="联动",
    valid_until=None,
    has_receiver=False,
    invoice_title="联动科技有限公司",
    kind=OrderKind.GIFT_SET,
    delivery=Delivery.DIRECT,
    has_list=True,
    lead_days=5,
)


@pytest.fixture
def buyer(client: FlaskClient, people: People) -> FlaskClient:
    sign_in(client, people.lantern.buyer)
    return client


def begin(buyer: FlaskClient, set_id: int, **typed: str) -> str:
    """Begin an order of a set on its page; returns the order's number."""
    fields = {"gift_set": str(set_id), "mode": "list", "delivery": "direct", "request_key": "begin"} | typed
    answer = buyer.post("/orders/new-set", data=fields)
    found = re.search(r"/orders/(O-[\d-]+)/", answer.headers["Location"])
    assert found
    return found[1]


def upload(buyer: FlaskClient, number: str, rows: str) -> str:
    file = (io.BytesIO((HEAD + rows).encode()), "list.csv")
    return buyer.post(f"/orders/{number}/recipients", data={"file": file}, follow_redirects=True).text


def test_a_list_for_doors_is_ordered_step_by_step(buyer: FlaskClient, people: People, set_id: int) -> None:
    number = begin(buyer, set_id)
    page = upload(buyer, number, "王小明,,13800138000\n")
    assert "The gift goes straight to this person, so we need an address." in page
    rows = "".join(f"王{n},广东省广州市天河区体育西路{n}号,138001380{n:02d}\n" for n in range(10, 40))
    assert "30 people" in upload(buyer, number, rows)
    assert buyer.post(f"/orders/{number}/recipients/accept").headers["Location"].endswith("/brand")
    assert buyer.post(f"/orders/{number}/brand", data=CARD).headers["Location"].endswith("/delivery")
    tomorrow = (clock.local_day(clock.now(), "Asia/Shanghai") + timedelta(days=1)).isoformat()
    typed = {"invoice_title": "联动科技有限公司", "not_before": tomorrow}
    assert buyer.post(f"/orders/{number}/delivery", data=typed).headers["Location"].endswith("/review")
    assert "Choose a first day of sending that leaves time" in buyer.get(f"/orders/{number}/review").text
    far = buyer.post(f"/orders/{number}/delivery", data=typed | {"not_before": "9999-12-31"})
    assert far.status_code == 422
    assert "within the next 3 years" in far.text
    buyer.post(f"/orders/{number}/delivery", data=typed | {"not_before": ""})
    review = buyer.get(f"/orders/{number}/review").text
    assert "Before you can order" not in review
    placing = hidden_fields(review)
    assert [buyer.post(f"/orders/{number}/review", data=placing).status_code for _ in range(2)] == [302, 302]
    for paper in ("proof.pdf", "quotation.pdf"):
        assert buyer.get(f"/orders/{number}/{paper}").data.startswith(b"%PDF")
    assert buyer.get(f"/orders/{number}").status_code == 200


def test_sets_for_branches_are_given_away_one_branch_after_the_other(buyer: FlaskClient, set_id: int) -> None:
    number = begin(buyer, set_id, mode="number", quantity="30", delivery="branches")
    buyer.post(f"/orders/{number}/brand", data=CARD)
    answer = buyer.post(f"/orders/{number}/delivery", data={"invoice_title": "联动科技有限公司"})
    assert answer.headers["Location"].endswith("/branches")
    branches = f"/orders/{number}/branches"
    assert buyer.post(branches, data=DELIVERY | {"quantity": "31"}).status_code == 422
    assert buyer.post(branches, data=DELIVERY | {"quantity": "20"}).status_code == 302
    assert "10 of 30 sets are not given to a branch yet" in buyer.get(branches).text
    drop = re.search(rf"{branches}/\d+/drop", buyer.get(branches).text)
    assert drop
    buyer.post(drop[0])
    for count in ("20", "10"):
        buyer.post(branches, data=DELIVERY | {"quantity": count})
    assert "All 30 sets are given to a branch." in buyer.get(branches).text
    assert "Before you can order" not in buyer.get(f"/orders/{number}/review").text


def test_a_number_cannot_go_to_doors_and_what_is_wrong_with_the_set_is_said_on_the_last_page(
    buyer: FlaskClient, set_id: int
) -> None:
    typed = {"gift_set": str(set_id), "mode": "number", "quantity": "9", "delivery": "direct", "request_key": "x"}
    assert buyer.post("/orders/new-set", data=typed).status_code == 422
    number = begin(buyer, set_id, mode="number", quantity="9", delivery="firm")
    assert "starts at 20 pieces; this would be 18." in buyer.get(f"/orders/{number}/review").text
    assert "CN¥" in buyer.get(f"/orders/estimate-set?gift_set={set_id}&quantity=30&delivery=firm").text
    assert buyer.get("/orders/estimate-set?gift_set=99&quantity=x").status_code == 200


def test_a_set_without_a_card_asks_for_no_words_and_prints_no_proof(
    buyer: FlaskClient, database: Database, people: People, shelf: Shelf
) -> None:
    plain = database.transact(draw_up, people, shelf, decorated=False, has_card=False)
    number = begin(buyer, plain, mode="number", quantity="3", delivery="firm")
    assert "comes without a greeting card" in buyer.get(f"/orders/{number}/brand").text
    assert buyer.post(f"/orders/{number}/brand", data={"sender_name": "联动"}).status_code == 302
    assert buyer.post(f"/orders/{number}/delivery", data=DELIVERY).headers["Location"].endswith("/review")
    assert "Before you can order" not in buyer.get(f"/orders/{number}/review").text
    assert buyer.get(f"/orders/{number}/proof.pdf").status_code == 409


def test_a_name_that_no_font_has_is_refused_before_the_order_with_its_row(
    buyer: FlaskClient, database: Database, set_id: int
) -> None:
    number = begin(buyer, set_id)
    rows = "".join(f"王{n},广东省广州市天河区体育西路{n}号,138001380{n:02d}\n" for n in range(10, 40))
    upload(buyer, number, rows)
    buyer.post(f"/orders/{number}/recipients/accept")
    buyer.post(f"/orders/{number}/brand", data=CARD)
    buyer.post(f"/orders/{number}/delivery", data={"invoice_title": "联动科技有限公司"})
    strange = update(OrderRecipient).where(OrderRecipient.position == 7).values(name="王\U0001f600")
    database.transact(lambda tx: tx.change(strange))
    answer = buyer.post(f"/orders/{number}/review", data={"request_key": "place"})
    assert answer.status_code == 422
    assert "Row 7" in answer.text


def test_an_address_that_cannot_be_read_any_more_goes_to_the_exceptions_lane(
    app: GiftShop, database: Database, people: People, set_id: int
) -> None:
    rows = [row | {"address": "火星省第一市"} if n == 3 else row for n, row in enumerate(people_of_a_list(30))]
    order_id = order_set(database, people, set_id, rows=rows)
    made(app, people, order_id)
    with database.reading() as reader:
        stopped = reader.scalars(select(Shipment).where(Shipment.exception_reason.is_not(None))).all()
        assert [(each.receiver_name, each.exception_reason) for each in stopped] == [
            ("王4", ExceptionReason.BAD_ADDRESS)
        ]
        order = orders.order_by_id(reader, order_id)
        faces = work.faces_of(reader, order)
        numbers = [row.number for row in reader.scalars(select(OrderParcel).order_by(OrderParcel.position))]
        assert faces == [(row["name"], number) for row, number in zip(rows, numbers, strict=True)]


@pytest.mark.parametrize(
    ("gap", "lack"),
    [
        ({"without_address": 1}, Lack.ADDRESSES),
        ({"has_list": False}, Lack.ADDRESSES),
        ({"delivery": Delivery.FIRM}, Lack.RECEIVER),
        ({"delivery": Delivery.BRANCHES, "in_branches": 29}, Lack.BRANCHES),
        ({"not_before": TODAY + timedelta(days=7)}, Lack.WINDOW),
        ({"arrives_on": TODAY + timedelta(days=7)}, Lack.WINDOW),
        ({"not_before": TODAY + timedelta(days=9), "arrives_on": TODAY + timedelta(days=8)}, Lack.WINDOW),
        ({"greeting": " "}, Lack.GREETING),
        ({"quantity": 0}, Lack.QUANTITY),
    ],
)
def test_each_gap_of_a_draft_of_sets_is_named(gap: dict[str, object], lack: Lack) -> None:
    market = MarketRules().stored_value
    assert lacks(FILLED, today=TODAY, market=market) == ()
    assert lacks(replace(FILLED, **gap), today=TODAY, market=market) == (lack,)  # type: ignore[arg-type]


def test_a_set_takes_its_steps_and_a_window_that_leaves_time_is_one() -> None:
    assert steps_of(OrderKind.GIFT_SET, has_list=True) == (
        Step.GIFT_SET,
        Step.RECIPIENTS,
        Step.BRAND,
        Step.DELIVERY,
        Step.REVIEW,
    )
    in_time = replace(FILLED, not_before=TODAY + timedelta(days=8), arrives_on=TODAY + timedelta(days=8))
    assert lacks(in_time, today=TODAY, market=MarketRules().stored_value) == ()


def test_a_list_needs_addresses_only_where_gifts_go_to_doors() -> None:
    table = read_table((HEAD + "王小明,,13800138000\n").encode(), COLUMNS)
    assert read_people(table).people
    ((flaw, _text),) = read_people(table, needs_address=True).flaws
    assert (flaw.row, flaw.column, type(flaw.reason)) == (2, "地址", AddressNeeded)


def test_a_set_that_is_not_on_the_shelf_is_refused_however_large_its_number(
    client: FlaskClient, people: People
) -> None:
    sign_in(client, people.lantern.buyer)
    answer = client.post("/orders/new-set", data={"gift_set": str(2**63), "mode": "list", "delivery": "direct"})
    assert answer.status_code == 422
    assert client.get(f"/orders/estimate-set?gift_set={2**63}&quantity=3").status_code == 200
