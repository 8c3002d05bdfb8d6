"""Finding a card by its code: forgiving to people, mute to guessers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from giftshop import cards
from giftshop.cards import BatchState, BlockReason, HeldCard, Standing
from giftshop.cards.guessing import KEPT, network_of
from giftshop.cards.models import WrongCode
from giftshop.cards.rules import CardState, standing
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.codes import SPECIMEN, Typo, draw_block, secrets_in
from giftshop.web import GiftShop
from giftshop.web.errors import status_of
from tests.cards.making import AFTER_LAST_DAY, LAST_DAY, NOW, cards_in, make
from tests.people import People

HOME = "203.0.113.7"


def look(app: GiftShop, text: str, *, at: timedelta = timedelta(0), address: str = HOME) -> HeldCard | Typo | None:
    with app.database.reading() as reader:
        return cards.card_by_code(reader, text, keyring=app.settings.keyring, address=address, at=NOW + at)


@contextmanager
def counted(app: GiftShop) -> Iterator[list[str]]:
    """The statements that reach the database inside the block."""
    said: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            said.append(statement)

    event.listen(app.database.engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        event.remove(app.database.engine, "before_cursor_execute", hear)


def test_whoever_types_a_code_sees_the_senders_words(app: GiftShop, people: People) -> None:
    made = make(app, people, 2, addressees=[cards.Addressed("王小明", 5)])
    found = look(app, f" https://gifts.example/r#{made.codes[0].canonical.lower()} ")
    assert isinstance(found, HeldCard)
    assert (found.standing, found.name) == (Standing.OPEN, "王小明")
    assert (found.sender_name, found.greeting, found.hotline) == ("灯塔仪器", "中秋快乐", "400-820-0000")
    assert (found.serial, found.last4) == (made.printed[0].serial, made.codes[0].last4)
    assert (found.firm_id, found.batch_id, found.valid_until) == (people.lantern.id, made.batch_id, LAST_DAY)
    other = look(app, made.codes[1].printed)
    assert isinstance(other, HeldCard)
    assert other.name is None
    with app.database.reading() as reader:
        assert cards.held_card(reader, found.id, at=NOW) == found
        assert cards.held_card_by_public_id(reader, found.public_id, at=NOW) == found


def test_a_typo_asks_the_database_nothing(app: GiftShop) -> None:
    with counted(app) as said:
        for text in ("", "hello", "0" * 15 + "1", SPECIMEN.printed, "漢" * 16, "0" * 10_000):
            assert isinstance(look(app, text), Typo)
    assert said == []


@pytest.mark.parametrize("state", [BatchState.SEALED, BatchState.PRINTED, BatchState.SHIPPED])
def test_a_code_not_yet_active_answers_like_one_that_was_made_up(
    app: GiftShop, people: People, state: BatchState
) -> None:
    made = make(app, people, 2, to=state)
    blocked = cards_in(app.database, made.batch_id)[1]
    app.database.transact(cards.block, blocked.id, reason=BlockReason.LOST, by=SYSTEM, at=NOW)
    answers, statements = [], []
    for code in [*made.codes, *secrets_in(draw_block(1))]:
        with counted(app) as said:
            answers.append(look(app, code.printed))
        statements.append(tuple(said))
    assert answers == [None, None, None]
    assert len(set(statements)) == 1
    assert len(statements[0]) == 2, "one for the limit, one for the card"


def test_each_card_that_exists_says_how_it_stands(app: GiftShop, people: People) -> None:
    made = make(app, people, 3)
    claimed, blocked, _ = cards_in(app.database, made.batch_id)
    app.database.transact(cards.claim, claimed.id, by=SYSTEM, at=NOW)
    app.database.transact(cards.block, blocked.id, reason=BlockReason.MISUSE, by=SYSTEM, at=NOW)
    stands = [look(app, code.printed) for code in made.codes]
    assert [held.standing for held in stands if isinstance(held, HeldCard)] == [
        Standing.CLAIMED,
        Standing.BLOCKED,
        Standing.OPEN,
    ]
    late = look(app, made.codes[2].printed, at=AFTER_LAST_DAY - NOW)
    assert isinstance(late, HeldCard)
    assert late.standing is Standing.EXPIRED


def test_a_closed_batch_and_a_void_card_are_told_as_closed() -> None:
    assert standing(CardState.ACTIVE, BatchState.CLOSED, AFTER_LAST_DAY, at=NOW) is Standing.CLOSED
    assert standing(CardState.VOID, BatchState.ACTIVE, AFTER_LAST_DAY, at=NOW) is Standing.CLOSED
    assert standing(CardState.CLAIMED, BatchState.CLOSED, AFTER_LAST_DAY, at=NOW) is Standing.CLAIMED
    assert standing(CardState.VOID, BatchState.SHIPPED, AFTER_LAST_DAY, at=NOW) is None


def test_staff_find_a_card_by_the_serial_number_read_out(app: GiftShop, people: People) -> None:
    made = make(app, people, 2)
    with app.database.reading() as reader:
        assert (
            cards.card_with_serial(reader, f"No. {made.printed[1].serial}".removeprefix("No. ")).batch_id
            == made.batch_id
        )
        for nothing in ("1001 0000 0099", "", "x" * 300, "9999 0000 0017"):
            with pytest.raises(cards.CardNotThere):
                cards.card_with_serial(reader, nothing)


def guess(app: GiftShop, times: int, *, address: str = HOME, at: timedelta = timedelta(0)) -> None:
    for _ in range(times):
        app.database.transact(cards.count_wrong, address, at=NOW + at)


def is_refused(app: GiftShop, *, address: str = HOME, at: timedelta = timedelta(0)) -> bool:
    try:
        look(app, secrets_in(draw_block(1))[0].printed, address=address, at=at)
    except cards.TooManyGuesses:
        return True
    return False


def test_ten_wrong_codes_in_five_minutes_stop_an_address_and_no_other(app: GiftShop) -> None:
    guess(app, 9)
    assert not is_refused(app)
    guess(app, 1)
    assert is_refused(app)
    assert is_refused(app, at=timedelta(minutes=4))
    assert not is_refused(app, at=timedelta(minutes=5))
    assert not is_refused(app, address="203.0.113.8")


def test_fifty_wrong_codes_in_an_hour_stop_an_address_however_slowly_they_came(app: GiftShop) -> None:
    for nth in range(50):
        guess(app, 1, at=timedelta(minutes=nth))
    assert is_refused(app, at=timedelta(minutes=58))
    assert not is_refused(app, at=timedelta(minutes=60))


def test_who_is_stopped_is_not_looked_up_even_with_a_right_code(app: GiftShop, people: People) -> None:
    made = make(app, people, 1)
    guess(app, 10)
    with counted(app) as said, pytest.raises(cards.TooManyGuesses):
        look(app, made.codes[0].printed)
    assert len(said) == 1
    assert "secret_hash" not in said[0]


def test_an_ipv6_household_counts_as_one_and_a_mapped_address_as_itself(app: GiftShop) -> None:
    for host in range(10):
        guess(app, 1, address=f"2001:db8:1:2::{host:x}")
    assert is_refused(app, address="2001:db8:1:2:ffff::9")
    assert not is_refused(app, address="2001:db8:1:3::1")
    assert network_of("::ffff:203.0.113.7") == HOME
    assert network_of("unix:" + "x" * 200) == network_of("") == "unknown"


def test_addresses_of_wrong_codes_are_forgotten_after_a_day(app: GiftShop) -> None:
    guess(app, 3)
    guess(app, 1, address="203.0.113.9", at=KEPT + timedelta(seconds=1))
    with app.database.reading() as reader:
        assert reader.scalar(select(func.count()).select_from(WrongCode)) == 1


def test_who_is_stopped_is_told_to_come_back_later() -> None:
    assert status_of(cards.TooManyGuesses()) == 429
