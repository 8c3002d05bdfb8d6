"""A shop with one page that asks for an address."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import render_template_string
from wtforms import FormField

from giftshop.addresses import Address, AddressForm, Receiver, countries
from giftshop.application import create_app
from giftshop.web import Form, GiftShop, allow, anyone
from tests.conftest import settings_for

PAGE = """{% extends "layouts/recipient.html" %}{% import "macros/forms.html" as forms %}
{% import "addresses/fields.html" as addresses with context %}{% block title %}Where to{% endblock %}
{% block content %}<h1>Where to?</h1>{{ forms.error_summary(form) }}
{% call forms.post_form(form) %}{{ addresses.address_fields(form.address) }}{{ forms.submit("Go on") }}{% endcall %}
{% endblock %}"""


class Everywhere(AddressForm):
    offered = tuple(sorted(countries()))


class DeliveryForm(Form):
    address = FormField(AddressForm)


class WorldForm(Form):
    address = FormField(Everywhere)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GiftShop]:
    """A shop with one page that asks for an address; it needs no tables."""
    folder = tmp_path_factory.mktemp("shop")
    app = create_app(settings_for(f"sqlite:///{folder / 'none.db'}", folder))
    app.config["WTF_CSRF_ENABLED"] = False

    @app.route("/<where>", methods=["GET", "POST"])
    @allow(anyone)
    def delivery(where: str) -> str:
        known = Receiver("李雷", "+8613812345678", Address("CN", "四川省", "成都市", "高新区", "天府大道1号"))
        form_class = WorldForm if where == "world" else DeliveryForm
        form = form_class(data={"address": known}) if where == "known" else form_class()
        if form.address.asks_for_more:
            return render_template_string(PAGE, form=form)
        return repr(form.address.receiver) if form.validate_on_submit() else render_template_string(PAGE, form=form)

    yield app
    app.database.dispose()
