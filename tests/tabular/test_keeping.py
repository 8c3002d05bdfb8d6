"""Which column is what, by headings or by hand; and files that are kept meanwhile, and go."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
import xlsxwriter

from giftshop.db import Database
from giftshop.kernel import clock
from giftshop.tabular import Column, FileNotThere, Layout, Upload, keep_file, kept_file, lay_out, read_sheet, table_of
from giftshop.tabular.privacy import eraser
from giftshop.tabular.table import letter, recognised
from giftshop.web.privacy import Whom

COLUMNS = (Column("name", ("姓名",), is_required=True), Column("phone", ("电话",)))


def test_unknown_headings_are_looked_for_in_the_fullest_row() -> None:
    sheet = read_sheet("中秋名单,,\n\n客户,手机,住址\n王,1,佛山\n".encode())
    assert recognised(sheet.lead, COLUMNS) == Layout(3, {})


def test_what_was_said_by_hand_is_read_with_or_without_headings() -> None:
    sheet = read_sheet("甲,1\n乙,2\n".encode())
    with_headings = table_of(sheet, Layout(1, {"phone": 1}))
    assert [row["phone"] for row in with_headings.rows] == ["2"]
    assert with_headings.headings == {"phone": "1"}
    without = table_of(sheet, Layout(None, {"phone": 1}))
    assert [(row.number, row["phone"]) for row in without.rows] == [(1, "1"), (2, "2")]
    assert without.headings == {"phone": "B"}


@pytest.mark.parametrize(("at", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (199, "GR")])
def test_columns_are_called_as_a_spreadsheet_calls_them(at: int, name: str) -> None:
    assert letter(at) == name


def workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write_row(0, 0, ["王", "138 0013-8000", "Wang@Example.com"])
    return out.getvalue()


def test_a_kept_file_goes_after_a_day_and_when_somebody_in_it_asks(database: Database) -> None:
    at, rules = clock.now(), eraser()
    for place, raw in {"a/1": workbook(), "a/2": "李,13900139000\n".encode()}.items():
        upload = Upload("list", raw, read_sheet(raw), Layout(None, {}))
        database.transact(keep_file, place, upload, at=at)
    with database.reading() as reader:
        assert rules.find(reader, Whom(phone="+8613800138000"), at).rows == ["a/1"]
        assert rules.find(reader, Whom(email="wang@example.com"), at).rows == ["a/1"]
        assert rules.past is not None
        assert rules.past(reader, at) == []
        assert sorted(rules.past(reader, at + timedelta(seconds=1))) == ["a/1", "a/2"]
    assert database.transact(rules.erase, ["a/1"]) == 1
    with database.reading() as reader:
        assert kept_file(reader, "a/1") is None


def test_columns_are_not_said_of_a_file_that_came_since(database: Database) -> None:
    raw, at = b"a,b\n1,2\n", clock.now()
    database.transact(keep_file, "a/1", Upload("list", raw, read_sheet(raw), Layout(1, {})), at=at)
    with pytest.raises(FileNotThere):
        database.transact(lay_out, "a/1", Layout(1, {"name": 0}), seen=at - timedelta(seconds=1))
    database.transact(lay_out, "a/1", Layout(1, {"name": 0}), seen=at)
    with database.reading() as reader:
        kept = kept_file(reader, "a/1")
        assert kept is not None
        assert kept.laid_out == Layout(1, {"name": 0})
