"""Amounts of yuan in capital figures (大写), as Chinese receipts write them so that nobody adds a stroke. Pure."""

from __future__ import annotations

from typing import Final

DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
PLACES: Final = ("", "拾", "佰", "仟")
GROUPS: Final = ("", "万", "亿", "万亿")


def in_capitals(minor: int) -> str:
    """Return an amount in fen: 人民币壹佰贰拾元零伍分 (支付结算办法, 附一)."""
    yuan, fen = divmod(abs(minor), 100)
    said = f"{_whole(yuan)}元" if yuan else ""
    jiao, fen = divmod(fen, 10)
    if not (jiao or fen):
        said = f"{said or '零元'}整"
    else:
        said += f"{DIGITS[jiao]}角" if jiao else ("零" if yuan else "")
        said += f"{DIGITS[fen]}分" if fen else "整"
    return f"人民币{'负' if minor < 0 else ''}{said}"


def _whole(number: int) -> str:
    """Return a whole number; a gap of zeros between figures is one 零, and zeros at the end are not said."""
    said, gap = "", False
    groups = [number // 10_000**place % 10_000 for place in reversed(range(len(GROUPS)))]
    for place, group in zip(reversed(range(len(GROUPS))), groups, strict=True):
        if not group:
            gap = gap or bool(said)
            continue
        for weight in reversed(range(4)):
            digit = group // 10**weight % 10
            if not digit:
                gap = gap or bool(said)
                continue
            said += ("零" if gap and said else "") + DIGITS[digit] + PLACES[weight]
            gap = False
        said += GROUPS[place]
        gap = False if group % 10 else gap
    return said
