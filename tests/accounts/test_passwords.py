from __future__ import annotations

import pytest

from giftshop.accounts.errors import PasswordGuessable, PasswordTooLong, PasswordTooShort
from giftshop.accounts.passwords import MOST, check_password, hash_password, is_password

MEI = ["Li Mei 李梅", "li.mei@lantern.example", "13800138000", "Lantern Instruments 灯塔仪器", "Giftshop", "limei"]


@pytest.mark.parametrize(
    "password",
    [
        "seven cranes over the lake",
        "湖面上飞过七只白鹤去了远方的山里",
        "🦢🦢 over water at 六点半 !",
        "xkcd-four-random-nouns",
        "Tr0ub4dor&3-and-then-some",
        "7#kQz!mW2xP&vB9r",
        "quiet otter bicycle marmalade " * 8,
    ],
)
def test_anything_long_that_is_ones_own_is_taken_whatever_its_characters(password: str) -> None:
    check_password(password, own_words=MEI)


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword",
        "Password12345678",
        "123456789012345",
        "qwertyuiopasdfghjkl",
        "aaaaaaaaaaaaaaaaaa",
        "abcdefghijklmnopqrst",
        "987654321098765",
        "woaini1314520520",
        "iloveyouiloveyou1",
        "Li.Mei@lantern.example",
        "limeilimeilimei",
        "Giftshop-Giftshop-2026",
        "灯塔仪器灯塔仪器灯塔仪器灯塔仪器",
        "lantern instruments",
    ],
)
def test_what_would_be_tried_first_is_refused(password: str) -> None:
    with pytest.raises(PasswordGuessable):
        check_password(password, own_words=MEI)


def test_fourteen_characters_are_too_few_and_fifteen_are_enough() -> None:
    with pytest.raises(PasswordTooShort):
        check_password("kestrel over 9")
    check_password("kestrel over 94")


def test_nobody_can_keep_the_machine_busy_with_a_novel() -> None:
    with pytest.raises(PasswordTooLong):
        check_password("seven cranes " * MOST)


def test_full_width_letters_of_a_chinese_keyboard_are_the_same_password() -> None:
    kept = hash_password("Ｓｅｖｅｎ cranes over the lake")
    assert is_password("Seven cranes over the lake", kept)
    assert not is_password("seven cranes over the lake", kept)


def test_nobody_has_every_password() -> None:
    assert not is_password("nobody has this password", None)
