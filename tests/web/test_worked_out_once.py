"""What pages remember instead of working it out again: it must be what they would have worked out."""

from __future__ import annotations

from datetime import date

import pytest
from flask import url_for
from flask_babel import format_date

from giftshop.web import GiftShop, in_locale, long_day
from giftshop.web.icons import icon


def test_a_remembered_address_is_that_of_the_place_the_site_is_mounted_at(app: GiftShop) -> None:
    for _ in range(2):
        with app.test_request_context("/", base_url="http://localhost/gifts"):
            assert url_for("static", filename="mark.svg").startswith("/gifts/static/mark.svg?v=")
            assert url_for("redemption.enter") == "/gifts/r"
        with app.test_request_context("/", base_url="http://localhost"):
            assert url_for("static", filename="mark.svg").startswith("/static/mark.svg?v=")
            assert url_for("redemption.enter") == "/r"
            assert url_for("redemption.enter", _external=True) == "http://localhost/r"
            assert url_for("redemption.enter", _anchor="code") == "/r#code"


@pytest.mark.parametrize("locale", ["en", "zh_Hans"])
def test_a_remembered_day_is_in_the_language_of_the_page(app: GiftShop, locale: str) -> None:
    day = date(2026, 9, 25)
    for each in ("en", "zh_Hans", locale):
        with app.test_request_context("/"), in_locale(each):
            assert long_day(day) == format_date(day, "long")


def test_an_icons_label_cannot_break_out(app: GiftShop) -> None:
    with app.test_request_context("/"):
        assert 'aria-label="&#34;&gt;"' in icon("phone", '">')
        assert 'aria-hidden="true"' in icon("phone")
        assert 'class="icon large"' in icon("phone", large=True)


def test_words_of_a_template_are_escaped_where_they_are_filled_in(app: GiftShop) -> None:
    template = app.jinja_env.from_string('{{ _("A gift from %(sender)s", sender=sender) }}')
    with app.test_request_context("/"), in_locale("zh_Hans"):
        said = template.render(sender="<b>")
    assert "&lt;b&gt;" in said
    assert "A gift from" not in said
