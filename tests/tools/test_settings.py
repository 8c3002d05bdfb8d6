"""What the program is told about the account that takes cards, and what it refuses to start with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from giftshop.config import STRIPE_API, BadSettings, Settings
from giftshop.kernel.keyring import Keyset

SECRET = "s" * 32
LIVE = "sk" + "_live_1"
"""Written in two, so that whoever looks for secrets in here finds none."""
SIGNED = "whsec" + "_1"


def read(folder: Path, mode: str, **given: str) -> Settings:
    usual = {
        "GIFTSHOP_MODE": mode,
        "INSTANCE_PATH": str(folder),
        "PUBLIC_URL": "https://gifts.example",
        "SECRET_KEY": SECRET,
        "LINK_KEY": SECRET,
        "CODE_PEPPERS": Keyset.generate("p1").written(),
        "MASTER_KEYS": Keyset.generate("m1").written(),
    }
    return Settings.from_environ(usual | given)


@pytest.mark.parametrize("mode", ["production", "demo", "test"])
def test_without_a_key_no_card_is_taken(tmp_path: Path, mode: str) -> None:
    assert read(tmp_path, mode).stripe is None


def test_for_real_people_it_is_stripe_itself(tmp_path: Path) -> None:
    account = read(tmp_path, "production", STRIPE_SECRET_KEY=LIVE, STRIPE_WEBHOOK_SECRET=SIGNED).stripe
    assert account is not None
    assert (account.api_base, account.checkout_origin) == (STRIPE_API, "https://checkout.stripe.com")
    assert LIVE not in repr(account)
    assert SIGNED not in repr(account)


@pytest.mark.parametrize(
    ("mode", "given", "complaint"),
    [
        ("production", {"STRIPE_SECRET_KEY": LIVE}, "STRIPE_WEBHOOK_SECRET must be set"),
        ("production", {"STRIPE_SECRET_KEY": LIVE, "STRIPE_WEBHOOK_SECRET": "1"}, "STRIPE_WEBHOOK_SECRET must be set"),
        ("production", {"STRIPE_WEBHOOK_SECRET": SIGNED}, "STRIPE_SECRET_KEY must be set"),
        ("production", {"STRIPE_SECRET_KEY": "pk_test_1", "STRIPE_WEBHOOK_SECRET": SIGNED}, "must be a secret key"),
        ("production", {"STRIPE_API_BASE": "http://127.0.0.1:5001"}, "anything else is not Stripe"),
        (
            "production",
            {
                "STRIPE_SECRET_KEY": LIVE,
                "STRIPE_WEBHOOK_SECRET": SIGNED,
                "STRIPE_API_BASE": "https://api.stripe.com.cn",
            },
            "anything else is not Stripe",
        ),
        ("demo", {"STRIPE_SECRET_KEY": LIVE}, "must be a test key in demo mode"),
        ("test", {"STRIPE_SECRET_KEY": LIVE}, "must be a test key in test mode"),
    ],
)
def test_what_would_lose_money_or_trust_a_stranger_does_not_start(
    tmp_path: Path, mode: str, given: dict[str, str], complaint: str
) -> None:
    with pytest.raises(BadSettings, match=complaint):
        read(tmp_path, mode, **given)


def test_the_demonstration_makes_keys_for_its_own_stand_in_and_offers_them_to_nobody_else(tmp_path: Path) -> None:
    assert read(tmp_path, "demo").stripe is None
    kept = tmp_path / "demo.json"
    assert json.loads(kept.read_text())["STRIPE_SECRET_KEY"].startswith("sk_test_")
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_demonstration_of_before_gets_the_keys_that_it_lacks_and_keeps_the_others(tmp_path: Path) -> None:
    read(tmp_path, "demo")
    kept = tmp_path / "demo.json"
    before = {name: value for name, value in json.loads(kept.read_text()).items() if not name.startswith("STRIPE")}
    kept.write_text(json.dumps(before))
    read(tmp_path, "demo")
    after = json.loads(kept.read_text())
    assert after.items() >= before.items()
    assert after["STRIPE_WEBHOOK_SECRET"]


def test_staff_need_a_second_factor_where_people_are_real_unless_told_otherwise(tmp_path: Path) -> None:
    usual = {mode: read(tmp_path, mode).is_second_factor_needed for mode in ("production", "demo", "test")}
    assert usual == {"production": True, "demo": False, "test": False}
    assert read(tmp_path, "demo", SECOND_FACTOR="required").is_second_factor_needed
    assert not read(tmp_path, "production", SECOND_FACTOR="offered").is_second_factor_needed
    with pytest.raises(BadSettings, match="SECOND_FACTOR must be required or offered"):
        read(tmp_path, "production", SECOND_FACTOR="no")
