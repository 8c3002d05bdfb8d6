from __future__ import annotations

import contextlib

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from giftshop.accounts import User, UserState, approvers_of, people_of, service
from giftshop.accounts.access import Letter
from giftshop.accounts.errors import AddressNotFree, AlreadyHere, LastAdministrator, NotYourself
from giftshop.audit import AuditEvent
from giftshop.db import Database
from giftshop.kernel import clock
from giftshop.kernel.errors import Missing
from giftshop.kernel.role import MemberRole, StaffRole
from giftshop.web import GiftShop
from tests.accounts.door import all_at_once, is_in, last_mail, link_in
from tests.people import PASSWORD, People, sign_in

MEI = {"name": "Li Mei 李梅", "email": "Li.Mei@Lantern.example", "locale": "zh_Hans", "roles": ["buyer", "approver"]}


def user(database: Database, email: str) -> User:
    with database.reading() as reader:
        return reader.scalars(select(User).where(User.email == email)).one()


def actions(database: Database) -> list[str]:
    with database.reading() as reader:
        return list(reader.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


def test_an_administrator_invites_a_colleague_who_begins_at_once_in_their_language(
    app: GiftShop, database: Database, client: FlaskClient, people: People
) -> None:
    sign_in(client, people.lantern.administrator)
    sent = client.post("/firm/people/new", data={**MEI, "order_limit_minor": "20,000"})
    assert sent.location == "/firm/people"
    invited = user(database, "li.mei@lantern.example")
    assert (invited.state, invited.firm_id, invited.order_limit_minor) == ("invited", people.lantern.id, 2_000_000)
    letter = last_mail(database, invited.email)
    assert "李梅，您好" in letter

    phone = app.test_client()
    assert people.lantern.name in phone.get(link_in(letter)).text
    assert phone.post(link_in(letter), data={"name": "李梅", "password": PASSWORD}).location == "/"
    assert "李梅，您好" in phone.get("/").text
    with database.reading() as reader:
        mei = next(person for person in people_of(reader, people.lantern.id) if person.user.name == "李梅")
        approvers = {approver.name for approver in approvers_of(reader, people.lantern.id)}
    assert mei.roles == {MemberRole.BUYER, MemberRole.APPROVER}
    assert approvers == {"李梅", people.lantern.approver.name}
    assert actions(database)[-3:] == ["accounts.invite", "accounts.accept_invitation", "accounts.sign_in"]


def test_an_invitation_works_once_and_a_new_one_replaces_it(
    app: GiftShop, database: Database, client: FlaskClient, people: People
) -> None:
    sign_in(client, people.lantern.administrator)
    client.post("/firm/people/new", data=MEI)
    mei = user(database, "li.mei@lantern.example")
    first = link_in(last_mail(database, mei.email))
    client.post(f"/firm/people/{mei.id}/invite-again")
    second = link_in(last_mail(database, mei.email))
    visitor = app.test_client()
    assert visitor.get(first).status_code == 410
    assert visitor.post(second, data={"name": "Mei", "password": PASSWORD}).status_code == 302
    assert app.test_client().get(second).status_code == 410
    assert "not waiting" in client.post(f"/firm/people/{mei.id}/invite-again", follow_redirects=True).text


def test_an_invited_person_who_asks_for_a_password_is_invited_again(
    app: GiftShop, database: Database, client: FlaskClient, people: People
) -> None:
    sign_in(client, people.lantern.administrator)
    client.post("/firm/people/new", data=MEI)
    app.test_client().post("/password/forgotten", data={"email": "li.mei@lantern.example"})
    assert link_in(last_mail(database, "li.mei@lantern.example")).startswith("/invitation/")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"email": "not an address"}, "such as li.mei@example.com"),
        ({"email": "buyer@lantern.example"}, "on your list already"),
        ({"email": "BUYER@harbour.example"}, "cannot be invited here"),
        ({"name": " "}, "Enter a name"),
        ({"roles": []}, "Choose at least one role"),
        ({"roles": ["production"]}, "valid choice"),
        ({"order_limit_minor": "-1"}, "below zero"),
        ({"order_limit_minor": "plenty"}, "such as 128.50"),
        ({"order_limit_minor": "1e400"}, "such as 128.50"),
        ({"locale": "tlh"}, "alid choice"),
        ({"email": "a" * 300 + "@lantern.example"}, "at most 254"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_typed_is_lost(
    client: FlaskClient, people: People, change: dict[str, object], words: str
) -> None:
    sign_in(client, people.lantern.administrator)
    answer = client.post("/firm/people/new", data={**MEI, "name": "Zhao Yun", **change})
    assert answer.status_code == 422
    assert words in answer.text
    if "name" not in change:
        assert 'value="Zhao Yun"' in answer.text


def test_an_administrator_gives_and_takes_roles_and_limits(
    database: Database, client: FlaskClient, people: People
) -> None:
    sign_in(client, people.lantern.administrator)
    where = f"/firm/people/{people.lantern.buyer.id}"
    assert "50000.00" in client.get(where).text
    client.post(where, data={"roles": ["nominator"], "order_limit_minor": ""})
    with database.reading() as reader:
        buyer = next(p for p in people_of(reader, people.lantern.id) if p.user.id == people.lantern.buyer.id)
    assert buyer.roles == {MemberRole.NOMINATOR}
    assert buyer.user.order_limit_minor is None


def test_closing_an_account_signs_out_and_opening_it_lets_in_again(
    app: GiftShop, database: Database, client: FlaskClient, people: People
) -> None:
    buyer = app.test_client()
    sign_in(buyer, people.lantern.buyer)
    sign_in(client, people.lantern.administrator)
    where = f"/firm/people/{people.lantern.buyer.id}"
    assert "can no longer sign in" in client.post(f"{where}/disable", follow_redirects=True).text
    assert not is_in(buyer)
    client.post(f"{where}/enable")
    assert user(database, people.lantern.buyer.email).state is UserState.ACTIVE
    assert not is_in(buyer), "the old session stays ended"
    assert actions(database)[-2:] == ["accounts.disable", "accounts.enable"]


def test_somebody_closed_before_they_began_is_invited_still_when_opened(
    app: GiftShop, database: Database, client: FlaskClient, people: People
) -> None:
    sign_in(client, people.lantern.administrator)
    client.post("/firm/people/new", data=MEI)
    mei = user(database, "li.mei@lantern.example")
    link = link_in(last_mail(database, mei.email))
    client.post(f"/firm/people/{mei.id}/disable")
    assert app.test_client().get(link).status_code == 410
    client.post(f"/firm/people/{mei.id}/enable")
    assert user(database, mei.email).state is UserState.INVITED


def test_the_last_administrator_can_be_neither_closed_nor_demoted(database: Database, people: People) -> None:
    at = clock.now()
    for firm_id, last in ((people.lantern.id, people.lantern.administrator), (None, people.staff.administrator)):
        less = frozenset({MemberRole.BUYER if firm_id else StaffRole.SALES})
        with pytest.raises(LastAdministrator):
            database.transact(service.change_duties, firm_id, last.id, roles=less, by=last.actor, at=at)
        with pytest.raises(LastAdministrator):
            database.transact(service.disable, firm_id, last.id, by=people.staff.sales.actor, at=at)
        with pytest.raises(NotYourself):
            database.transact(service.disable, firm_id, last.id, by=last.actor, at=at)


def test_two_administrators_who_demote_each_other_at_once_leave_one(database: Database, people: People) -> None:
    firm_id, first, second = people.lantern.id, people.lantern.administrator, people.lantern.buyer
    both = frozenset({MemberRole.ADMINISTRATOR})
    database.transact(service.change_duties, firm_id, second.id, roles=both, by=first.actor, at=clock.now())

    def demote(number: int) -> None:
        target, less = (first, second)[number], frozenset({MemberRole.BUYER})
        with contextlib.suppress(LastAdministrator):
            database.transact(service.change_duties, firm_id, target.id, roles=less, by=target.actor, at=clock.now())

    all_at_once(2, demote)
    with database.reading() as reader:
        left = [p.user.id for p in people_of(reader, firm_id) if MemberRole.ADMINISTRATOR in p.roles]
    assert len(left) == 1


@pytest.mark.parametrize("page", ["", "/disable", "/enable", "/invite-again"])
def test_another_firms_people_and_the_staff_do_not_exist_for_an_administrator(
    database: Database, client: FlaskClient, people: People, page: str
) -> None:
    sign_in(client, people.lantern.administrator)
    for stranger in (people.harbour.buyer, people.staff.sales):
        where = f"/firm/people/{stranger.id}{page}"
        answers = [client.post(where, data={"roles": ["buyer"]})] + ([client.get(where)] if not page else [])
        assert [answer.status_code for answer in answers] == [404] * len(answers)
        assert all(stranger.name not in answer.text for answer in answers)
        assert user(database, stranger.email).state is UserState.ACTIVE
    assert people.harbour.buyer.name not in client.get("/firm/people").text


def test_a_command_takes_nobody_for_a_member_of_another_firm(database: Database, people: People) -> None:
    by, at, stranger = people.lantern.administrator.actor, clock.now(), people.harbour.buyer.id
    with pytest.raises(Missing):
        database.transact(service.disable, people.lantern.id, stranger, by=by, at=at)
    with pytest.raises(Missing):
        database.transact(service.enable, None, stranger, by=by, at=at)


def test_one_address_invited_by_many_at_once_is_one_person(database: Database, people: People) -> None:
    invitee = service.Invitee("mei@lantern.example", "Mei", "en", frozenset({MemberRole.BUYER}))
    by, letter, invited = people.lantern.administrator.actor, Letter("…", "…"), list[int]()

    def invite(number: int) -> None:
        secret, at = str(number), clock.now()
        with contextlib.suppress(AlreadyHere, AddressNotFree):
            invited.append(
                database.transact(
                    service.invite, people.lantern.id, invitee, secret=secret, letter=letter, by=by, at=at
                )
            )

    all_at_once(6, invite)
    assert len(invited) == 1


def test_staff_are_invited_by_the_operators_administrator(
    database: Database, client: FlaskClient, people: People
) -> None:
    sign_in(client, people.staff.administrator)
    invited = {"name": "Chen Jie", "email": "chen@giftshop.example", "locale": "en", "roles": ["fulfilment", "hotline"]}
    assert client.post("/desk/people/new", data=invited).location == "/desk/people"
    assert user(database, "chen@giftshop.example").firm_id is None
    assert "Chen Jie" in client.get("/desk/people").text


def test_a_person_keeps_their_own_details(client: FlaskClient, people: People) -> None:
    sign_in(client, people.lantern.buyer)
    assert client.post("/me", data={"name": "王伟", "phone": "138 0013 8000", "locale": "zh_Hans"}).location == "/me"
    page = client.get("/me").text
    assert all(words in page for words in ('lang="zh-Hans"', "王伟", "采购员", "138 0013 8000"))
    assert client.post("/me", data={"name": "", "locale": "zh_Hans"}).status_code == 422
    assert client.post("/me", data={"name": "W", "phone": "call me", "locale": "en"}).status_code == 422
