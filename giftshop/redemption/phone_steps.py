"""The step between the address and the look over everything, for cards that are protected by a phone."""

from __future__ import annotations

from typing import Final

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField, TelField

from giftshop import onetime
from giftshop.addresses import can_receive_texts, display_phone
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused, TooOften
from giftshop.onetime import Words
from giftshop.redemption import binding, drafts
from giftshop.redemption.binding import PhoneKeys
from giftshop.redemption.blueprint import bp
from giftshop.redemption.errors import NotTheCode
from giftshop.redemption.presenting import brand_of
from giftshop.redemption.way import Way, find
from giftshop.web import Form, allow, anyone, current_locale, current_shop, reader, transact

SHOWN: Final = 2
"""Last digits of a phone that are shown. Not four: whoever knows four may change where an order goes."""


class PhoneForm(Form):
    """The phone that a card is to be protected by."""

    phone = TelField(_l("Your mobile phone"))


class OneTimeForm(Form):
    """What the text message says."""

    code = StringField(_l("The six digits from the message"))
    phone = HiddenField()
    """Where it went, while no phone is bound: the code is good for that number alone, so it may lie in the page."""


def is_due(way: Way) -> bool:
    """Whether this card asks for its phone before it is confirmed, and it was not typed in here yet."""
    if not binding.asks_for_phone(current_shop().settings.market, way.card):
        return False
    return not binding.has_proof(reader(), way.card.id, way.visit.draft_key, at=clock.now())


@bp.get("/r/gift/phone")
@allow(anyone)
def phone() -> ResponseReturnValue:
    """Ask for a phone, or say which one we write to; and take the code when one is on its way."""
    way = _way_here()
    if isinstance(way, Response):
        return way
    bound = binding.bound_phone(reader(), way.card.id, phone_keys().keyring)
    if bound and binding.code_out(reader(), way.card.id, at=clock.now()):
        return _code_page(way, OneTimeForm(formdata=None), bound)
    return _phone_page(way, PhoneForm(formdata=None, data={"phone": _receivers_phone(way)}), bound)


@bp.post("/r/gift/phone")
@allow(anyone)
def send_code() -> ResponseReturnValue:
    """Send a code, and show where to type it in."""
    way = _way_here()
    if isinstance(way, Response):
        return way
    form, card_id, by, at = PhoneForm(), way.card.id, way.visit.actor, clock.now()
    bound = binding.bound_phone(reader(), card_id, phone_keys().keyring)
    wanted = bound
    try:
        wanted = bound or binding.mobile(form.phone.data or "", current_shop().settings.market.country)
        transact(binding.ask, card_id, wanted, code_words(), keys=phone_keys(), by=by, at=at)
        return _code_page(way, _empty_code_form(wanted, bound), wanted)
    except TooOften as refusal:
        if wanted and binding.code_out(reader(), card_id, at=at):
            code_form = _empty_code_form(wanted, bound)
            code_form.refuse(refusal)
            return _code_page(way, code_form, wanted)
        form.refuse(refusal)
    except Refused as refusal:
        form.refuse(refusal)
    return _phone_page(way, form, bound)


@bp.post("/r/gift/phone/code")
@allow(anyone)
def type_code() -> ResponseReturnValue:
    """Take the code; go on to the look over everything."""
    way = _way_here()
    if isinstance(way, Response):
        return way
    form, draft_key = OneTimeForm(), way.visit.draft_key or ""
    bound = binding.bound_phone(reader(), way.card.id, phone_keys().keyring)
    try:
        to = bound or binding.mobile(form.phone.data or "", current_shop().settings.market.country)
    except Refused:
        return redirect(url_for("redemption.phone"), 303)
    typed, by, at = form.code.data or "", way.visit.actor, clock.now()
    if transact(binding.prove, way.card.id, draft_key, typed, to, keys=phone_keys(), by=by, at=at):
        return redirect(url_for("redemption.check"), 303)
    form.refuse(NotTheCode(field="code"))
    return _code_page(way, form, to)


def phone_keys() -> PhoneKeys:
    """Return the keys of this site."""
    settings = current_shop().settings
    return PhoneKeys(settings.keyring, settings.link_key)


def _way_here() -> Way | Response:
    """Return who is choosing, if this step is theirs; else where to send them."""
    way = find(None)
    if isinstance(way, Response):
        return way
    if way.redemption or not is_due(way):
        return redirect(url_for("redemption.gift" if way.redemption else "redemption.check"), 303)
    if not way.has_chosen or way.draft is None:
        return redirect(url_for("redemption.choice"), 303)
    if drafts.receiver_in(way.draft) is None:
        return redirect(url_for("redemption.address"), 303)
    return way


def code_words() -> Words:
    """Return what the message with a code to bind a phone says, in the current language."""
    site = current_shop().settings.site_name
    return Words(
        _(
            "%(site)s: your code is %(code)s. It is good for 10 minutes. Give it to nobody who calls you.",
            site=site,
            code=onetime.CODE,
        ),
        locale=current_locale(),
    )


def _empty_code_form(to: str, bound: str | None) -> OneTimeForm:
    return OneTimeForm(formdata=None, data={"phone": "" if bound else to})


def _receivers_phone(way: Way) -> str:
    """Return the phone that was given with the address, to begin with; empty if it takes no texts."""
    receiver = drafts.receiver_in(way.draft) if way.draft else None
    if receiver is None or not can_receive_texts(receiver.phone):
        return ""
    return display_phone(receiver.phone, current_shop().settings.market.country)


def _phone_page(way: Way, form: PhoneForm, bound: str | None) -> ResponseReturnValue:
    g.shown_at = url_for("redemption.phone")
    page = render_template(
        "redemption/phone.html",
        form=form,
        card=way.card,
        brand=brand_of(reader(), way.card),
        bound=bound[-SHOWN:] if bound else None,
    )
    return page, 422 if form.has_errors else 200


def _code_page(way: Way, form: OneTimeForm, to: str) -> ResponseReturnValue:
    g.shown_at = url_for("redemption.phone")
    page = render_template(
        "redemption/phone_code.html",
        form=form,
        card=way.card,
        brand=brand_of(reader(), way.card),
        to=to[-SHOWN:],
        phone=form.phone.data,
    )
    return page, 422 if form.has_errors else 200
