"""What a home page is made of."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from giftshop.db import Reader
from giftshop.kernel import clock
from giftshop.kernel.actor import Actor
from giftshop.kernel.role import StaffRole
from giftshop.web import GiftShop, Piece, Waiting, tasks_of
from giftshop.web.home import emphasised
from giftshop.web.menu import letters_of
from tests.people import People, sign_in


def test_the_figure_stands_out_wherever_the_language_puts_it_and_nothing_is_markup() -> None:
    assert emphasised("3 orders <b>") == '<strong class="figure">3</strong> orders &lt;b&gt;'
    assert emphasised("有 99+ 份订单") == '有 <strong class="figure">99+</strong> 份订单'
    assert emphasised("the firm's books") == "the firm&#39;s books"


def test_what_presses_comes_first_then_what_waits_longest(app: GiftShop, people: People) -> None:
    person, now = people.staff.sales.actor, clock.now()

    def offer(name: str, days: int, *, pressing: bool = False, count: int = 1) -> Waiting:
        def first(_reader: Reader, _person: Actor) -> list[Piece]:
            return [Piece(name, "#", since=now.replace(year=now.year - days))] * 5

        roles = frozenset({StaffRole.SALES})
        return Waiting(roles, lambda *_: count, lambda _: name, "accounts.desk", is_pressing=pressing, first=first)

    offers = [offer("young", 1), offer("old", 9), offer("pressing", 2, pressing=True), offer("nothing", 3, count=0)]
    with app.test_request_context(), app.database.reading() as reader:
        tasks = tasks_of(offers, reader, person)
        assert [str(task.words) for task in tasks] == ["pressing", "old", "young"]
        assert [len(task.first) for task in tasks] == [3, 3, 3]
        assert tasks_of(offers, reader, people.staff.finance.actor) == []


def test_letters_are_the_same_in_every_language_and_nobody_shares_one() -> None:
    assert letters_of(["Orders", "Our firm", "Home", "礼"]) == ["o", "u", "m", ""]
    assert letters_of(list("abcdefghij"))[7] == ""


def test_everybodys_menu_has_a_key_for_each_entry(client: FlaskClient, people: People) -> None:
    for somebody in (people.lantern.buyer, people.staff.administrator, people.staff.sales):
        sign_in(client, somebody)
        page = client.get("/desk" if somebody in tuple(people.staff) else "/").text
        keys = re.findall(r'data-go="(.)"', page)
        assert len(keys) == len(set(keys)) > 3


def test_a_new_firm_is_shown_its_first_three_steps_and_only_its_buyers_are(client: FlaskClient, people: People) -> None:
    sign_in(client, people.lantern.buyer)
    assert "Your first gifts, in three steps" in client.get("/").text
    sign_in(client, people.lantern.approver)
    assert "Your first gifts, in three steps" not in client.get("/").text


def test_staff_find_again_what_they_worked_on(client: FlaskClient, people: People) -> None:
    sign_in(client, people.staff.administrator)
    assert "You worked on" not in client.get("/desk").text
    firm_id = people.lantern.buyer.firm_id
    client.post(f"/desk/firms/{firm_id}/suspend")
    page = client.get("/desk").text
    assert "You worked on" in page
    assert f'href="/desk/firms/{firm_id}"' in page
