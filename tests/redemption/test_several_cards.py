"""Several shopping cards on one choice: Li Lei has three of them, and each product costs ¥168.00."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from giftshop import cards
from giftshop.cards import BlockReason, NotEnoughLeft, NothingToGiveBack, PrintedCard, Standing
from giftshop.cards.models import Batch, Card, Programme
from giftshop.cards.rules import CardState
from giftshop.catalogue import SupplierFacts, add_supplier
from giftshop.catalogue.models import Item
from giftshop.db import Transaction
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.clock import local_day
from giftshop.kernel.money import Money
from giftshop.redemption import Redemption, buy
from giftshop.redemption.errors import CardsChanged, NotEnoughTogether
from giftshop.redemption.models import RedemptionPayment
from giftshop.redemption.queries import shares_of
from giftshop.redemption.rules import Purse, Share, seal_of, share_out, split, take_back
from tests.people import People
from tests.redemption.conftest import LI_LEI, Book, Recipient, hidden_fields, holder, statements
from tests.redemption.purses import Purses


@pytest.fixture
def purses(book: Book) -> Purses:
    return Purses(book)


@pytest.fixture
def three(purses: Purses) -> tuple[PrintedCard, PrintedCard, PrintedCard]:
    """¥500 for long; ¥100 and ¥200, both of which expire sooner, on one day."""
    today = local_day(clock.now(), "Asia/Shanghai")
    soon: dict[str, Any] = {"valid_until": today + timedelta(days=1100)}
    (long,) = purses.cards()
    (small,) = purses.cards(face=Money(10_000, "CNY"), **soon)
    (middle,) = purses.cards(face=Money(20_000, "CNY"), **soon)
    return long, small, middle


def pays(
    purses: Purses,
    opened: PrintedCard,
    further: Sequence[PrintedCard],
    wanted: dict[str, int],
    seen: str | None = None,
    difference: Money | None = None,
) -> int:
    card_id = purses.book.card_id(opened)
    return purses.book.database.transact(
        buy,
        card_id,
        purses.basket(wanted),
        LI_LEI,
        further=[purses.book.card_id(card) for card in further],
        seen=seen,
        difference=difference,
        not_before=None,
        email=None,
        locale="en",
        draft_key=None,
        by=holder(card_id),
        at=clock.now(),
    )


def left(purses: Purses, cards_: Sequence[PrintedCard]) -> list[int]:
    return [purses.left(card) for card in cards_]


def gave(purses: Purses, card: PrintedCard, nth: int = 1) -> dict[int, int]:
    with purses.book.database.reading() as reader:
        redemption = purses.visit(card, nth)
        return dict(shares_of(reader, [redemption])[redemption.id])


def written(purses: Purses, change: object) -> None:
    purses.book.database.transact(lambda tx: tx.change(change))  # type: ignore[arg-type]


# Rules


def test_the_first_to_expire_is_asked_first_then_the_smallest_then_by_serial_number() -> None:
    now = clock.now()

    def purse(card_id: int, serial: str, days: int, fen: int) -> Purse:
        return Purse(card_id, serial, now + timedelta(days=days), Money(fen, "CNY"))

    purses = [purse(1, "3", 9, 50), purse(2, "2", 5, 40), purse(3, "1", 5, 30), purse(4, "0", 5, 40)]
    shares = share_out(purses, Money(100, "CNY"))
    assert [(each.card_id, each.gives.amount_minor, each.left.amount_minor) for each in shares] == [
        (3, 30, 0),
        (4, 40, 0),
        (2, 30, 10),
        (1, 0, 50),
    ]
    assert seal_of(shares) != seal_of(share_out(purses, Money(101, "CNY")))


def test_what_comes_back_comes_back_to_the_last_first() -> None:
    assert take_back([(3, 30), (4, 40), (2, 30)], 50) == {2: 30, 4: 20}
    with pytest.raises(ValueError, match="more is to come back"):
        take_back([(3, 30)], 31)


def test_parcels_are_paid_by_the_first_cards_first() -> None:
    def yuan(fen: int) -> Money:
        return Money(fen, "CNY")

    shares = [Share(1, yuan(30), yuan(0)), Share(2, yuan(70), yuan(5))]
    assert split(shares, [yuan(50), yuan(50)]) == [
        [(1, yuan(30)), (2, yuan(20))],
        [(1, yuan(0)), (2, yuan(50))],
    ]


# Commands


def test_three_cards_pay_in_their_order_and_each_keeps_what_it_did_not_give(
    purses: Purses, three: tuple[PrintedCard, ...]
) -> None:
    long, small, middle = three
    assert pays(purses, long, [middle, small], {"TEA-1": 2}) == 1
    assert left(purses, three) == [50_000 - 3_600, 0, 0]
    ids = [purses.book.card_id(card) for card in (small, middle, long)]
    assert gave(purses, long) == dict(zip(ids, (10_000, 20_000, 3_600), strict=True))
    assert purses.visit(long, 1).value_minor == 33_600
    purses.prove()


def test_the_card_that_was_opened_may_give_nothing(purses: Purses, three: tuple[PrintedCard, ...]) -> None:
    long, small, middle = three
    pays(purses, long, [small, middle], {"TEA-1": 1})
    assert left(purses, three) == [50_000, 0, 13_200]
    purses.cancels(long, 1)
    assert left(purses, three) == [50_000, 10_000, 20_000]
    purses.prove()


def test_a_visit_with_one_card_asks_the_database_no_more_than_before(purses: Purses) -> None:
    (card,) = purses.cards()
    purses.book.card_id(card)
    with statements(purses.book.database) as asked:
        pays(purses, card, [], {"TEA-1": 1})
    # One finds the card's id for the test; sixteen are the visit's, as they were before cards could pay together.
    assert len(asked) - 1 <= 16, "\n".join(asked)


def test_fewer_pieces_come_back_to_the_last_card_and_more_are_asked_of_it_again(
    purses: Purses, three: tuple[PrintedCard, ...]
) -> None:
    long, small, middle = three
    pays(purses, long, [small, middle], {"TEA-1": 2, "SILK-3": 1})
    assert left(purses, three) == [50_000 - 20_400, 0, 0]
    purses.changes(long, 1, {"TEA-1": 1})
    assert left(purses, three) == [50_000, 0, 13_200]
    purses.prove()
    purses.changes(long, 1, {"TEA-1": 3})
    assert left(purses, three) == [50_000 - 20_400, 0, 0]
    purses.prove()
    purses.cancels(long, 1)
    assert left(purses, three) == [50_000, 10_000, 20_000]
    purses.prove()


@given(counts=st.lists(st.integers(1, 4), min_size=1, max_size=6))
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
def test_back_and_forth_ends_as_if_it_had_been_chosen_at_once(book: Book, counts: list[int]) -> None:
    purses = Purses(book)
    sets = [
        [purses.cards(face=Money(fen, "CNY"))[0] for fen in (10_000, 20_000, 50_000)] for _way in ("detour", "straight")
    ]
    detour, straight = sets
    book.stock_up("TEA-1", 10)
    pays(purses, detour[2], detour[:2], {"TEA-1": counts[0]})
    for number in counts[1:]:
        purses.changes(detour[2], 1, {"TEA-1": number})
        purses.prove()
    pays(purses, straight[2], straight[:2], {"TEA-1": counts[-1]})
    assert left(purses, detour) == left(purses, straight)
    purses.cancels(detour[2], 1)
    purses.cancels(straight[2], 1)
    assert left(purses, detour) == [10_000, 20_000, 50_000]
    purses.prove()


def test_together_they_hold_too_little_and_nothing_is_taken(purses: Purses, three: tuple[PrintedCard, ...]) -> None:
    long, small, middle = three
    with pytest.raises(NotEnoughTogether) as refusal:
        pays(purses, long, [small, middle], {"TEA-1": 5})
    assert refusal.value.facts == {"left": Money(80_000, "CNY"), "cost": Money(84_000, "CNY")}
    assert left(purses, three) == [50_000, 10_000, 20_000]
    purses.changes(long, pays(purses, long, [small, middle], {"TEA-1": 4}), {"TEA-1": 3})
    with pytest.raises(NotEnoughLeft):
        purses.changes(long, 1, {"TEA-1": 5})
    purses.prove()


def test_what_is_paid_on_top_of_several_cards_takes_all_they_hold_and_gives_it_back(purses: Purses) -> None:
    one, other = (purses.cards(face=Money(fen, "CNY"), allows_difference=True)[0] for fen in (20_000, 10_000))
    missing = Money(16_800 * 2 - 30_000, "CNY")
    for wrong in (missing + Money(1, "CNY"), Money(13_600, "CNY")):
        with pytest.raises(NotEnoughLeft):
            pays(purses, one, [other], {"TEA-1": 2}, difference=wrong)
    pays(purses, one, [other], {"TEA-1": 2}, difference=missing)
    assert left(purses, [one, other]) == [0, 0]
    assert sorted(gave(purses, one).values()) == [10_000, 20_000]
    purses.prove()
    purses.cancels(one, 1)
    assert left(purses, [one, other]) == [20_000, 10_000]
    purses.prove()


def test_a_card_blocked_or_spent_meanwhile_takes_nothing_off_any(
    purses: Purses, three: tuple[PrintedCard, ...]
) -> None:
    long, small, middle = three
    seen = "what was shown before"
    with pytest.raises(CardsChanged):
        pays(purses, long, [small, middle], {"TEA-1": 2}, seen)
    transact, by = purses.book.database.transact, purses.book.people.staff.hotline.actor
    transact(cards.block, purses.book.card_id(small), reason=BlockReason.LOST, by=by, at=clock.now())
    pays(purses, long, [small, middle], {"TEA-1": 2})
    assert purses.book.card_id(small) not in gave(purses, long)
    purses.prove()


def test_a_card_of_another_firm_gives_nothing(purses: Purses, people: People) -> None:
    (card,) = purses.cards()
    foreign = of_another_firm(purses, people)
    with pytest.raises(NotEnoughTogether):
        pays(purses, card, [foreign], {"TEA-1": 3})
    assert left(purses, [card, foreign]) == [50_000, 50_000]


def of_another_firm(purses: Purses, people: People) -> PrintedCard:
    """A card that was Lantern's, until its programme became another firm's."""
    (card,) = purses.cards()
    programme_id = purses.held(card).programme_id
    written(purses, update(Programme).where(Programme.id == programme_id).values(firm_id=people.harbour.id))
    return card


def test_of_several_parcels_each_comes_back_by_itself(purses: Purses, three: tuple[PrintedCard, ...]) -> None:
    long, small, middle = three
    facts = SupplierFacts("WEAVERS", {"en": "The weavers", "zh_Hans": "织坊"}, "Zhou, 0571 555 0101")
    by = purses.book.people.staff.sales.actor
    supplier = purses.book.database.transact(add_supplier, facts, by=by, at=clock.now())
    written(purses, update(Item).where(Item.sku == "SILK-3").values(supplier_id=supplier.id))
    first = pays(purses, long, [small, middle], {"TEA-1": 1, "SILK-3": 1})
    assert left(purses, three) == [50_000 - 3_600, 0, 0]
    assert sum(gave(purses, long, first).values()) == sum(gave(purses, long, first + 1).values()) == 16_800
    purses.cancels(long, first)
    assert left(purses, three) == [50_000 - 3_600, 10_000, 6_800]
    purses.cancels(long, first + 1)
    assert left(purses, three) == [50_000, 10_000, 20_000]
    purses.prove()


# What comes back to a card that is not what it was


def test_it_comes_back_to_a_card_that_has_lapsed_which_is_looked_at_again(
    purses: Purses, three: tuple[PrintedCard, ...]
) -> None:
    long, small, middle = three
    pays(purses, long, [small, middle], {"TEA-1": 2})
    card_id, now = purses.book.card_id(small), clock.now()
    written(purses, update(Card).where(Card.id == card_id).values(state=CardState.LAPSED, expires_at=now))
    purses.cancels(long, 1)
    held = purses.held(small)
    assert (held.standing, held.balance.amount_minor) == (Standing.EXPIRED, 10_000)
    with purses.book.database.reading() as reader:
        programme = reader.get_one(Programme, held.programme_id)
        assert programme.next_lapse_at is not None
        assert programme.next_lapse_at <= clock.now()
        assert reader.get_one(Card, card_id).state is CardState.ACTIVE
    purses.prove()


def test_it_comes_back_to_the_card_that_was_made_instead_and_to_the_one_made_instead_of_that(
    purses: Purses, three: tuple[PrintedCard, ...]
) -> None:
    long, small, middle = three
    pays(purses, long, [small, middle], {"TEA-1": 2})
    second, third = (purses.cards(face=Money(10_000, "CNY"))[0] for _ in range(2))
    for old, new in ((small, second), (second, third)):
        replace_card(purses, old, new)
    purses.prove()
    purses.cancels(long, 1)
    assert left(purses, [long, middle, third]) == [50_000, 20_000, 10_000]
    assert purses.held(small).standing is Standing.CLOSED
    purses.prove()


def replace_card(purses: Purses, old: PrintedCard, new: PrintedCard) -> None:
    """What a reissue leaves behind: the old one void, and empty like the new one, which was made for it."""
    new_id, old_id = purses.book.card_id(new), purses.book.card_id(old)

    def replaces(tx: Transaction) -> None:
        batch_id = tx.get_one(Card, new_id).batch_id
        if tx.get_one(Card, new_id).balance_minor:
            cards.spend(tx, new_id, Money(10_000, "CNY"), subject=("card", new_id), by=SYSTEM, at=clock.now())
        assert not tx.get_one(Card, old_id, populate_existing=True).balance_minor
        values = {"state": CardState.VOID, "replaced_by_id": new_id}
        tx.change(update(Card).where(Card.id == old_id).values(values))
        assert tx.get(Batch, batch_id)

    purses.book.database.transact(replaces)


def test_never_more_comes_back_than_the_card_gave_for_it(purses: Purses) -> None:
    (card,) = purses.cards()
    purses.buys(card, {"TEA-1": 1})
    purses.buys(card, {"SILK-3": 1})
    card_id, subject = purses.book.card_id(card), purses.visit(card, 1).source

    def put_back(fen: int) -> None:
        by = holder(card_id)
        purses.book.database.transact(
            cards.put_back, card_id, Money(fen, "CNY"), subject=subject, by=by, at=clock.now()
        )

    with pytest.raises(NothingToGiveBack):
        put_back(16_801)
    put_back(10_000)
    with pytest.raises(NothingToGiveBack):
        put_back(6_801)
    put_back(6_800)
    assert purses.left(card) == 50_000 - 16_800
    purses.prove()


def test_of_many_who_put_the_same_back_at_once_one_does(purses: Purses) -> None:
    (card,) = purses.cards()
    purses.buys(card, {"TEA-1": 1})
    card_id, subject = purses.book.card_id(card), purses.visit(card, 1).source

    def puts_back(_hand: int) -> bool:
        amount, by = Money(16_800, "CNY"), holder(card_id)
        try:
            purses.book.database.transact(cards.put_back, card_id, amount, subject=subject, by=by, at=clock.now())
        except NothingToGiveBack:
            return False
        return True

    with ThreadPoolExecutor(8) as hands:
        assert sum(hands.map(puts_back, range(8))) == 1
    assert purses.left(card) == 50_000
    purses.prove()


# At once


def test_64_choices_over_two_shared_cards_never_take_more_than_there_is(purses: Purses) -> None:
    one, other = (purses.cards(face=Money(100_000, "CNY"))[0] for _ in range(2))
    purses.book.stock_up("TEA-1", 90)
    start = threading.Barrier(64)

    def chooses(hand: int) -> bool:
        opened, further = (one, other) if hand % 2 else (other, one)
        start.wait()
        try:
            pays(purses, opened, [further], {"TEA-1": hand % 3 + 1})
        except (NotEnoughLeft, CardsChanged):
            return False
        return True

    with ThreadPoolExecutor(64) as hands:
        done = sum(hands.map(chooses, range(64)))
    with purses.book.database.reading() as reader:
        spent = int(reader.scalar(select(func.sum(Redemption.value_minor))) or 0)
        visits = reader.scalar(select(func.count()).select_from(Redemption))
        along = int(reader.scalar(select(func.sum(RedemptionPayment.amount_minor))) or 0)
    assert visits == done > 3
    assert sum(left(purses, [one, other])) + spent == 200_000
    assert along <= spent <= 200_000
    purses.prove()


# In a browser without JavaScript


def to_the_check(recipient: Recipient, purses: Purses, card: PrintedCard, number: int) -> str:
    recipient.opens_card(card)
    page = recipient.client.get("/r/gift/choice").text
    data = hidden_fields(page) | {f"item-{purses.book.items['TEA-1']}": str(number)}
    recipient.client.post("/r/gift/choice", data=data)
    return recipient.writes_address().text


def adds(recipient: Recipient, text: str) -> str:
    return recipient.client.post("/r/gift/cards", data={"code": text}, follow_redirects=True).text


def test_at_the_check_a_second_card_is_added_shown_and_taken_out_again(
    recipient: Recipient, purses: Purses, three: tuple[PrintedCard, ...]
) -> None:
    long, small, middle = three
    to_the_check(recipient, purses, long, 2)
    page = adds(recipient, small.secret.printed.lower().replace(" ", "-"))
    for words in (f"Card ending in {small.secret.printed[-4:]}", "CN¥100.00", "CN¥236.00", "CN¥264.00"):
        assert words in page
    page = adds(recipient, middle.secret.printed)
    assert page.index(small.secret.printed[-4:]) < page.index(middle.secret.printed[-4:])
    assert adds(recipient, middle.secret.printed).count("Card ending in") == 3, "sent twice, it is there once"
    out = {"remove": small.serial}
    for _ in range(2):
        gone = recipient.client.post("/r/gift/cards", data=out, follow_redirects=True).text
    assert f"Card ending in {small.secret.printed[-4:]}" not in gone
    form = recipient.form_to_confirm()
    places = {recipient.client.post("/r/gift/check", data=form).location for _ in range(3)}
    assert places == {"/r/gift/orders/1"}
    assert left(purses, three) == [50_000 - 13_600, 10_000, 0]
    told = recipient.reads("/r/gift/orders/1")
    assert f"CN¥200.00 off the card ending in {middle.secret.printed[-4:]}" in told
    purses.prove()


def test_at_the_basket_the_numbers_typed_are_kept_and_both_cards_count(
    recipient: Recipient, purses: Purses, three: tuple[PrintedCard, ...]
) -> None:
    long, small, _middle = three
    recipient.opens_card(long)
    page = recipient.client.get("/r/gift/choice").text
    typed = {f"item-{purses.book.items['TEA-1']}": "3", "code": small.secret.printed}
    answer = recipient.client.post("/r/gift/choice", data=hidden_fields(page) | typed, follow_redirects=True)
    assert answer.request.path == "/r/gift/choice"
    assert 'value="3"' in answer.text
    assert "CN¥600.00" in answer.text
    data = hidden_fields(answer.text) | {f"item-{purses.book.items['TEA-1']}": "3"}
    assert recipient.client.post("/r/gift/choice", data=data).location == "/r/gift/address"


def test_what_changed_since_it_was_shown_is_shown_again_and_nothing_was_taken(
    recipient: Recipient, purses: Purses, three: tuple[PrintedCard, ...]
) -> None:
    long, small, middle = three
    to_the_check(recipient, purses, long, 1)
    adds(recipient, middle.secret.printed)
    form = recipient.form_to_confirm()
    purses.buys(middle, {"SILK-3": 1})
    answer = recipient.client.post("/r/gift/check", data=form, follow_redirects=True)
    assert answer.request.path == "/r/gift/check"
    assert "has changed meanwhile" in answer.text
    assert "CN¥136.00" in answer.text, "the new picture"
    assert left(purses, three) == [50_000, 10_000, 3_200]
    assert small


@pytest.mark.parametrize("kind", ["typo", "unknown", "not active", "book", "itself", "foreign", "empty"])
def test_what_cannot_pay_along_is_said_at_the_field(
    recipient: Recipient, purses: Purses, people: People, kind: str
) -> None:
    (card,) = purses.cards()
    to_the_check(recipient, purses, card, 1)
    match kind:
        case "typo":
            text, words = "123", "Something is missing"
        case "unknown":
            text, words = unknown_code(), "there is no card to pay with yet"
        case "not active":
            text, words = not_active(purses), "there is no card to pay with yet"
        case "book":
            text, words = purses.book.cards(1)[0].secret.printed, "the code of a gift book"
        case "itself":
            text, words = card.secret.printed, "This card is here already"
        case "foreign":
            text, words = of_another_firm(purses, people).secret.printed, "from another sender"
        case _:
            (spent,) = purses.cards(face=Money(16_800, "CNY"))
            purses.buys(spent, {"TEA-1": 1})
            text, words = spent.secret.printed, "Nothing is left on this card"
    answer = recipient.client.post("/r/gift/cards", data={"code": text})
    assert answer.status_code == 422
    assert words in answer.text
    assert 'id="code-error"' in answer.text


def unknown_code() -> str:
    from giftshop.kernel.codes import Secret, parse

    for number in range(32):
        letter = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[number]
        found = parse("2222 3333 4444 555" + letter)
        if isinstance(found, Secret):
            return found.printed
    raise AssertionError("one of the check letters must be right")


def not_active(purses: Purses) -> str:
    (card,) = purses.cards()
    card_id = purses.book.card_id(card)
    sealed = update(Card).where(Card.id == card_id).values(state=CardState.SEALED, activated_at=None)
    written(purses, sealed)
    return card.secret.printed


def test_guessing_at_further_cards_is_limited_like_guessing_at_the_entrance(
    recipient: Recipient, purses: Purses
) -> None:
    (card,) = purses.cards()
    to_the_check(recipient, purses, card, 1)
    for _ in range(10):
        assert recipient.client.post("/r/gift/cards", data={"code": unknown_code()}).status_code == 422
    refused = recipient.client.post("/r/gift/cards", data={"code": unknown_code()})
    assert refused.status_code == 429
    assert "Too many codes" in refused.text


def test_the_other_cards_holder_sees_the_visit_and_must_prove_the_phone_for_the_address(
    recipient: Recipient, another: Recipient, purses: Purses, three: tuple[PrintedCard, ...]
) -> None:
    long, small, middle = three
    pays(purses, long, [small], {"TEA-1": 1})
    purse = another.opens_card(small).text
    assert "Paid along with another card" in purse
    assert "CN¥100.00" in purse
    page = another.reads("/r/gift/along/1")
    assert "West Lake Longjing" in page
    assert "体育西路" not in page
    proved = another.client.post("/r/gift/along/1", data={"last_digits": "5678"}, follow_redirects=True).text
    assert "体育西路" in proved
    assert another.client.get("/r/gift/along/2").status_code == 404
    recipient.opens_card(middle)
    assert recipient.client.get("/r/gift/along/1").status_code == 404
