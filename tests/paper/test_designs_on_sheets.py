"""Every design, as presses want it, through the press and then through preflight."""

from __future__ import annotations

import io

import pytest

from giftshop.paper import (
    A4_TEN_UP,
    DESIGNS,
    CardArt,
    CardFace,
    ColourSpace,
    Lettering,
    Output,
    examine,
    grids_for,
    print_cards,
)

ART = CardArt(
    firm="岭南光学",
    greeting="中秋快乐",
    message="感谢您一路同行。",
    hotline="400-000-0000",
    short_address="gifts.example/r",
    valid_until="2027年1月1日",
    value="¥500",
    locale="zh_Hans",
    accent="#0b5d4e",
    lettering=Lettering.SANS,
)
NAMES = ("欧阳娜娜", "Zoë Łukasz", "O’Brien", "䶮㛃")
CARDS = 13
"""The last sheet of every grid stays partly empty."""
FACES = [
    CardFace(
        {
            "recipient": NAMES[row % 4],
            "code": f"ABCD EFGH JKLM {row:04}",
            "serial": f"1001 0000 {row:04}",
            "number": f"G-1001-000-{row:03}",
        },
        f"https://gifts.example/r#ABCDEFGHJKLM{row:04}",
    )
    for row in range(CARDS)
]


def outputs(key: str) -> list[Output]:
    """The fullest sheet, and ten on A4 where they fit, in four inks, marked and labelled."""
    grid = grids_for(DESIGNS[key])[-1]
    pressed = [grid, A4_TEN_UP] if A4_TEN_UP in grids_for(DESIGNS[key]) else [grid]
    return [Output(each, has_marks=True, colour=ColourSpace.CMYK, is_pdf_x=True) for each in pressed]


@pytest.mark.parametrize("key", DESIGNS)
def test_what_the_press_writes_of_it_is_found_in_order(key: str) -> None:
    for output in outputs(key):
        out = io.BytesIO()
        printed = print_cards(DESIGNS[key], ART, FACES, out, output=output)
        links = (face.link for face in FACES)
        report = examine(io.BytesIO(out.getvalue()), design=DESIGNS[key], output=output, cards=CARDS, links=links)
        found = [(check.subject, fault.why, fault.page) for check in report.checks for fault in check.faults]
        assert (report.is_good, found) == (True, [])
        assert output.imposition is not None
        assert (printed.cards, printed.sheets) == (CARDS, -(-CARDS // output.imposition.cards))
