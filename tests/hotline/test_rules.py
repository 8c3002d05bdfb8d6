"""What a note may say, and which serial numbers a misheard one is near."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from giftshop.hotline.readback import in_groups, spelt
from giftshop.hotline.rules import HEARD_LASTS, has_a_code, is_heard, near_serials, tells_too_much
from giftshop.kernel.codes import draw_block, secrets_in
from giftshop.kernel.serials import Serial

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


def test_a_code_opens_for_half_an_hour_and_no_longer() -> None:
    assert is_heard(NOON, at=NOON + HEARD_LASTS - timedelta(seconds=1))
    assert not is_heard(NOON, at=NOON + HEARD_LASTS)
    assert not is_heard(None, at=NOON)


@pytest.mark.parametrize(
    "way",
    [
        "{canonical}",
        "{printed}",
        "{lower}",
        "{hyphens}",
        "she read {printed} twice",
        "https://gifts.example/r#{canonical}",
        "卡密是{printed}，请查",
    ],
)
def test_a_code_in_a_note_is_found_however_it_is_written(way: str) -> None:
    secret = secrets_in(draw_block(1))[0]
    ways = {"lower": secret.printed.lower(), "hyphens": "-".join(secret.printed.split())}
    written = way.format(canonical=secret.canonical, printed=secret.printed, **ways)
    assert has_a_code(written)
    assert tells_too_much(written)


def test_a_phone_number_in_a_note_is_found_and_plain_words_are_not() -> None:
    assert tells_too_much("call back 138 1234 5678")
    assert tells_too_much("１３８１２３４５６７８")
    for note in (
        "",
        "Asked when the tea comes; told 3 September.",
        "来电询问发货时间，已答复。",
        "spelt it again",
    ):
        assert not tells_too_much(note), note


def test_a_misheard_serial_number_is_near_the_right_one_and_a_right_one_is_near_nothing() -> None:
    right = Serial(1001, 17).number
    wrong = str(right)[:5] + str((int(str(right)[5]) + 1) % 10) + str(right)[6:]
    assert right in near_serials(wrong)
    assert near_serials(str(right)) == []
    assert near_serials("not a number") == near_serials("12345") == near_serials("9" * 40) == []


def test_names_and_numbers_are_said_so_that_they_can_be_written_down() -> None:
    assert spelt("Wang Wei") == "W-A-N-G, W-E-I"
    assert spelt("李雷") == "李，雷"
    assert in_groups("138 1234 5678") == "1 3 8 – 1 2 3 4 – 5 6 7 8"
    assert in_groups("+852 2123 4567") == "+ 8 5 2 – 2 1 2 3 – 4 5 6 7"
