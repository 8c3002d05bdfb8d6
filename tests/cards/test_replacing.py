"""Lost cards are replaced, unused ones moved, two change places; and the value goes with them, to the fen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from giftshop import cards
from giftshop.cards import Addressed, BatchState, BlockReason, CardState, HeldCard, Standing
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.money import Money
from giftshop.ledger import Account
from giftshop.web import GiftShop
from tests.cards.making import NOW, Made, cards_in, edition, make, read_print_file
from tests.cards.test_ending import CNY, owed, shopping_cards, started
from tests.people import People

LI_LEI, HAN_MEIMEI = Addressed("李雷", 71), Addressed("韩梅梅", 72)


def opened(app: GiftShop, code: str) -> HeldCard | None:
    """What a holder sees who types this code."""
    with app.database.reading() as reader:
        found = cards.card_by_code(
            reader, code, keyring=app.settings.keyring, address="192.0.2.7", at=NOW + timedelta(days=1)
        )
    assert found is None or isinstance(found, HeldCard)
    return found


def replaced(app: GiftShop, card_id: int, reason: BlockReason = BlockReason.LOST) -> int:
    return app.database.transact(
        cards.reissue,
        [card_id],
        reason=reason,
        public_url="https://gifts.example",
        keyring=app.settings.keyring,
        by=SYSTEM,
        at=NOW,
    )


def test_a_lost_card_dies_at_once_and_the_new_one_opens_once_it_is_there(app: GiftShop, people: People) -> None:
    made = make(app, people, 2, addressees=[LI_LEI, HAN_MEIMEI])
    lost = cards_in(app.database, made.batch_id)[0]
    batch_id = replaced(app, lost.id)
    old = opened(app, made.codes[0].canonical)
    assert old is not None
    assert old.standing is Standing.CLOSED
    assert (owed(app.database, Account.OUTSTANDING), owed(app.database, Account.PENDING)) == (20_000, 20_000)

    printed = read_print_file(app, people, batch_id)
    assert [card.name for card in printed] == ["李雷"]
    assert opened(app, printed[0].secret.canonical) is None
    for step in (cards.mark_printed, cards.mark_shipped, cards.activate):
        app.database.transact(step, batch_id, by=SYSTEM, at=NOW)
    new = opened(app, printed[0].secret.canonical)
    assert new is not None
    assert new.standing is Standing.OPEN
    assert (new.name, new.balance) == ("李雷", Money(20_000, CNY))
    app.database.transact(cards.claim, new.id, by=SYSTEM, at=NOW)
    assert (owed(app.database, Account.OUTSTANDING), owed(app.database, Account.REDEEMED)) == (20_000, 20_000)


def test_the_new_card_holds_what_was_left_on_the_old_one_and_no_more(app: GiftShop, people: People) -> None:
    batch_id = shopping_cards(app, people, started(app, people, kind=cards.ProgrammeKind.STORED_VALUE))
    card = cards_in(app.database, batch_id)[1]
    app.database.transact(cards.spend, card.id, Money(3_333, CNY), subject=("redemption", 1), by=SYSTEM, at=NOW)
    app.database.transact(cards.block, card.id, reason=BlockReason.LOST, by=SYSTEM, at=NOW)
    again = replaced(app, card.id)
    first, second = cards_in(app.database, batch_id)[1], cards_in(app.database, again)[0]
    assert (first.state, first.balance_minor, first.replaced_by_id) == (CardState.VOID, 0, second.id)
    assert (second.state, second.balance_minor) == (CardState.SEALED, 6_667)
    assert owed(app.database, Account.PENDING) == 6_667
    for step in (cards.mark_printed, cards.mark_shipped, cards.activate):
        app.database.transact(step, again, by=SYSTEM, at=NOW)
    once_more = replaced(app, second.id, BlockReason.DAMAGED)
    assert cards_in(app.database, once_more)[0].balance_minor == 6_667
    assert owed(app.database, Account.OUTSTANDING) == 20_000


def test_what_is_redeemed_unopened_or_replaced_cannot_be_replaced(app: GiftShop, people: People) -> None:
    made = make(app, people, 2)
    redeemed, gone = cards_in(app.database, made.batch_id)
    app.database.transact(cards.claim, redeemed.id, by=SYSTEM, at=NOW)
    replaced(app, gone.id)
    unopened = cards_in(app.database, make(app, people, 1, to=BatchState.SHIPPED).batch_id)[0]
    for card in (redeemed, gone, unopened):
        with pytest.raises(cards.CannotReplace):
            replaced(app, card.id)
    with pytest.raises(cards.CardNotThere):
        replaced(app, 4711)


def printed_batches(app: GiftShop, people: People, *states: BatchState) -> list[Made]:
    """Batches of one edition, whose codes exist on paper only."""
    of_one = edition(app.database)
    all_made = [make(app, people, 2, to=state, edition_id=of_one, addressees=[LI_LEI]) for state in states]
    for made in all_made:
        app.database.transact(cards.destroy_secrets, made.batch_id, by=SYSTEM, at=NOW)
    return all_made


def test_unused_cards_move_to_another_batch_with_their_value_and_take_its_last_day(
    app: GiftShop, people: People
) -> None:
    source, target = printed_batches(app, people, BatchState.ACTIVE, BatchState.ACTIVE)
    card = cards_in(app.database, source.batch_id)[1]
    moved = app.database.transact(cards.move, [card.id], target.batch_id, by=SYSTEM, at=NOW)
    assert moved == 1
    with app.database.reading() as reader:
        counts = [cards.batch(reader, made.batch_id).quantity for made in (source, target)]
        held = cards.held_card(reader, card.id, at=NOW)
    assert (counts, held.batch_id, held.programme_id) == ([1, 3], target.batch_id, target.programme_id)
    assert owed(app.database, Account.OUTSTANDING) == 80_000
    app.database.transact(cards.claim, card.id, by=SYSTEM, at=NOW)
    assert owed(app.database, Account.REDEEMED) == 20_000


def test_a_card_that_is_used_or_a_batch_that_is_not_alike_is_not_moved(app: GiftShop, people: People) -> None:
    source, shut = printed_batches(app, people, BatchState.ACTIVE, BatchState.SHIPPED)
    used, unused = cards_in(app.database, source.batch_id)
    app.database.transact(cards.claim, used.id, by=SYSTEM, at=NOW)
    other_edition = make(app, people, 1)
    for card_id, batch_id in (
        (used.id, shut.batch_id),
        (unused.id, shut.batch_id),
        (unused.id, other_edition.batch_id),
    ):
        with pytest.raises(cards.CannotMove):
            app.database.transact(cards.move, [card_id], batch_id, by=SYSTEM, at=NOW)
    with pytest.raises(cards.CannotMove):
        app.database.transact(cards.move, [unused.id], source.batch_id, by=SYSTEM, at=NOW)
    assert owed(app.database, Account.OUTSTANDING) == 20_000 + 20_000


def test_two_cards_in_each_others_envelope_change_places(app: GiftShop, people: People) -> None:
    made = make(app, people, 3, addressees=[LI_LEI, HAN_MEIMEI])
    first, second, spare = cards_in(app.database, made.batch_id)

    def names() -> list[str | None]:
        with app.database.reading() as reader:
            return [cards.held_card(reader, card.id, at=NOW).name for card in (first, second, spare)]

    app.database.transact(cards.swap, first.id, second.id, by=SYSTEM, at=NOW)
    assert names() == ["韩梅梅", "李雷", None]
    app.database.transact(cards.swap, first.id, spare.id, by=SYSTEM, at=NOW)
    assert names() == [None, "李雷", "韩梅梅"]
    app.database.transact(cards.claim, second.id, by=SYSTEM, at=NOW)
    for one, other in ((first, second), (first, first)):
        with pytest.raises(cards.CannotSwap):
            app.database.transact(cards.swap, one.id, other.id, by=SYSTEM, at=NOW)
