"""The campaign's form as firms send it: read whole, or refused with the row, the column and the reason."""

from __future__ import annotations

import pytest

from giftshop.orders.lists import COLUMNS, CannotPrint, CellEmpty, CellTooLong, Doubled, ReadList, read_people
from giftshop.tabular import read_table

HEAD = "客户类型,客户姓名,地址,联系电话,等级\n"
WANG = "老客户,王小明,广东省广州市天河区体育西路123号,13800138000,重点\n"


def read(text: str, encoding: str = "utf-8") -> ReadList:
    return read_people(read_table(text.encode(encoding), COLUMNS))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_a_list_is_read_in_the_encodings_that_spreadsheets_write(encoding: str) -> None:
    (wang,) = read(HEAD + WANG, encoding).people
    assert wang == {
        "kind": "老客户",
        "name": "王小明",
        "address": "广东省广州市天河区体育西路123号",
        "phone": "+8613800138000",
        "grade": "重点",
    }


def test_english_headings_in_another_order_mean_the_same() -> None:
    (wang,) = read("Phone,Recipient name\n13800138000,Wang Xiaoming\n").people
    assert (wang["name"], wang["phone"], wang["address"]) == ("Wang Xiaoming", "+8613800138000", "")


def test_an_address_with_parts_left_out_is_completed() -> None:
    (wang,) = read(HEAD + "老客户,王小明,广东广州天河体育西路123号,13800138000,\n").people
    assert wang["address"].startswith("广东省广州市天河区")


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        ("老客户,,,13800138000,", "客户姓名", CellEmpty),
        ("老客户,王小明,,,", "联系电话", CellEmpty),
        (f"老客户,{'王' * 41},,13800138000,", "客户姓名", CellTooLong),
        ("老客户,王\U0001f600,,13800138000,", "客户姓名", CannotPrint),
    ],
)
def test_a_bad_cell_is_named_by_row_column_and_reason(row: str, column: str, why: type[Exception]) -> None:
    found = read(HEAD + WANG + row + "\n")
    ((flaw, _text),) = found.flaws
    assert (flaw.row, flaw.column, type(flaw.reason)) == (3, column, why)
    assert not found.people


@pytest.mark.parametrize("phone", ["12345", "一三八", "+1 555"])
def test_a_phone_nobody_has_is_refused_with_what_was_typed(phone: str) -> None:
    ((flaw, text),) = read(HEAD + f"老客户,王小明,,{phone},\n").flaws
    assert (flaw.row, flaw.column, text) == (2, "联系电话", phone)


def test_an_address_nobody_can_find_is_refused() -> None:
    ((flaw, text),) = read(HEAD + "老客户,王小明,火星省第一市,13800138000,\n").flaws
    assert (flaw.column, text) == ("地址", "火星省第一市")


def test_a_person_named_twice_is_noticed_with_both_rows() -> None:
    ((flaw, _text),) = read(HEAD + WANG + WANG.replace("老客户", "经销商")).flaws
    assert isinstance(flaw.reason, Doubled)
    assert (flaw.row, flaw.reason.facts) == (3, {"row": 2})


def test_every_flaw_of_a_list_is_told_at_once() -> None:
    found = read(HEAD + "老客户,,,1,\n" * 50)
    assert len(found.flaws) == 100
