"""The buyer's programmes: how many gifts were chosen, by card and recipient, and an export. Never a code."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop import catalogue, listing
from giftshop.cards import activating, progress, queries
from giftshop.cards.exporting import PROGRAMMES, SHOWN_WORDS, cards_of, last_day
from giftshop.cards.models import Programme
from giftshop.cards.progress import CardLine, Progress, Shown
from giftshop.cards.rules import ProgrammeKind
from giftshop.cards.words import BATCH_WORDS, UNREDEEMED_WORDS
from giftshop.db import Transaction
from giftshop.kernel import clock
from giftshop.kernel.actor import Actor
from giftshop.kernel.errors import Refused
from giftshop.kernel.money import Money
from giftshop.kernel.role import MemberRole
from giftshop.listing import Found
from giftshop.web import Form, actor, allow, current_shop, members, reader, say, transact_once

bp = Blueprint("cards", __name__)

READERS: Final = (MemberRole.BUYER, MemberRole.APPROVER, MemberRole.FINANCE, MemberRole.ADMINISTRATOR)
RECEIVERS: Final = (MemberRole.BUYER, MemberRole.ADMINISTRATOR)
AGREERS: Final = (MemberRole.BUYER, MemberRole.FINANCE, MemberRole.ADMINISTRATOR)
"""Who may be the second person for a large batch."""
FOLLOWERS: Final = (MemberRole.BUYER, MemberRole.FINANCE, MemberRole.ADMINISTRATOR)
"""Who sees what happened to each card."""


@bp.get("/programmes")
@allow(members(*READERS))
def programmes() -> ResponseReturnValue:
    """The firm's programmes, newest first, each with how far it has come."""
    found = listing.show(progress.programmes_list(_firm_id()))
    if file := found.file(PROGRAMMES):
        return file
    counts = progress.programme_progress(reader(), [each.id for each in found.rows], at=clock.now())
    return render_template("cards/programmes.html", found=found, counts=counts)


@bp.get("/programmes/<int:programme_id>")
@allow(members(*READERS))
def programme(programme_id: int) -> ResponseReturnValue:
    """One programme: its counts, its batches, and its cards by serial number and recipient, or these as a file."""
    programme, now, shown = progress.programme_of(reader(), _firm_id(), programme_id), clock.now(), _shown()
    found = listing.show(progress.cards_list(reader(), programme, shown=shown, at=now), shown=shown)
    if file := found.file(cards_of(programme)):
        return file
    counts = progress.programme_progress(reader(), [programme.id], at=now)[programme.id]
    batches = queries.batches_of(reader(), [programme.id])
    return render_template(
        "cards/programme.html",
        programme=programme,
        found=found,
        counts=counts,
        batches=batches,
        editions=catalogue.editions_by_id(reader(), {batch.edition_id for batch in batches if batch.edition_id}),
        is_value=programme.kind is ProgrammeKind.STORED_VALUE,
        outstanding=Money(counts.outstanding_minor, batches[0].currency) if batches else current_shop().no_money,
        shown=shown,
        views=_views(found, programme, counts, shown),
        shown_words=SHOWN_WORDS,
        batch_words=BATCH_WORDS,
        last_day=lambda line: last_day(line, programme),
        may_receive=actor().has(*RECEIVERS),
        may_agree=actor().has(*AGREERS),
        unredeemed_words=UNREDEEMED_WORDS,
        settlements=queries.settlements_of(reader(), programme.id),
        may_follow=actor().has(*FOLLOWERS),
        form=Form(),
    )


@bp.post("/programmes/<int:programme_id>/batches/<int:batch_id>/received")
@allow(members(*RECEIVERS))
def received(programme_id: int, batch_id: int) -> ResponseReturnValue:
    """The buyer says that the printed cards came, which activates them."""
    batch = progress.firm_batch(reader(), _firm_id(), batch_id)
    is_open = transact_once(Form().once(), _receive, batch.id, by=actor(), at=clock.now())
    if is_open:
        flash(
            _("Thank you. The cards of batch %(number)s can be redeemed from now on.", number=batch.number), "success"
        )
    else:
        flash(_("Thank you. This batch is large, so a second person has to open its cards."), "success")
    return redirect(url_for("cards.programme", programme_id=programme_id))


@bp.post("/programmes/<int:programme_id>/batches/<int:batch_id>/open")
@allow(members(*AGREERS))
def agree(programme_id: int, batch_id: int) -> ResponseReturnValue:
    """The second person's yes to a large batch."""
    batch = progress.firm_batch(reader(), _firm_id(), batch_id)
    try:
        transact_once(Form().once(), _agree, batch.id, by=actor(), at=clock.now())
        flash(_("The cards of batch %(number)s can be redeemed from now on.", number=batch.number), "success")
    except Refused as refusal:
        flash(say(refusal), "error")
    return redirect(url_for("cards.programme", programme_id=programme_id))


def _receive(tx: Transaction, batch_id: int, *, by: Actor, at: datetime) -> int:
    limit = current_shop().settings.market.cards.two_people_from_minor
    return int(activating.receive(tx, batch_id, may_open=activating.alone_below(limit), by=by, at=at))


def _agree(tx: Transaction, batch_id: int, *, by: Actor, at: datetime) -> int:
    return int(activating.agree(tx, batch_id, by=by, at=at))


def _firm_id() -> int:
    firm_id = actor().firm_id
    assert firm_id is not None, "the guard lets in members only, and a member has a firm"  # noqa: S101
    return firm_id


def _shown() -> Shown | None:
    """How the cards stand that the address narrows the list to."""
    wanted = request.args.get("shown")
    return Shown(wanted) if wanted in set(Shown) else None


def _views(
    found: Found[CardLine], programme: Programme, counts: Progress, current: Shown | None
) -> list[tuple[str, str, int | None, bool]]:
    def entry(words: str, shown: Shown | None, count: int) -> tuple[str, str, int | None, bool]:
        return words, found.at(shown=shown), None if found.is_narrowed else count, current is shown

    is_value = programme.kind is ProgrammeKind.STORED_VALUE
    there_are = {shown: words for shown, words in SHOWN_WORDS.items() if is_value or shown is not Shown.BEGUN}
    narrowed = [entry(_(words), shown, getattr(counts, shown)) for shown, words in there_are.items()]
    return [entry(_("All"), None, counts.ordered), *narrowed]
