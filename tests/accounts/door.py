"""What tests do at the door."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from giftshop.db import Database
from giftshop.notifications import messages_to
from tests.people import PASSWORD, Somebody


def come_in(client: FlaskClient, who: Somebody, password: str = PASSWORD, **kwargs: Any) -> TestResponse:
    """Sign in by the form."""
    return client.post("/sign-in", data={"email": who.email, "password": password}, **kwargs)


def is_in(client: FlaskClient) -> bool:
    """Whether this browser is somebody's."""
    return client.get("/me").status_code == 200


def last_mail(database: Database, email: str) -> str:
    """What was last written to an address."""
    with database.reading() as reader:
        return messages_to(reader, email)[0].text


def link_in(text: str) -> str:
    """The path of the link in a mail."""
    found = re.search(r"http://localhost(/\S+)", text)
    assert found
    return found[1]


def all_at_once(how_many: int, action: Callable[[int], None]) -> None:
    """Call `action(number)` in so many threads that start together; fails with the first that raises."""
    together, broken = threading.Barrier(how_many), list[BaseException]()

    def run(number: int) -> None:
        together.wait()
        try:
            action(number)
        except BaseException as error:
            broken.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(how_many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if broken:
        raise broken[0]
