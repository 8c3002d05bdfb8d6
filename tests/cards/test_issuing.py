"""Issuing: every card is made once, whatever happens to the worker, and no code is kept."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect, select, text

from giftshop import cards
from giftshop.cards import Addressed, BatchIssued, BatchState, CardState, issuing
from giftshop.cards.issuing import AT_ONCE, give_key, issue_some
from giftshop.cards.models import Batch, SealedBlock
from giftshop.cards.vault import lookup_hashes
from giftshop.db import Database, Transaction
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.codes import Secret
from giftshop.kernel.serials import parse_serial
from giftshop.web import GiftShop
from tests.cards.making import AFTER_LAST_DAY, LAST_DAY, NOW, cards_in, edition, make, read_print_file, terms
from tests.people import People


def drawn_up(app: GiftShop, people: People, quantity: int) -> int:
    programme_id = app.database.transact(cards.start_programme, terms(people.lantern.id), by=SYSTEM, at=NOW)
    book = edition(app.database)
    return app.database.transact(
        cards.draw_up,
        programme_id,
        edition_id=book,
        quantity=quantity,
        public_url="https://g.example",
        by=SYSTEM,
        at=NOW,
    )


def batch_now(database: Database, batch_id: int) -> Batch:
    with database.reading() as reader:
        return cards.batch(reader, batch_id)


def test_a_batch_is_issued_by_a_job_and_its_cards_are_sealed(app: GiftShop, people: People) -> None:
    heard: list[BatchIssued] = []
    app.events.subscribe(BatchIssued, lambda tx, event: heard.append(event))
    made = make(app, people, 2501, to=BatchState.SEALED)
    rows = cards_in(app.database, made.batch_id)
    assert len(rows) == 2501
    assert {row.state for row in rows} == {CardState.SEALED}
    assert {row.expires_at for row in rows} == {AFTER_LAST_DAY}
    assert len({row.secret_hash for row in rows}) == len({row.public_id for row in rows}) == 2501
    assert [parse_serial(str(row.serial)).sequence for row in rows] == list(range(1, 2502))  # type: ignore[union-attr]
    assert batch_now(app.database, made.batch_id).state is BatchState.SEALED
    assert heard == [BatchIssued(made.batch_id, made.programme_id)]


def test_the_print_file_has_every_card_with_its_own_code_and_name(app: GiftShop, people: People) -> None:
    names = [Addressed("王小明", 11), Addressed("李华", 12)]
    made = make(app, people, 1200, to=BatchState.SEALED, addressees=names)
    rows = cards_in(app.database, made.batch_id)
    assert len(made.printed) == 1200
    for card, row in zip(made.printed, rows, strict=True):
        assert row.secret_hash in lookup_hashes(app.settings.keyring, card.secret)
        assert card.serial.replace(" ", "") == str(row.serial)
        assert row.last4 == card.secret.last4
        assert card.link == f"https://gifts.example/r#{card.secret.canonical}"
    assert [card.name for card in made.printed[:3]] == ["王小明", "李华", None]


def test_issuing_asked_for_twice_is_done_once(app: GiftShop, people: People) -> None:
    batch_id = drawn_up(app, people, 5)
    for _ in range(2):
        app.database.transact(cards.issue, batch_id, by=SYSTEM, at=NOW)
    assert app.jobs.run_due(at=NOW + timedelta(seconds=1)) == 1
    assert len(cards_in(app.database, batch_id)) == 5


def test_a_worker_killed_between_two_chunks_goes_on_where_it_was(
    app: GiftShop, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(issuing, "AT_ONCE", 7)
    batch_id = drawn_up(app, people, 20)
    keyring = app.settings.keyring
    app.database.transact(give_key, batch_id, keyring=keyring)
    assert app.database.transact(issue_some, batch_id, keyring=keyring, at=NOW)
    before = [row.secret_hash for row in cards_in(app.database, batch_id)]
    assert len(before) == batch_now(app.database, batch_id).issued == 7
    app.database.transact(cards.issue, batch_id, by=SYSTEM, at=NOW)
    app.jobs.run_due(at=NOW + timedelta(seconds=1))
    after = [row.secret_hash for row in cards_in(app.database, batch_id)]
    assert after[:7] == before
    assert len(after) == 20
    assert len(read_print_file(app, people, batch_id)) == 20


def test_a_chunk_that_fails_leaves_nothing_behind(app: GiftShop, people: People) -> None:
    batch_id = drawn_up(app, people, 5)
    app.database.transact(give_key, batch_id, keyring=app.settings.keyring)

    def fail(tx: Transaction) -> None:
        issue_some(tx, batch_id, keyring=app.settings.keyring, at=NOW)
        raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        app.database.transact(fail)
    assert cards_in(app.database, batch_id) == []
    assert batch_now(app.database, batch_id).issued == 0


def test_a_second_worker_at_the_same_batch_makes_no_card_twice(app: GiftShop, people: People) -> None:
    """Both read that nothing is made yet; the condition on that number lets one make the cards."""
    batch_id = drawn_up(app, people, 5)
    keyring = app.settings.keyring
    app.database.transact(give_key, batch_id, keyring=keyring)
    if app.database.is_sqlite:  # where the writers' lock lets the second begin only after the first
        app.database.transact(issue_some, batch_id, keyring=keyring, at=NOW)
        assert app.database.transact(issue_some, batch_id, keyring=keyring, at=NOW) is False
    else:

        def while_another_does(tx: Transaction) -> bool:
            seen = tx.get_one(Batch, batch_id)  # and remembered for as long as somebody holds it
            app.database.transact(issue_some, batch_id, keyring=keyring, at=NOW)
            again = issue_some(tx, batch_id, keyring=keyring, at=NOW)
            assert seen.issued == 0
            return again

        assert app.database.transact(while_another_does) is True
    assert len(cards_in(app.database, batch_id)) == 5


def test_a_batch_larger_than_a_transaction_is_whole(app: GiftShop, people: People) -> None:
    batch_id = drawn_up(app, people, AT_ONCE + 1)
    app.database.transact(cards.issue, batch_id, by=SYSTEM, at=NOW)
    app.jobs.run_due(at=NOW + timedelta(seconds=1))
    with app.database.reading() as reader:
        firsts = reader.scalars(select(SealedBlock.first).order_by(SealedBlock.first)).all()
    assert firsts == list(range(1, AT_ONCE + 2, 1000))
    assert len(cards_in(app.database, batch_id)) == AT_ONCE + 1


def test_cards_made_under_an_older_pepper_are_found_beside_new_ones(app: GiftShop, people: People) -> None:
    old = make(app, people, 1)
    peppers = replace(
        app.settings.keyring.peppers, current="p2", keys={**app.settings.keyring.peppers.keys, "p2": b"2" * 32}
    )
    keyring = replace(app.settings.keyring, peppers=peppers)
    batch_id = drawn_up(app, people, 1)
    app.database.transact(give_key, batch_id, keyring=keyring)
    app.database.transact(issue_some, batch_id, keyring=keyring, at=NOW)
    assert batch_now(app.database, batch_id).pepper_id == "p2"
    (row,) = cards_in(app.database, batch_id)
    (new,) = read_print_file(app, people, batch_id)
    assert row.secret_hash in lookup_hashes(keyring, new.secret)
    with app.database.reading() as reader:
        found = cards.card_by_code(reader, old.codes[0].printed, keyring=keyring, address="10.0.0.1", at=NOW)
    assert isinstance(found, cards.HeldCard)


def forms_of(secret: Secret) -> list[bytes]:
    """Every form in which a code might have been left behind."""
    code = secret.canonical
    plain = [
        code,
        code.lower(),
        secret.printed,
        secret.printed.lower(),
        code[:15],
        f"r#{code}",
        "-".join(secret.printed.split()),
    ]
    encoded = [form.encode(encoding) for form in plain for encoding in ("utf-8", "utf-16-le", "utf-16-be")]
    digests = [hashlib.new(name, code.encode()).digest() for name in ("md5", "sha1", "sha256", "sha512")]
    wrapped = [*encoded, *digests]
    return [*wrapped, *(w.hex().encode() for w in wrapped), *(base64.b64encode(w).rstrip(b"=") for w in wrapped)]


def everything_in(database: Database, folder: Path) -> bytes:
    """All that the database holds: its files where it has some, and each value of each table."""
    kept = [path.read_bytes() for path in folder.iterdir() if path.is_file()]
    with database.reading() as reader:
        for table in inspect(reader.connection()).get_table_names():
            for row in reader.execute(text(f"SELECT * FROM {table}")):
                kept.extend(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in row)
    return b"\0".join(kept)


def test_the_database_holds_no_printed_code_in_any_form(app: GiftShop, people: People, tmp_path: Path) -> None:
    made = make(app, people, 60, addressees=[Addressed("王小明", 1)])
    with app.database.reading() as reader:
        cards.card_by_code(reader, made.codes[0].printed, keyring=app.settings.keyring, address="10.0.0.1", at=NOW)
    app.database.transact(cards.claim, cards_in(app.database, made.batch_id)[0].id, by=SYSTEM, at=NOW)
    kept = everything_in(app.database, tmp_path)
    assert made.printed[0].serial.replace(" ", "").encode() in kept  # the search does find what is there
    for secret in made.codes:
        for form in forms_of(secret):
            assert form not in kept


def test_a_batch_of_none_or_beyond_the_limit_is_refused_at_the_field(app: GiftShop, people: People) -> None:
    for quantity in (0, -1, 1_000_001, 2**63):
        with pytest.raises(cards.QuantityRefused) as refusal:
            drawn_up(app, people, quantity)
        assert refusal.value.field == "quantity"


def test_more_names_than_cards_are_refused(app: GiftShop, people: People) -> None:
    with pytest.raises(cards.TooManyNames):
        make(app, people, 1, addressees=[Addressed("甲"), Addressed("乙")])


def test_a_programme_that_has_ended_is_not_started(app: GiftShop, people: People) -> None:
    def start(at_offset: timedelta) -> int:
        return app.database.transact(
            cards.start_programme,
            terms(people.lantern.id, valid_until=LAST_DAY),
            by=SYSTEM,
            at=AFTER_LAST_DAY + at_offset,
        )

    assert start(-timedelta(seconds=1))
    with pytest.raises(cards.EndsInThePast) as refusal:
        start(timedelta(0))
    assert refusal.value.field == "valid_until"


def test_an_order_has_one_programme_however_often_it_is_started(app: GiftShop, people: People) -> None:
    same = terms(people.lantern.id)
    first = app.database.transact(cards.start_programme, same, by=SYSTEM, at=NOW)
    assert app.database.transact(cards.start_programme, same, by=SYSTEM, at=NOW) == first
    with app.database.reading() as reader:
        bought = cards.programme_bought_by(reader, same.order_kind, same.order_id)
    assert bought is not None
    assert bought.id == first
