"""One call: find the card, hear its code, say how it stands, stop it, write a problem down, say goodbye."""

from __future__ import annotations

from typing import Final

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop import cards
from giftshop.cards import BlockReason, TooManyGuesses
from giftshop.hotline import caring, service
from giftshop.hotline.forms import BlockForm, EndForm, FindForm, HeardForm, LanguageForm, PickForm, ReportForm
from giftshop.hotline.rules import Outcome
from giftshop.hotline.searching import Candidate, Found, find
from giftshop.hotline.views.blueprint import bp
from giftshop.hotline.views.common import agents, call_page, own_call, visit_of
from giftshop.kernel import clock
from giftshop.kernel.codes import Typo
from giftshop.kernel.errors import Missing, Refused
from giftshop.redemption import TYPO_WORDS, NotTheLastDigits, ProblemKind, ProofForm
from giftshop.web import Form, actor, allow, current_shop, reader, say, transact, transact_once

COUNTED_AS: Final = "hotline:{}"
"""What wrong codes of one agent are counted under, in place of a network address."""


@bp.get("/desk/hotline/calls/<int:call_id>")
@allow(agents)
def call(call_id: int) -> ResponseReturnValue:
    """Everything about a call on one page."""
    return call_page(own_call(call_id))


@bp.post("/desk/hotline/calls/<int:call_id>/find")
@allow(agents)
def look_for(call_id: int) -> ResponseReturnValue:
    """Look for what the caller names. A single card is taken up at once; it is posted, so that no log keeps it."""
    here, form = own_call(call_id), FindForm()
    said, narrowed = (form.said.data or "").strip(), (form.narrowed.data or "").strip()
    found = find(reader(), said, narrowed, at=clock.now())
    if len(found.candidates) == 1 and found.hint is None and not found.parcels:
        return _take_up(call_id, found, found.candidates[0])
    if not (found.candidates or found.order):
        return call_page(here, found=found)
    return call_page(here, found=found, said=said, narrowed=narrowed)


@bp.post("/desk/hotline/calls/<int:call_id>/card")
@allow(agents)
def pick(call_id: int) -> ResponseReturnValue:
    """Take up one of the cards that were found. It is looked for again, so that nobody names any other."""
    own_call(call_id)
    form = PickForm()
    found = find(reader(), (form.said.data or "").strip(), (form.narrowed.data or "").strip(), at=clock.now())
    chosen = found.candidate(form.wanted)
    if chosen is None:
        raise Missing
    return _take_up(call_id, found, chosen)


@bp.post("/desk/hotline/calls/<int:call_id>/code")
@allow(agents)
def hear(call_id: int) -> ResponseReturnValue:
    """The code as it is read out: opens its card for half an hour in this call. Nothing of it comes back."""
    here, form = own_call(call_id), HeardForm()
    address, at = COUNTED_AS.format(actor().id), clock.now()
    keyring, typed = current_shop().settings.keyring, form.code.data or ""
    try:
        found = cards.card_by_code(reader(), typed, keyring=keyring, address=address, at=at)
    except TooManyGuesses as refusal:
        form.code.errors = [say(refusal)]
        return call_page(here, heard_form=form)[0], 429
    if isinstance(found, Typo):
        form.code.errors = [_(TYPO_WORDS[found])]
        return call_page(here, heard_form=form)
    if found is None:
        transact(service.mishear, call_id, address, hashes=cards.code_hashes(keyring, typed), by=actor(), at=at)
        form.code.errors = [_("No card opens with this code, or it is not active yet. Have it read out once more.")]
        return call_page(own_call(call_id), heard_form=form)
    transact(cards.note_opening, address, found.id, at=at)
    if not transact(service.hear, call_id, found.id, by=actor(), at=at):
        flash(_("This is the code of another card than the one that was found. The call is about this one now."))
    return _back(call_id)


@bp.post("/desk/hotline/calls/<int:call_id>/orders/<int:nth>/proof")
@allow(agents)
def prove(call_id: int, nth: int) -> ResponseReturnValue:
    """The last four digits of the receiver's phone: who knows them is told whom it goes to."""
    here, form = own_call(call_id), ProofForm()
    redemption_id = visit_of(here, nth).redemption.id
    if form.validate_on_submit():
        try:
            typed = form.last_digits.data or ""
            if transact(service.prove, call_id, redemption_id, typed, by=actor(), at=clock.now()):
                return _back(call_id)
            form.refuse(NotTheLastDigits(field="last_digits"))
        except Refused as refusal:
            form.refuse(refusal)
    return call_page(own_call(call_id), proof_form=form)


@bp.post("/desk/hotline/calls/<int:call_id>/language")
@allow(agents)
def speak(call_id: int) -> ResponseReturnValue:
    """The caller would rather hear the other language."""
    own_call(call_id)
    form = LanguageForm()
    if form.validate():
        transact(service.speak, call_id, form.locale.data, by=actor(), at=clock.now())
    if form.back.data == "check":
        return redirect(url_for("hotline.check", call_id=call_id), 303)
    if form.nth:
        return redirect(url_for("hotline.order", call_id=call_id, nth=form.nth), 303)
    return _back(call_id)


@bp.post("/desk/hotline/calls/<int:call_id>/block")
@allow(agents)
def block(call_id: int) -> ResponseReturnValue:
    """Stop a card that is lost."""
    own_call(call_id)
    form = BlockForm()
    if form.validate():
        try:
            reason = BlockReason(form.reason.data)
            transact_once(form.once(), caring.block, call_id, reason, by=actor(), at=clock.now())
            flash(_("Blocked. Nobody can redeem this card until the block is lifted."), "success")
            return _back(call_id)
        except Refused as refusal:
            form.refuse(refusal)
    return call_page(own_call(call_id), block_form=form)


@bp.post("/desk/hotline/calls/<int:call_id>/unblock")
@allow(agents)
def unblock(call_id: int) -> ResponseReturnValue:
    """Let a card go on that was found again."""
    own_call(call_id)
    try:
        transact_once(Form().once(), caring.unblock, call_id, by=actor(), at=clock.now())
        flash(_("The block is lifted."), "success")
    except Refused as refusal:
        flash(say(refusal), "error")
    return _back(call_id)


@bp.post("/desk/hotline/calls/<int:call_id>/problem")
@allow(agents)
def report(call_id: int) -> ResponseReturnValue:
    """Write down what the caller says is wrong."""
    own_call(call_id)
    form = ReportForm()
    if form.validate():
        try:
            kind, note = ProblemKind(form.kind.data), form.note.data or ""
            transact_once(form.once(), caring.report, call_id, kind, note, by=actor(), at=clock.now())
            flash(_("Noted, among the problems."), "success")
            return _back(call_id)
        except Refused as refusal:
            form.refuse(refusal)
    return call_page(own_call(call_id), problem_form=form)


@bp.post("/desk/hotline/calls/<int:call_id>/end")
@allow(agents)
def end(call_id: int) -> ResponseReturnValue:
    """Say goodbye, and what came of it."""
    own_call(call_id)
    form = EndForm()
    if form.validate():
        try:
            outcome, note = Outcome(form.outcome.data), form.note.data or ""
            transact(service.end, call_id, outcome, note, by=actor(), at=clock.now())
            flash(_("The call is noted."), "success")
            return redirect(url_for("hotline.desk"), 303)
        except Refused as refusal:
            form.refuse(refusal)
    return call_page(own_call(call_id), end_form=form)


def _take_up(call_id: int, found: Found, chosen: Candidate) -> ResponseReturnValue:
    transact(
        service.look_at,
        call_id,
        chosen.card.id,
        found.by,
        proved_id=chosen.proved_id,
        by=actor(),
        at=clock.now(),
    )
    return _back(call_id)


def _back(call_id: int) -> ResponseReturnValue:
    return redirect(url_for("hotline.call", call_id=call_id), 303)
