"""An address as it is copied from a chat or another shop, taken apart."""

from __future__ import annotations

import pytest

from giftshop.addresses import MAX_PASTED, Address, Pasted, split_pasted

TIANHE = Address("CN", "广东省", "广州市", "天河区", "体育西路123号", "")
LI_LEI = Pasted("李雷", "13812345678", TIANHE)


@pytest.mark.parametrize(
    "text",
    [
        "李雷 13812345678 广东省广州市天河区体育西路123号",
        "李雷，13812345678，广东省广州市天河区体育西路123号",
        "广东省 广州市 天河区 体育西路123号；李雷；13812345678",
        "13812345678\n广东省广州市天河区体育西路123号\n李雷",
        "收货人：李雷\n手机号码：13812345678\n所在地区：广东省广州市天河区\n详细地址：体育西路123号",
        "李雷广东省广州市天河区体育西路123号13812345678",
        "李雷 １３８１２３４５６７８ 广东广州天河区体育西路123号",
    ],
)
def test_name_phone_and_address_are_found_in_any_order(text: str) -> None:
    assert split_pasted(text) == LI_LEI


@pytest.mark.parametrize("phone", ["138 1234 5678", "+86 138-1234-5678", "86 13812345678", "020-12345678"])
def test_a_phone_is_found_as_it_is_written(phone: str) -> None:
    assert split_pasted(f"李雷 {phone} 广东省广州市天河区体育西路123号").phone == phone


def test_what_is_not_said_stays_empty() -> None:
    assert split_pasted("广东省 广州市 天河区 体育西路123号") == Pasted(address=TIANHE)
    assert split_pasted("李雷 13812345678") == Pasted("李雷", "13812345678")
    assert split_pasted("Li Lei 13812345678 广东省广州市天河区体育西路123号").name == "Li Lei"


def test_a_building_at_the_end_is_nobodys_name() -> None:
    found = split_pasted("13812345678 广东省广州市天河区体育西路123号 南方大厦")
    assert found.name == ""
    assert found.address is not None
    assert found.address.street == "体育西路123号 南方大厦"


@pytest.mark.parametrize(
    "text", ["", " \n", "???", "\u0000" * 9, "1" * 400, "省" * 400, "，" * MAX_PASTED * 3, "hi, you"]
)
def test_whatever_is_pasted_is_read_or_left(text: str) -> None:
    assert split_pasted(text).address is None
