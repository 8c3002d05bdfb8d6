from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from giftshop.accounts import factor_keys, totp
from giftshop.accounts.access import Attempt, note_attempt
from giftshop.accounts.factor_models import AppKey, RecoveryCode
from giftshop.accounts.models import AccessAttempt, AttemptKind
from giftshop.accounts.rules import CODES_A_DAY, LIMITS
from giftshop.application import create_app
from giftshop.audit import AuditEvent
from giftshop.config import Settings
from giftshop.db import Base, Database
from giftshop.kernel import clock
from giftshop.kernel.keyring import Keyring, Keyset
from giftshop.kernel.sealing import SealBroken
from giftshop.web import GiftShop
from tests.accounts.door import all_at_once, come_in, is_in, last_mail
from tests.accounts.factors import LATER, Phone, codes_on, give_app, knows_password, later, set_up_app
from tests.conftest import KEYRING
from tests.people import PASSWORD, Browser, People, sign_in

PER_ACCOUNT, _PER_ADDRESS = LIMITS["second_factor"]


@pytest.fixture
def strict(settings: Settings) -> Iterator[GiftShop]:
    """The site where staff must have a second factor, on the same database."""
    app = create_app(replace(settings, is_second_factor_needed=True))
    app.test_client_class = Browser
    yield app
    app.database.dispose()


def show(client: FlaskClient, code: str, **kwargs: Any) -> int:
    """Type a code at the door; gives the status."""
    return client.post("/sign-in/code", data={"code": code}, **kwargs).status_code


def events(database: Database) -> list[tuple[str, dict[str, Any]]]:
    with database.reading() as reader:
        found = reader.execute(sa.select(AuditEvent.action, AuditEvent.facts).order_by(AuditEvent.id))
        return [(action, facts) for action, facts in found]


def test_a_buyer_sets_up_an_app_and_from_then_on_is_nobody_until_its_code_is_shown(
    app: GiftShop, database: Database, client: FlaskClient, people: People
) -> None:
    buyer, other = people.lantern.buyer, app.test_client()
    sign_in(client, buyer)
    phone, codes = set_up_app(client)
    assert is_in(client)
    assert len(codes) == 10
    assert codes[0] not in client.get("/me/second-factor").text, "they are shown once"
    assert "authenticator app was set up" in last_mail(database, buyer.email)

    assert come_in(other, buyer, query_string={"next": "/orders"}).location == "/sign-in/code?next=/orders"
    assert not is_in(other)
    wrong = other.post("/sign-in/code", data={"code": "000 000"})
    assert (wrong.status_code, "is not right" in wrong.text) == (422, True)
    with later(1):
        assert other.post("/sign-in/code?next=/orders", data={"code": phone.code()}).location == "/orders"
        assert is_in(other)
    assert [action for action, _facts in events(database)][-4:] == [
        "accounts.set_up_app",
        "accounts.draw_recovery_codes",
        "accounts.show_password",
        "accounts.sign_in",
    ]


def test_an_app_counts_only_once_a_code_and_the_password_confirm_it(
    app: GiftShop, database: Database, client: FlaskClient, people: People
) -> None:
    sign_in(client, people.lantern.buyer)
    where = "/me/second-factor/app"
    phone = Phone.scans(client.get(where))
    assert Phone.scans(client.get(where)) == phone, "looking twice is the same picture"
    assert client.post(where, data={"code": "000000", "password": PASSWORD}).status_code == 422
    assert client.post(where, data={"code": phone.code(), "password": "wrong"}).status_code == 422
    assert come_in(app.test_client(), people.lantern.buyer).location == "/"
    with database.reading() as reader:
        assert reader.scalars(sa.select(AppKey)).all() == []


def test_a_code_is_good_once_and_none_before_it_is_good_any_more(
    app: GiftShop, database: Database, people: People
) -> None:
    phone, _codes = give_app(database, people.lantern.buyer, clock.now())
    first, second, third = (app.test_client() for _ in range(3))
    for browser in (first, second, third):
        knows_password(browser, people.lantern.buyer)
    now = clock.now()
    assert show(first, phone.code(now)) == 302
    again = second.post("/sign-in/code", data={"code": phone.code(now)})
    assert (again.status_code, "used already" in again.text, is_in(second)) == (422, True, False)
    assert show(third, phone.code(now - LATER)) == 422, "older, though within the drift"
    with later(1):
        assert show(second, phone.code()) == 302


def test_one_code_brought_by_eight_browsers_at_once_lets_one_in(
    app: GiftShop, database: Database, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "second_factor", (100, 100))
    phone, _codes = give_app(database, people.lantern.buyer, clock.now())
    browsers, answers = [app.test_client() for _ in range(8)], list[int]()
    for browser in browsers:
        knows_password(browser, people.lantern.buyer)
    code = phone.code()
    all_at_once(8, lambda number: answers.append(show(browsers[number], code)))
    assert sorted(answers) == [302] + [422] * 7
    assert [is_in(browser) for browser in browsers].count(True) == 1


def test_one_half_session_is_completed_once_though_two_codes_fit(
    app: GiftShop, database: Database, client: FlaskClient, people: People
) -> None:
    _phone, codes = give_app(database, people.lantern.buyer, clock.now())
    knows_password(client, people.lantern.buyer)
    cookie = client.get_cookie("session")
    assert cookie
    twins, answers = [app.test_client(), app.test_client()], list[int]()
    for twin in twins:
        twin.set_cookie("session", cookie.value)
    all_at_once(2, lambda number: answers.append(show(twins[number], codes[number])))
    assert sorted(answers) == [302, 410]


def test_a_recovery_code_lets_in_once_and_its_owner_hears_of_it(
    app: GiftShop, database: Database, client: FlaskClient, people: People
) -> None:
    buyer = people.lantern.buyer
    _phone, codes = give_app(database, buyer, clock.now())
    knows_password(client, buyer)
    assert "Recovery code" in client.get("/sign-in/code?way=recovery").text
    sloppy = codes[3].lower().replace("-", " ").replace("0", "o")
    home = client.post("/sign-in/code", data={"code": sloppy}, follow_redirects=True)
    assert "9 are left" in home.text
    assert "one of your recovery codes" in last_mail(database, buyer.email)
    assert "9 of 10 left" in client.get("/me/second-factor").text
    other = app.test_client()
    knows_password(other, buyer)
    assert [show(other, code) for code in (codes[3], codes[4])] == [422, 302]
    assert [facts for action, facts in events(database) if action == "accounts.sign_in"][-2:] == [
        {"way": "recovery_code"}
    ] * 2


def test_new_recovery_codes_ask_for_the_password_and_end_the_old_ones_and_every_other_session(
    app: GiftShop, client: FlaskClient, people: People
) -> None:
    buyer, other, where = people.lantern.buyer, app.test_client(), "/me/second-factor/recovery-codes"
    sign_in(client, buyer)
    _phone, old = set_up_app(client)
    knows_password(other, buyer)
    assert show(other, old[0]) == 302
    assert client.post(where, data={"password": "wrong"}).status_code == 422
    new = codes_on(client.post(where, data={"password": PASSWORD}))
    assert (len(new), set(new) & set(old)) == (10, set())
    assert (is_in(client), is_in(other)) == (True, False)
    knows_password(other, buyer)
    assert [show(other, code) for code in (old[1], new[1])] == [422, 302]


def test_whoever_guesses_codes_is_stopped_and_gains_nothing_by_giving_the_password_again(
    app: GiftShop, database: Database, client: FlaskClient, people: People
) -> None:
    phone, _codes = give_app(database, people.lantern.buyer, clock.now())
    knows_password(client, people.lantern.buyer)
    assert {show(client, "000000") for _ in range(PER_ACCOUNT)} == {422}
    come_in(client, people.lantern.buyer)
    stopped = client.post("/sign-in/code", data={"code": phone.code()}, headers={"X-Forwarded-For": "203.0.113.7"})
    assert (stopped.status_code, "change your password" in stopped.text, is_in(client)) == (429, True, False)
    with database.reading() as reader:
        tried = sa.select(AccessAttempt).where(AccessAttempt.kind == AttemptKind.SECOND_FACTOR)
        assert len(reader.scalars(tried).all()) == PER_ACCOUNT + 1


def test_slow_guessing_is_stopped_after_a_days_share(database: Database, client: FlaskClient, people: People) -> None:
    at = clock.now()
    phone, _codes = give_app(database, people.lantern.buyer, at)
    guess = Attempt.of(AttemptKind.SECOND_FACTOR, people.lantern.buyer.email, "198.51.100.7")
    for number in range(CODES_A_DAY):
        database.transact(note_attempt, guess, at=at - (number + 1) * 40 * LATER)
    knows_password(client, people.lantern.buyer)
    answer = client.post("/sign-in/code", data={"code": phone.code()})
    assert (answer.status_code, "wrong codes today" in answer.text) == (429, True)


def test_coming_in_forgives_ones_own_wrong_codes(database: Database, client: FlaskClient, people: People) -> None:
    phone, _codes = give_app(database, people.lantern.buyer, clock.now())
    knows_password(client, people.lantern.buyer)
    assert [show(client, code) for code in ("000000", phone.code())] == [422, 302]
    with database.reading() as reader:
        assert reader.scalars(sa.select(AccessAttempt)).all() == []


TYPED = ("", "１２３４５６", "💥", "x" * 100_000, "٣" * 6, "a" * 10, "'; --", "\u200b")


def test_whatever_is_typed_as_a_code_is_answered_with_words(
    database: Database, client: FlaskClient, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "second_factor", (100, 100))
    give_app(database, people.lantern.buyer, clock.now())
    knows_password(client, people.lantern.buyer)
    for typed in TYPED:
        answer = client.post("/sign-in/code", data={"code": typed})
        assert (answer.status_code, "put right" in answer.text) == (422, True), typed


def test_a_password_that_waits_for_its_code_waits_half_an_hour(
    database: Database, client: FlaskClient, people: People
) -> None:
    _phone, codes = give_app(database, people.lantern.buyer, clock.now())
    knows_password(client, people.lantern.buyer)
    with later(61):
        late = client.post("/sign-in/code", data={"code": codes[0]})
    assert (late.status_code, "sign in again" in late.text) == (410, True)
    knows_password(client, people.lantern.buyer)
    client.post("/sign-out")
    assert show(client, codes[0]) == 410, "signed out"


def test_removing_the_app_asks_for_the_password_and_ends_the_codes_with_it(
    app: GiftShop, database: Database, client: FlaskClient, people: People
) -> None:
    other = app.test_client()
    sign_in(client, people.lantern.buyer)
    set_up_app(client)
    where = "/me/second-factor/app/remove"
    assert client.post(where, data={"password": "wrong"}).status_code == 422
    assert client.post(where, data={"password": PASSWORD}).location == "/me/second-factor"
    assert client.get(where).status_code == 404
    assert come_in(other, people.lantern.buyer).location == "/"
    with database.reading() as reader:
        assert reader.scalars(sa.select(RecoveryCode)).all() == []


def test_moving_to_another_phone_ends_the_old_one_and_keeps_the_recovery_codes(
    app: GiftShop, client: FlaskClient, people: People
) -> None:
    sign_in(client, people.lantern.buyer)
    old, codes = set_up_app(client)
    new, none = set_up_app(client)
    assert (none, new.key == old.key) == ([], False)
    with later(1):
        for code, status in ((old.code(), 422), (new.code(), 302), (codes[0], 302)):
            browser = app.test_client()
            knows_password(browser, people.lantern.buyer)
            assert show(browser, code) == status


def test_nothing_that_signs_anybody_in_lies_in_the_database_in_any_form(
    app: GiftShop, database: Database, client: FlaskClient, people: People
) -> None:
    sign_in(client, people.lantern.buyer)
    phone, codes = set_up_app(client)
    knows_password(client, people.lantern.buyer)
    letters = [code.replace("-", "") for code in codes]
    forms = [phone.key, phone.key.hex().encode(), base64.b64encode(phone.key), base64.b32encode(phone.key)]
    forms += [totp.written(phone.key).encode(), *(code.encode() for code in codes + letters)]
    kept = [*rows(database), *(file.read_bytes() for file in database_files(database))]
    assert [form for form in forms for place in kept if form in place or form.lower() in place] == []
    with database.reading() as reader:
        sealed = reader.scalars(sa.select(AppKey.sealed)).one()
    assert any(sealed in place for place in kept), "a control: what lies there is found"


def rows(database: Database) -> Iterator[bytes]:
    with database.reading() as reader:
        for table in Base.metadata.sorted_tables:
            for row in reader.execute(sa.select(table)):
                yield b"\n".join(value if isinstance(value, bytes) else repr(value).encode() for value in row)


def database_files(database: Database) -> list[Path]:
    if database.is_sqlite:
        return list(Path(database.url.database or "").parent.glob("giftshop.db*"))
    with database.engine.connect() as connection:
        connection.execute(sa.text("CHECKPOINT"))
        folder = connection.scalar(
            sa.text("SELECT current_setting('data_directory') || '/' || pg_relation_filepath('app_keys')")
        )
    return [Path(folder)]


def test_keys_are_sealed_anew_under_the_current_master_key_and_open_under_it_alone(
    app: GiftShop, database: Database, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone, codes = give_app(database, people.lantern.buyer, clock.now())
    give_app(database, people.lantern.approver, clock.now())
    new = Keyset.generate("m2")
    both = Keyset("m2", {**new.keys, **KEYRING.master_keys.keys})
    monkeypatch.setattr(factor_keys, "RESEALED_AT_ONCE", 3)
    done = [
        sum(database.transact(reseal, Keyring(KEYRING.peppers, both)) for reseal in app.resealers) for _ in range(3)
    ]
    assert done == [3, 1, 0]
    alone = Keyring(KEYRING.peppers, new)
    at = clock.now()
    buyer = people.lantern.buyer.id
    database.transact(factor_keys.use_app_code, buyer, phone.code(at), keyring=alone, at=at)
    database.transact(factor_keys.use_recovery_code, buyer, codes[0], keyring=alone, at=at)


def test_a_key_copied_to_another_person_does_not_open(database: Database, people: People) -> None:
    thief, victim = people.lantern.approver, people.lantern.buyer
    at = clock.now()
    phone, _codes = give_app(database, thief, at)
    give_app(database, victim, at)
    with database.reading() as reader:
        sealed = reader.scalars(sa.select(AppKey.sealed).where(AppKey.user_id == thief.id)).one()
    database.transact(lambda tx: tx.change(sa.update(AppKey).where(AppKey.user_id == victim.id).values(sealed=sealed)))
    with pytest.raises(SealBroken):
        database.transact(factor_keys.use_app_code, victim.id, phone.code(at), keyring=KEYRING, at=at)


def test_an_administrator_takes_a_colleagues_factor_away_with_a_reason_and_nobody_elses(
    app: GiftShop, database: Database, client: FlaskClient, people: People
) -> None:
    lantern, theirs = people.lantern, app.test_client()
    sign_in(theirs, lantern.buyer)
    set_up_app(theirs)
    sign_in(client, lantern.administrator)
    where = f"/firm/people/{lantern.buyer.id}"
    assert client.get("/firm/people").text.count("#shield-check") == 1
    assert "Authenticator app" in client.get(where).text
    assert "Choose why" in client.post(f"{where}/reset-factor", data={"reason": "x"}, follow_redirects=True).text
    assert is_in(theirs)
    answer = client.post(f"{where}/reset-factor", data={"reason": "stolen"}, follow_redirects=True)
    assert "no second factor any more" in answer.text
    assert not is_in(theirs)
    assert come_in(theirs, lantern.buyer).location == "/"
    assert "taken away" in last_mail(database, lantern.buyer.email)
    assert ("accounts.reset_second_factor", {"reason": "stolen"}) in events(database)
    again = client.post(f"{where}/reset-factor", data={"reason": "lost"}, follow_redirects=True)
    assert "no second factor set up" in again.text
    other = f"/firm/people/{people.harbour.buyer.id}/reset-factor"
    assert client.post(other, data={"reason": "lost"}).status_code == 404


def test_nobody_takes_their_own_away_without_the_password(client: FlaskClient, people: People) -> None:
    admin = people.staff.administrator
    sign_in(client, admin)
    set_up_app(client)
    answer = client.post(f"/desk/people/{admin.id}/reset-factor", data={"reason": "lost"}, follow_redirects=True)
    assert "Change your own second factor" in answer.text
    assert "10 of 10 left" in client.get("/me/second-factor").text


def test_whoever_has_the_machine_lets_the_last_administrator_in_again(
    app: GiftShop, database: Database, people: People
) -> None:
    give_app(database, people.staff.administrator, clock.now())
    runner = app.test_cli_runner()
    done = runner.invoke(args=["staff", "reset-second-factor", people.staff.administrator.email.upper()])
    assert (done.exit_code, "no second factor any more" in done.output) == (0, True)
    assert come_in(app.test_client(), people.staff.administrator).location == "/desk"
    assert events(database)[-2][0] == "accounts.reset_second_factor"
    for email in (people.lantern.buyer.email, "nobody@giftshop.example", people.staff.administrator.email):
        assert runner.invoke(args=["staff", "reset-second-factor", email]).exit_code == 1


def test_staff_reach_the_set_up_and_nothing_else_until_they_have_one_where_it_is_asked_for(
    strict: GiftShop, people: People
) -> None:
    client, sales = strict.test_client(), people.staff.sales
    assert come_in(client, sales, query_string={"next": "/desk/firms"}).location.startswith("/sign-in/set-up")
    assert not is_in(client)
    assert sales.name in client.get("/sign-in/set-up").text
    assert client.get("/sign-in/code").location == "/sign-in/set-up", "there is nothing to show yet"
    phone, codes = set_up_app(client, "/sign-in/set-up/app")
    assert len(codes) == 10
    assert is_in(client)
    assert client.get("/desk").status_code == 200
    other = strict.test_client()
    come_in(other, sales)
    assert other.get("/sign-in/set-up/app").location == "/sign-in/code"
    with later(1):
        assert show(other, phone.code()) == 302
    refused = client.post("/me/second-factor/app/remove", data={"password": PASSWORD})
    assert (refused.status_code, "only second factor" in refused.text) == (422, True)
    assert is_in(client)


def test_a_member_is_not_asked_for_what_staff_must_have(strict: GiftShop, people: People) -> None:
    assert come_in(strict.test_client(), people.lantern.buyer).location == "/"


def test_staff_who_were_in_before_it_was_asked_for_are_out(app: GiftShop, strict: GiftShop, people: People) -> None:
    with app.app_context():
        client = app.test_client()
        sign_in(client, people.staff.sales)
        assert is_in(client)
        cookie = client.get_cookie("session")
    assert cookie
    same = strict.test_client()
    same.set_cookie("session", cookie.value)
    assert not is_in(same)


def test_a_page_with_a_key_holds_nothing_that_the_browser_may_not_run(client: FlaskClient, people: People) -> None:
    sign_in(client, people.lantern.buyer)
    page = client.get("/me/second-factor/app")
    assert "<svg" in page.text
    assert not re.search(r"\sstyle=|<script(?![^>]*src=)", page.text)
    assert page.headers["Cache-Control"] == "no-store"
