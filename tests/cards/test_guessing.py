"""Somebody guesses, from one place or from everywhere; whoever is honest gets in all the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from giftshop import alarms, cards
from giftshop.alarms import AlarmKind
from giftshop.audit import AuditEvent
from giftshop.cards import BatchState, HeldCard
from giftshop.cards.attempts import attempts_page
from giftshop.cards.guessing import KEPT, MOST_OVER_ALL, is_flood, network_of
from giftshop.cards.models import CardOpening, Reprieve, WrongCode, batch_number
from giftshop.cards.watching import MANY_CARDS, WATCH_JOB, promise_to_watch, watch
from giftshop.db import Database, Transaction
from giftshop.jobs import Job, JobRun
from giftshop.kernel import clock
from giftshop.kernel.codes import draw_block, secrets_in
from giftshop.web import GiftShop
from tests.cards.making import NOW, cards_in, make
from tests.people import People, sign_in


def guesses(database: Database, addresses: Sequence[str], at: datetime = NOW) -> None:
    """A wrong code from each address."""

    def all_of_them(tx: Transaction) -> None:
        for address in addresses:
            cards.count_wrong(tx, address, at=at)

    database.transact(all_of_them)


def gets_in(app: GiftShop, code: str, address: str, at: datetime = NOW) -> bool:
    """Whether the card with this code opens from there."""
    with app.database.reading() as reader:
        try:
            found = cards.card_by_code(reader, code, keyring=app.settings.keyring, address=address, at=at)
        except cards.TooManyGuesses:
            return False
    return isinstance(found, HeldCard)


def botnet(size: int) -> list[str]:
    return [f"198.51.{number // 250}.{number % 250}" for number in range(size)]


def test_during_an_attack_from_everywhere_honest_people_get_in(app: GiftShop, people: People) -> None:
    """The figure of safety.md: honest redemptions from other addresses succeed at 99% at least."""
    honest = make(app, people, 100)
    attackers, slipped = botnet(200), "203.0.113.200"
    guesses(app.database, [*attackers, slipped])
    assert gets_in(app, honest.codes[0].printed, slipped), "one wrong code is nothing, as long as there are few"
    refused_attackers = 0
    let_in = 0
    for number, code in enumerate(honest.codes):
        guesses(app.database, [attackers[(2 * number) % 200], attackers[(2 * number + 1) % 200]])
        refused_attackers += not gets_in(app, code.printed, attackers[number])
        let_in += gets_in(app, code.printed, f"203.0.113.{number}")
    assert let_in >= 99
    assert refused_attackers >= 45, "from 300 wrong codes on each of them is refused, also with a right code"
    with app.database.reading() as reader:
        assert is_flood(reader, at=NOW)
    assert not gets_in(app, honest.codes[0].printed, slipped)
    later = NOW + timedelta(minutes=5)
    assert gets_in(app, honest.codes[0].printed, slipped, at=later), "when it is over, one wrong code is nothing again"


def test_in_a_flood_the_hotline_goes_on_and_each_agent_has_limits_of_their_own(app: GiftShop, people: People) -> None:
    code = make(app, people, 1).codes[0].printed
    guesses(app.database, botnet(MOST_OVER_ALL))
    guesses(app.database, ["hotline:7"])
    assert gets_in(app, code, "hotline:7")
    guesses(app.database, ["hotline:7"] * 9)
    assert not gets_in(app, code, "hotline:7")
    assert gets_in(app, code, "hotline:8")


@pytest.mark.parametrize(
    ("written", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("203.0.113.7:50123", "203.0.113.7"),
        ("[2001:db8:1:2::9]:443", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("hotline:7", "hotline:7"),
        ("", "unknown"),
        ("203.0.113.7, 198.51.100.1", "unknown"),
        ("hotline:x" + "7" * 200, "unknown"),
        ("'; DROP TABLE cards", "unknown"),
    ],
)
def test_a_port_or_nonsense_gains_a_guesser_nothing(written: str, counted: str) -> None:
    assert network_of(written) == counted


def test_looking_at_the_limits_reads_no_more_however_many_were_wrong(app: GiftShop, people: People) -> None:
    """Ten times as many wrong codes: still one statement before the card, which stops counting at the threshold."""
    guesses(app.database, botnet(MOST_OVER_ALL) * 3)
    with app.database.reading() as reader:
        counted = select(func.count()).select_from(WrongCode)
        assert reader.scalars(counted).one() == 3 * MOST_OVER_ALL
        plan_word = "EXPLAIN QUERY PLAN" if app.database.is_sqlite else "EXPLAIN"
        statement = "SELECT id FROM wrong_codes WHERE tried_at > '2026-09-01' LIMIT 300"
        if not app.database.is_sqlite:
            reader.connection().exec_driver_sql("SET LOCAL enable_seqscan = off")
        plan = str(reader.connection().exec_driver_sql(f"{plan_word} {statement}").all())
    assert "ix_wrong_codes_tried_at" in plan


def test_staff_see_who_guesses_and_let_somebody_in_again(
    app: GiftShop, client: FlaskClient, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    code, home = make(app, people, 1).codes[0].printed, "203.0.113.9"
    guesses(app.database, [home] * 10)
    guesses(app.database, ["hotline:7"])
    sign_in(client, people.staff.hotline)
    page = client.get("/desk/wrong-codes").text
    assert home in page
    assert page.count("Refused now") == 1
    assert "Hotline agent no. 7" in page
    assert "guessed at from many places" not in page
    asked = client.post("/desk/wrong-codes/forgive", data={"network": home, "reason": " "})
    assert asked.status_code == 422
    assert not gets_in(app, code, home)
    reason = "Called from a hotel"
    client.post("/desk/wrong-codes/forgive", data={"network": home, "reason": reason})
    assert gets_in(app, code, home)
    assert client.post("/desk/wrong-codes/forgive", data={"network": home, "reason": reason}).status_code == 422
    with app.database.reading() as reader:
        reprieve = reader.scalars(select(Reprieve)).one()
        event = reader.scalars(select(AuditEvent).where(AuditEvent.action == "cards.forgive_guesses")).one()
        (row,) = [each for each in attempts_page(reader, after=None, at=NOW).rows if each.network == home]
    assert (reprieve.reason, reprieve.given_by, reprieve.wrong_codes) == (reason, people.staff.hotline.id, 10)
    assert (event.subject_id, event.actor_id) == (reprieve.id, people.staff.hotline.id)
    assert home not in str(event.facts)
    assert (row.in_short, row.in_long, row.in_a_day, row.is_refused) == (0, 0, 10, False)


def test_the_list_of_networks_goes_on_over_pages_and_says_when_there_is_a_flood(
    app: GiftShop, client: FlaskClient, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    guesses(app.database, botnet(MOST_OVER_ALL))
    sign_in(client, people.staff.administrator)
    assert "guessed at from many places" in client.get("/desk/wrong-codes").text
    seen: list[str] = []
    with app.database.reading() as reader:
        page = attempts_page(reader, after=None, at=NOW)
        seen += [row.network for row in page.rows]
        while page.next:
            page = attempts_page(reader, after=page.next, at=NOW)
            seen += [row.network for row in page.rows]
    assert sorted(seen) == sorted(botnet(MOST_OVER_ALL))


def looks(app: GiftShop, at: datetime = NOW) -> list[tuple[str, dict[str, object]]]:
    """What is on the list of alarms once the worker has looked."""
    watch(JobRun(1, {}, at, app.database))
    with app.database.reading() as reader:
        return [(alarm.kind, dict(alarm.facts)) for alarm in alarms.open_alarms(reader)]


@pytest.mark.parametrize("state", [BatchState.PRINTED, BatchState.SHIPPED])
def test_the_code_of_a_card_that_nobody_should_have_yet_raises_an_alarm_that_names_the_card(
    app: GiftShop, people: People, state: BatchState
) -> None:
    made = make(app, people, 2, to=state)
    for code in (made.codes[1], made.codes[1], secrets_in(draw_block(1))[0]):
        hashes = cards.code_hashes(app.settings.keyring, code.printed)
        app.database.transact(cards.count_wrong, "203.0.113.9", hashes=hashes, at=NOW)
    (found,) = looks(app)
    assert found == (
        AlarmKind.CODE_BEFORE_ACTIVATION,
        {"batch": batch_number(made.batch_id), "batch_state": state.value, "network": "203.0.113.9"},
    )
    looks(app)
    with app.database.reading() as reader:
        (alarm,) = alarms.open_alarms(reader)
    assert (alarm.subject_kind, alarm.subject_id) == ("card", cards_in(app.database, made.batch_id)[1].id)
    assert alarm.count == 1, "what was looked at is not counted again"


def test_a_flood_a_persistent_guesser_and_a_carton_of_cards_raise_alarms(app: GiftShop) -> None:
    guesses(app.database, botnet(MOST_OVER_ALL))
    guesses(app.database, ["203.0.113.9"] * 50)
    for number in range(MANY_CARDS):
        app.database.transact(cards.note_opening, "203.0.113.10", number, at=NOW)
        app.database.transact(cards.note_opening, "203.0.113.10", number, at=NOW)
        app.database.transact(cards.note_opening, "hotline:7", number, at=NOW)
        app.database.transact(cards.note_opening, "203.0.113.11", number // 2, at=NOW)
    found = dict(looks(app))
    assert set(found) == {AlarmKind.WRONG_CODES, AlarmKind.GUESSER, AlarmKind.MANY_CARDS_FROM_ONE_PLACE}
    assert found[AlarmKind.GUESSER] == {"network": "203.0.113.9", "wrong_codes": 50}
    assert found[AlarmKind.MANY_CARDS_FROM_ONE_PLACE] == {"network": "203.0.113.10", "cards": MANY_CARDS}


def test_a_minute_in_which_codes_were_typed_is_looked_at_once(app: GiftShop) -> None:
    def looks_promised() -> int:
        with app.database.reading() as reader:
            return reader.scalar(select(func.count()).select_from(Job).where(Job.kind == WATCH_JOB)) or 0

    def go_round(at: datetime) -> None:
        app.database.transact(promise_to_watch, at)

    go_round(NOW)
    assert looks_promised() == 0
    guesses(app.database, ["203.0.113.9"])
    go_round(NOW + timedelta(seconds=3))
    go_round(NOW + timedelta(seconds=6))
    assert looks_promised() == 1
    go_round(NOW + timedelta(minutes=3))
    assert looks_promised() == 1


def test_nothing_names_an_address_after_a_day(app: GiftShop, people: People) -> None:
    guesses(app.database, ["203.0.113.9"])
    app.database.transact(cards.note_opening, "203.0.113.9", 1, at=NOW)
    app.database.transact(cards.forgive, "203.0.113.9", reason="A hotel", by=people.staff.hotline.actor, at=NOW)
    looks(app, at=NOW + KEPT + timedelta(seconds=1))
    with app.database.reading() as reader:
        for table in (WrongCode, CardOpening):
            assert reader.scalar(select(func.count()).select_from(table)) == 0
        assert reader.scalars(select(Reprieve.address)).one() is None
