"""Every paper that the site prints can be looked at on a page, in every language."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from giftshop import paper
from giftshop.kernel.locale import LOCALES
from giftshop.paper import DESIGNS
from giftshop.web import GiftShop, in_locale
from tests.people import People, sign_in


def test_the_rooms_that_print_show_what(app: GiftShop) -> None:
    about = {name.partition("-")[0] for name in app.sample_papers}
    assert about == {"card", "bench", "money", "brochure"}
    assert {f"card-{key}" for key in DESIGNS} <= app.sample_papers.keys()


@pytest.mark.parametrize("fresh_database_url", ["sqlite"], indirect=True)  # samples ask no database
@pytest.mark.parametrize("locale", LOCALES)
def test_each_paper_is_printed_in_its_language(app: GiftShop, locale: str) -> None:
    with app.test_request_context(), in_locale(locale):
        of_rooms = [name for name in app.sample_papers if not name.startswith("card-")]
        printed = {name: app.sample_papers[name]() for name in ("card-moon", *of_rooms)}
    assert all(paper.page_count(pdf) >= 1 for pdf in printed.values())


def test_staff_see_them_on_one_page_and_nobody_else_does(client: FlaskClient, people: People) -> None:
    sign_in(client, people.staff.production)
    page = client.get("/design/papers").text
    for name in ("card-moon", "money-invoice"):
        assert f'src="/design/papers/{name}/zh_Hans.png"' in page
        assert client.get(f"/design/papers/{name}/zh_Hans.png").data.startswith(b"\x89PNG")
        assert client.get(f"/design/papers/{name}/en.pdf").data.startswith(b"%PDF")
    for wrong in ("nothing/en.pdf", "brochure/xx.pdf", "brochure/xx.png"):
        assert client.get(f"/design/papers/{wrong}").status_code == 404
    sign_in(client, people.lantern.buyer)
    for path in ("", "/brochure/en.pdf", "/brochure/en.png"):
        assert client.get(f"/design/papers{path}").status_code == 403
