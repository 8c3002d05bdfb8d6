"""Redeem codes: what a person may type, what the check letter catches, and that they are drawn fairly."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giftshop.kernel.codes import (
    ALPHABET,
    LENGTH,
    SPECIMEN,
    Secret,
    Typo,
    draw_block,
    grouped,
    letters_in,
    parse,
    secrets_in,
)

INVISIBLE = ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202a", "\ufe0f"]
SEPARATORS = ["", " ", "-", "\u2011", "\u2013", "\u2014", "\u00a0", "\u3000", "_", ".", "\t", "\n", " - ", "·"]


def codes(count: int) -> list[str]:
    return [secret.canonical for secret in secrets_in(draw_block(count))]


def full_width(text: str) -> str:
    return "".join(chr(ord(mark) + 0xFEE0) if "!" <= mark <= "~" else mark for mark in text)


def test_every_code_drawn_is_read_back_as_itself() -> None:
    for secret in secrets_in(draw_block(5000)):
        assert parse(secret.canonical) == secret
        assert parse(secret.printed) == secret


def test_no_two_codes_are_alike_and_every_letter_comes_up_equally_at_every_place() -> None:
    drawn = codes(64_000)
    assert len(set(drawn)) == len(drawn)
    for place in range(LENGTH):
        counts = [sum(1 for code in drawn if code[place] == letter) for letter in ALPHABET]
        chi_square = sum((count - 2000) ** 2 / 2000 for count in counts)
        assert chi_square < 100, f"place {place}"  # 31 degrees of freedom: beyond 100 once in 10^9


def test_a_block_of_none_is_empty_and_a_block_of_one_is_one_code() -> None:
    assert draw_block(0) == b""
    assert secrets_in(b"") == []
    (only,) = secrets_in(draw_block(1))
    assert parse(only.canonical) == only


def test_a_block_is_its_codes_end_to_end() -> None:
    block = draw_block(7)
    assert b"".join(letters_in(block)) == block
    assert [letters.decode() for letters in letters_in(block)] == [secret.canonical for secret in secrets_in(block)]


def changed(code: str, differences: dict[int, int]) -> str:
    """Return `code` with a difference (an element of GF(32)) added at each place."""
    letters = list(code)
    for place, difference in differences.items():
        letters[place] = ALPHABET[ALPHABET.index(letters[place]) ^ difference]
    return "".join(letters)


def test_every_single_wrong_letter_is_caught() -> None:
    for code in codes(20):
        for place, difference in itertools.product(range(LENGTH), range(1, 32)):
            assert parse(changed(code, {place: difference})) is Typo.MISTYPED


def test_every_exchange_of_two_letters_is_caught_neighbours_or_not() -> None:
    """Exchanging letters a and b adds a - b at both places, so all pairs of places and all differences are all."""
    for code in codes(3):
        for (left, right), difference in itertools.product(itertools.combinations(range(LENGTH), 2), range(1, 32)):
            assert parse(changed(code, {left: difference, right: difference})) is Typo.MISTYPED


def test_the_check_is_linear_so_what_one_code_shows_holds_for_all() -> None:
    for left, right in itertools.pairwise(codes(500)):
        total = "".join(ALPHABET[ALPHABET.index(a) ^ ALPHABET.index(b)] for a, b in zip(left, right, strict=True))
        assert isinstance(parse(total), Secret)


def test_two_hundred_spellings_are_one_code() -> None:
    secret = next(s for s in secrets_in(draw_block(2000)) if "0" in s.canonical and "1" in s.canonical)
    spellings = set()
    rng = random.Random(5)
    for _ in range(400):
        text = rng.choice(SEPARATORS).join(grouped(secret.canonical).split())
        text = "".join(rng.choice(aliases(mark)) for mark in text)
        place = rng.randrange(len(text))
        text = text[:place] + rng.choice(["", *INVISIBLE]) + text[place:]
        text = full_width(text) if rng.random() < 0.2 else text
        prefix = rng.choice(
            ["", "https://gifts.example/r#", " HTTPS://GIFTS.EXAMPLE/r#", "Code: ", "卡密：", "【", '"']
        )
        spellings.add(prefix + text + rng.choice(["", " ", "\n", "。", "】"]))
    assert len(spellings) >= 200
    for spelling in spellings:
        assert parse(spelling) == secret, ascii(spelling)


def aliases(mark: str) -> list[str]:
    return [mark, mark.lower(), *{"0": ["O", "o"], "1": ["I", "i", "L", "l"]}.get(mark, [])]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", Typo.EMPTY),
        ("  --  \u200b", Typo.EMPTY),
        ("🎁🎁🎁", Typo.EMPTY),
        ("U" * 16, Typo.STRANGE),
        ("礼品册", Typo.STRANGE),
        ("https://gifts.example/r", Typo.SHORT),
        ("0" * 15, Typo.SHORT),
        ("0" * 17, Typo.LONG),
        ("0" * 100_000, Typo.LONG),
        ("\ufdfa" * 400, Typo.STRANGE),
        ("\x00\x00", Typo.EMPTY),
        ("\ud800", Typo.EMPTY),
        ("SPECIMEN SPECIMEN", Typo.SPECIMEN),
        ("spec-1men-spec-1men", Typo.SPECIMEN),
    ],
)
def test_nonsense_says_what_is_wrong_with_it(text: str, why: Typo) -> None:
    assert parse(text) is why


def test_the_specimen_is_spelled_like_a_code_but_its_check_letter_is_wrong() -> None:
    assert len(SPECIMEN.canonical) == LENGTH
    assert set(SPECIMEN.canonical) <= set(ALPHABET)
    right = [letter for letter in ALPHABET if isinstance(parse(SPECIMEN.canonical[:-1] + letter), Secret)]
    assert len(right) == 1
    assert right[0] != SPECIMEN.canonical[-1]


@given(st.text(max_size=600))
def test_whatever_is_typed_gets_an_answer(text: str) -> None:
    answer = parse(text)
    assert isinstance(answer, Secret | Typo)
    if isinstance(answer, Secret):
        assert parse(answer.canonical) == answer


@given(st.text(alphabet=ALPHABET, min_size=15, max_size=15))
def test_every_fifteen_letters_have_exactly_one_check_letter(letters: str) -> None:
    if letters != SPECIMEN.canonical[:15]:
        assert sum(isinstance(parse(letters + check), Secret) for check in ALPHABET) == 1


def test_a_secret_does_not_show_itself() -> None:
    (secret,) = secrets_in(draw_block(1))
    assert secret.canonical not in f"{secret} {secret!r} {[secret]}"
    assert secret.last4 == secret.canonical[-4:]
    assert secret.printed == grouped(secret.canonical)
    assert len(secret.printed) == 19
