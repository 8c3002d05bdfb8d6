"""The proofs themselves, for whoever may see them; and the desk where firms' wishes about them are answered."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import Length

from giftshop import accounts, cards, paper
from giftshop.kernel import clock
from giftshop.kernel.errors import Missing, Refused
from giftshop.kernel.role import StaffRole
from giftshop.listing import show
from giftshop.production import proof_queries, proofs, queries
from giftshop.production.art import specimen
from giftshop.production.exporting import PROOFS
from giftshop.production.proof_models import CardProof
from giftshop.production.proof_pages import PROOF_WORDS, proof_shown
from giftshop.production.rules import PrintRunState
from giftshop.production.views import bp, production
from giftshop.production.wording import card_of, subject_of
from giftshop.web import Form, actor, allow, members, reader, say, staff, transact

answerers = staff(StaffRole.SALES, StaffRole.PRODUCTION)
onlookers = staff(StaffRole.SALES, StaffRole.FINANCE, StaffRole.PRODUCTION, StaffRole.ADMINISTRATOR)


class AnswerForm(Form):
    """What we say to a firm that wants its card changed."""

    words = TextAreaField(_l("Your answer"), validators=[Length(max=500)])


@bp.get("/proofs/<int:proof_id>.pdf")
@allow(members(), onlookers)
def proof_file(proof_id: int) -> ResponseReturnValue:
    """A version of a proof, as its firm saw it."""
    proof = _proof(proof_id)
    response = Response(proof_queries.proof_pdf(reader(), proof), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="proof-{proof.about}-{proof.version}.pdf"'
    return response


@bp.get("/proofs/<int:proof_id>/<int:side>.png")
@allow(members(), onlookers)
def proof_side(proof_id: int, side: int) -> ResponseReturnValue:
    """One side of it (from 1) as a picture, with its bleed. Raises Missing."""
    pdf = proof_queries.proof_pdf(reader(), _proof(proof_id))
    try:
        picture = paper.side_png(pdf, side - 1)
    except IndexError as error:
        raise Missing from error
    response = Response(picture, mimetype="image/png")
    response.cache_control.private, response.cache_control.max_age = True, 86_400  # a version never changes
    return response


@bp.get("/desk/proofs")
@allow(answerers)
def proof_desk() -> ResponseReturnValue:
    """Proofs that firms want changed, the oldest first; or every version there is."""
    is_open = request.args.get("view") != "all"
    known = proof_queries.proofs_list(reader(), is_open=is_open, words=PROOF_WORDS)
    found = show(known, view=None if is_open else "all")
    if file := found.file(PROOFS):
        return file
    views = [(_("To answer"), found.at(), None, is_open), (_("All"), found.at(view="all"), None, not is_open)]
    return render_template(
        "production/proofs.html",
        found=found,
        views=views,
        words=PROOF_WORDS,
        remarks=proof_queries.last_remarks(reader(), [proof.id for proof in found.rows]),
        firms=accounts.firms_by_id(reader(), {proof.firm_id for proof in found.rows}),
    )


@bp.get("/desk/proofs/<int:proof_id>")
@allow(onlookers)
def proof_page(proof_id: int) -> ResponseReturnValue:
    """One proof: what it shows, what its firm says, and every version."""
    return _page(_proof(proof_id), AnswerForm())


@bp.post("/desk/proofs/<int:proof_id>/answer")
@allow(answerers)
def answer_proof(proof_id: int) -> ResponseReturnValue:
    """Answer what a firm asked."""
    form = AnswerForm()
    if form.validate_on_submit():
        try:
            transact(proofs.answer, proof_id, form.words.data or "", by=actor(), at=clock.now())
            flash(_("Your answer stands beside the proof, and its buyer was told by e-mail."), "success")
            return redirect(url_for("production.proof_desk"))
        except Refused as refusal:
            form.refuse(refusal)
    return _page(_proof(proof_id), form)


@bp.post("/desk/print-runs/<int:run_id>/proof")
@allow(production)
def renew_proof(run_id: int) -> ResponseReturnValue:
    """Draw what would be printed now, and ask the firm to approve it."""
    run = queries.print_run(reader(), run_id)
    programme = cards.programme(reader(), run.programme_id)
    if run.state not in {PrintRunState.WAITING, PrintRunState.REFUSED}:
        raise Missing
    subject = subject_of(reader(), run)
    last = proof_queries.latest_proof(reader(), subject)
    try:
        design, art = card_of(reader(), run)
        public_url = cards.batch(reader(), run.batch_id).public_url
        drawn = proofs.draw(design, art, specimen(proofs.specimen_name(art), public_url))
        about = last.about if last else programme.name
        transact(proofs.renew, subject, programme.firm_id, drawn, about=about, by=actor(), at=clock.now())
        flash(_("The firm was asked to approve the card as it would be printed now."), "success")
    except Refused as refusal:
        flash(say(refusal), "error")
    return redirect(url_for("production.show", run_id=run_id))


def _proof(proof_id: int) -> CardProof:
    """Return a version that this person may see. Raises Missing."""
    return proof_queries.proof_of(reader(), proof_id, actor().firm_id)


def _page(proof: CardProof, form: AnswerForm) -> ResponseReturnValue:
    shown = proof_shown(reader(), proof)
    return render_template(
        "production/proof.html",
        shown=shown,
        form=form,
        firm=accounts.firm(reader(), proof.firm_id),
        is_last=shown.history[0].proof.id == proof.id,
        may_answer=actor().has(StaffRole.SALES, StaffRole.PRODUCTION),
    ), 422 if form.has_errors else 200
