"""What a list comes to, its order, what differs, and what a browser's cookie may say."""

from __future__ import annotations

import pytest

from giftshop.kernel.money import MAX_MINOR, Money
from giftshop.wishes.errors import TooManyCompared, TooManyFavourites
from giftshop.wishes.kept import Kept
from giftshop.wishes.links import read_secret, secret_of
from giftshop.wishes.rules import MAX_FAVOURITES, Priced, arranged, differ, moved, total_of

KEY = b"a key of the tests, thirty-two b"
YUAN = Money(10_000, "CNY")


def test_a_total_counts_quantities_and_people_and_says_what_it_left_out() -> None:
    gifts = [Priced(YUAN, 2), Priced(YUAN, 1, is_offered=False), Priced(Money(500, "USD"), 1)]
    total = total_of(gifts, people=30, currency="CNY")
    assert (total.each, total.all, total.left_out) == (Money(20_000, "CNY"), Money(600_000, "CNY"), 2)


def test_a_total_beyond_any_order_is_no_error() -> None:
    total = total_of([Priced(Money(MAX_MINOR, "CNY"), 99)], people=100_000, currency="CNY")
    assert (total.each, total.all) == (Money(MAX_MINOR, "CNY"), None)


@pytest.mark.parametrize(
    ("there", "wanted", "order"),
    [
        ([1, 2, 3], [3, 1, 2], [3, 1, 2]),
        ([1, 2, 3], [3], [3, 1, 2]),
        ([1, 2], [9, 2, 2, 1], [2, 1]),
        ([], [1], []),
    ],
)
def test_an_order_keeps_what_a_colleague_put_in(there: list[int], wanted: list[int], order: list[int]) -> None:
    assert arranged(there, wanted) == order


def test_moving_ends_at_the_ends() -> None:
    assert moved([1, 2, 3], 3, -1) == [1, 3, 2]
    assert moved([1, 2, 3], 1, -1) == [1, 2, 3]
    assert moved([1, 2, 3], 3, 9) == [1, 2, 3]
    assert moved([1, 2, 3], 7, 1) == [1, 2, 3]


def test_a_row_differs_when_one_cell_does() -> None:
    assert not differ(["a", "a"])
    assert not differ(["a"])
    assert differ(["a", "a", "b"])


def test_a_cookie_is_read_back_as_it_was_written() -> None:
    kept = Kept((5, 3), (7,))
    assert Kept.read(str(kept)) == kept
    assert Kept.read("") == Kept()


@pytest.mark.parametrize("text", ["x", "1..2_", "-5", "9" * 40, "١", "1.1.1", "_" * 99, "1" * 9_000, "a_1.2.3.4.5.6"])
def test_a_cookie_that_somebody_made_up_is_no_error(text: str) -> None:
    kept = Kept.read(text)
    assert all(0 <= each < 10**12 for each in (*kept.favourites, *kept.compared))
    assert len(kept.favourites) == len(set(kept.favourites))
    assert len(kept.compared) <= 4


def test_a_browser_keeps_so_many_and_the_same_one_once() -> None:
    kept = Kept().liking(3, wanted=True).liking(4, wanted=True).liking(3, wanted=True)
    assert kept.favourites == (3, 4)
    assert kept.liking(3, wanted=False).favourites == (4,)
    full = Kept(tuple(range(MAX_FAVOURITES)), (1, 2, 3, 4))
    with pytest.raises(TooManyFavourites):
        full.liking(1_000, wanted=True)
    with pytest.raises(TooManyCompared):
        full.comparing(5, wanted=True)
    assert full.comparing(4, wanted=True).compared == (1, 2, 3, 4)
    assert full.liking(0, wanted=True).favourites[0] == 0


def test_a_link_is_read_back_and_a_forged_one_is_none() -> None:
    secret = secret_of(7, KEY)
    assert read_secret(secret, KEY) == 7
    assert read_secret(secret[:-1] + ("A" if secret[-1] != "A" else "B"), KEY) is None
    assert read_secret(secret, KEY[::-1]) is None
    assert read_secret("é", KEY) is None
