"""The arithmetic of the app's codes, against the figures that its standards print."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from giftshop.accounts import recovery, totp

RFC_KEY = b"12345678901234567890"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_vectors_of_rfc_6238_come_out(seconds: int, code: str) -> None:
    """Appendix B prints eight digits; six are their end."""
    moment = datetime.fromtimestamp(seconds, UTC)
    assert totp.code_of(RFC_KEY, totp.step_at(moment)) == code[-6:]


def test_the_vectors_of_rfc_4226_come_out() -> None:
    """Appendix D."""
    codes = ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"]
    assert [totp.code_of(RFC_KEY, step) for step in range(10)] == codes


def test_a_clock_may_be_one_step_off_either_way_and_no_more() -> None:
    at = datetime(2026, 11, 26, 23, 0, 5, tzinfo=UTC)
    step = totp.step_at(at)
    found = {off: totp.step_of(RFC_KEY, totp.code_of(RFC_KEY, step + off), at=at) for off in range(-2, 3)}
    assert found == {-2: None, -1: step - 1, 0: step, 1: step + 1, 2: None}
    assert totp.step_at(at + timedelta(seconds=25)) == step + 1


@pytest.mark.parametrize("typed", ["287082", " 287 082 ", "287-082", "２８７０８２", "287\u200b082"])
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert totp.canonical_code(typed) == "287082"


@pytest.mark.parametrize("typed", ["", "28708", "2870822", "28708a", "٢٨٧٠٨٢", "💥" * 6, "2" * 10_000])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert totp.canonical_code(typed) is None


def test_an_app_is_told_whose_key_it_is() -> None:
    address = totp.address(RFC_KEY, account="li.mei@lantern.example", site="Gift & Shop 礼")
    assert address.startswith("otpauth://totp/Gift%20%26%20Shop%20%E7%A4%BC:li.mei%40lantern.example?")
    assert "secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" in address
    assert totp.written(RFC_KEY) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"
    assert len(totp.new_key()) == 20


def test_recovery_codes_differ_and_are_found_however_they_are_spelled() -> None:
    key, codes = recovery.new_key(), recovery.draw()
    assert len(set(codes)) == 10
    plain = recovery.hash_of(key, codes[0])
    assert plain is not None
    sloppy = codes[0].lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert recovery.hash_of(key, f" {sloppy} ") == plain
    assert recovery.hash_of(recovery.new_key(), codes[0]) != plain
    assert [recovery.hash_of(key, typed) for typed in ("", "287082", "U" * 10, "9" * 5000)] == [None] * 4
