"""Keys are outside the database, changed on schedule or in a hurry, and never shown."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from giftshop import cards
from giftshop.application import create_app
from giftshop.cards import BatchState, SealBroken
from giftshop.cards.models import Opening
from giftshop.config import BadSettings, Settings
from giftshop.jobs import beat
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.codes import Secret
from giftshop.kernel.keyring import BadKeys, Keyring, Keyset
from giftshop.kernel.keysource import EnvironmentKeys, KeyFile, written
from giftshop.web import GiftShop
from tests.cards.making import make
from tests.people import People
from tests.redemption.conftest import Book
from tests.safekeeping.test_loss import runs

Restarted = Callable[[], GiftShop]


@pytest.fixture
def restarted(settings: Settings) -> Restarted:
    """A site whose keys are in a file, started anew at each call."""
    file = settings.instance_path / "keys.json"
    file.touch(0o600)
    file.write_text(json.dumps(written(settings.keyring)))

    def start() -> GiftShop:
        return create_app(replace(settings, key_source=KeyFile(file), keyring=KeyFile(file).read()))

    return start


def material(keyring: Keyring) -> list[str]:
    keys = (*keyring.peppers.keys.values(), *keyring.master_keys.keys.values())
    return [spelling for key in keys for spelling in (base64.b64encode(key).decode(), key.hex())]


def asks(shop: GiftShop, *words: str) -> tuple[int, str]:
    with shop.app_context():
        told = runs(shop, "keys", *words)
    source = shop.settings.key_source
    assert source is not None
    assert not [part for part in material(source.read()) if part in told.output]
    return told.exit_code, told.output


def finds(shop: GiftShop, code: Secret) -> bool:
    """Whether a code opens its card."""
    with shop.database.reading() as reader:
        found = cards.card_by_code(
            reader, code.printed, keyring=shop.settings.keyring, address="192.0.2.1", at=clock.now()
        )
    return isinstance(found, cards.HeldCard)


def opens(shop: GiftShop, batch_id: int) -> int:
    """How many codes of a batch its keys still open, for the print file that was permitted once."""
    with shop.database.reading() as reader:
        permitted = reader.scalars(select(Opening.id).where(Opening.batch_id == batch_id)).first() or 0
        return len(list(cards.open_secrets(reader, permitted, keyring=shop.settings.keyring)))


def test_keys_are_rotated_on_schedule_and_what_was_made_before_goes_on(
    app: GiftShop, people: People, restarted: Restarted
) -> None:
    first = restarted()
    old = make(first, people, 2, to=BatchState.SEALED)
    status, told = asks(first, "rotate")
    assert (status, "1 seals were made anew under test-m2." in told) == (0, True)

    site = restarted()
    assert site.settings.keyring.peppers.current == "test-p2"
    assert opens(site, old.batch_id) == 2
    with pytest.raises(SealBroken):
        opens(first, old.batch_id)
    new = make(site, people, 1)
    assert finds(site, new.codes[0])
    assert not finds(first, new.codes[0]), "the pepper is a new one"
    for move in (cards.mark_printed, cards.mark_shipped, cards.activate):
        site.database.transact(move, old.batch_id, by=SYSTEM, at=clock.now())
    assert finds(site, old.codes[0]), "the old pepper is kept"
    assert "pepper      test-p1           1 batches" in asks(site, "list")[1]


def test_a_key_is_retired_when_nothing_needs_it_any_more(app: GiftShop, people: People, restarted: Restarted) -> None:
    site = restarted()
    made = make(site, people, 1)
    assert asks(site, "retire", "test-p1")[0] == 1, "it is the current one"
    asks(site, "rotate")
    site = restarted()
    status, told = asks(site, "retire", "test-p1")
    assert (status, "1 batches that are not closed need the pepper test-p1" in told) == (1, True)
    assert asks(site, "retire", "test-m1")[0] == 0
    site.database.transact(cards.void_programme, made.programme_id, by=SYSTEM, at=clock.now())
    assert asks(site, "retire", "test-p1")[0] == 0
    assert restarted().settings.keyring.ids == ["test-p2", "test-m2"]
    assert asks(site, "retire", "p9")[0] == 1


def test_four_peppers_are_the_most(restarted: Restarted) -> None:
    for _ in range(3):
        assert asks(restarted(), "rotate")[0] == 0
    status, told = asks(restarted(), "rotate")
    assert (status, "4 peppers are live" in told) == (1, True)


def test_while_the_site_runs_with_the_old_keys_nothing_is_taken_from_under_it(
    app: GiftShop, people: People, restarted: Restarted
) -> None:
    running = restarted()
    made = make(running, people, 1, to=BatchState.SEALED)
    running.database.transact(beat, "worker", at=clock.now())
    assert "restart web server and worker, then run `keys reseal`" in asks(running, "rotate")[1]
    assert opens(running, made.batch_id) == 1
    site = restarted()
    assert asks(site, "reseal")[1] == "1 seals were made anew under test-m2.\n"
    assert asks(site, "reseal")[1] == "0 seals were made anew under test-m2.\n"
    assert opens(site, made.batch_id) == 1


def test_what_other_rooms_seal_is_sealed_anew_too_until_nothing_is_left(restarted: Restarted) -> None:
    site, left = restarted(), [2, 1]
    site.resealers.append(lambda _tx, _keyring: left.pop(0) if left else 0)
    assert "3 seals were made anew" in asks(site, "rotate")[1]


def test_a_missing_key_is_named(app: GiftShop, people: People, restarted: Restarted) -> None:
    make(restarted(), people, 1, to=BatchState.SEALED)
    other = create_app(replace(restarted().settings, keyring=Keyring(Keyset.generate("p9"), Keyset.generate("m9"))))
    status, told = asks(other, "list")
    assert status == 1
    assert "test-m1           1 batch keys  MISSING" in told


def test_keys_in_the_environment_are_handed_over_in_a_file_for_one_pair_of_eyes(
    app: GiftShop, settings: Settings, tmp_path: Path
) -> None:
    given = {**written(settings.keyring)}
    site = create_app(replace(settings, key_source=EnvironmentKeys(given)))
    assert asks(site, "rotate")[0] == 1
    file = tmp_path / "new-keys"
    assert asks(site, "rotate", "--into", str(file))[0] == 0
    assert file.stat().st_mode & 0o777 == 0o600
    fresh = EnvironmentKeys(dict(line.split("=", 1) for line in file.read_text().splitlines())).read()
    assert fresh.ids == ["test-p2", "test-p1", "test-m2", "test-m1"]
    assert asks(site, "rotate", "--into", str(file))[0] == 1, "a file that is there is not written over"


def test_a_file_of_keys_that_others_may_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    file.write_text(json.dumps(written(Keyring.generate())))
    file.chmod(0o640)
    with pytest.raises(BadKeys, match="others may read it"):
        KeyFile(file).read()
    file.chmod(0o600)
    assert KeyFile(file).read().ids == ["test-p1", "test-m1"]
    file.write_text("no keys")
    with pytest.raises(BadKeys, match="cannot be read"):
        KeyFile(file).read()


@pytest.mark.parametrize("made", ["demo", "test"])
def test_no_key_of_the_demonstration_or_of_tests_starts_a_site_for_real_people(tmp_path: Path, made: str) -> None:
    toy = Settings.from_environ({"GIFTSHOP_MODE": "demo", "INSTANCE_PATH": str(tmp_path)}).keyring
    keyring = toy if made == "demo" else Keyring.generate()
    real = {"INSTANCE_PATH": str(tmp_path), "PUBLIC_URL": "https://gifts.example"}
    real |= {"SECRET_KEY": "s" * 32, "LINK_KEY": "s" * 32}
    with pytest.raises(BadSettings, match="must never be valid here"):
        Settings.from_environ(real | written(keyring))
    assert Settings.from_environ(real | {"CODE_PEPPERS": _key("p1"), "MASTER_KEYS": _key("m1")}).keyring.ids
    with pytest.raises(BadSettings, match="one place only"):
        Settings.from_environ(real | {"CODE_PEPPERS": _key("p1"), "KEYS_FILE": str(tmp_path / "keys.json")})


def test_a_code_of_the_demonstration_opens_nothing_where_other_keys_are(book: Book) -> None:
    """Even with its row carried over: a card is found by its code under a pepper of another site."""
    card = book.cards(1)[0]
    assert finds(book.app, card.secret)
    real = Keyring(Keyset.generate("p1"), Keyset.generate("m1"))
    assert not finds(create_app(replace(book.app.settings, keyring=real)), card.secret)


def _key(name: str) -> str:
    return Keyset.generate(name).written()
