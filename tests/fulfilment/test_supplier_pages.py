"""A packer gives the growers their list, writes down what was ordered, and sends in what they answer."""

from __future__ import annotations

import csv
import io

from flask.testing import FlaskClient

from giftshop import fulfilment
from giftshop.addresses import Address, Receiver
from giftshop.fulfilment import ExceptionReason, Shipment, ShipmentState
from tests.fulfilment.conftest import LI, TODAY, Warehouse
from tests.fulfilment.test_files import upload
from tests.fulfilment.test_pages import page_of, press
from tests.people import sign_in

LIST = "/dispatch/suppliers/GANNAN"
S = ShipmentState


def ticked(*crates: Shipment) -> list[str]:
    return [f"{crate.id}.{crate.revision}" for crate in crates]


def order(client: FlaskClient, *crates: Shipment, key: str = "one") -> str:
    fields = {"action": "order", "shipment": ticked(*crates), "request_key": key, "view": "to_order"}
    return press(client, f"{LIST}/selection", **fields).text


def test_the_list_shows_addresses_to_those_who_pack_and_to_nobody_else(
    packer: FlaskClient, warehouse: Warehouse
) -> None:
    crate = warehouse.request(warehouse.line_of_fruit())
    assert "体育西路123号" in packer.get(LIST).text
    assert "1" in packer.get("/dispatch/suppliers").text
    assert crate.number not in packer.get("/dispatch").text
    sign_in(packer, warehouse.people.staff.sales)
    assert packer.get(LIST).status_code == 403
    sign_in(packer, warehouse.people.lantern.buyer)
    assert packer.get(LIST).status_code in {403, 404}


def test_the_table_holds_what_the_growers_need_no_formula_and_no_price(
    packer: FlaskClient, warehouse: Warehouse
) -> None:
    crafty = Receiver("=1+1", "+8613812345678", Address("CN", "广东省", "广州市", "天河区", "@体育西路 1 号"))
    crate = warehouse.request(warehouse.line_of_fruit(2), receiver=crafty)
    chair = warehouse.request(warehouse.line_of_a_chair())
    sent = packer.post(f"{LIST}/selection", data={"action": "export", "shipment": ticked(crate, chair)})
    assert sent.mimetype == "text/csv"
    headings, *rows = csv.reader(io.StringIO(sent.data.decode("utf-8-sig")))
    assert [row[0] for row in rows] == [crate.number], "and nothing that is another supplier's"
    told = dict(zip(headings, rows[0], strict=True))
    assert (told["Item"], told["Pieces"], told["Phone"], told["Tracking number"]) == ("FRU-5", "2", "13812345678", "")
    assert told["Receiver"] == "'=1+1"
    assert told["Address"].startswith("'@")
    assert not any(word in sent.data.decode() for word in ("168", "CNY", "¥", "Lantern"))


def test_one_key_orders_what_the_page_showed_and_once(packer: FlaskClient, warehouse: Warehouse) -> None:
    first, second = (warehouse.request(warehouse.line_of_fruit()) for _ in range(2))
    warehouse.do(fulfilment.change_receiver, second.id, LI)
    said = order(packer, first, second)
    assert "1 parcel is ordered" in said
    assert "1 parcel changed since this list was shown" in said
    assert "1 parcel is ordered" in order(packer, first, second), "the same form again says the same and does nothing"
    assert [warehouse.now(each).ordered_at is None for each in (first, second)] == [False, True]
    assert first.number in packer.get(f"{LIST}?view=ordered").text
    assert "Tick at least one" in press(packer, f"{LIST}/selection", action="order", shipment="x.1").text
    assert press(packer, f"{LIST}/selection", action="order", shipment=f"{2**70}.1").status_code == 200


def test_the_growers_answer_sends_their_parcels(packer: FlaskClient, warehouse: Warehouse) -> None:
    """The table that went out comes back with two columns filled, in the language it went out in."""
    crate = warehouse.request(warehouse.line_of_fruit())
    for locale, first in (("en", "Shipment"), ("zh_Hans", "发货单")):
        sent = packer.post(f"{LIST}/selection?lang={locale}", data={"action": "export", "shipment": ticked(crate)})
        headings, row = csv.reader(io.StringIO(sent.data.decode("utf-8-sig")))
        assert headings[0] == first
        row[-2:] = ["SF", "SF1234567890"]
        filled = io.StringIO()
        csv.writer(filled).writerows([headings, row])
        report = upload(packer, filled.getvalue().encode())
        assert report.status_code == 200, headings
    press(packer, f"{report.request.path}/apply")
    now = warehouse.now(crate)
    assert (now.state, now.tracking_number) == (S.DISPATCHED, "SF1234567890")


def test_a_parcels_page_says_who_sends_it_and_leads_through(packer: FlaskClient, warehouse: Warehouse) -> None:
    crate = warehouse.request(warehouse.line_of_fruit())
    page = packer.get(page_of(crate)).text
    assert "Gannan Orchards sends it" in page
    assert "Take it<" not in page
    assert "To order" in page
    assert "To pack" not in page
    assert "Packing slip" not in page
    press(packer, f"{page_of(crate)}/order", revision="7", request_key="a")
    assert warehouse.now(crate).ordered_at is None
    press(packer, f"{page_of(crate)}/order", revision=str(crate.revision), request_key="b")
    assert warehouse.now(crate).ordered_at is not None
    assert "Choose a carrier" in press(packer, f"{page_of(crate)}/sent", request_key="c").text
    press(packer, f"{page_of(crate)}/carrier", carrier="SF", tracking_number="SF1234567890")
    assert "It is on its way" in press(packer, f"{page_of(crate)}/sent", request_key="d").text
    back = press(packer, f"{page_of(crate)}/take-back", goods="sound", request_key="e").text
    assert "with the supplier again" in back
    press(packer, f"{page_of(crate)}/resend", promised_on=TODAY.isoformat())
    assert (warehouse.state(crate), warehouse.now(crate).ordered_at) == (S.WAITING, None)


def test_every_view_of_a_list_and_the_search_find_a_crate(packer: FlaskClient, warehouse: Warehouse) -> None:
    crate = warehouse.request(warehouse.line_of_fruit())
    held = warehouse.request(warehouse.line_of_fruit(), not_before=TODAY.replace(month=12))
    assert held.number in packer.get(f"{LIST}?view=held").text
    assert "Sent by Gannan Orchards" in packer.get(f"/dispatch?q={crate.number}").text
    warehouse.do(fulfilment.stop, crate.id, ExceptionReason.BAD_ADDRESS)
    assert crate.number in packer.get(f"{LIST}?view=exception").text
    assert "stands on its supplier" in packer.get(page_of(crate)).text
    assert crate.number not in packer.get("/dispatch?view=exception").text
    for view in ("to_order", "ordered", "dispatched", "returned", "no-such-view"):
        assert packer.get(f"{LIST}?view={view}").status_code == 200
    assert packer.get("/dispatch/suppliers/NOBODY").status_code == 404
    home = packer.get("/", follow_redirects=True).text
    assert "parcel of a supplier cannot go on" in home


def test_a_claim_by_the_scan_box_says_who_sends_it(packer: FlaskClient, warehouse: Warehouse) -> None:
    crate = warehouse.request(warehouse.line_of_fruit())
    assert "is sent by its supplier" in press(packer, "/dispatch/scan", code=crate.number).text
    assert warehouse.state(crate) is S.WAITING
