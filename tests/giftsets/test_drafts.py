"""Drafts on their shelf: two people at one, deleting and restoring, the budget, and beginning with an idea."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from giftshop import giftsets
from giftshop.db import Database
from giftshop.giftsets import Hand, Wishes
from giftshop.giftsets.errors import SetChanged, SetDeleted, SetFrozen
from giftshop.kernel import clock
from tests.giftsets.making import Shelf
from tests.people import People, sign_in

WISHES = Wishes("Mid-Autumn 2026", headline="中秋快乐", greeting="感谢您", planned=30)


@pytest.fixture
def buyer(client: FlaskClient, people: People) -> FlaskClient:
    sign_in(client, people.lantern.buyer)
    return client


def version_of(database: Database, people: People, set_id: int) -> int:
    with database.reading() as reader:
        return giftsets.gift_set(reader, people.lantern.id, set_id).version


def test_of_two_people_at_one_draft_the_later_is_told_and_overwrites_nothing(
    database: Database, people: People, set_id: int
) -> None:
    firm, at = people.lantern.id, clock.now()
    first, second = people.lantern.buyer.actor, people.lantern.approver.actor
    seen = version_of(database, people, set_id)
    database.transact(giftsets.arrange, set_id, firm, WISHES, Hand(first, at, seen))
    late = Wishes("Mid-Autumn 2026", headline="别的话", greeting="别的话", planned=30)
    with pytest.raises(SetChanged) as refused:
        database.transact(giftsets.arrange, set_id, firm, late, Hand(second, at, seen))
    assert refused.value.facts["who"]
    with database.reading() as reader:
        assert giftsets.gift_set(reader, firm, set_id).headline == "中秋快乐"
    database.transact(giftsets.arrange, set_id, firm, late, Hand(first, at, seen))  # one person in two tabs
    now = version_of(database, people, set_id)
    database.transact(giftsets.arrange, set_id, firm, WISHES, Hand(second, at, now))
    with database.reading() as reader:
        found = giftsets.gift_set(reader, firm, set_id)
        assert (found.headline, found.changed_by, found.version) == ("中秋快乐", second.id, now + 1)


def test_a_late_page_is_answered_with_who_was_faster(
    buyer: FlaskClient, database: Database, people: People, shelf: Shelf, set_id: int
) -> None:
    seen = version_of(database, people, set_id)
    other = Hand(people.lantern.approver.actor, clock.now())
    database.transact(giftsets.arrange, set_id, people.lantern.id, WISHES, other)
    typed = {"name": "Late", "quantity": "30", "version": str(seen)}
    answer = buyer.post(f"/gift-sets/{set_id}/save", data=typed)
    assert answer.status_code == 409
    assert "was not saved" in answer.text
    assert "was not saved" in buyer.post(f"/gift-sets/{set_id}", data=typed, follow_redirects=True).text
    with database.reading() as reader:
        assert giftsets.gift_set(reader, people.lantern.id, set_id).name == "Mid-Autumn 2026"


def test_a_draft_is_deleted_at_once_and_comes_back_with_one_button(
    buyer: FlaskClient, database: Database, people: People, set_id: int
) -> None:
    firm, hand = people.lantern.id, Hand(people.lantern.buyer.actor, clock.now())
    shown = buyer.post(f"/gift-sets/{set_id}/delete", follow_redirects=True).text
    assert "is deleted" in shown
    token = html.unescape(re.findall(r'name="token" value="([^"]+)"', shown)[0])
    assert f'action="/gift-sets/{set_id}/restore"' in shown  # also later, in the list of what was deleted
    with database.reading() as reader:
        assert not giftsets.latest_sets(reader, firm)
    with pytest.raises(SetDeleted):
        database.transact(giftsets.arrange, set_id, firm, WISHES, hand)
    assert "Restore it to change it" in buyer.get(f"/gift-sets/{set_id}").text
    assert "on the shelf again" in buyer.post("/undo", data={"token": token}, follow_redirects=True).text
    with database.reading() as reader:
        assert [found.id for found in giftsets.latest_sets(reader, firm)] == [set_id]
    database.transact(giftsets.arrange, set_id, firm, WISHES, hand)
    buyer.post(f"/gift-sets/{set_id}/delete")
    assert "is back" in buyer.post(f"/gift-sets/{set_id}/restore", follow_redirects=True).text


def test_what_was_ordered_is_not_deleted_and_another_firm_deletes_nothing(
    client: FlaskClient, database: Database, people: People, set_id: int
) -> None:
    who: dict[str, Any] = {"by": people.lantern.buyer.actor, "at": clock.now() + timedelta(seconds=1)}
    sign_in(client, people.harbour.buyer)
    assert client.post(f"/gift-sets/{set_id}/delete").status_code == 404
    assert client.post(f"/gift-sets/{set_id}/restore").status_code == 404
    database.transact(giftsets.freeze, set_id, people.lantern.id, **who)
    with pytest.raises(SetFrozen):
        database.transact(giftsets.discard, set_id, people.lantern.id, **who)


def test_the_budget_is_held_against_what_each_person_costs(buyer: FlaskClient, shelf: Shelf, set_id: int) -> None:
    chosen = {"name": "中秋", "quantity": "30", "packaging": str(shelf.bag), "has_card": "y"}
    words = {"headline": "中秋快乐", "greeting": "感谢您"}
    within = buyer.post(f"/gift-sets/{set_id}/save", data=chosen | words | {"budget": "480"}).text
    assert "CN¥3.00 of CN¥480.00 left for each person" in within, "198 + 2 x 128 + 8 + 3 + 12 = 477"
    beyond = buyer.post(f"/gift-sets/{set_id}/save", data=chosen | words | {"budget": "470"}).text
    assert "CN¥7.00 above the CN¥470.00 for each person" in beyond
    assert 'class="budget' not in buyer.post(f"/gift-sets/{set_id}/save", data=chosen | words | {"budget": ""}).text


@pytest.mark.parametrize("budget", ["-1", "9" * 30, "x", "1e400"])
def test_no_budget_that_is_typed_breaks_anything(buyer: FlaskClient, set_id: int, budget: str) -> None:
    typed = {"name": "中秋", "quantity": "30", "budget": budget, "version": budget}
    assert buyer.post(f"/gift-sets/{set_id}/save", data=typed).status_code == 200
    assert buyer.post(f"/gift-sets/{set_id}", data=typed).status_code == 422


def test_a_set_begins_with_an_idea_of_what_is_on_offer(
    buyer: FlaskClient, database: Database, people: People, shelf: Shelf
) -> None:
    page = buyer.get("/gift-sets/new").text
    assert 'action="/gift-sets/ideas/thanks"' in page
    assert buyer.get("/gift-sets/ideas/thanks.svg").mimetype == "image/svg+xml"
    begun = buyer.post("/gift-sets/ideas/thanks", data={"request_key": "idea"})
    assert buyer.get(begun.location).status_code == 200
    with database.reading() as reader:
        (found,) = giftsets.latest_sets(reader, people.lantern.id)
        contents = giftsets.contents_of(reader, found.id)
    assert shelf.tea in {part.item_id for part in contents.parts}
    assert contents.headline
    assert contents.greeting
    assert contents.refusals(found.planned, parcel_limit_g=20_000) == ()
    assert buyer.post("/gift-sets/ideas/nothing", data={"request_key": "none"}).status_code == 404
    assert buyer.get("/gift-sets/ideas/nothing.svg").status_code == 404


def test_the_card_is_shown_as_the_press_prints_it(buyer: FlaskClient, set_id: int) -> None:
    answer = buyer.get(f"/gift-sets/{set_id}/card.png")
    assert answer.data.startswith(b"\x89PNG")
