from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from giftshop.accounts import access, queries
from giftshop.accounts.access import Letter
from giftshop.accounts.errors import LinkNotGood
from giftshop.accounts.models import LinkPurpose, MailedLink, SignIn, User
from giftshop.accounts.rules import INVITATION_LIFE, RESET_LIFE
from giftshop.db import Database
from giftshop.kernel import clock
from giftshop.kernel.actor import VISITOR
from giftshop.notifications import messages_to
from giftshop.web import GiftShop
from tests.accounts.door import all_at_once, come_in, is_in, last_mail, link_in
from tests.people import PASSWORD, People, Somebody, sign_in

ANOTHER = "nine herons by the river"
LETTER = Letter("…", "…")


def send(database: Database, to: Somebody, purpose: LinkPurpose, **kwargs: object) -> None:
    """Mail the link whose secret is "secret"."""
    with database.reading() as reader:
        user = reader.get_one(User, to.id)
    at = kwargs.get("at") or clock.now()
    database.transact(access.mail_link, user, purpose, "secret", LETTER, at=at)  # type: ignore[arg-type]


def test_a_forgotten_password_is_replaced_by_a_mailed_link_which_works_once(
    app: GiftShop, database: Database, client: FlaskClient, people: People
) -> None:
    buyer, still_in = people.lantern.buyer, app.test_client()
    sign_in(still_in, buyer)
    assert client.post("/password/forgotten", data={"email": buyer.email}).location == "/sign-in"
    link = link_in(last_mail(database, buyer.email))
    page = client.get(link)
    assert buyer.email in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert client.post(link, data={"password": "short"}).status_code == 422
    assert client.post(link, data={"password": ANOTHER}).location == "/sign-in"
    assert not is_in(still_in)
    assert "changed just now" in last_mail(database, buyer.email)
    assert client.get(link).status_code == 410
    assert client.post(link, data={"password": PASSWORD}).status_code == 410
    assert come_in(client, buyer).status_code == 422
    assert come_in(client, buyer, ANOTHER).status_code == 302


def test_asking_about_an_unknown_address_gets_the_same_answer_and_no_mail(
    database: Database, client: FlaskClient, people: People
) -> None:
    def answer(email: str) -> str:
        assert client.post("/password/forgotten", data={"email": email}).status_code == 302
        return re.sub(r'value="[^"]{20,}"', "", client.get("/sign-in").text.replace(email, ""))

    assert answer(people.lantern.buyer.email) == answer("nobody@lantern.example")
    with database.reading() as reader:
        assert messages_to(reader, "nobody@lantern.example") == []


def test_a_newer_link_takes_the_place_of_the_older(database: Database, client: FlaskClient, people: People) -> None:
    links = []
    for _ in range(2):
        client.post("/password/forgotten", data={"email": people.lantern.buyer.email})
        links.append(link_in(last_mail(database, people.lantern.buyer.email)))
    assert [client.get(link).status_code for link in links] == [410, 200]


@pytest.mark.parametrize(
    ("purpose", "life"), [(LinkPurpose.PASSWORD_RESET, RESET_LIFE), (LinkPurpose.INVITATION, INVITATION_LIFE)]
)
def test_a_link_grows_old(database: Database, people: People, purpose: LinkPurpose, life: timedelta) -> None:
    sent = clock.now()
    send(database, people.lantern.buyer, purpose, at=sent)
    with database.reading() as reader:
        in_time, too_late = sent + life - timedelta(seconds=1), sent + life
        assert queries.person_of_link(reader, "secret", purpose, at=in_time)
        assert queries.person_of_link(reader, "secret", purpose, at=too_late) is None


def test_a_link_is_good_for_its_own_purpose_only(database: Database, client: FlaskClient, people: People) -> None:
    send(database, people.lantern.buyer, LinkPurpose.PASSWORD_RESET)
    assert client.get("/invitation/secret").status_code == 410
    assert client.get("/password/reset/secret").status_code == 200


def test_a_link_pressed_by_many_at_once_sets_one_password(database: Database, people: People) -> None:
    send(database, people.lantern.buyer, LinkPurpose.PASSWORD_RESET)
    won = list[str]()

    def press(number: int) -> None:
        kept, at = f"hash {number}", clock.now()
        try:
            database.transact(access.reset_password, "secret", password_hash=kept, notice=LETTER, by=VISITOR, at=at)
        except LinkNotGood:
            return
        won.append(kept)

    all_at_once(8, press)
    with database.reading() as reader:
        assert [reader.get_one(User, people.lantern.buyer.id).password_hash] == won


def test_a_closed_account_gets_no_link(database: Database, client: FlaskClient, people: People) -> None:
    buyer, by = people.lantern.buyer, people.lantern.administrator
    sign_in(client, by)
    client.post(f"/firm/people/{buyer.id}/disable")
    client.post("/password/forgotten", data={"email": buyer.email})
    with database.reading() as reader:
        assert messages_to(reader, buyer.email) == []


def test_the_database_keeps_no_secret_that_opens_anything(
    database: Database, client: FlaskClient, people: People
) -> None:
    come_in(client, people.lantern.buyer)
    client.post("/password/forgotten", data={"email": people.lantern.approver.email})
    mailed = link_in(last_mail(database, people.lantern.approver.email)).rpartition("/")[2]
    with client.session_transaction() as session:
        kept_by_the_browser = session["_user_id"]
    with database.reading() as reader:
        assert mailed.encode() not in reader.scalars(select(MailedLink.secret_hash)).one()
        assert kept_by_the_browser.encode() not in reader.scalars(select(SignIn.secret_hash)).one()


def test_a_mailed_link_is_not_written_into_the_log(client: FlaskClient, capfd: pytest.CaptureFixture[str]) -> None:
    client.get("/invitation/this-is-secret")
    written = "".join(capfd.readouterr())
    assert "/invitation/" in written
    assert "this-is-secret" not in written
