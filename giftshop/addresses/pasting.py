"""Name, phone and address in one piece of text, as they are copied from a chat or another shop."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from giftshop.addresses.address import Address
from giftshop.addresses.parsing import parse_china

MAX_PASTED: Final = 400
"""More characters than this are not read at all."""

_LABEL: Final = re.compile(
    r"(?:收货人|收件人|联系人|姓名|手机号码|手机号|手机|联系电话|电话号码|电话|所在地区|收货地址|详细地址|地址|邮编|"
    r"name|receiver|phone|mobile|tel|address)\s*[:]",
    re.IGNORECASE,
)
_PHONE: Final = re.compile(
    r"(?<!\d)(?:\+?86[-\s]?)?(?:1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}|0\d{2,3}[-\s]\d{7,8})(?!\d)",
)
_BREAK: Final = re.compile(r"[,;、]+|(?<![A-Za-z])\s+|\s+(?![A-Za-z])")
"""Between parts; the space in Li Lei is none."""
_NAME: Final = re.compile(r"[\u3400-\u9fff·]{2,5}|[A-Za-z][A-Za-z .'-]{1,38}")
_LAST_OF_A_PLACE: Final = "省市区县州盟旗镇乡村路街道巷号楼室栋座厦店城苑园里院场层"
_MOST_TRIED: Final = 8
"""Parts that are tried as the name: each is an address to be read."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was found in a text; empty or None for what was not."""

    name: str = ""
    phone: str = ""
    """As it was written."""
    address: Address | None = None

    @property
    def has_any(self) -> bool:
        """Whether anything was found."""
        return bool(self.name or self.phone or self.address)


def split_pasted(text: str) -> Pasted:
    """Return who and where `text` says, in whichever order; of a Chinese address only.

    Reads 李雷 13812345678 广东省广州市天河区体育西路123号, and what shops copy, with 收货人: before each part. A guess,
    to be shown in the fields of a form: nothing is kept by it.
    """
    text = _LABEL.sub(" ", unicodedata.normalize("NFKC", text[:MAX_PASTED]))
    phone = _PHONE.search(text)
    if phone:
        text = f"{text[: phone.start()]}\n{text[phone.end() :]}"
    name, address = _name_and_address([part for part in _BREAK.split(text) if part])
    return Pasted(name, phone[0].strip() if phone else "", address)


def _name_and_address(parts: list[str]) -> tuple[str, Address | None]:
    """Take for the name the part without which the others are an address; the first before the last."""
    if not parts:
        return "", None
    whole = _parsed(parts)
    last = len(parts) - 1
    for at in dict.fromkeys((0, last, *range(min(last, _MOST_TRIED)))):
        if not _may_be_name(parts[at]):
            continue
        without = _parsed(parts[:at] + parts[at + 1 :])
        if without and (whole is None or parts[at] in whole.street):
            return parts[at], without
    if whole is not None:
        return "", whole
    if len(parts) == 1 and _may_be_name(parts[0]):
        return parts[0], None
    return _name_run_on(parts)


def _name_run_on(parts: list[str]) -> tuple[str, Address | None]:
    """Take a name of two to four characters off the beginning, where nothing stands between it and the place."""
    first, *others = parts
    for length in (2, 3, 4):
        name, rest = first[:length], first[length:]
        if _may_be_name(name) and rest and (found := _parsed([rest, *others])):
            return name, found
    return "", None


def _may_be_name(part: str) -> bool:
    return _NAME.fullmatch(part) is not None and part[-1] not in _LAST_OF_A_PLACE


def _parsed(parts: list[str]) -> Address | None:
    found = parse_china(" ".join(parts))
    return found if isinstance(found, Address) else None
