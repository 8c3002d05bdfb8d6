from __future__ import annotations

import html
import re
from datetime import date, timedelta
from typing import Any

import pypdfium2
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from giftshop import fulfilment
from giftshop.fulfilment import ExceptionReason, Line, Shipment, ShipmentState
from giftshop.fulfilment.presenting import DONE_VIEWS, VIEWS
from tests.fulfilment.conftest import LI, Warehouse
from tests.people import sign_in


def page_of(shipment: Shipment) -> str:
    return f"/dispatch/shipments/{shipment.number}"


def press(client: FlaskClient, address: str, **fields: Any) -> TestResponse:
    """Send a form and follow where it leads."""
    return client.post(address, data=fields, follow_redirects=True)


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_a_packer_takes_scans_closes_and_labels_a_parcel_without_a_mouse(
    packer: FlaskClient, warehouse: Warehouse
) -> None:
    shipment = warehouse.request(warehouse.line_of_tea(), warehouse.line_of_cups())
    assert shipment.number in packer.get("/dispatch").text
    taken = press(packer, "/dispatch/scan", code=shipment.number)
    assert taken.request.path == page_of(shipment)
    press(packer, "/dispatch/scan", code="tea-1", at=shipment.number, request_key="1")
    full = press(packer, "/dispatch/scan", code="CUP-2", at=shipment.number, request_key="2")
    assert "All of it is in" in full.text
    closed = press(packer, "/dispatch/scan", code="", at=shipment.number)
    assert f"{shipment.number} is packed" in closed.text
    assert warehouse.state(shipment) is ShipmentState.PACKED
    label = press(packer, f"{page_of(shipment)}/papers/label")
    assert label.mimetype == "application/pdf"
    assert "张伟" in text_of(label.data)


def test_a_scan_sent_twice_counts_once(packer: FlaskClient, warehouse: Warehouse) -> None:
    shipment = warehouse.request(warehouse.line_of_tea(2))
    press(packer, "/dispatch/scan", code=shipment.number)
    for _ in range(2):
        press(packer, "/dispatch/scan", code="TEA-1", at=shipment.number, request_key="the same")
    assert [line.scanned for line in warehouse.lines(shipment)] == [1]


def test_a_wrong_scan_is_red_heard_and_stops(packer: FlaskClient, warehouse: Warehouse) -> None:
    shipment = warehouse.request()
    press(packer, "/dispatch/scan", code=shipment.number)
    wrong = packer.post("/dispatch/scan", data={"code": "CUP-2", "at": shipment.number})
    assert wrong.status_code == 422
    assert "STOP. CUP-2 does not belong in" in wrong.text
    assert "data-alarm" in wrong.text
    assert "<title>Error:" in wrong.text.replace("\n", "")


def test_a_second_scan_says_who_packed_it_and_when(packer: FlaskClient, warehouse: Warehouse) -> None:
    shipment = warehouse.packed()
    again = press(packer, "/dispatch/scan", code=shipment.number)
    assert f"was packed by {warehouse.packer.name}" in again.text


def test_a_number_nobody_knows_is_said_so(packer: FlaskClient) -> None:
    assert "No shipment has the number" in press(packer, "/dispatch/scan", code="X-1").text
    assert "Scan something first" in press(packer, "/dispatch/scan", code="").text


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_every_view_of_the_queue_and_every_state_of_a_shipment_has_a_page(
    packer: FlaskClient, warehouse: Warehouse, language: str
) -> None:
    shipments = one_in_every_state(warehouse)
    for view in ("", "nonsense", *VIEWS, *DONE_VIEWS):
        assert packer.get(f"/dispatch?view={view}&lang={language}").status_code == 200, view
    for shipment in shipments:
        assert packer.get(f"{page_of(shipment)}?lang={language}").status_code == 200, warehouse.state(shipment)
    for place in ("manifests", "files", "carriers", "carriers/new", "carriers/SF"):
        assert packer.get(f"/dispatch/{place}?lang={language}").status_code == 200, place


def test_a_parcels_row_says_when_its_carrier_collects(packer: FlaskClient, warehouse: Warehouse) -> None:
    shipment = warehouse.request()
    assert "Collects at" not in packer.get("/dispatch").text
    warehouse.do(fulfilment.assign, shipment.id, carrier_id=warehouse.carriers["EMS"].id)
    assert "Collects at 16:30" in packer.get("/dispatch").text


def test_an_address_made_by_hand_breaks_nothing(packer: FlaskClient, warehouse: Warehouse) -> None:
    warehouse.request()
    for query in (
        "at=x",
        "at=2026-99-99_18:00:00_1",
        "at=2026-09-21_18:00:00%2B08:00_1",
        "at=2026-09-21_18:00:00_1",
        "at=2026-09-21.1",
        "firm=x",
        "firm=99999999999999999999",
        "by=soon",
        "carrier=NONE",
        "q=%25",
        "q=%F3%B0%80%80",
        "view=<b>",
    ):
        assert packer.get(f"/dispatch?{query}").status_code == 200, query


def test_whoever_does_not_pack_sees_no_receiver_and_does_nothing(client: FlaskClient, warehouse: Warehouse) -> None:
    shipments = one_in_every_state(warehouse)
    for onlooker in (warehouse.people.staff.hotline, warehouse.people.staff.sales, warehouse.people.staff.production):
        sign_in(client, onlooker)
        for address in ("/dispatch?view=", *map(page_of, shipments)):
            page = client.get(address).text
            for secret in ("张伟", "138 1234 5678", "体育西路", "the note names Zhang"):
                assert secret not in page, address
        assert (
            "No shipments here" in client.get("/dispatch?q=张").text
            or "Nothing matches" in client.get("/dispatch?q=张").text
        )
        assert client.post(f"{page_of(shipments[0])}/claim").status_code == 403


def test_many_parcels_are_taken_and_those_left_out_are_named(packer: FlaskClient, warehouse: Warehouse) -> None:
    free, packed = warehouse.request(), warehouse.packed()
    taken = press(packer, "/dispatch/selection", view="waiting", action="claim", shipment=[free.id, packed.id])
    assert "1 parcel is yours" in taken.text
    assert f"Left out: {packed.number}." in taken.text
    assert warehouse.state(free) is ShipmentState.PACKING


def test_all_that_match_are_taken_and_nothing_else(packer: FlaskClient, warehouse: Warehouse) -> None:
    mine = [warehouse.request(firm_id=warehouse.people.harbour.id) for _ in range(3)]
    other = warehouse.request()
    press(packer, "/dispatch/selection", view="waiting", firm=warehouse.people.harbour.id, everything="yes",
          action="claim")  # fmt: skip
    assert {warehouse.state(shipment) for shipment in mine} == {ShipmentState.PACKING}
    assert warehouse.state(other) is ShipmentState.WAITING


@pytest.mark.parametrize("action", ["claim", "print_slips", "draw_up", "export", "nonsense", ""])
def test_nothing_ticked_is_said_so(packer: FlaskClient, action: str) -> None:
    answer = press(packer, "/dispatch/selection", view="waiting", action=action, shipment=["x", "9" * 30])
    assert answer.status_code == 200
    assert "Tick at least one shipment first" in answer.text


def test_slips_and_pick_list_are_one_pdf_without_a_price(packer: FlaskClient, warehouse: Warehouse) -> None:
    ids = [warehouse.request(warehouse.line_of_tea(2)).id, warehouse.request().id]
    answer = press(packer, "/dispatch/selection", view="waiting", action="print_slips", shipment=ids)
    assert "Packing slips" in answer.text
    pdf = packer.get(answer.request.path + ".pdf?lang=en")
    words = text_of(pdf.data)
    assert "Pick list" in words
    assert "TEA-1" in words
    assert "西湖龙井" in words, "slips to China speak Chinese"
    assert "168" not in words, "the tea costs 168.00"
    assert "¥" not in words
    assert "DUPLICATE" not in words


def test_a_second_label_says_duplicate_and_opening_the_first_again_does_not(
    packer: FlaskClient, warehouse: Warehouse
) -> None:
    shipment = warehouse.packed(receiver=LI)
    first = press(packer, f"{page_of(shipment)}/papers/label", request_key="a")
    second = press(packer, f"{page_of(shipment)}/papers/label", request_key="b")
    again = packer.get(first.request.path)
    assert ["重复打印" in text_of(pdf.data) for pdf in (first, second, again)] == [False, True, False]


def test_label_and_slip_are_both_printed_from_one_look_at_the_page(packer: FlaskClient, warehouse: Warehouse) -> None:
    shipment = warehouse.packed(receiver=LI)
    page = packer.get(page_of(shipment)).text
    for paper in ("label", "slip"):
        form = page[page.index(f"/papers/{paper}") :]
        key = re.search(r'name="request_key" value="([^"]+)"', form)
        assert key, paper
        assert press(packer, f"{page_of(shipment)}/papers/{paper}", request_key=key[1]).mimetype == "application/pdf"


def test_a_label_is_not_printed_before_the_contents_are_right(packer: FlaskClient, warehouse: Warehouse) -> None:
    shipment = warehouse.request()
    answer = press(packer, f"{page_of(shipment)}/papers/label")
    assert "is printed once its contents are confirmed" in answer.text
    assert warehouse.now(shipment).labels_printed == 0


def test_labels_of_a_selection_leave_out_what_is_not_packed(packer: FlaskClient, warehouse: Warehouse) -> None:
    packed, waiting = warehouse.packed(), warehouse.request()
    answer = press(packer, "/dispatch/selection", view="", action="print_labels", shipment=[packed.id, waiting.id])
    assert "Left out" in answer.text
    assert waiting.number in answer.text
    with pypdfium2.PdfDocument(packer.get(answer.request.path + ".pdf").data) as pdf:
        assert len(pdf) == 1
        assert [round(points / 72 * 25.4) for points in pdf[0].get_size()] == [100, 150]


def test_parcels_go_onto_a_manifest_that_is_signed_and_leave_together(
    packer: FlaskClient, warehouse: Warehouse
) -> None:
    parcels = [warehouse.packed() for _ in range(2)]
    sheet = press(packer, "/dispatch/selection", view="packed", action="draw_up", shipment=[p.id for p in parcels])
    assert "2 parcels are on manifests" in sheet.text
    words = text_of(packer.get(sheet.request.path + ".pdf").data)
    assert all(parcel.number in words and (parcel.tracking_number or "-") in words for parcel in parcels)
    assert "张伟" not in words
    gone = press(packer, sheet.request.path + "/hand-over", parcels="2", request_key="k")
    assert "2 parcels are handed over" in gone.text
    assert {warehouse.state(parcel) for parcel in parcels} == {ShipmentState.DISPATCHED}
    again = press(packer, sheet.request.path + "/hand-over", parcels="2", request_key="other")
    assert "is closed since" in again.text


def test_an_exception_says_what_to_do_next_and_is_mended(packer: FlaskClient, warehouse: Warehouse) -> None:
    shipment = warehouse.packed()
    stopped = press(packer, f"{page_of(shipment)}/stop", reason="bad_address", note="no such building")
    assert "Ask the receiver, correct the address" in stopped.text
    form = packer.get(f"{page_of(shipment)}/receiver")
    assert "体育西路123号" in form.text
    mended = press(
        packer, f"{page_of(shipment)}/receiver",
        **{"address-country": "CN", "address-shown_for": "CN", "address-name": "李娜", "address-phone": "13912345679",
           "address-region": "广东省", "address-city": "深圳市", "address-district": "南山区",
           "address-street": "科技园路8号"},
    )  # fmt: skip
    assert "It goes to the new address" in mended.text
    press(packer, f"{page_of(shipment)}/resolve")
    assert (warehouse.state(shipment), warehouse.now(shipment).receiver_name) == (ShipmentState.PACKED, "李娜")


def test_a_stop_without_a_reason_is_refused_at_the_field_and_keeps_the_note(
    packer: FlaskClient, warehouse: Warehouse
) -> None:
    shipment = warehouse.request()
    refused = packer.post(f"{page_of(shipment)}/stop", data={"reason": "", "note": "the box is wet"})
    assert refused.status_code == 422
    assert "Choose what is wrong." in refused.text
    assert "the box is wet" in refused.text
    other = packer.post(f"{page_of(shipment)}/stop", data={"reason": "other", "note": ""})
    assert "Write what is wrong." in other.text


def test_a_bad_tracking_number_is_refused_at_the_field_and_kept(packer: FlaskClient, warehouse: Warehouse) -> None:
    shipment = warehouse.packed()
    refused = packer.post(f"{page_of(shipment)}/carrier", data={"carrier": "SF", "tracking_number": "soon!"})
    assert refused.status_code == 422
    assert "cannot be a tracking number" in refused.text
    assert 'value="soon!"' in refused.text


def test_a_parcel_that_came_back_is_sent_once_more(packer: FlaskClient, warehouse: Warehouse) -> None:
    shipment = warehouse.dispatched()
    press(packer, f"{page_of(shipment)}/take-back", goods="sound", request_key="1")
    assert warehouse.state(shipment) is ShipmentState.RETURNED
    press(packer, f"{page_of(shipment)}/resend", promised_on="2026-10-08")
    assert (warehouse.state(shipment), warehouse.now(shipment).promised_on) == (
        ShipmentState.WAITING,
        date(2026, 10, 8),
    )


def test_the_last_step_is_undone_from_the_page(packer: FlaskClient, warehouse: Warehouse) -> None:
    shipment = warehouse.dispatched()
    press(packer, f"{page_of(shipment)}/deliver", request_key="1")
    assert "Undo the last step" in packer.get(page_of(shipment)).text
    undone = press(packer, f"{page_of(shipment)}/undo", revision=warehouse.now(shipment).revision)
    assert "The last step is undone" in undone.text
    assert warehouse.state(shipment) is ShipmentState.DISPATCHED
    assert press(packer, f"{page_of(shipment)}/undo", revision="x").status_code == 200


def test_a_carrier_is_added_changed_and_retired(packer: FlaskClient, warehouse: Warehouse) -> None:
    facts = {"code": "yto", "name_en": "YTO Express", "name_zh": "圆通速递", "is_tracked": "y", "is_active": "y",
             "cut_off": "16:00", "name_limit": "20", "tracking_url": "https://yto.example/{number}"}  # fmt: skip
    assert "YTO" in press(packer, "/dispatch/carriers/new", **facts).text
    taken = packer.post("/dispatch/carriers/new", data=facts)
    assert (taken.status_code, "already a carrier" in taken.text) == (422, True)
    bad = packer.post("/dispatch/carriers/YTO", data=facts | {"tracking_url": "javascript:alert(1)"})
    assert (bad.status_code, "begins with https://" in bad.text) == (422, True)
    shown = press(packer, "/dispatch/carriers/YTO", **(facts | {"is_active": ""})).text
    assert "YTO Express is not used any more." in shown
    assert is_in_use(packer) is False
    token = html.unescape(re.findall(r'name="token" value="([^"]+)"', shown)[0])
    assert "It is in use again." in packer.post("/undo", data={"token": token}, follow_redirects=True).text
    assert is_in_use(packer) is True
    assert "The carrier is saved." in press(packer, "/dispatch/carriers/YTO", **facts).text
    assert packer.get("/dispatch/carriers/YTO").status_code == 200
    assert packer.get("/dispatch/carriers/NONE").status_code == 404


def is_in_use(packer: FlaskClient) -> bool:
    """Whether the form of YTO says so."""
    return 'checked id="is_active"' in packer.get("/dispatch/carriers/YTO").text


def test_what_does_not_exist_is_not_found(packer: FlaskClient) -> None:
    for address in ("shipments/S-0000-000-000", "shipments/nothing", "manifests/M-1", "manifests/x.pdf",
                    "printouts/7", "printouts/7.pdf", "files/7", "shipments/x/receiver"):  # fmt: skip
        assert packer.get(f"/dispatch/{address}").status_code == 404, address


def one_in_every_state(warehouse: Warehouse) -> list[Shipment]:
    """A queue with one shipment in every state."""
    waiting = warehouse.request(is_surprise=True)
    held = warehouse.request(not_before=date.today() + timedelta(days=30))  # noqa: DTZ011 -- any later day
    packing = warehouse.request(warehouse.line_of_tea(2), Line(None, {"en": "Logo bag", "zh_Hans": "礼品袋"}, 1))
    warehouse.do(fulfilment.claim, packing.id)
    warehouse.do(fulfilment.scan, packing.id, "TEA-1")
    packed, dispatched, delivered = warehouse.packed(), warehouse.dispatched(), warehouse.dispatched()
    warehouse.do(fulfilment.deliver, delivered.id)
    stopped = warehouse.packed()
    warehouse.do(fulfilment.stop, stopped.id, ExceptionReason.BAD_ADDRESS, "the note names Zhang")
    returned = warehouse.dispatched()
    warehouse.do(fulfilment.take_back, returned.id, goods_are_sound=True)
    cancelled = warehouse.request()
    warehouse.do(fulfilment.cancel, cancelled.id)
    return [waiting, held, packing, packed, dispatched, delivered, stopped, returned, cancelled]


@pytest.mark.parametrize("action", ["claim", "draw_up", "print_slips", "export"])
def test_a_tick_on_a_shipment_that_does_not_exist_counts_for_nothing(
    packer: FlaskClient, warehouse: Warehouse, action: str
) -> None:
    ticked = {"shipment": ["0", str(10**9), str(2**62)], "action": action, "with_carrier": "SF"}
    answer = packer.post("/dispatch/selection", data=ticked, follow_redirects=True)
    assert answer.status_code == 200
    assert "Tick at least one" in answer.text


def test_what_was_done_with_many_is_taken_back_together_or_not_at_all(
    packer: FlaskClient, warehouse: Warehouse
) -> None:
    parcels = [warehouse.request() for _ in range(3)]
    ids = [parcel.id for parcel in parcels]
    page = press(packer, "/dispatch/selection", view="waiting", action="claim", shipment=ids).text
    assert "3 parcels are yours." in page
    token = html.unescape(re.findall(r'name="token" value="([^"]+)"', page)[0])
    assert "They are back in the queue." in packer.post("/undo", data={"token": token}, follow_redirects=True).text
    assert {warehouse.state(parcel) for parcel in parcels} == {ShipmentState.WAITING}
    again = press(packer, "/dispatch/selection", view="waiting", action="claim", shipment=ids).text
    token = html.unescape(re.findall(r'name="token" value="([^"]+)"', again)[0])
    packer.post(f"/dispatch/shipments/{parcels[2].number}/release")
    refused = packer.post("/undo", data={"token": token}, follow_redirects=True).text
    assert 'class="alert error"' in refused
    assert warehouse.state(parcels[0]) is ShipmentState.PACKING
