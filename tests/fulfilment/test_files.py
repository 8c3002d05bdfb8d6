from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from giftshop import fulfilment
from giftshop.addresses import Address, Receiver
from giftshop.fulfilment import ShipmentState
from giftshop.fulfilment.carrier_csv import Encoding, carrier_file, dialled, too_long_for
from giftshop.fulfilment.carrier_files import FileRow, Match, apply_file, carrier_file_of, keep_file, report
from giftshop.fulfilment.errors import FileAlreadyApplied, FileHasErrors
from giftshop.fulfilment.queries import lines_by_shipment
from giftshop.fulfilment.rules import FileKind
from tests.fulfilment.conftest import NOON, ZHANG, Warehouse
from tests.fulfilment.test_pages import press

CRAFTY = Receiver(
    '=HYPERLINK("http://x")', "+85221234567", Address("HK", "九龙", "", "油尖旺区", "弥敦道1号\n+2座 @HOME")
)


def sheet(content: bytes, encoding: str = "utf-8-sig") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(encoding))))


def matches(warehouse: Warehouse, kind: FileKind, *rows: tuple[str, str, str], carrier: str | None = None) -> Any:
    """Keep a file of these rows and give its id and what it would do."""
    carrier_id = warehouse.carriers[carrier].id if carrier else None
    read = [FileRow(line, *row) for line, row in enumerate(rows, start=2)]
    file_id = warehouse.do(keep_file, kind, "from-sf.csv", read, carrier_id=carrier_id)
    with warehouse.database.reading() as reader:
        outcome = report(reader, carrier_file_of(reader, file_id))
    return file_id, [verdict.match for verdict in outcome.verdicts]


def upload(client: FlaskClient, content: bytes, name: str = "sf.csv", **fields: str) -> TestResponse:
    data = {"kind": "tracking", "carrier": "", "file": (io.BytesIO(content), name)} | fields
    return client.post("/dispatch/files", data=data, follow_redirects=True)


def export(client: FlaskClient, *shipments: Any, encoding: str = "utf-8", carrier: str = "SF") -> TestResponse:
    ids = [shipment.id for shipment in shipments]
    fields = {"view": "packed", "action": "export", "with_carrier": carrier, "encoding": encoding, "shipment": ids}
    return press(client, "/dispatch/selection", **fields)


def test_a_carriers_file_names_every_parcel_in_the_letters_that_the_carrier_reads(
    packer: FlaskClient,
    warehouse: Warehouse,
) -> None:
    one, two = warehouse.packed(), warehouse.packed()
    for encoding, letters in (("utf-8", "utf-8-sig"), ("gb18030", "gb18030")):
        answer = export(packer, one, two, encoding=encoding)
        assert answer.mimetype == "text/csv"
        rows = sheet(answer.data, letters)
        assert [row[0] for row in rows[1:]] == [one.number, two.number]
        assert rows[1][1:7] == ["张伟", "13812345678", "广东省", "广州市", "天河区", "体育西路123号 南方大厦 1501"]
    assert answer.data[:3] != b"\xef\xbb\xbf"


def test_no_cell_of_a_carriers_file_is_a_formula(warehouse: Warehouse) -> None:
    shipment = warehouse.packed(receiver=CRAFTY)
    with warehouse.database.reading() as reader:
        lines = lines_by_shipment(reader, [shipment.id])
    rows = sheet(carrier_file(["a"], [shipment], lines, "en", Encoding.UTF8))
    assert rows[1][1] == "'" + CRAFTY.name
    assert rows[1][2] == "0085221234567"
    assert not [cell for cell in rows[1] if cell[:1] in "=+-@\t\r" and cell]


@pytest.mark.parametrize(
    ("phone", "dialled_as"), [("+8613812345678", "13812345678"), ("+12025550123", "0012025550123")]
)
def test_a_telephone_number_is_written_as_it_is_dialled(phone: str, dialled_as: str) -> None:
    assert dialled(phone) == dialled_as


def test_what_the_carrier_would_cut_off_is_named_before_anything_is_written(
    packer: FlaskClient,
    warehouse: Warehouse,
) -> None:
    long = Receiver("欧阳" * 15, ZHANG.phone, ZHANG.address)
    shipment = warehouse.packed(receiver=long)
    with warehouse.database.reading() as reader:
        found = too_long_for(warehouse.carriers["SF"], [shipment], lines_by_shipment(reader, [shipment.id]), "en")
    assert [(cell.place, cell.length, cell.limit) for cell in found] == [("name", 30, 20)]
    answer = export(packer, shipment)
    assert answer.status_code == 422
    assert shipment.number in answer.text
    assert "Nothing was written" in answer.text


def test_only_parcels_of_the_chosen_carrier_are_exported(packer: FlaskClient, warehouse: Warehouse) -> None:
    mine, other = warehouse.packed(), warehouse.packed(carrier="EMS")
    assert [row[0] for row in sheet(export(packer, mine, other).data)[1:]] == [mine.number]
    assert "none of these goes with EMS" in export(packer, mine, carrier="EMS").text
    assert "Choose one of the carriers" in export(packer, mine, carrier="").text


def test_every_row_of_a_carriers_file_gets_its_verdict(warehouse: Warehouse) -> None:
    free = warehouse.packed(carrier=None)
    known = warehouse.packed(tracking_number="SF1111111111")
    other = warehouse.packed(tracking_number="SF2222222222")
    done = warehouse.dispatched(carrier="OWN", tracking_number="OWN12345678")
    warehouse.do(fulfilment.deliver, done.id)
    bare = warehouse.packed(carrier=None)
    _, found = matches(
        warehouse,
        FileKind.TRACKING,
        (free.number, "SF3333333333", "顺丰速运"),
        (known.number, "SF1111111111", "SF"),
        (other.number, "SF4444444444", "SF"),
        ("S-0000-000-000", "SF5555555555", "SF"),
        (free.number, "SF6666666666", "SF"),
        (bare.number, "SF2222222222", "SF"),
        (bare.number, "soon", "SF"),
        (bare.number, "SF7777777777", "Pigeon"),
        (done.number, "OWN99999999", "OWN"),
    )
    assert found == [
        Match.MATCHED,
        Match.KNOWN,
        Match.OTHER_NUMBER,
        Match.UNKNOWN,
        Match.TWICE,
        Match.NUMBER_TAKEN,
        Match.NOT_A_NUMBER,
        Match.NO_CARRIER,
        Match.OTHER_NUMBER,
    ]


def test_a_file_with_one_bad_row_changes_nothing(warehouse: Warehouse) -> None:
    good = warehouse.packed(carrier=None)
    rows = ((good.number, "SF3333333333", ""), ("S-0000-000-000", "SF4444444444", ""))
    file_id, found = matches(warehouse, FileKind.TRACKING, *rows, carrier="SF")
    assert found == [Match.MATCHED, Match.UNKNOWN]
    with pytest.raises(FileHasErrors):
        warehouse.do(apply_file, file_id)
    assert warehouse.now(good).tracking_number is None


def test_a_good_file_is_taken_over_whole_and_once(warehouse: Warehouse) -> None:
    parcels = [warehouse.packed(carrier=None) for _ in range(3)]
    rows = [(parcel.number, f"SF30000000{parcel.id:02d}", "") for parcel in parcels]
    file_id, _ = matches(warehouse, FileKind.TRACKING, *rows, carrier="SF")
    assert warehouse.do(apply_file, file_id) == 3
    assert [warehouse.now(parcel).tracking_number for parcel in parcels] == [row[1] for row in rows]
    with pytest.raises(FileAlreadyApplied):
        warehouse.do(apply_file, file_id, at=NOON + timedelta(minutes=1))
    again, found = matches(warehouse, FileKind.TRACKING, *rows, carrier="SF")
    assert again == file_id
    assert found == [Match.KNOWN] * 3


def test_a_queue_that_moved_since_the_preview_stops_the_file(warehouse: Warehouse) -> None:
    parcel = warehouse.packed(carrier=None)
    file_id, _ = matches(warehouse, FileKind.TRACKING, (parcel.number, "SF3333333333", ""), carrier="SF")
    facts: dict[str, Any] = {"carrier_id": warehouse.carriers["SF"].id, "tracking_number": "SF8888888888"}
    warehouse.do(fulfilment.assign, parcel.id, **facts)
    with pytest.raises(FileHasErrors):
        warehouse.do(apply_file, file_id)
    assert warehouse.now(parcel).tracking_number == "SF8888888888"


def test_deliveries_come_in_by_either_number(warehouse: Warehouse) -> None:
    by_number, by_tracking = warehouse.dispatched(), warehouse.dispatched(tracking_number="SF9999999999")
    packed = warehouse.packed()
    _, found = matches(warehouse, FileKind.DELIVERED, (packed.number, "", ""), ("", "SF0000000000", ""))
    assert found == [Match.NOT_ON_ITS_WAY, Match.UNKNOWN]
    rows = ((by_number.number, "", ""), ("", "SF9999999999", ""))
    file_id, found = matches(warehouse, FileKind.DELIVERED, *rows)
    assert found == [Match.MATCHED, Match.MATCHED]
    assert warehouse.do(apply_file, file_id) == 2
    assert {warehouse.state(by_number), warehouse.state(by_tracking)} == {ShipmentState.DELIVERED}


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_a_file_with_chinese_headings_is_looked_at_and_then_taken_over(
    packer: FlaskClient,
    warehouse: Warehouse,
    encoding: str,
) -> None:
    parcel = warehouse.packed(carrier=None)
    content = f"订单号,运单号,快递公司\n{parcel.number},SF3333333333,顺丰速运\n".encode(encoding)
    preview = upload(packer, content)
    assert "Import all 1" in preview.text
    assert warehouse.now(parcel).tracking_number is None
    done = press(packer, preview.request.path + "/apply")
    assert "Imported: 1 shipment changed" in done.text
    assert warehouse.now(parcel).tracking_number == "SF3333333333"
    assert "is closed" not in press(packer, preview.request.path + "/apply").text


def test_a_bad_row_is_named_by_its_line_and_the_file_cannot_be_taken_over(
    packer: FlaskClient,
    warehouse: Warehouse,
) -> None:
    parcel = warehouse.packed(carrier=None)
    content = f"Shipment,Tracking number\n{parcel.number},SF3333333333\nS-1,=1+1\n".encode()
    page = upload(packer, content, carrier="SF").text
    assert "Nothing can be imported yet" in page
    assert "No such shipment" in page
    assert "Import all" not in page


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not a table"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 50, "not a table"),
        (b"name,phone\nZhang,138\n", "These columns are missing"),
        (b"Shipment,Tracking number\n", "no row"),
    ],
)
def test_a_file_of_another_kind_is_refused_at_the_field(
    packer: FlaskClient,
    content: bytes,
    said: str,
) -> None:
    answer = upload(packer, content)
    assert answer.status_code == 422
    assert said in answer.text
    assert packer.post("/dispatch/files", data={"kind": "tracking"}).status_code == 422
    assert upload(packer, b"Shipment,Tracking number\nx,y\n", kind="nonsense").status_code == 422
