from __future__ import annotations

import pytest

from giftshop.kernel.market import BadMarketRules, Counterparty, GiftNature, MarketRules


def test_without_a_file_the_rules_of_mainland_china_hold() -> None:
    rules = MarketRules()
    assert rules.stored_value.bearer_cap_minor == 100_000
    assert rules.stored_value.named_cap_minor == 500_000
    assert not rules.stored_value.named_expires


def test_an_operator_changes_one_rule_and_keeps_the_others() -> None:
    rules = MarketRules.parse("country = 'HK'\n[stored_value]\nbearer_cap_minor = 300000\n")
    assert rules.country == "HK"
    assert rules.stored_value.bearer_cap_minor == 300_000
    assert rules.stored_value.named_cap_minor == 500_000


def test_officials_get_no_card_and_a_state_body_may_get_a_calendar() -> None:
    gifts = MarketRules().gifts
    assert not gifts.allows(Counterparty.OFFICIAL, GiftNature.STORED_VALUE)
    assert not gifts.allows(Counterparty.OFFICIAL, GiftNature.GOODS)
    assert not gifts.allows(Counterparty.STATE_BODY, GiftNature.VOUCHER)
    assert gifts.allows(Counterparty.STATE_BODY, GiftNature.GOODS)
    assert gifts.allows(Counterparty.BUSINESS, GiftNature.STORED_VALUE)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[stored_value]\nbearer_cap_minor = '1000'", "stored_value.bearer_cap_minor"),
        ("[stored_value]\nbearer_cap_minor = -1", "stored_value.bearer_cap_minor"),
        ("[stored_value]\nbearer_cap_minor = true", "stored_value.bearer_cap_minor"),
        ("[stored_value]\nnamed_expires = 1", "stored_value.named_expires"),
        ("[stored_value]\nbearer_cap = 1", "stored_value.bearer_cap"),
        ("[gifts]\nblocked = ['official']", "official"),
        ("[gifts]\nblocked = 'official:*'", "gifts.blocked"),
        ("[surprises]\n", "surprises"),
        ("not toml", "Expected"),
    ],
)
def test_a_slip_in_the_file_is_named(text: str, named: str) -> None:
    with pytest.raises(BadMarketRules, match=named):
        MarketRules.parse(text)
