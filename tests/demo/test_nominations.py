"""The campaign's list, as its sales people hand it in."""

from __future__ import annotations

from collections import Counter

from giftshop.addresses import Address, normalise_phone, parse_china
from giftshop.demo.nominations import nominations_file, nominees


def test_the_list_has_the_groups_of_the_plan() -> None:
    kinds = Counter(person.kind for person in nominees())
    assert kinds == {"老客户": 80, "经销商": 50, "重点准客户": 200, "到访客户": 60}


def test_everybody_lives_somewhere_in_guangdong_and_can_be_called() -> None:
    for person in nominees():
        place = parse_china(person.address)
        assert isinstance(place, Address), person.address
        assert place.region == "广东省"
        assert normalise_phone(person.phone) == f"+86{person.phone}"


def test_nobody_is_named_twice() -> None:
    assert len({(person.name, person.phone) for person in nominees()}) == 390


def test_the_file_is_the_same_every_time_and_speaks_gbk() -> None:
    assert nominations_file() == nominations_file()
    assert nominations_file().decode("gbk").startswith("客户类型,客户姓名,地址,联系电话,等级\r\n")
