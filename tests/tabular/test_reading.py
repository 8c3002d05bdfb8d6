from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import pytest
import xlsxwriter

from giftshop.kernel.errors import Refused
from giftshop.tabular import Column, Table, inert, read_table, stream_csv, write_csv
from giftshop.tabular.errors import (
    ColumnsMissing,
    ColumnTwice,
    NoRows,
    NotATable,
    OldWorkbook,
    OpenQuote,
    TableTooLarge,
    UnknownEncoding,
)

NAME = Column("name", ("客户姓名", "name", "姓名"), is_required=True)
PHONE = Column("phone", ("联系电话", "phone"), is_required=True)
ADDRESS = Column("address", ("地址", "address"))
COLUMNS = (NAME, PHONE, ADDRESS)
NOMINATIONS = "客户姓名,联系电话,地址\n陈志强,13800138000,广州市天河区体育东路1号\n黄美玲,13900139000,\n"


def workbook(*sheets: list[list[Any]], hidden: int | None = None) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd"}) as book:
        for number, rows in enumerate(sheets):
            sheet = book.add_worksheet()
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
            if number == hidden:
                sheet.hide()
            else:
                sheet.activate()
    return out.getvalue()


def cells(table: Table) -> list[tuple[int, str, str, str]]:
    return [(row.number, row["name"], row["phone"], row["address"]) for row in table.rows]


READ = [(2, "陈志强", "13800138000", "广州市天河区体育东路1号"), (3, "黄美玲", "13900139000", "")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_list_is_read_however_it_was_saved(encoding: str, delimiter: str, line_end: str) -> None:
    text = NOMINATIONS.replace(",", delimiter).replace("\n", line_end)
    assert cells(read_table(text.encode(encoding), COLUMNS)) == READ


def test_a_workbook_is_read_and_a_phone_typed_as_a_number_stays_one() -> None:
    raw = workbook([["客户姓名", "联系电话", "地址"], ["陈志强", 13800138000, READ[0][3]], ["黄美玲", 13900139000]])
    assert cells(read_table(raw, COLUMNS)) == READ


def test_a_title_above_the_headings_and_empty_rows_keep_their_numbers() -> None:
    text = f"2026 年中秋送礼名单,,\n\n填表人,王芳,\n{NOMINATIONS}\n\n李强,13700137000,佛山\n"
    assert [row.number for row in read_table(text.encode("gbk"), COLUMNS).rows] == [5, 6, 9]
    raw = workbook([["中秋"], [], ["姓名", "phone"], [], ["李强", "1"]])
    assert [row.number for row in read_table(raw, COLUMNS).rows] == [5]


def test_headings_are_known_by_their_other_names_and_in_spite_of_remarks() -> None:
    for heading in ("客户姓名", "姓名", "NAME", " name ", "客户姓名（必填）", "客户姓名*：", "ＮＡＭＥ"):
        table = read_table(f"{heading},联系电话\n陈,1\n".encode(), COLUMNS)
        assert table.rows[0]["name"] == "陈"
        assert table.headings["name"] == heading.strip()


def test_headings_that_mean_nothing_are_told() -> None:
    table = read_table("姓名,联系电话,生肖,\n陈,1,龙,\n".encode(), COLUMNS)
    assert table.unused == ("生肖",)


def test_missing_columns_are_named_with_what_was_found_instead() -> None:
    with pytest.raises(ColumnsMissing) as refused:
        read_table("姓名,电邮\n陈,a@b.cn\n".encode(), COLUMNS)
    assert refused.value.facts == {"missing": "联系电话", "found": "姓名, 电邮"}


def test_two_columns_of_one_meaning_are_refused() -> None:
    with pytest.raises(ColumnTwice):
        read_table("姓名,name,联系电话\n陈,陈,1\n".encode(), COLUMNS)


def test_a_list_of_headings_only_has_no_rows() -> None:
    with pytest.raises(NoRows):
        read_table("姓名,联系电话\n,\n".encode(), COLUMNS)


def test_a_cell_over_several_lines_is_one_cell() -> None:
    table = read_table('姓名,phone,地址\n陈,1,"天河区\r\n1 号"\n黄,2,\n'.encode(), COLUMNS)
    assert [(row.number, row["address"]) for row in table.rows] == [(2, "天河区\n1 号"), (3, "")]


def test_a_quote_left_open_swallows_nothing() -> None:
    with pytest.raises(OpenQuote) as refused:
        read_table('姓名,phone\n陈,1\n"黄,2\n李,3\n'.encode(), COLUMNS)
    assert refused.value.facts == {"row": 3}


def test_invisible_letters_and_spaces_around_are_dropped() -> None:
    table = read_table("姓名,phone\n\u200b 陈志强\u3000,\u202a13800138000\u202c\n".encode(), COLUMNS)
    assert (table.rows[0]["name"], table.rows[0]["phone"]) == ("陈志强", "13800138000")


def test_numbers_days_and_truths_read_as_a_person_reads_them() -> None:
    raw = workbook([["姓名", "phone"], *([value, "x"] for value in (12.3, 0.1 + 0.2, 7.0, date(2026, 9, 25), True))])
    assert [row["name"] for row in read_table(raw, COLUMNS).rows] == ["12.3", "0.3", "7", "2026-09-25", "TRUE"]
    raw = workbook([["姓名", "phone"], [datetime(2026, 9, 25, 14, 30), ""]])  # noqa: DTZ001 -- a sheet has no zones
    assert read_table(raw, COLUMNS).rows[0]["name"].startswith("2026-09-25")


def test_the_first_sheet_that_shows_something_is_read() -> None:
    rows = [["姓名", "phone"], ["陈", "1"]]
    assert read_table(workbook([], rows), COLUMNS).rows[0]["name"] == "陈"
    assert read_table(workbook([["old"]], rows, hidden=0), COLUMNS).rows[0]["name"] == "陈"


def test_a_whole_table_is_read_or_refused() -> None:
    lines = "姓名,phone\n" + "陈,1\n" * 100_000
    assert len(read_table(lines.encode(), COLUMNS).rows) == 100_000
    with pytest.raises(TableTooLarge):
        read_table((lines + "李,2\n").encode(), COLUMNS)
    with pytest.raises(TableTooLarge):
        read_table((lines + "李,2\n" * 50).encode(), COLUMNS)
    with pytest.raises(TableTooLarge):
        read_table(("姓名,phone" + "," * 300 + "\n陈,1\n").encode(), COLUMNS)


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [
        (b"", NotATable),
        (b"  \n\n", NotATable),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), NotATable),
        (b"%PDF-1.7 1 0 obj", NotATable),
        (b"name,phone\n\0\0", NotATable),
        (b"\xff\xfe\0\0\0\0", NotATable),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), OldWorkbook),
        (b"name,phone\n\x81,\xff\xff\xff", UnknownEncoding),
        (b"\xff\xfea", UnknownEncoding),
        (b"name,phone\n" + b"x" * 200_000, OpenQuote),
        (b",,,\n,,,\n", NotATable),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(raw: bytes, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        read_table(raw, COLUMNS)


def test_an_export_holds_no_formula_and_reads_back_as_it_was() -> None:
    names = ["=HYPERLINK(1)", "+86 138", "-1", "@SUM(A1)", "\t=1", "＝1", "陈, 志强", 'a"b', "'quoted"]
    raw = write_csv(["姓名", "phone"], [(name, 1) for name in names])
    assert raw.startswith(b"\xef\xbb\xbf")
    assert [row["name"] for row in read_table(raw, COLUMNS).rows] == [name.strip() for name in names]
    assert inert("=1") == "'=1"
    assert inert(-5) == -5


def test_a_long_export_comes_in_pieces_that_make_the_same_file() -> None:
    rows = [(number, "王小明") for number in range(1201)]
    pieces = list(stream_csv(["number", "姓名"], iter(rows)))
    assert len(pieces) > 3
    assert b"".join(pieces) == write_csv(["number", "姓名"], rows)
    assert write_csv(["姓名"], []).decode() == "\ufeff姓名\r\n"


@pytest.mark.parametrize("cell", [" =1", "\u3000=cmd|' /C calc'!A0", "＋1", "\n-1"])
def test_what_some_spreadsheet_may_take_for_a_formula_is_inert(cell: str) -> None:
    assert inert(cell) == "'" + cell
