"""What pages are built from: forms that somebody can fill in with a keyboard, a screen reader, or no script."""

from __future__ import annotations

import re

import pytest
from flask import render_template_string
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FieldList, FormField, RadioField, StringField, TextAreaField
from wtforms.form import Form as Plain
from wtforms.validators import InputRequired

from giftshop.web import GiftShop
from giftshop.web.forms import Form

FORMS = '{% import "macros/forms.html" as forms %}{% import "macros/ui.html" as ui %}'


class Place(Plain):
    street = StringField("Street", [InputRequired("Enter the street")])


class Wishes(Form):
    name = StringField("Name", [InputRequired("Enter your name")], description="As the courier should read it")
    kind = RadioField("Kind", [InputRequired("Choose a kind")], choices=[("a", "One"), ("b", "Other")])
    agreed = BooleanField("Agreed", [InputRequired("Tick the box")])
    words = TextAreaField("Words")
    place = FormField(Place)
    more = FieldList(FormField(Place), min_entries=1)


@pytest.fixture
def sent(app: GiftShop) -> str:
    """The page somebody gets back who sent the form empty."""
    with app.test_request_context(method="POST"):
        form = Wishes(formdata=MultiDict(), meta={"csrf": False})
        form.validate()
        return render_template_string(
            FORMS + "{{ forms.error_summary(form) }}{% call forms.post_form(form) %}"
            "{% for f in (form.name, form.kind, form.agreed, form.words, form.place.street, form.more[0].street) %}"
            "{{ forms.field(f) }}{% endfor %}{% endcall %}",
            form=form,
        )


def test_every_line_of_the_error_summary_leads_to_a_control(sent: str) -> None:
    links = re.findall(r'href="#([^"]+)"', sent)
    controls = re.findall(r'<(?:input|textarea)[^>]*\bid="([^"]+)"', sent)
    assert len(links) == 5
    assert set(links) <= set(controls)


def test_no_two_things_on_a_page_share_an_id(sent: str) -> None:
    ids = re.findall(r'\bid="([^"]+)"', sent)
    assert len(ids) == len(set(ids))


def test_hint_and_error_are_read_with_their_field(sent: str) -> None:
    control = re.search(r'<input[^>]*id="name"[^>]*>', sent)
    assert control
    assert 'aria-describedby="name-hint name-error"' in control[0]
    assert 'aria-invalid="true"' in control[0]
    ids = set(re.findall(r'\bid="([^"]+)"', sent))
    described = {name for group in re.findall(r'aria-describedby="([^"]*)"', sent) for name in group.split()}
    assert described <= ids


def test_a_form_carries_its_token_and_its_request_key_once(sent: str) -> None:
    assert sent.count('name="csrf_token"') == 1
    assert sent.count('name="request_key"') == 1


def test_only_what_may_be_left_empty_is_called_optional(sent: str) -> None:
    assert sent.count("(optional)") == 1
    assert re.search(r'<label for="words">Words <span class="optional">', sent)


def test_what_a_person_typed_is_never_markup(app: GiftShop) -> None:
    with app.test_request_context():
        page = render_template_string(
            FORMS + "{{ ui.letter(words, words, signed=words, until=words) }}{{ ui.tile(words, text=words) }}"
            "{{ ui.summary_row(words, words, '/x') }}{{ ui.page_header(words, words) }}{{ ui.td(words, words) }}"
            "{{ ui.empty(words, words) }}{{ ui.event(words, words) }}{{ ui.line(words, words, words) }}",
            words='<b onclick="x">',
        )
    assert "<b " not in page
