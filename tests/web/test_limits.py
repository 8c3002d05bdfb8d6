from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.people import People, sign_in


@pytest.mark.parametrize("number", [2**63 - 1, 2**63, 10**40])
def test_a_number_that_is_nobodys_is_not_found_however_large(client: FlaskClient, people: People, number: int) -> None:
    sign_in(client, people.lantern.administrator)
    assert client.get(f"/firm/people/{number}").status_code == 404


def test_a_nul_is_refused_wherever_it_is_typed(client: FlaskClient, people: People) -> None:
    sign_in(client, people.lantern.administrator)
    assert client.post("/me", data={"name": "Mei\0", "locale": "en"}).status_code == 400
    assert client.get("/sign-in?next=%00").status_code == 400
    assert client.get("/invitation/%00").status_code == 400
