"""A shopping card, spent in as many visits as it lasts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from giftshop import cards, ledger
from giftshop.cards import CardExpired, NotEnoughLeft, NothingToGiveBack, PrintedCard, Standing
from giftshop.cards.models import Card
from giftshop.fulfilment import AlreadyPacking, ShipmentState, lines_by_shipment
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.money import Money
from giftshop.ledger import Account, EntryKind, Posting
from giftshop.redemption import BasketEmpty, JustTaken, NotAmongTheGifts
from giftshop.redemption.errors import NotChangeable
from giftshop.redemption.rules import RedemptionState
from tests.redemption.conftest import HAN, Book, Recipient, hidden_fields, link_of
from tests.redemption.purses import Purses


@pytest.fixture
def purses(book: Book) -> Purses:
    return Purses(book)


@pytest.fixture
def purse(purses: Purses) -> PrintedCard:
    """¥500, in Li Lei's hand; each product costs ¥168."""
    return purses.cards()[0]


def test_it_is_spent_in_two_visits_and_each_is_a_parcel_of_its_own(purses: Purses, purse: PrintedCard) -> None:
    assert purses.buys(purse, {"TEA-1": 1}) == 1
    assert purses.left(purse) == 33_200
    assert purses.buys(purse, {"SILK-3": 1}, HAN) == 2
    assert purses.left(purse) == 16_400
    assert purses.held(purse).standing is Standing.OPEN
    first, second = purses.shipment(purse, 1), purses.shipment(purse, 2)
    assert (first.receiver_name, second.receiver_name) == ("李雷", "韩梅梅")
    purses.prove()


def test_several_things_of_one_visit_are_one_parcel(purses: Purses, purse: PrintedCard) -> None:
    purses.buys(purse, {"TEA-1": 1, "CUP-2": 1})
    shipment = purses.shipment(purse, 1)
    with purses.book.database.reading() as reader:
        lines = lines_by_shipment(reader, [shipment.id])[shipment.id]
    assert [(line.code, line.quantity) for line in lines] == [("TEA-1", 1), ("CUP-2", 1)]
    assert purses.left(purse) == 50_000 - 2 * 16_800


def test_more_than_it_holds_is_refused_with_both_figures_and_nothing_is_taken(
    purses: Purses, purse: PrintedCard
) -> None:
    with pytest.raises(NotEnoughLeft) as refusal:
        purses.buys(purse, {"TEA-1": 3})
    assert refusal.value.facts == {"left": Money(50_000, "CNY"), "cost": Money(50_400, "CNY")}
    assert (purses.left(purse), purses.book.left("TEA-1")) == (50_000, 10)
    purses.prove()


@pytest.mark.parametrize("wanted", [{}, {"TEA-1": 0}])
def test_an_empty_basket_is_refused(purses: Purses, purse: PrintedCard, wanted: dict[str, int]) -> None:
    with pytest.raises(BasketEmpty):
        purses.buys(purse, wanted)


@pytest.mark.parametrize("number", [-1, 21])
def test_a_hand_made_number_is_refused(purses: Purses, purse: PrintedCard, number: int) -> None:
    with pytest.raises(NotAmongTheGifts):
        purses.buys(purse, {"TEA-1": number})
    assert purses.left(purse) == 50_000


def test_a_product_of_no_choice_of_the_firm_is_refused(purses: Purses) -> None:
    (card,) = purses.cards(products=[purses.book.items["TEA-1"]])
    with pytest.raises(NotAmongTheGifts):
        purses.buys(card, {"SILK-3": 1})


def test_what_ran_out_is_named_and_nothing_is_taken(purses: Purses, purse: PrintedCard) -> None:
    purses.book.take_all("CUP-2")
    with pytest.raises(JustTaken) as refusal:
        purses.buys(purse, {"TEA-1": 1, "CUP-2": 1})
    assert refusal.value.facts["item_id"] == purses.book.items["CUP-2"]
    assert (purses.left(purse), purses.book.left("TEA-1")) == (50_000, 10)


def test_a_dearer_choice_takes_the_difference_and_a_cheaper_one_gives_it_back(
    purses: Purses, purse: PrintedCard
) -> None:
    purses.buys(purse, {"TEA-1": 1})
    purses.changes(purse, 1, {"TEA-1": 1, "SILK-3": 1})
    assert purses.left(purse) == 50_000 - 33_600
    purses.changes(purse, 1, {"CUP-2": 1})
    assert purses.left(purse) == 50_000 - 16_800
    assert [purses.book.left(sku) for sku in ("TEA-1", "CUP-2", "SILK-3")] == [10, 9, 10]
    purses.prove()


def test_a_change_beyond_what_is_left_is_refused_and_the_first_choice_stays(purses: Purses, purse: PrintedCard) -> None:
    purses.buys(purse, {"TEA-1": 2})
    with pytest.raises(NotEnoughLeft):
        purses.changes(purse, 1, {"TEA-1": 2, "SILK-3": 1})
    assert (purses.left(purse), purses.book.left("TEA-1"), purses.book.left("SILK-3")) == (16_400, 8, 10)
    purses.prove()


def test_given_up_before_packing_it_is_all_back(purses: Purses, purse: PrintedCard) -> None:
    purses.buys(purse, {"TEA-1": 2})
    purses.cancels(purse, 1)
    assert (purses.left(purse), purses.book.left("TEA-1")) == (50_000, 10)
    assert purses.visit(purse, 1).state is RedemptionState.CANCELLED
    assert purses.shipment(purse, 1).state is ShipmentState.CANCELLED
    with pytest.raises(NotChangeable):
        purses.cancels(purse, 1)
    assert purses.left(purse) == 50_000
    purses.prove()


def test_once_packing_has_begun_nothing_comes_back(purses: Purses, purse: PrintedCard) -> None:
    purses.buys(purse, {"TEA-1": 1})
    shipment, packer = purses.shipment(purse, 1), purses.book.people.staff.fulfilment.actor
    from giftshop import fulfilment

    purses.book.database.transact(fulfilment.claim, shipment.id, by=packer, at=clock.now())
    with pytest.raises(AlreadyPacking):
        purses.cancels(purse, 1)
    with pytest.raises(AlreadyPacking):
        purses.changes(purse, 1, {"CUP-2": 1})
    assert purses.left(purse) == 33_200
    assert purses.visit(purse, 1).state is RedemptionState.CONFIRMED
    purses.prove()


def test_value_that_comes_back_late_is_not_lost(purses: Purses, purse: PrintedCard) -> None:
    purses.buys(purse, {"TEA-1": 1})
    lapsed = update(Card).where(Card.id == purses.book.card_id(purse)).values(expires_at=clock.now())
    purses.book.database.transact(lambda tx: tx.change(lapsed))
    purses.cancels(purse, 1)
    assert purses.left(purse) == 50_000
    with pytest.raises(CardExpired):
        purses.buys(purse, {"TEA-1": 1})


def test_no_more_than_its_face_value_is_ever_on_it(purses: Purses, purse: PrintedCard) -> None:
    card_id = purses.book.card_id(purse)
    with pytest.raises(NothingToGiveBack):
        purses.book.database.transact(
            cards.put_back, card_id, Money(1, "CNY"), subject=("card", card_id), by=SYSTEM, at=clock.now()
        )


def test_a_price_that_rose_since_leaves_what_was_chosen_as_it_was(purses: Purses, purse: PrintedCard) -> None:
    purses.buys(purse, {"TEA-1": 1})
    from giftshop.catalogue.models import Item

    dearer = update(Item).where(Item.id == purses.book.items["TEA-1"]).values(price_minor=20_000)
    purses.book.database.transact(lambda tx: tx.change(dearer))
    purses.changes(purse, 1, {"TEA-1": 1, "CUP-2": 1})
    assert purses.left(purse) == 50_000 - 16_800 - 16_800


def test_a_named_card_never_lapses(purses: Purses) -> None:
    (card,) = purses.cards(valid_until=None)
    held = purses.held(card)
    assert held.valid_until is None
    with purses.book.database.reading() as reader:
        later = cards.held_card(reader, held.id, at=clock.now() + timedelta(days=36_500))
    assert later.standing is Standing.OPEN


def test_each_move_is_an_entry_that_says_what_it_was_for(purses: Purses, purse: PrintedCard) -> None:
    purses.buys(purse, {"TEA-1": 1})
    purses.changes(purse, 1, {"TEA-1": 2})
    purses.cancels(purse, 1)
    card_id, visit_id = purses.book.card_id(purse), purses.visit(purse, 1).id
    with purses.book.database.reading() as reader:
        own = select(Posting).where(Posting.card_id == card_id, Posting.account == Account.OUTSTANDING)
        posted = [
            (each.kind, each.amount_minor, each.subject_kind, each.subject_id)
            for each in reader.scalars(own.order_by(Posting.id))
        ]
    assert posted == [
        (EntryKind.SPEND, 16_800, "redemption", visit_id),
        (EntryKind.SPEND, 16_800, "redemption", visit_id),
        (EntryKind.REVERSE, -33_600, "redemption", visit_id),
    ]


def test_a_gift_book_is_worth_its_tier_in_the_ledger(book: Book, card: PrintedCard) -> None:
    book.redeemed(card)
    with book.database.reading() as reader:
        standing = ledger.standing_of(reader)
    assert standing[Account.OUTSTANDING, "CNY"].amount_minor == 0
    assert standing[Account.REDEEMED, "CNY"].amount_minor == -20_000
    assert standing[Account.SOLD, "CNY"].amount_minor == 20_000


def test_a_balance_that_somebody_changed_is_named_by_the_proof(purses: Purses, purse: PrintedCard) -> None:
    forged = update(Card).where(Card.id == purses.book.card_id(purse)).values(balance_minor=49_999)
    purses.book.database.transact(lambda tx: tx.change(forged))
    told = purses.book.app.test_cli_runner().invoke(args=["ledger", "prove"])
    assert told.exit_code == 1
    assert f"card {purse.serial} holds 49999, and its postings say 50000 CNY" in told.output


def test_the_proof_says_that_all_is_well(purses: Purses, purse: PrintedCard) -> None:
    purses.buys(purse, {"TEA-1": 1})
    told = purses.book.app.test_cli_runner().invoke(args=["ledger", "prove"])
    assert told.exit_code == 0, told.output
    assert "Every entry sums to zero" in told.output


# In a browser without JavaScript


def fills(recipient: Recipient, purses: Purses, wanted: dict[str, int], path: str = "/r/gift/choice") -> str:
    page = recipient.client.get(path).text
    data = hidden_fields(page) | {f"item-{purses.book.items[sku]}": str(number) for sku, number in wanted.items()}
    return recipient.client.post(path, data=data, follow_redirects=True).text


def test_li_lei_opens_chooses_checks_and_confirms(recipient: Recipient, purses: Purses, purse: PrintedCard) -> None:
    page = recipient.opens_card(purse).text
    assert "¥500.00" in page
    assert "16,800" not in page
    assert "¥168.00" in recipient.reads("/r/gift/choice")
    fills(recipient, purses, {"TEA-1": 2})
    check = recipient.writes_address().text
    for figure in ("¥336.00", "¥164.00", "¥168.00 × 2"):
        assert figure in check
    answer = recipient.confirms()
    assert answer.request.path == "/r/gift/orders/1"
    assert "West Lake Longjing × 2" in answer.text
    assert "¥164.00" in recipient.reads()


def test_a_second_tap_takes_nothing_more(recipient: Recipient, purses: Purses, purse: PrintedCard) -> None:
    recipient.opens_card(purse)
    fills(recipient, purses, {"TEA-1": 1})
    recipient.writes_address()
    form = recipient.form_to_confirm()
    places = {recipient.client.post("/r/gift/check", data=form).location for _ in range(3)}
    assert places == {"/r/gift/orders/1"}
    assert purses.left(purse) == 33_200


def test_too_much_is_said_with_figures_and_the_numbers_are_kept(
    recipient: Recipient, purses: Purses, purse: PrintedCard
) -> None:
    recipient.opens_card(purse)
    page = fills(recipient, purses, {"TEA-1": 3})
    assert "This card holds CN¥500.00, and what you chose costs CN¥504.00." in page
    assert 'value="3"' in page


@pytest.mark.parametrize("typed", ["-1", "21", "many", "1.5", "９９９９９９９９９９９９９９９９９９"])
def test_no_number_is_said_at_its_field(recipient: Recipient, purses: Purses, purse: PrintedCard, typed: str) -> None:
    recipient.opens_card(purse)
    page = recipient.client.get("/r/gift/choice").text
    data = hidden_fields(page) | {f"item-{purses.book.items['TEA-1']}": typed}
    answer = recipient.client.post("/r/gift/choice", data=data)
    assert answer.status_code == 422
    assert f'id="item-{purses.book.items["TEA-1"]}-error"' in answer.text


def test_spent_in_another_hand_meanwhile_leads_back_to_the_choice_with_the_address_kept(
    recipient: Recipient, purses: Purses, purse: PrintedCard
) -> None:
    recipient.opens_card(purse)
    fills(recipient, purses, {"TEA-1": 2})
    recipient.writes_address()
    form = recipient.form_to_confirm()
    purses.buys(purse, {"SILK-3": 1}, HAN)
    answer = recipient.client.post("/r/gift/check", data=form, follow_redirects=True)
    assert answer.request.path == "/r/gift/choice"
    assert "This card holds CN¥332.00, and what you chose costs CN¥336.00." in answer.text
    assert "体育西路" in recipient.reads("/r/gift/address")
    assert purses.left(purse) == 33_200


def test_the_last_one_taken_meanwhile_is_named(recipient: Recipient, purses: Purses, purse: PrintedCard) -> None:
    recipient.opens_card(purse)
    fills(recipient, purses, {"TEA-1": 1, "CUP-2": 1})
    recipient.writes_address()
    form = recipient.form_to_confirm()
    purses.book.take_all("CUP-2")
    answer = recipient.client.post("/r/gift/check", data=form, follow_redirects=True)
    assert "has just been taken by somebody else" in answer.text
    assert purses.left(purse) == 50_000


def test_in_the_browser_it_is_changed_and_given_up(recipient: Recipient, purses: Purses, purse: PrintedCard) -> None:
    recipient.opens_card(purse)
    fills(recipient, purses, {"TEA-1": 1})
    recipient.writes_address()
    recipient.confirms()
    page = fills(recipient, purses, {"TEA-1": 0, "SILK-3": 2}, "/r/gift/orders/1/choice")
    assert "Silk scarf × 2" in page
    assert purses.left(purse) == 16_400
    cancelled = recipient.client.post(
        "/r/gift/orders/1/cancel", data={"request_key": "give-it-up"}, follow_redirects=True
    )
    assert "is back on your card" in cancelled.text
    assert purses.left(purse) == 50_000
    assert "¥500.00" in recipient.reads()


def test_whoever_else_holds_the_code_sees_masked_addresses_and_must_prove_the_phone(
    recipient: Recipient, another: Recipient, purses: Purses, purse: PrintedCard
) -> None:
    purses.buys(purse, {"TEA-1": 1})
    purses.buys(purse, {"TEA-1": 1}, HAN)
    another.opens_card(purse)
    assert "体育西路" not in another.reads("/r/gift/orders/1")
    another.client.post("/r/gift/orders/1/cancel", data={"request_key": "not-mine"})
    assert purses.left(purse) == 16_400
    another.client.post("/r/gift/orders/1/proof", data={"last_digits": "5678"})
    assert "体育西路" in another.reads("/r/gift/orders/1")
    assert "文三路" not in another.reads("/r/gift/orders/2")


def test_a_tracking_link_is_of_one_visit(recipient: Recipient, purses: Purses, purse: PrintedCard) -> None:
    purses.buys(purse, {"TEA-1": 1})
    purses.buys(purse, {"SILK-3": 1})
    from giftshop.redemption.links import TrackingLink

    key = purses.book.app.settings.link_key
    link = TrackingLink(purses.held(purse).public_id, 1, 2).signed(key)
    assert "Silk scarf" in recipient.reads(f"/t/{link}")
    assert "West Lake Longjing" in recipient.reads(link_of(purses.book, purse))
    unknown = TrackingLink(purses.held(purse).public_id, 1, 3).signed(key)
    assert recipient.client.get(f"/t/{unknown}").status_code == 404


@pytest.mark.parametrize("path", ["/r/gift/orders/7", "/r/gift/orders/1/choice", "/r/gift/orders/0"])
def test_a_visit_that_there_is_not(recipient: Recipient, purses: Purses, purse: PrintedCard, path: str) -> None:
    recipient.opens_card(purse)
    assert recipient.client.get(path).status_code in {302, 303, 404}


def test_pages_of_gift_books_do_not_open_shopping_cards_nor_the_reverse(
    recipient: Recipient, book: Book, card: PrintedCard
) -> None:
    book.redeemed(card)
    recipient.opens_card(card)
    assert recipient.client.get("/r/gift/orders/1").status_code == 404


def test_a_programme_whose_money_went_back_owes_nothing(purses: Purses) -> None:
    (card, _other) = purses.cards(2)
    programme_id = purses.held(card).programme_id
    purses.book.database.transact(cards.void_programme, programme_id, by=SYSTEM, at=clock.now())
    with purses.book.database.reading() as reader:
        standing = ledger.standing_of(reader)
    assert standing[Account.OUTSTANDING, "CNY"].amount_minor == 0
    assert standing[Account.RETURNED, "CNY"].amount_minor == -100_000
    purses.prove()


def test_one_of_which_a_card_was_spent_in_part_cannot_go_back_whole(purses: Purses) -> None:
    (card, _other) = purses.cards(2)
    purses.buys(card, {"TEA-1": 1})
    with pytest.raises(cards.AlreadyClaimed):
        purses.book.database.transact(cards.void_programme, purses.held(card).programme_id, by=SYSTEM, at=clock.now())
    assert purses.held(card).standing is Standing.OPEN
    purses.prove()
