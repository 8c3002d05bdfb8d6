from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy import select

from giftshop.accounts import Firm, all_firms, firm, people_of
from giftshop.db import Database
from giftshop.kernel.role import MemberRole
from giftshop.web import GiftShop
from tests.accounts.door import last_mail, link_in
from tests.people import PASSWORD, People, sign_in

ORCHARD = {
    "name": "Orchard Foods 果园食品",
    "invoice_title": "果园食品有限公司",
    "tax_number": "91440300ma5xxxxx1x",
    "contact_line": "张小姐 0755-0000 0000",
    "locale": "zh_Hans",
    "currency": "CNY",
    "administrator_name": "Zhang Li",
    "administrator_email": "zhang@orchard.example",
}


def test_a_firm_is_taken_on_with_its_first_administrator(
    app: GiftShop, database: Database, client: FlaskClient, people: People
) -> None:
    sign_in(client, people.staff.administrator)
    taken_on = client.post("/desk/firms/new", data=ORCHARD)
    assert taken_on.status_code == 302
    with database.reading() as reader:
        orchard = reader.scalars(select(Firm).where(Firm.invoice_title == "果园食品有限公司")).one()
        (first,) = people_of(reader, orchard.id)
    assert orchard.tax_number == "91440300MA5XXXXX1X"
    assert first.roles == {MemberRole.ADMINISTRATOR}
    assert orchard.name in client.get(taken_on.location).text
    visitor = app.test_client()
    link = link_in(last_mail(database, "zhang@orchard.example"))
    assert visitor.post(link, data={"name": "张丽", "password": PASSWORD}).location == "/"
    assert visitor.get("/firm/people").status_code == 200


def test_a_firm_whose_administrator_cannot_be_invited_is_not_taken_on(
    database: Database, client: FlaskClient, people: People
) -> None:
    sign_in(client, people.staff.administrator)
    answer = client.post("/desk/firms/new", data={**ORCHARD, "administrator_email": people.lantern.buyer.email})
    assert answer.status_code == 422
    assert "#administrator_email" in answer.text
    with database.reading() as reader:
        assert len(all_firms(reader)) == 2


def test_an_administrator_keeps_the_firms_details(database: Database, client: FlaskClient, people: People) -> None:
    sign_in(client, people.lantern.administrator)
    details = {"name": "Lantern 灯塔", "invoice_title": "灯塔仪器有限公司", "tax_number": "9144-0300", "locale": "en"}
    assert client.post("/firm", data=details).location == "/firm"
    assert client.post("/firm", data={**details, "tax_number": "无"}).status_code == 422
    with database.reading() as reader:
        assert firm(reader, people.lantern.id).invoice_title == "灯塔仪器有限公司"
        assert firm(reader, people.harbour.id).invoice_title == ""


def test_staff_suspend_and_reinstate_a_firm(client: FlaskClient, people: People) -> None:
    sign_in(client, people.staff.administrator)
    where = f"/desk/firms/{people.lantern.id}"
    assert "can no longer sign in" in client.post(f"{where}/suspend", follow_redirects=True).text
    assert "Suspended" in client.get("/desk/firms").text
    assert "can sign in again" in client.post(f"{where}/reinstate", follow_redirects=True).text
    assert client.post("/desk/firms/987654/suspend").status_code == 404
    assert client.get("/desk/firms/987654").status_code == 404


def test_staff_invite_another_administrator_for_a_firm_that_lost_its_own(client: FlaskClient, people: People) -> None:
    sign_in(client, people.staff.administrator)
    where = f"/desk/firms/{people.lantern.id}/people"
    invited = {"name": "Li Mei", "email": "mei@lantern.example", "locale": "en", "roles": ["administrator"]}
    assert client.post(f"{where}/new", data=invited).location == where
    assert "Li Mei" in client.get(where).text
    assert client.get(f"{where}/{people.harbour.buyer.id}").status_code == 404
    assert client.get("/desk/firms/987654/people").status_code == 404


def test_the_first_administrator_is_invited_at_the_console(app: GiftShop, client: FlaskClient) -> None:
    ran = app.test_cli_runner().invoke(args=["staff", "invite", "root@giftshop.example", "--role", "administrator"])
    assert ran.exit_code == 0, ran.output
    assert client.post(link_in(ran.output), data={"name": "Root", "password": PASSWORD}).location == "/desk"
    assert client.get("/desk/people").status_code == 200
    again = app.test_cli_runner().invoke(args=["staff", "invite", "root@giftshop.example", "--role", "sales"])
    assert again.exit_code == 1
    assert "on your list already" in again.output
