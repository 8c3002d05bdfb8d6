from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.util import lost_point

from giftshop.kernel.codes import ALPHABET
from giftshop.paper.codes_2d import qr_modules
from giftshop.paper.errors import LinkTooLong
from giftshop.paper.qr_press import WORTH_LEARNING, path_of, penalties, qr_paths

PREFIXES = ["https://g.example/r#", "https://gifts.a-long-name-of-a-firm.example/r#", "https://礼品.example/r#"]


def links(prefix: str, count: int) -> list[str]:
    chance = random.Random(7)
    return [prefix + "".join(chance.choices(ALPHABET, k=16)) for _ in range(count)]


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_code_pressed_by_the_thousand_is_the_one_qrcode_makes(prefix: str) -> None:
    many = links(prefix, WORTH_LEARNING + 20)
    pressed = qr_paths(many)
    for link, path in random.Random(1).sample(list(zip(many, pressed, strict=True)), 40):
        assert path == path_of(qr_modules(link))


def test_few_codes_are_drawn_as_many_are() -> None:
    many = links(PREFIXES[0], WORTH_LEARNING)
    assert qr_paths(many[:3]) == qr_paths(many)[:3]


def test_links_of_different_lengths_are_each_drawn_right() -> None:
    mixed = links(PREFIXES[0], WORTH_LEARNING) + links(PREFIXES[1], 1)
    assert qr_paths(mixed)[-1] == path_of(qr_modules(mixed[-1]))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.data_too_large])
@given(st.integers(1, 8), st.randoms(use_true_random=False))
def test_a_picture_has_the_penalty_that_qrcode_counts(version: int, chance: random.Random) -> None:
    side = 17 + 4 * version
    darkness = chance.random()
    modules = np.array([[chance.random() < darkness for _ in range(side)] for _ in range(side)])
    both = np.concatenate([modules, modules.T]).astype(np.uint64)
    lines = (both << np.arange(side, dtype=np.uint64)).sum(axis=1, dtype=np.uint64)
    assert penalties(lines, side) == lost_point(modules.tolist())


def test_a_real_code_has_the_penalty_that_qrcode_counts() -> None:
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(links(PREFIXES[0], 1)[0])
    code.make()
    modules = np.array(code.modules, dtype=bool)
    both = np.concatenate([modules, modules.T]).astype(np.uint64)
    lines = (both << np.arange(len(modules), dtype=np.uint64)).sum(axis=1, dtype=np.uint64)
    assert penalties(lines, len(modules)) == lost_point(code.modules)


def test_a_link_no_qr_code_can_hold_is_refused() -> None:
    with pytest.raises(LinkTooLong):
        qr_paths(["x" * 3000])
