"""Favourites, and a firm's lists: all of them, one of them, and what is done to it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop import accounts, catalogue
from giftshop.catalogue import Item, ItemState
from giftshop.kernel import clock
from giftshop.kernel.actor import ActorKind
from giftshop.kernel.errors import Refused
from giftshop.web import Form, actor, allow, anyone, localized, offer_undo, reader, say, transact, transact_once
from giftshop.wishes import queries, service
from giftshop.wishes.forms import ListForm, NewListForm, ShareForm, wanted_in, whole_in
from giftshop.wishes.models import WishList
from giftshop.wishes.queries import Line
from giftshop.wishes.rules import MAX_COMPARED, MAX_OF_ONE, MAX_WORDS, Verdict, total_of
from giftshop.wishes.service import Placed
from giftshop.wishes.showing import favourite_ids
from giftshop.wishes.views.blueprint import bp, buyers, firm, our_list, own_firm, sees_prices
from giftshop.wishes.views.sharing import shown_links


@bp.get("/lists")
@allow(anyone)
def index() -> ResponseReturnValue:
    """The favourites of whoever reads; for people of a firm its lists, too."""
    return _index(NewListForm(formdata=None))


@bp.post("/lists")
@allow(firm)
def begin() -> ResponseReturnValue:
    """Begin a list."""
    form = NewListForm()
    if form.validate():
        chosen = [item.id for item in _offered_favourites()] if form.with_favourites.data else []
        try:
            draw_up = service.draw_up
            name = form.name.data or ""
            list_id = transact_once(form.once(), draw_up, own_firm(), name, chosen, by=actor(), at=clock.now())
            return redirect(url_for("wishes.show", list_id=list_id), 303)
        except Refused as refusal:
            form.refuse(refusal)
    return _index(form)


@bp.get("/lists/<int:list_id>")
@allow(firm)
def show(list_id: int) -> ResponseReturnValue:
    """One list."""
    found = our_list(list_id)
    return _page(found, _form_of(found))


@bp.post("/lists/<int:list_id>")
@allow(firm)
def save(list_id: int) -> ResponseReturnValue:
    """Keep what was typed; with the button of a gift, move it or take it off besides."""
    form = _form_of(our_list(list_id))
    if not form.validate():
        return _page(our_list(list_id), form)
    try:
        transact(service.arrange, list_id, own_firm(), wanted_in(form, request.form))
    except Refused as refusal:
        form.refuse(refusal)
        return _page(our_list(list_id), form)
    return _after_buttons(list_id)


@bp.post("/lists/<int:list_id>/save")
@allow(firm)
def autosave(list_id: int) -> ResponseReturnValue:
    """Keep what is typed while it is typed; answers with the total as it now is."""
    form = _form_of(our_list(list_id))
    if not form.validate():
        return "", 422
    transact(service.arrange, list_id, own_firm(), wanted_in(form, request.form))
    found = our_list(list_id)
    return render_template("wishes/_total.html", total=_total(found, queries.lines_of(reader(), list_id)))


@bp.post("/lists/<int:list_id>/gifts/<int:item_id>")
@allow(firm)
def put_in(list_id: int, item_id: int) -> ResponseReturnValue:
    """Put a gift onto a list."""
    placed = Placed(item_id, whole_in(request.form, "quantity") or 1)
    try:
        transact(service.put_in, list_id, own_firm(), placed, by=actor(), at=clock.now())
    except Refused as refusal:
        flash(say(refusal), "error")
    return redirect(url_for("wishes.show", list_id=list_id, q=request.args.get("q"), _anchor=f"gift-{item_id}"), 303)


@bp.post("/lists/<int:list_id>/delete")
@allow(firm)
def drop(list_id: int) -> ResponseReturnValue:
    """Delete a list; the next page offers to undo it."""
    name = our_list(list_id).name
    transact(service.drop, list_id, own_firm(), by=actor(), at=clock.now())
    there = url_for("wishes.show", list_id=list_id)
    offer_undo(_("“%(name)s” is deleted.", name=name), "wishes.drop", list_id, own_firm(), back=there)
    return redirect(url_for("wishes.index"), 303)


@bp.post("/lists/<int:list_id>/gift-set")
@allow(buyers)
def make_set(list_id: int) -> ResponseReturnValue:
    """Draw up a gift set of what is on a list, and go on there."""
    lines = queries.lines_of(reader(), our_list(list_id).id)
    try:
        make = service.make_set
        set_id = transact_once(Form().once(), make, list_id, own_firm(), by=actor(), at=clock.now())
    except Refused as refusal:
        flash(say(refusal), "error")
        return redirect(url_for("wishes.show", list_id=list_id), 303)
    left = len(lines) - len(service.packable(lines, _currency()))
    if left:
        flash(_("The first gifts are in the set; %(left)s had no room or are not offered any more.", left=left), "info")
    return redirect(url_for("giftsets.build", gift_set_id=set_id), 303)


def _after_buttons(list_id: int) -> ResponseReturnValue:
    """Do what the button says that a list was sent with: earlier, later or remove, with the id of a gift."""
    anchor = None
    for name, places in (("earlier", -1), ("later", 1)):
        if item_id := whole_in(request.form, name):
            transact(service.move, list_id, own_firm(), item_id, places)
            anchor = f"gift-{item_id}"
    if item_id := whole_in(request.form, "remove"):
        stood = transact(service.take_out, list_id, own_firm(), item_id, by=actor(), at=clock.now())
        if stood:
            _say_taken_out(list_id, stood)
    return redirect(url_for("wishes.show", list_id=list_id, _anchor=anchor), 303)


def _say_taken_out(list_id: int, stood: Placed) -> None:
    name = localized(catalogue.item(reader(), stood.item_id).names)
    stood_so = [stood.item_id, stood.quantity, stood.note, stood.position or 0]
    there = url_for("wishes.show", list_id=list_id, _anchor=f"gift-{stood.item_id}")
    offer_undo(
        _("“%(gift)s” is off the list.", gift=name), "wishes.take_out", list_id, own_firm(), stood_so, back=there
    )


def _index(form: NewListForm) -> ResponseReturnValue:
    is_member = actor().kind is ActorKind.MEMBER
    lists = queries.shelf_of(reader(), own_firm()) if is_member else []
    page = render_template(
        "wishes/index.html",
        form=form,
        favourites=_offered_favourites(),
        lists=lists,
        totals={each.wish_list.id: _total(each.wish_list, each.lines) for each in lists},
        is_member=is_member,
        shows_prices=sees_prices(),
    )
    return page, 422 if form.has_errors else 200


def _page(found: WishList, form: ListForm) -> ResponseReturnValue:
    lines = queries.lines_of(reader(), found.id)
    readers = queries.readers_of(reader(), found.id)
    page = render_template(
        "wishes/list.html",
        found=found,
        form=form,
        lines=lines,
        total=_total(found, lines),
        names=accounts.users_by_id(reader(), {line.row.added_by for line in lines if line.row.added_by}),
        readers=readers,
        opinions=queries.opinions_of(reader(), readers),
        verdicts=Verdict,
        links=shown_links(found.id),
        share_form=ShareForm(formdata=None),
        to_add=_to_add(lines),
        wanted=request.args.get("q", "")[:100],
        most_of_one=MAX_OF_ONE,
        most_words=MAX_WORDS,
        compare=[line.item.sku for line in lines if line.is_offered][:MAX_COMPARED],
        packable=len(service.packable(lines, _currency())),
    )
    return page, 422 if form.has_errors else 200


def _form_of(found: WishList) -> ListForm:
    return ListForm(data={"name": found.name, "people": found.people})


def _total(found: WishList, lines: Sequence[Line]) -> object:
    return total_of([line.priced for line in lines], people=found.people, currency=_currency())


def _currency() -> str:
    return accounts.firm(reader(), own_firm()).currency


def _offered_favourites() -> list[Item]:
    known = catalogue.items_by_id(reader(), favourite_ids())
    return [known[each] for each in favourite_ids() if each in known and known[each].state is ItemState.ON_OFFER]


def _to_add(lines: Sequence[Line]) -> list[Item]:
    """Return gifts to put onto a list: what was searched for, else favourites that are not on it."""
    there = {line.item.id for line in lines}
    wanted = request.args.get("q", "").strip()[:100]
    if wanted:
        found: Sequence[Item] = catalogue.items_to_choose(reader(), _currency(), wanted=wanted, limit=24)
    else:
        found = _offered_favourites()
    return [item for item in found if item.id not in there][:12]
