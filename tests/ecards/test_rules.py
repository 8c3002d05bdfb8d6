"""Hours by the clock of a place, and what a link says."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from giftshop.ecards.errors import HourSkipped, MomentPassed, NotReachable, TooFarAhead, ZoneUnknown
from giftshop.ecards.links import CardLink
from giftshop.ecards.reaching import best_way, reach
from giftshop.ecards.rules import Moment, masked_mail
from giftshop.kernel.errors import Refused
from giftshop.notifications import Channel

KEY = b"k" * 32
ID = bytes(range(16))


def test_nine_in_berlin_is_another_moment_in_summer() -> None:
    winter, summer = (Moment(date(2027, 3, day), 9, "Europe/Berlin").utc for day in (27, 28))
    assert (winter, summer) == (datetime(2027, 3, 27, 8, tzinfo=UTC), datetime(2027, 3, 28, 7, tzinfo=UTC))
    assert Moment.of(summer, "Europe/Berlin") == Moment(date(2027, 3, 28), 9, "Europe/Berlin")


def test_an_hour_that_clocks_skip_is_refused_and_one_that_comes_twice_is_the_first() -> None:
    with pytest.raises(HourSkipped):
        _ = Moment(date(2027, 3, 28), 2, "Europe/Berlin").utc
    assert Moment(date(2027, 10, 31), 2, "Europe/Berlin").utc == datetime(2027, 10, 31, 0, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["", "Middle/Earth", "../../etc/passwd", "CET", "localtime"])
def test_a_zone_that_is_not_on_the_list_is_refused(zone: str) -> None:
    with pytest.raises(ZoneUnknown):
        _ = Moment(date(2027, 1, 1), 9, zone).utc


@pytest.mark.parametrize(("day", "why"), [(date.min, MomentPassed), (date.max, TooFarAhead)])
def test_a_day_that_utc_does_not_have_is_refused(day: date, why: type[Refused]) -> None:
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        with pytest.raises(why):
            _ = Moment(day, 23, zone).utc


def test_a_link_says_what_it_was_signed_for_and_no_other_text_says_anything() -> None:
    signed = CardLink(ID, 3).signed(KEY)
    assert CardLink.read(signed, KEY) == CardLink(ID, 3)
    assert CardLink.read(signed, b"x" * 32) is None
    for place in range(len(signed)):
        other = "A" if signed[place] != "A" else "B"
        forged = CardLink.read(signed[:place] + other + signed[place + 1 :], KEY)
        assert forged is None, place
    assert [CardLink.read(text, KEY) for text in ("", "x", "é" * 46, signed + "AA", signed[:-4])] == [None] * 5


def test_mail_goes_before_text_and_a_telephone_at_a_desk_takes_none() -> None:
    assert best_way("li@lantern.example", "+8613812345678") == (Channel.MAIL, "li@lantern.example")
    assert best_way("", "+8613812345678") == (Channel.TEXT, "+8613812345678")
    assert best_way("", "+862083123456") is None
    assert reach(" 138 1234 5678 ", country="CN") == (Channel.TEXT, "+8613812345678")
    assert reach("li@例子.example", country="CN") == (Channel.MAIL, "li@xn--fsqu00a.example")
    for nobody in (
        "",
        "李雷@lantern.example",
        "li",
        "li@",
        "@lantern.example",
        "020 8312 3456",
        "li@lantern.example\nBcc: all@lantern.example",
    ):
        with pytest.raises(NotReachable):
            reach(nobody, country="CN")


def test_a_masked_address_is_known_to_its_owner_alone() -> None:
    assert masked_mail("wang.xiaoming@lantern.example") == "w•••@lantern.example"
