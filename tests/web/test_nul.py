"""A character that PostgreSQL cannot keep is refused before anything is asked of it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.people import People, sign_in


@pytest.mark.parametrize("path", ["/desk/payments?q=%00", "/desk/payments/%00", "/sign-in?next=%00"])
def test_a_nul_in_an_address_is_a_bad_request_and_no_fault_of_ours(
    client: FlaskClient, people: People, path: str
) -> None:
    sign_in(client, people.staff.finance)
    assert client.get(path).status_code == 400


def test_a_nul_in_a_form_is_too(client: FlaskClient) -> None:
    assert client.post("/sign-in", data={"email": "a\0@b.example", "password": "x"}).status_code == 400
