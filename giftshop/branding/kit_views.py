"""The brand kit of a firm: its buyers keep it, its other members and the operator's people read it."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop import accounts
from giftshop.branding import kits, queries, service
from giftshop.branding.artwork import redraw
from giftshop.branding.errors import NoSuchOccasion
from giftshop.branding.forms import LETTERING_WORDS, LogoForm, LookForm, greeting_form
from giftshop.branding.kits import Kit
from giftshop.branding.occasions import MAX_HEADLINE, MAX_MESSAGE, Greeting, Occasion
from giftshop.branding.pages import OCCASION_WORDS, shade_of
from giftshop.branding.rules import colour_in
from giftshop.branding.samples import lettering_sample
from giftshop.branding.views import bp
from giftshop.kernel import clock
from giftshop.kernel.errors import Missing, Refused
from giftshop.kernel.locale import LOCALES
from giftshop.kernel.role import MemberRole, StaffRole
from giftshop.paper import Lettering
from giftshop.web import Form, actor, allow, members, offer_undo, reader, staff, transact
from giftshop.web.forms import typed

buyers = members(MemberRole.BUYER)
office = staff(StaffRole.SALES, StaffRole.PRODUCTION, StaffRole.ADMINISTRATOR)


@bp.get("/brand")
@allow(members())
def kit() -> ResponseReturnValue:
    """How the firm's cards look when nothing else is said."""
    return _page(_own_firm(), _look_form(kits.kit_of(reader(), _own_firm())), LogoForm(formdata=None))


@bp.post("/brand")
@allow(buyers)
def save_look() -> ResponseReturnValue:
    """Keep colour, lettering and contact line."""
    form = LookForm()
    if form.validate():
        try:
            seen = form.seen_version
            transact(kits.save_look, _own_firm(), form.look, seen=seen, by=actor(), at=clock.now())
            flash(_("Your brand is saved. New orders begin with it."), "success")
            return redirect(url_for("branding.kit"))
        except Refused as refusal:
            form.refuse(refusal)
            form.seen.data = str(kits.kit_of(reader(), _own_firm()).version)
    return _page(_own_firm(), form, LogoForm(formdata=None))


@bp.get("/brand/colour")
@allow(buyers)
def colour() -> ResponseReturnValue:
    """What becomes of a colour on cards, as a piece of a page that follows what is typed."""
    accent = colour_in(request.args.get("accent", ""))
    return render_template("branding/_colour.html", shade=shade_of(accent) if accent else None)


@bp.get("/brand/lettering/<key>.png")
@allow(members(), office)
def lettering(key: str) -> ResponseReturnValue:
    """A sample of a lettering."""
    if key not in set(Lettering):
        raise Missing
    response = Response(lettering_sample(Lettering(key)), mimetype="image/png")
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response


@bp.post("/brand/logos")
@allow(buyers)
def add_logo() -> ResponseReturnValue:
    """Another logo."""
    form = LogoForm()
    if form.validate():
        try:
            artwork = redraw(form.logo.data.read())  # takes its time, so the database does not wait for it
            transact(service.save_logo, _own_firm(), artwork, by=actor(), at=clock.now())
            flash(_("The logo is here. Look at what we say of it below its picture."), "success")
            return redirect(url_for("branding.kit", _anchor="logos"))
        except Refused as refusal:
            form.refuse(refusal)
    return _page(_own_firm(), _look_form(kits.kit_of(reader(), _own_firm())), form)


@bp.post("/brand/logos/<int:logo_id>/usual")
@allow(buyers)
def choose_logo(logo_id: int) -> ResponseReturnValue:
    """Let new orders begin with this logo."""
    transact(kits.choose_logo, _own_firm(), logo_id, by=actor(), at=clock.now())
    flash(_("New orders begin with this logo."), "success")
    return redirect(url_for("branding.kit", _anchor="logos"))


@bp.post("/brand/logos/<int:logo_id>/retire")
@allow(buyers)
def retire_logo(logo_id: int) -> ResponseReturnValue:
    """Offer this logo no longer."""
    was_usual = kits.kit_of(reader(), _own_firm()).logo_id == logo_id
    transact(service.retire_logo, _own_firm(), logo_id, by=actor(), at=clock.now())
    said, back = _("The logo is no longer used. Orders and sets that carry it keep it."), url_for("branding.kit")
    offer_undo(said, "branding.retire_logo", _own_firm(), logo_id, int(was_usual), back=back)
    return redirect(url_for("branding.kit", _anchor="logos"))


@bp.route("/brand/greetings/<occasion>", methods=["GET", "POST"])
@allow(buyers)
def greeting(occasion: str) -> ResponseReturnValue:
    """The firm's words for one occasion, in both languages."""
    chosen = _occasion(occasion)
    said = kits.greetings_of(reader(), _own_firm())
    known = {f"headline_{locale}": said[chosen, locale].headline for locale in LOCALES}
    known |= {f"message_{locale}": said[chosen, locale].message for locale in LOCALES}
    form = greeting_form(**known)
    if form.validate_on_submit():
        try:
            transact(kits.save_greetings, _own_firm(), chosen, _words_in(form), by=actor(), at=clock.now())
            flash(_("Your words for “%(occasion)s” are saved.", occasion=_(OCCASION_WORDS[chosen])), "success")
            return redirect(url_for("branding.kit", _anchor="greetings"))
        except Refused as refusal:
            form.refuse(refusal)
    own = kits.own_words(reader(), _own_firm())
    changed = {locale: row for locale in LOCALES if (row := own.get((chosen, locale)))}
    page = render_template(
        "branding/greeting.html",
        form=form,
        occasion=chosen,
        occasion_words=OCCASION_WORDS,
        locales=LOCALES,
        changed=changed,
        people=accounts.users_by_id(reader(), {row.changed_by for row in changed.values() if row.changed_by}),
        limits={"headline": MAX_HEADLINE, "message": MAX_MESSAGE},
    )
    return page, 422 if form.has_errors else 200


@bp.post("/brand/greetings/<occasion>/reset")
@allow(buyers)
def reset_greeting(occasion: str) -> ResponseReturnValue:
    """Our words again, in both languages."""
    transact(kits.reset_greetings, _own_firm(), _occasion(occasion), by=actor(), at=clock.now())
    flash(_("The suggested words are back."), "success")
    return redirect(url_for("branding.greeting", occasion=occasion))


@bp.get("/desk/firms/<int:firm_id>/brand")
@allow(office)
def desk_kit(firm_id: int) -> ResponseReturnValue:
    """A firm's kit, as staff see it."""
    return _page(firm_id, None, None)


def _page(firm_id: int, form: LookForm | None, logo_form: LogoForm | None) -> ResponseReturnValue:
    firm, kept = accounts.firm(reader(), firm_id), kits.kit_of(reader(), firm_id)
    accent = (colour_in(typed(form.accent)) if form else None) or kept.look.accent
    has_errors = any(each is not None and each.has_errors for each in (form, logo_form))
    page = render_template(
        "branding/kit.html",
        firm=firm,
        kit=kept,
        form=form,
        logo_form=logo_form,
        has_errors=has_errors,
        may_edit=form is not None and actor().has(MemberRole.BUYER),
        shade=shade_of(accent),
        kept_shade=shade_of(kept.look.accent),
        logos=queries.logos_of(reader(), firm_id),
        usual=queries.usual_logo(reader(), firm_id),
        greetings=kits.greetings_of(reader(), firm_id),
        own=kits.own_words(reader(), firm_id),
        occasions=list(Occasion),
        occasion_words=OCCASION_WORDS,
        locales=LOCALES,
        people=accounts.users_by_id(reader(), {kept.changed_by} if kept.changed_by else set()),
        lettering_words=LETTERING_WORDS,
    )
    return page, 422 if has_errors else 200


def _look_form(kept: Kit) -> LookForm:
    look = kept.look
    known = {"accent": look.accent, "lettering": look.lettering.value, "contact_line": look.contact_line}
    return LookForm(formdata=None, seen=str(kept.version), **known)


def _words_in(form: Form) -> dict[str, Greeting]:
    return {
        locale: Greeting(typed(form[f"headline_{locale}"]).strip(), typed(form[f"message_{locale}"]).strip())
        for locale in LOCALES
    }


def _occasion(text: str) -> Occasion:
    if text not in set(Occasion):
        raise NoSuchOccasion
    return Occasion(text)


def _own_firm() -> int:
    firm_id = actor().firm_id
    assert firm_id is not None  # noqa: S101 -- the guard admits members only
    return firm_id
