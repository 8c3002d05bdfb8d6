"""Every letter that the site writes can be read on a page, in every language."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from giftshop.kernel.locale import LOCALES
from giftshop.notifications import samples_of
from giftshop.web import GiftShop, in_locale
from tests.people import People, sign_in

ROOMS = Path(__file__).resolve().parents[2] / "giftshop"
QUEUES = {"queue_mail", "queue_text", "queue_all"}
ELSEWHERE = {
    "notifications": "sends what others write",
    "onetime": "its words come from redemption and ecards",
    "desks": "a mark of the record, for a mailbox that nobody reads",
}


def rooms_that_write() -> set[str]:
    """The rooms that have messages sent."""
    return {
        path.relative_to(ROOMS).parts[0]
        for path in ROOMS.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and (getattr(node.func, "id", None) or getattr(node.func, "attr", None)) in QUEUES
    }


def test_no_rooms_letters_are_missing(app: GiftShop) -> None:
    assert rooms_that_write() - ELSEWHERE.keys() == {name.partition("-")[0] for name in samples_of(app)}


@pytest.mark.parametrize("locale", LOCALES)
def test_each_letter_is_written_in_its_language(app: GiftShop, locale: str) -> None:
    with app.test_request_context(), in_locale(locale):
        written = {name: write() for name, write in samples_of(app).items()}
    assert len(written) > 25
    assert all(text.strip() and "%(" not in text + subject for subject, text in written.values())
    assert {name for name, (subject, _) in written.items() if not subject} == {
        n for n in written if n.endswith("-text")
    }


def test_staff_read_them_all_on_one_page(client: FlaskClient, people: People) -> None:
    sign_in(client, people.staff.sales)
    page = client.get("/design/letters")
    assert page.status_code == 200
    assert "Please approve the card of order" in page.text
    assert "请再次确认订单" in page.text
    mail = client.get("/design/letters/orders-approved/zh_Hans")
    assert '<html lang="zh-Hans">' in mail.text
    assert "sandbox" in mail.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["nothing/en", "orders-approved/xx", "redemption-code-text/en"])
def test_what_is_no_mail_is_not_found(client: FlaskClient, people: People, path: str) -> None:
    sign_in(client, people.staff.sales)
    assert client.get(f"/design/letters/{path}").status_code == 404
