from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from giftshop.accounts.passkeys import Site
from giftshop.db import Database
from giftshop.kernel import clock
from giftshop.web import GiftShop
from tests.accounts.door import is_in, last_mail
from tests.accounts.factors import SoftKey, add_passkey, codes_on, knows_password, later, options_on, set_up_app
from tests.people import PASSWORD, People, sign_in


def asked(client: FlaskClient) -> dict[str, Any]:
    """What the door asks a browser's passkeys."""
    answer = client.post("/sign-in/passkey/asked")
    assert answer.status_code == 200, answer.text
    options: dict[str, Any] = answer.get_json()
    return options


def test_a_passkey_lets_its_owner_in_and_its_name_is_known(
    app: GiftShop, database: Database, client: FlaskClient, people: People
) -> None:
    buyer, other, key = people.lantern.buyer, app.test_client(), SoftKey()
    sign_in(client, buyer)
    added = add_passkey(client, key, "Mei's phone 手机")
    assert len(codes_on(added)) == 10
    assert is_in(client)
    assert "A passkey was added" in last_mail(database, buyer.email)
    assert "Mei&#39;s phone 手机" in client.get("/me/second-factor").text
    knows_password(other, buyer)
    page = other.get("/sign-in/code").text
    assert ("Use a passkey" in page, "Recovery code" in page) == (True, True)
    options = asked(other)
    assert (options["rpId"], len(options["allowCredentials"])) == ("localhost", 1)
    assert other.post("/sign-in/passkey?next=/orders", data={"answer": key.shows(options)}).location == "/orders"
    assert is_in(other)


def test_an_answer_is_good_once_and_a_copy_of_a_passkey_is_noticed(
    app: GiftShop, client: FlaskClient, people: People
) -> None:
    buyer, key = people.lantern.buyer, SoftKey()
    sign_in(client, buyer)
    add_passkey(client, key)
    first, second = app.test_client(), app.test_client()
    knows_password(first, buyer)
    answer = key.shows(asked(first))
    cookie = first.get_cookie("session")
    assert cookie
    assert first.post("/sign-in/passkey", data={"answer": answer}).status_code == 302
    twin = app.test_client()
    twin.set_cookie("session", cookie.value)
    assert twin.post("/sign-in/passkey", data={"answer": answer}).status_code == 410
    knows_password(second, buyer)
    assert second.post("/sign-in/passkey", data={"answer": answer}).status_code == 422, "nothing was asked"
    asked(second)
    assert second.post("/sign-in/passkey", data={"answer": answer}).status_code == 422, "something else was asked"
    copied = key.shows(asked(second), counts=False)
    assert second.post("/sign-in/passkey", data={"answer": copied}).status_code == 422
    assert not is_in(second)


def test_what_a_false_site_a_stranger_or_a_late_one_answers_is_refused(
    app: GiftShop, client: FlaskClient, people: People
) -> None:
    buyer, key, strangers = people.lantern.buyer, SoftKey(), SoftKey()
    for somebody, theirs in ((people.lantern.approver, strangers), (buyer, key)):
        sign_in(client, somebody)
        add_passkey(client, theirs)
    door = app.test_client()
    knows_password(door, buyer)
    phished = SoftKey(origin="https://giftsh0p.example", private=key.private, credential_id=key.credential_id, count=9)
    forged = SoftKey(credential_id=key.credential_id, count=9)
    for other in (phished, strangers, forged):
        answer = door.post("/sign-in/passkey", data={"answer": other.shows(asked(door))})
        assert (answer.status_code, "could not be checked" in answer.text) == (422, True)
    answer_of_now = key.shows(asked(door))
    with later(11):
        assert door.post("/sign-in/passkey", data={"answer": answer_of_now}).status_code == 422
    assert not is_in(door)


ANSWERS = ("", "x", "[]", "{}", "null", '{"rawId": 1}', "[" * 9_000, "{" * 30_000, '"\\ud83d"')


def test_whatever_is_sent_as_an_answer_is_refused_with_words(
    app: GiftShop, client: FlaskClient, people: People
) -> None:
    buyer, door, where = people.lantern.buyer, app.test_client(), "/me/second-factor/passkeys"
    for answer in ANSWERS:
        sign_in(client, buyer)
        client.post(f"{where}/new", data={"name": "x", "password": PASSWORD})
        assert client.post(f"{where}/made", data={"name": "x", "answer": answer}).status_code in {302, 422}
    add_passkey(client, SoftKey())
    knows_password(door, buyer)
    for answer in ANSWERS:
        asked(door)
        assert door.post("/sign-in/passkey", data={"answer": answer}).status_code == 422, answer[:20]


def test_a_passkey_asks_for_the_password_and_for_an_answer_to_what_was_asked(
    client: FlaskClient, people: People
) -> None:
    sign_in(client, people.lantern.buyer)
    where, key = "/me/second-factor/passkeys", SoftKey()
    assert client.post(f"{where}/new", data={"name": "x", "password": "wrong"}).status_code == 422
    options = options_on(client.post(f"{where}/new", data={"name": "x", "password": PASSWORD}))
    phished = SoftKey(origin="https://giftsh0p.example")
    assert client.post(f"{where}/made", data={"name": "x", "answer": phished.makes(options)}).status_code == 422
    assert client.post(f"{where}/made", data={"name": "x", "answer": key.makes(options)}).status_code == 422, "spent"
    assert "None is set up yet" in client.get("/me/second-factor").text


def test_several_passkeys_are_kept_apart_and_removed_one_by_one(
    app: GiftShop, client: FlaskClient, people: People
) -> None:

    phone, laptop = SoftKey(), SoftKey()
    sign_in(client, people.lantern.buyer)
    add_passkey(client, phone, "Phone")
    assert add_passkey(client, laptop, "Laptop").location == "/me/second-factor"
    options = options_on(client.post("/me/second-factor/passkeys/new", data={"name": "x", "password": PASSWORD}))
    assert len(options["excludeCredentials"]) == 2
    (gone, kept) = re.findall(r"/me/second-factor/passkeys/(\d+)", client.get("/me/second-factor").text)
    stranger = app.test_client()
    sign_in(stranger, people.lantern.approver)
    where = f"/me/second-factor/passkeys/{gone}"
    assert stranger.post(where, data={"password": PASSWORD}).status_code == 404
    assert client.post(where, data={"password": "wrong"}).status_code == 422
    assert client.post(where, data={"password": PASSWORD}).status_code == 302
    page = client.get("/me/second-factor").text
    assert ("Laptop" in page, "Phone" in page.replace("phone", ""), kept in page) == (True, False, True)
    door = app.test_client()
    knows_password(door, people.lantern.buyer)
    answer = phone.shows(asked(door))
    assert door.post("/sign-in/passkey", data={"answer": answer}).status_code == 422


def test_codes_do_beside_a_passkey(app: GiftShop, client: FlaskClient, people: People) -> None:
    sign_in(client, people.lantern.buyer)
    add_passkey(client, SoftKey())
    app_phone, none = set_up_app(client)
    assert none == [], "the recovery codes of before go on"
    with later(1):
        door = app.test_client()
        knows_password(door, people.lantern.buyer)
        assert door.post("/sign-in/code", data={"code": app_phone.code(clock.now())}).status_code == 302


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://gifts.example.com", "gifts.example.com"),
        ("https://gifts.example.com:8443/x", "gifts.example.com"),
        ("http://localhost:5000", "localhost"),
        ("http://gifts.example.com", None),
        ("http://127.0.0.1:5000", None),
        ("https://192.0.2.1", None),
        ("https://[2001:db8::1]", None),
    ],
)
def test_passkeys_are_offered_where_browsers_make_them(address: str, host: str | None) -> None:
    site = Site.at(address, "Giftshop")
    assert (site and site.host) == host
