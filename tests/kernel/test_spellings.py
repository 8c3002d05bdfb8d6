"""One code in every spelling that people, phones and mail programs give it; and nonsense of every kind."""

from __future__ import annotations

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giftshop.kernel.codes import Secret, Typo, draw_block, parse, secrets_in

LOOKALIKES = {"0": "Oo0", "1": "IiLl1"}
DIGITS = {
    "full width": 0xFF10,
    "Arabic": 0x0660,
    "Persian": 0x06F0,
    "Devanagari": 0x0966,
    "Thai": 0x0E50,
    "bold": 0x1D7CE,
}
BETWEEN = ["", " ", "-", "\u2011", "\u2013", "\u2014", "\u00a0", "\u3000", "_", "\t", "\r\n", "·", "\u2009", "・"]
UNSEEN = ["", "\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200e", "\u200f", "\u202b", "\u2067", "\ufe0f"]
BEFORE = [
    "",
    " ",
    "Code: ",
    "卡密：",
    "code:",
    "https://gifts.example/r#",
    "HTTPS://GIFTS.EXAMPLE/R#",
    "gifts.example/r#",
]
BEHIND = ["", " ", ".", "。", "\n", "\u200f", "”"]
CASES = [str.upper, str.lower, str.title, str.swapcase]


def wide(text: str) -> str:
    return "".join(chr(ord(mark) + 0xFEE0) if mark in string.ascii_letters + string.digits else mark for mark in text)


def in_digits(text: str, zero: int) -> str:
    return "".join(chr(zero + int(mark)) if mark in string.digits else mark for mark in text)


def spelled(code: str, chance: random.Random) -> str:
    """One way to write a code: each habit drawn by itself."""
    letters = "".join(chance.choice(LOOKALIKES.get(letter, letter)) for letter in code)
    letters = chance.choice(CASES)(letters)
    letters = chance.choice([letters, letters, wide(letters), in_digits(letters, chance.choice(list(DIGITS.values())))])
    between, unseen = chance.choice(BETWEEN), chance.choice(UNSEEN)
    groups = [unseen.join(letters[place : place + 4]) for place in range(0, 16, 4)]
    return chance.choice(BEFORE) + between.join(groups) + unseen + chance.choice(BEHIND)


def test_a_code_in_two_hundred_spellings_is_one_code() -> None:
    chance = random.Random(4)
    for secret in secrets_in(draw_block(20)):
        spellings = {spelled(secret.canonical, chance) for _ in range(220)}
        assert len(spellings) >= 200
        wrong = [spelling for spelling in spellings if parse(spelling) != secret]
        assert wrong == []


@pytest.mark.parametrize("script", DIGITS)
def test_digits_of_any_script_are_digits(script: str) -> None:
    for secret in secrets_in(draw_block(20)):
        assert parse(in_digits(secret.canonical, DIGITS[script])) == secret


@given(st.text(st.characters(exclude_categories=()), max_size=60).filter(lambda text: not text.isascii()))
def test_nonsense_in_any_script_is_never_a_code(text: str) -> None:
    """With a letter of another script in it nothing is read as a code, whatever stands beside it."""
    read = parse(text + "漢")
    assert isinstance(read, Typo)


def test_one_spelling_too_far_is_another_code_or_none() -> None:
    """So that the test above can fail: a letter that is really wrong is never forgiven."""
    for secret in secrets_in(draw_block(50)):
        other = "2" if secret.canonical[0] != "2" else "3"
        assert not isinstance(parse(other + secret.canonical[1:]), Secret)
