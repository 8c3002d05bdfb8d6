"""An agent on the telephone, without JavaScript, and a caller who reads out what stands on the card."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from giftshop.audit import AuditEvent
from giftshop.cards import PrintedCard
from giftshop.db import Database
from giftshop.hotline import Call
from giftshop.web import GiftShop
from tests.people import People, Somebody, sign_in
from tests.redemption.conftest import ADDRESS_TYPED, Book, book, card, hidden_fields
from tests.redemption.purses import Purses

__all__ = ["book", "card"]


@dataclass
class Agent:
    """Somebody at the hotline, and every answer they were given."""

    client: FlaskClient
    person: Somebody
    database: Database
    call_id: int = 0
    answers: list[TestResponse] = field(default_factory=list)

    @property
    def at(self) -> str:
        return f"/desk/hotline/calls/{self.call_id}"

    def takes_a_call(self, locale: str = "en") -> TestResponse:
        shown = self.posts("/desk/hotline/calls", locale=locale)
        self.call_id = int(re.findall(r"/calls/(\d+)", shown.request.path)[0])
        return shown

    def reads(self, path: str = "") -> TestResponse:
        return self._kept(self.client.get(self.at + path, follow_redirects=True))

    def posts(self, path: str, **data: str) -> TestResponse:
        """Send a form and read what comes back, from wherever it leads."""
        where = path if path.startswith("/desk") else self.at + path
        first = self._kept(self.client.post(where, data=data))
        return self._kept(self.client.get(first.location)) if first.status_code in {302, 303} else first

    def finds(self, said: str, **more: str) -> TestResponse:
        return self.posts("/find", said=said, **more)

    def hears(self, code: str) -> TestResponse:
        return self.posts("/code", code=code)

    def notes(self, item_id: int) -> TestResponse:
        return self.posts("/choice", gift=str(item_id), **ADDRESS_TYPED)

    def notes_basket(self, wanted: dict[str, str]) -> TestResponse:
        return self.posts("/choice", **(ADDRESS_TYPED | wanted))

    def confirms(self, **form: str) -> TestResponse:
        return self.posts("/check", **(form or self.form_to_confirm()))

    def form_to_confirm(self) -> dict[str, str]:
        return {key: value for key, value in hidden_fields(self.reads("/check").text).items() if key != "back"}

    def call(self) -> Call:
        with self.database.reading() as reader:
            return reader.get_one(Call, self.call_id)

    def events(self) -> list[AuditEvent]:
        """What was written down about this agent's doing."""
        with self.database.reading() as reader:
            own = select(AuditEvent).where(AuditEvent.actor_id == self.person.id, AuditEvent.actor_kind == "staff")
            return list(reader.scalars(own.order_by(AuditEvent.id)))

    def _kept(self, answer: TestResponse) -> TestResponse:
        self.answers.append(answer)
        assert answer.status_code < 500
        return answer


@pytest.fixture
def agent(app: GiftShop, people: People) -> Agent:
    """The hotline's agent, on a call."""
    return _agent(app, people.staff.hotline, app.database)


@pytest.fixture
def on_a_call(agent: Agent) -> Agent:
    agent.takes_a_call()
    return agent


@pytest.fixture
def colleague(app: GiftShop, people: People) -> Agent:
    """Another one: of the administrator's, who is given the hotline's work as well."""
    return _agent(app, second_agent(app, people), app.database)


@pytest.fixture
def purses(book: Book) -> Purses:
    return Purses(book)


@pytest.fixture
def purse(purses: Purses) -> PrintedCard:
    """A shopping card of ¥500."""
    return purses.cards(1)[0]


def _agent(app: GiftShop, person: Somebody, database: Database) -> Agent:
    client = app.test_client()
    sign_in(client, person)
    return Agent(client, person, database)


def second_agent(app: GiftShop, people: People) -> Somebody:
    from giftshop.accounts.models import UserRole
    from giftshop.kernel.role import StaffRole

    boss = people.staff.administrator
    app.database.transact(lambda tx: tx.add(UserRole(user_id=boss.id, role=StaffRole.HOTLINE.value)))
    return boss
