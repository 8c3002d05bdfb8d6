"""Links to a list, who answers through them, and how all of that is forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from giftshop.accounts import User, UserState
from giftshop.db import Database
from giftshop.kernel import clock
from giftshop.kernel.actor import VISITOR
from giftshop.kernel.retention import Retention
from giftshop.web.privacy import Eraser, Traces, Whom
from giftshop.wishes import favourites, privacy, queries, service, sharing
from giftshop.wishes.errors import (
    LinkEnded,
    NoSuchLink,
    NoSuchList,
    NothingSaid,
    ReaderNameMissing,
    TooManyAnswers,
    TooManyLinks,
    TooManyReaders,
)
from giftshop.wishes.rules import MOST_TRIES, TRIES_WINDOW, Verdict
from giftshop.wishes.sharing import Said, Showing
from tests.giftsets.making import Shelf
from tests.people import People

NOW = clock.now()
LATER = NOW + timedelta(days=40)


@dataclass(frozen=True)
class Shared:
    """A list, and a link to it."""

    firm_id: int
    list_id: int
    link_id: int


@pytest.fixture
def shared(database: Database, people: People, shelf: Shelf) -> Shared:
    firm, by = people.lantern.id, people.lantern.buyer.actor
    list_id = database.transact(service.draw_up, firm, "中秋", [shelf.tea, shelf.cup], by=by, at=NOW)
    showing = Showing(with_prices=True, locale="zh_Hans")
    return Shared(firm, list_id, database.transact(sharing.share, list_id, firm, showing, by=by, at=NOW))


def answer(database: Database, shared: Shared, said: dict[int, Said], **more: Any) -> int:
    facts: dict[str, Any] = {"name": "周总", "by": VISITOR, "at": NOW} | more
    name = facts.pop("name")
    return database.transact(sharing.answer, shared.link_id, name, said, **facts)


def opens(database: Database, link_id: int | None, at: datetime) -> bool:
    with database.reading() as reader:
        try:
            queries.open_link(reader, link_id, at=at)
        except LinkEnded:
            return False
    return True


def opinions(database: Database, shared: Shared) -> dict[int, list[tuple[str, Verdict | None, str]]]:
    with database.reading() as reader:
        said = queries.opinions_of(reader, queries.readers_of(reader, shared.list_id))
    return {item_id: [(each.name, each.verdict, each.words) for each in all_of] for item_id, all_of in said.items()}


def test_a_link_opens_until_its_day_until_it_is_ended_and_while_the_list_is_there(
    database: Database, people: People, shared: Shared
) -> None:
    by = people.lantern.buyer.actor
    assert opens(database, shared.link_id, NOW)
    assert not opens(database, shared.link_id, LATER)
    assert not any(opens(database, each, NOW) for each in (None, 0, 999, 2**64))
    database.transact(service.drop, shared.list_id, shared.firm_id, by=by, at=NOW)
    assert not opens(database, shared.link_id, NOW)
    database.transact(service.bring_back, shared.list_id, shared.firm_id, by=by, at=NOW)
    assert opens(database, shared.link_id, NOW)
    database.transact(sharing.revoke, shared.list_id, shared.firm_id, shared.link_id, by=by, at=NOW)
    database.transact(sharing.revoke, shared.list_id, shared.firm_id, shared.link_id, by=by, at=NOW)
    assert not opens(database, shared.link_id, NOW)
    with pytest.raises(LinkEnded):
        answer(database, shared, {}, words="Too late")


def test_a_link_is_its_firms_and_its_lists(database: Database, people: People, shared: Shared) -> None:
    theirs: dict[str, Any] = {"by": people.harbour.buyer.actor, "at": NOW}
    with pytest.raises(NoSuchList):
        database.transact(sharing.share, shared.list_id, people.harbour.id, Showing(with_prices=True), **theirs)
    with pytest.raises(NoSuchList):
        database.transact(sharing.revoke, shared.list_id, people.harbour.id, shared.link_id, **theirs)
    other = database.transact(service.draw_up, people.harbour.id, "Theirs", **theirs)
    with pytest.raises(NoSuchLink):
        database.transact(sharing.revoke, other, people.harbour.id, shared.link_id, **theirs)
    assert opens(database, shared.link_id, NOW)


def test_what_a_reader_says_again_takes_the_place_of_what_they_said(
    database: Database, shared: Shared, shelf: Shelf
) -> None:
    first = {shelf.tea: Said(Verdict.YES, "Classic"), shelf.cup: Said(Verdict.RATHER_NOT)}
    reader_id = answer(database, shared, first)
    again = {shelf.tea: Said(Verdict.RATHER_NOT, "x" * 900), shelf.mooncakes: Said(Verdict.YES)}
    assert answer(database, shared, again, reader_id=reader_id, name="Ms Zhou") == reader_id
    assert opinions(database, shared) == {shelf.tea: [("Ms Zhou", Verdict.RATHER_NOT, "x" * 300)]}, "no mooncakes there"
    assert answer(database, shared, {shelf.cup: Said(words="Fine")}, name="Li") != reader_id
    assert len(opinions(database, shared)) == 2


def test_nobody_answers_for_a_reader_of_another_link(
    database: Database, people: People, shared: Shared, shelf: Shelf
) -> None:
    mine = answer(database, shared, {shelf.tea: Said(Verdict.YES)})
    by = people.lantern.buyer.actor
    showing = Showing(with_prices=False)
    other = database.transact(sharing.share, shared.list_id, shared.firm_id, showing, by=by, at=NOW)
    elsewhere = Shared(shared.firm_id, shared.list_id, other)
    assert answer(database, elsewhere, {shelf.tea: Said(Verdict.RATHER_NOT)}, name="Li", reader_id=mine) != mine
    assert [name for name, _verdict, _words in opinions(database, shared)[shelf.tea]] == ["周总", "Li"]


def test_an_answer_has_a_name_and_says_something(database: Database, shared: Shared, shelf: Shelf) -> None:
    with pytest.raises(ReaderNameMissing):
        answer(database, shared, {shelf.tea: Said(Verdict.YES)}, name="  ")
    with pytest.raises(NothingSaid):
        answer(database, shared, {shelf.tea: Said(), shelf.mooncakes: Said(Verdict.YES)})
    assert opinions(database, shared) == {}


def test_there_are_so_many_links_readers_and_answers_from_a_network(
    database: Database, people: People, shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "MAX_LINKS", 1)
    monkeypatch.setattr(sharing, "MAX_READERS", 1)
    by = people.lantern.buyer.actor
    place = (shared.list_id, shared.firm_id, Showing(with_prices=True))
    with pytest.raises(TooManyLinks):
        database.transact(sharing.share, *place, by=by, at=NOW)
    database.transact(sharing.share, *place, by=by, at=LATER)
    reader_id = answer(database, shared, {}, words="Good")
    with pytest.raises(TooManyReaders):
        answer(database, shared, {}, words="Good", name="Li")
    answer(database, shared, {}, words="Better", reader_id=reader_id)
    for _turn in range(MOST_TRIES):
        database.transact(sharing.book_try, "198.51.100.7", at=NOW)
    database.transact(sharing.refuse_too_many, "198.51.100.7", at=NOW)
    database.transact(sharing.book_try, "198.51.100.7", at=NOW)
    with pytest.raises(TooManyAnswers):
        database.transact(sharing.refuse_too_many, "198.51.100.7", at=NOW)
    database.transact(sharing.refuse_too_many, "198.51.100.8", at=NOW)
    database.transact(sharing.refuse_too_many, "198.51.100.7", at=NOW + TRIES_WINDOW + timedelta(seconds=1))


def eraser(kind: str) -> Eraser:
    return next(each for each in privacy.erasers(Retention()) if each.kind == kind)


def swept(database: Database, kind: str, before: datetime) -> int:
    found = eraser(kind)
    assert found.past is not None
    with database.reading() as reader:
        rows = found.past(reader, before)
    return database.transact(found.erase, rows)


def test_answers_go_when_their_link_has_ended_for_long_enough(database: Database, shared: Shared, shelf: Shelf) -> None:
    answer(database, shared, {shelf.tea: Said(Verdict.YES)}, words="Good")
    assert swept(database, "wishes.readers", NOW) == 0
    assert swept(database, "wishes.readers", LATER) == 1
    assert opinions(database, shared) == {}
    assert swept(database, "wishes.readers", LATER) == 0


def test_a_deleted_list_goes_whole_and_one_that_came_back_stays(
    database: Database, people: People, shared: Shared, shelf: Shelf
) -> None:
    by, place = people.lantern.buyer.actor, (shared.list_id, shared.firm_id)
    answer(database, shared, {shelf.tea: Said(Verdict.YES)})
    assert swept(database, "wishes.lists", LATER) == 0
    database.transact(service.drop, *place, by=by, at=NOW)
    with database.reading() as reader:
        rows = eraser("wishes.lists").past(reader, LATER)  # type: ignore[misc]
    database.transact(service.bring_back, *place, by=by, at=NOW)
    assert database.transact(eraser("wishes.lists").erase, rows) == 0
    assert len(opinions(database, shared)) == 1
    database.transact(service.drop, *place, by=by, at=NOW)
    assert swept(database, "wishes.lists", LATER) == 1
    with pytest.raises(NoSuchList):
        database.transact(service.bring_back, *place, by=by, at=NOW)


def test_favourites_go_with_a_closed_account_that_asks(database: Database, people: People, shelf: Shelf) -> None:
    buyer, found = people.lantern.buyer, eraser("wishes.favourites")
    database.transact(favourites.keep, buyer.id, shelf.tea, at=NOW)

    def traces(email: str) -> Traces:
        with database.reading() as reader:
            return found.find(reader, Whom(email=email), NOW)

    assert traces(buyer.email) == Traces(needed=[f"#{buyer.id}"])
    assert traces(people.lantern.approver.email) == Traces()

    def close(tx: Any) -> None:
        tx.get(User, buyer.id).state = UserState.DISABLED

    database.transact(close)
    assert database.transact(found.erase, traces(buyer.email).rows) == 1
    assert traces(buyer.email) == Traces()
    assert swept(database, "wishes.tries", NOW) == 0
