from __future__ import annotations

import pytest

from giftshop.accounts.rules import canonical_email, network_of, own_path, roles_on_side
from giftshop.kernel.role import MemberRole, StaffRole


@pytest.mark.parametrize("wanted", ["/orders", "/orders?state=paid&lang=en", "/r", "/"])
def test_a_path_on_this_site_is_gone_on_to(wanted: str) -> None:
    assert own_path(wanted) == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        None,
        "",
        "orders",
        "//evil.example",
        "/\\evil.example",
        "\\/evil",
        "https://evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        "/a\\b",
        " /orders",
    ],
)
def test_nobody_is_led_elsewhere(wanted: str | None) -> None:
    assert own_path(wanted) is None


def test_one_address_is_one_person_however_it_is_written() -> None:
    assert canonical_email(" Li.Mei@Lantern.Example ") == "li.mei@lantern.example"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (None, "unknown"),
        ("<script>", "unknown"),
    ],
)
def test_tries_are_counted_by_network(address: str | None, network: str) -> None:
    assert network_of(address) == network


def test_a_members_finance_is_not_the_operators() -> None:
    (theirs,) = roles_on_side(["finance"], firm_id=1)
    (ours,) = roles_on_side(["finance"], firm_id=None)
    assert (type(theirs), type(ours)) == (MemberRole, StaffRole)
    with pytest.raises(ValueError, match="buyer"):
        roles_on_side(["buyer"], firm_id=None)
