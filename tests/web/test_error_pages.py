"""An error page leads on: by who one is, and where it happened."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.people import People, sign_in


def next_steps(page: str) -> str:
    return page.split('class="form-actions"')[1].split("</div>", maxsplit=1)[0]


def test_everybody_is_led_to_where_they_can_go(client: FlaskClient, people: People) -> None:
    assert "Go to the home page" in next_steps(client.get("/nowhere").text)
    recipients = next_steps(client.get("/t/nothing-like-a-link").text)
    assert 'href="/r"' in recipients
    assert 'href="/contact"' in recipients
    sign_in(client, people.lantern.buyer)
    missing = client.get("/orders/O-0000-000-000")
    assert missing.status_code == 404
    assert 'href="/orders"' in next_steps(missing.text)
    assert "Main menu" in missing.text
    refused = client.get("/dispatch")
    assert refused.status_code == 403
    assert 'href="/"' in next_steps(refused.text)
    sign_in(client, people.staff.sales)
    assert 'href="/desk"' in next_steps(client.get("/nowhere").text)
    assert 'href="/dispatch"' in next_steps(client.get("/dispatch/shipments/S-0").text)
