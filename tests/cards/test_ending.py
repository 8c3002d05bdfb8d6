"""The end of cards: booked out, extended, brought back, settled as the firm chose; and reminders before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from giftshop import cards, ledger
from giftshop.cards import BatchState, BlockReason, CardState, Unredeemed
from giftshop.cards.ending import find_ended
from giftshop.cards.expiry import LAPSE_AFTER
from giftshop.db import Database
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.market import MarketRules, StoredValueRules
from giftshop.kernel.money import Money
from giftshop.ledger import Account
from giftshop.web import GiftShop
from tests.cards.making import AFTER_LAST_DAY, NOW, Made, cards_in, make, terms
from tests.people import People

LAPSED = AFTER_LAST_DAY + LAPSE_AFTER
NEW_YEARS_EVE = date(2027, 12, 31)
CNY = "CNY"


def owed(database: Database, account: Account) -> int:
    """What stands on an account, in fen."""
    with database.reading() as reader:
        found = ledger.standing_of(reader).get((account, CNY))
        assert list(cards.differences(reader)) == []
        assert list(ledger.imbalances(reader)) == []
    return -found.amount_minor if found else 0


def the_years_pass(app: GiftShop) -> None:
    app.database.transact(find_ended, LAPSED, time_zone="Asia/Shanghai")
    app.jobs.run_due(at=LAPSED)


def started(app: GiftShop, people: People, **changes: object) -> int:
    return app.database.transact(cards.start_programme, terms(people.lantern.id, **changes), by=SYSTEM, at=NOW)


def test_what_nobody_redeemed_is_booked_out_after_its_last_day_and_not_before(app: GiftShop, people: People) -> None:
    made = make(app, people, 3)
    claimed = cards_in(app.database, made.batch_id)[0]
    app.database.transact(cards.claim, claimed.id, by=SYSTEM, at=NOW)
    app.database.transact(find_ended, AFTER_LAST_DAY, time_zone="Asia/Shanghai")
    app.jobs.run_due(at=AFTER_LAST_DAY)
    assert owed(app.database, Account.OUTSTANDING) == 40_000
    the_years_pass(app)
    states = [card.state for card in cards_in(app.database, made.batch_id)]
    assert states == [CardState.CLAIMED, CardState.LAPSED, CardState.LAPSED]
    assert (owed(app.database, Account.OUTSTANDING), owed(app.database, Account.EXPIRED)) == (0, 40_000)


def test_days_of_grace_are_not_told_and_still_taken(app: GiftShop, people: People) -> None:
    made = make(app, people, 2, programme_id=started(app, people, grace_days=3))
    first, second = cards_in(app.database, made.batch_id)
    with app.database.reading() as reader:
        held = cards.held_card(reader, first.id, at=AFTER_LAST_DAY + timedelta(days=2))
    assert (held.valid_until, held.standing) == (date(2026, 12, 31), cards.Standing.OPEN)
    app.database.transact(cards.claim, first.id, by=SYSTEM, at=AFTER_LAST_DAY + timedelta(days=3, seconds=-1))
    with pytest.raises(cards.CardExpired):
        app.database.transact(cards.claim, second.id, by=SYSTEM, at=AFTER_LAST_DAY + timedelta(days=3))


def test_an_extended_programme_gives_back_what_had_lapsed(app: GiftShop, people: People) -> None:
    made = make(app, people, 2)
    the_years_pass(app)
    changed = app.database.transact(
        cards.extend_programme, made.programme_id, NEW_YEARS_EVE, reason="They were ill", by=SYSTEM, at=LAPSED
    )
    assert changed == 2
    assert (owed(app.database, Account.OUTSTANDING), owed(app.database, Account.EXPIRED)) == (40_000, 0)
    for card in cards_in(app.database, made.batch_id):
        assert card.state is CardState.ACTIVE
        app.database.transact(cards.claim, card.id, by=SYSTEM, at=LAPSED)


def test_one_card_can_be_extended_alone_and_lapses_again_on_its_own_day(app: GiftShop, people: People) -> None:
    made = make(app, people, 2)
    the_years_pass(app)
    mine = cards_in(app.database, made.batch_id)[1]
    later = date(2027, 1, 31)
    app.database.transact(cards.extend_cards, [mine.id], later, reason="A parcel lost", by=SYSTEM, at=LAPSED)
    assert owed(app.database, Account.OUTSTANDING) == 20_000
    in_february = LAPSED + timedelta(days=31)
    app.database.transact(find_ended, in_february, time_zone="Asia/Shanghai")
    app.jobs.run_due(at=in_february)
    assert (owed(app.database, Account.OUTSTANDING), owed(app.database, Account.EXPIRED)) == (0, 40_000)


def test_an_earlier_day_a_missing_reason_or_one_in_the_past_extends_nothing(app: GiftShop, people: People) -> None:
    made = make(app, people, 1)
    extend = cards.extend_programme
    for until, reason, at in (
        (date(2026, 12, 31), "same day", NOW),
        (date(2026, 12, 1), "earlier", NOW),
        (date(2027, 1, 5), "past", LAPSED + timedelta(days=30)),
    ):
        with pytest.raises(cards.CannotExtend):
            app.database.transact(extend, made.programme_id, until, reason=reason, by=SYSTEM, at=at)
    with pytest.raises(cards.WhyNeeded):
        app.database.transact(extend, made.programme_id, NEW_YEARS_EVE, reason=" ", by=SYSTEM, at=NOW)


def test_a_blocked_card_lapses_once_it_is_unblocked(app: GiftShop, people: People) -> None:
    made = make(app, people, 1)
    card = cards_in(app.database, made.batch_id)[0]
    app.database.transact(cards.block, card.id, reason=BlockReason.LOST, by=SYSTEM, at=NOW)
    the_years_pass(app)
    assert owed(app.database, Account.OUTSTANDING) == 20_000
    later = LAPSED + timedelta(days=9)
    app.database.transact(cards.unblock, card.id, by=SYSTEM, at=later)
    app.database.transact(find_ended, later + LAPSE_AFTER, time_zone="Asia/Shanghai")
    app.jobs.run_due(at=later + LAPSE_AFTER)
    assert owed(app.database, Account.EXPIRED) == 20_000


@pytest.mark.parametrize(
    ("choice", "account"),
    [
        (Unredeemed.KEEP, Account.KEPT),
        (Unredeemed.RETURN, Account.RETURNED),
        (Unredeemed.CREDIT, Account.CREDITED),
        (Unredeemed.DONATE, Account.DONATED),
    ],
)
def test_what_expired_goes_where_the_firm_chose_and_its_cards_end(
    app: GiftShop, people: People, choice: Unredeemed, account: Account
) -> None:
    made = make(app, people, 2, programme_id=started(app, people, unredeemed=choice))
    the_years_pass(app)
    finance, market = people.staff.finance.actor, MarketRules()
    app.database.transact(cards.settle, made.programme_id, market=market, by=finance, at=LAPSED)
    assert (owed(app.database, account), owed(app.database, Account.EXPIRED)) == (40_000, 0)
    assert {card.state for card in cards_in(app.database, made.batch_id)} == {CardState.VOID}
    with pytest.raises(cards.NothingToSettle):
        app.database.transact(cards.settle, made.programme_id, market=market, by=finance, at=LAPSED)
    with pytest.raises(cards.CannotExtend):
        app.database.transact(
            cards.extend_programme, made.programme_id, NEW_YEARS_EVE, reason="too late", by=SYSTEM, at=LAPSED
        )


def test_stored_value_in_the_mainland_stays_owed_whatever_was_chosen(app: GiftShop, people: People) -> None:
    programme_id = started(app, people, kind=cards.ProgrammeKind.STORED_VALUE, unredeemed=Unredeemed.RETURN)
    batch_id = shopping_cards(app, people, programme_id)
    the_years_pass(app)
    assert owed(app.database, Account.EXPIRED) == 30_000
    finance = people.staff.finance.actor
    with pytest.raises(cards.StillOwed):
        app.database.transact(cards.settle, programme_id, market=MarketRules(), by=finance, at=LAPSED)
    elsewhere = MarketRules(country="XX", stored_value=StoredValueRules(breakage_is_final=True))
    app.database.transact(cards.settle, programme_id, market=elsewhere, by=finance, at=LAPSED)
    assert owed(app.database, Account.RETURNED) == 30_000
    assert {card.state for card in cards_in(app.database, batch_id)} == {CardState.VOID}


def test_a_spent_and_extended_shopping_card_holds_what_it_held_when_it_lapsed(app: GiftShop, people: People) -> None:
    batch_id = shopping_cards(app, people, started(app, people, kind=cards.ProgrammeKind.STORED_VALUE))
    one = cards_in(app.database, batch_id)[0]
    app.database.transact(cards.spend, one.id, Money(2_550, CNY), subject=("redemption", 1), by=SYSTEM, at=NOW)
    the_years_pass(app)
    assert owed(app.database, Account.EXPIRED) == 27_450
    app.database.transact(cards.extend_cards, [one.id], NEW_YEARS_EVE, reason="asked", by=SYSTEM, at=LAPSED)
    assert cards_in(app.database, batch_id)[0].balance_minor == 7_450
    assert owed(app.database, Account.OUTSTANDING) == 7_450


def test_the_firm_is_reminded_thirty_days_a_week_and_a_day_before_once_each(app: GiftShop, people: People) -> None:
    heard: list[cards.ProgrammeEnding] = []
    app.events.subscribe(cards.ProgrammeEnding, lambda tx, event: heard.append(event))
    make(app, people, 2)
    for days in (40, 30, 29, 8, 7, 3, 1, 1):
        moment = AFTER_LAST_DAY - timedelta(days=days, hours=12)
        app.database.transact(find_ended, moment, time_zone="Asia/Shanghai")
        with app.app_context():
            app.jobs.run_due(at=moment)
    assert [event.days for event in heard] == [30, 7, 1]


def test_a_programme_that_was_redeemed_whole_reminds_nobody(app: GiftShop, people: People) -> None:
    heard: list[cards.ProgrammeEnding] = []
    app.events.subscribe(cards.ProgrammeEnding, lambda tx, event: heard.append(event))
    made: Made = make(app, people, 1)
    app.database.transact(cards.claim, cards_in(app.database, made.batch_id)[0].id, by=SYSTEM, at=NOW)
    moment = AFTER_LAST_DAY - timedelta(days=5)
    app.database.transact(find_ended, moment, time_zone="Asia/Shanghai")
    with app.app_context():
        app.jobs.run_due(at=moment)
    assert heard == []


def shopping_cards(app: GiftShop, people: People, programme_id: int) -> int:
    """Three shopping cards of ¥100, open."""
    transact = app.database.transact
    batch_id = transact(
        cards.draw_up,
        programme_id,
        face=Money(10_000, CNY),
        quantity=3,
        public_url="https://gifts.example",
        by=SYSTEM,
        at=NOW,
    )
    transact(cards.issue, batch_id, by=SYSTEM, at=NOW)
    app.jobs.run_due(at=NOW + timedelta(seconds=1))
    for step in (cards.mark_printed, cards.mark_shipped, cards.activate):
        transact(step, batch_id, by=SYSTEM, at=NOW)
    with app.database.reading() as reader:
        assert cards.batch(reader, batch_id).state is BatchState.ACTIVE
    return batch_id
