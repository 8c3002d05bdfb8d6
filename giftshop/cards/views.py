"""The buyer's programmes: how many gifts were chosen, by card and recipient, and an export. Never a code."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final

from flask import Blueprint, Response, flash, redirect, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop import catalogue, listing
from giftshop.cards import activating, progress, queries
from giftshop.cards.exporting import PROGRAMMES
from giftshop.cards.models import Programme
from giftshop.cards.progress import CardLine, Progress, Shown
from giftshop.cards.rules import FOREVER, ProgrammeKind
from giftshop.cards.words import BATCH_WORDS, UNREDEEMED_WORDS
from giftshop.db import Transaction
from giftshop.kernel import clock
from giftshop.kernel.actor import Actor
from giftshop.kernel.errors import Refused
from giftshop.kernel.locale import N_
from giftshop.kernel.money import Money
from giftshop.kernel.role import MemberRole
from giftshop.tabular import stream_csv
from giftshop.web import Form, actor, allow, current_shop, members, reader, say, transact_once
from giftshop.web.filters import money_number

bp = Blueprint("cards", __name__)

READERS: Final = (MemberRole.BUYER, MemberRole.APPROVER, MemberRole.FINANCE, MemberRole.ADMINISTRATOR)
RECEIVERS: Final = (MemberRole.BUYER, MemberRole.ADMINISTRATOR)
AGREERS: Final = (MemberRole.BUYER, MemberRole.FINANCE, MemberRole.ADMINISTRATOR)
"""Who may be the second person for a large batch."""
FOLLOWERS: Final = (MemberRole.BUYER, MemberRole.FINANCE, MemberRole.ADMINISTRATOR)
"""Who sees what happened to each card."""

SHOWN_WORDS: Final = {
    Shown.CLAIMED: N_("Redeemed"),
    Shown.BEGUN: N_("Partly spent"),
    Shown.UNCLAIMED: N_("Not redeemed"),
    Shown.EXPIRING: N_("Expiring soon"),
    Shown.EXPIRED: N_("Expired"),
    Shown.NOT_ACTIVE: N_("Not active yet"),
    Shown.BLOCKED: N_("Blocked"),
}


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
    """One programme: its counts, its batches, and its cards by serial number and recipient."""
    found, now = progress.programme_of(reader(), _firm_id(), programme_id), clock.now()
    counts = progress.programme_progress(reader(), [found.id], at=now)[found.id]
    chosen = _chosen()
    page = progress.card_lines(reader(), found.id, **chosen, after=request.args.get("after"), at=now)
    batches = queries.batches_of(reader(), [found.id])
    return render_template(
        "cards/programme.html",
        programme=found,
        counts=counts,
        batches=batches,
        editions=catalogue.editions_by_id(reader(), {batch.edition_id for batch in batches if batch.edition_id}),
        is_value=found.kind is ProgrammeKind.STORED_VALUE,
        outstanding=Money(counts.outstanding_minor, batches[0].currency) if batches else current_shop().no_money,
        page=page,
        chosen=chosen,
        views=_views(found, counts, chosen),
        shown_words=SHOWN_WORDS,
        batch_words=BATCH_WORDS,
        last_day=lambda line: _last_day(line, found),
        may_receive=actor().has(*RECEIVERS),
        may_agree=actor().has(*AGREERS),
        unredeemed_words=UNREDEEMED_WORDS,
        settlements=queries.settlements_of(reader(), found.id),
        may_follow=actor().has(*FOLLOWERS),
        form=Form(),
    )


@bp.get("/programmes/<int:programme_id>/cards.csv")
@allow(members(*READERS))
def export(programme_id: int) -> ResponseReturnValue:
    """The cards of a programme, as narrowed on its page, for a spreadsheet."""
    found, now = progress.programme_of(reader(), _firm_id(), programme_id), clock.now()
    headings = [_("Serial number"), _("Last four"), _("Recipient"), _("State"), _("Last day"), _("Redeemed on")]
    if found.kind is ProgrammeKind.STORED_VALUE:
        headings[-1:] = [_("Left on the card"), _("Currency")]
    lines = progress.every_card_line(reader(), found.id, **_chosen(), at=now)
    content = stream_with_context(stream_csv(headings, _rows(lines, found)))
    name = f"programme-{found.id}-{clock.local_day(now, found.time_zone)}.csv"
    return Response(content, mimetype="text/csv", headers={"Content-Disposition": f"attachment; filename={name}"})


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


def _chosen() -> dict[str, Any]:
    """What the address narrows the list to: how cards stand, and a serial number or name."""
    wanted = request.args.get("shown")
    shown = Shown(wanted) if wanted in set(Shown) else None
    return {"shown": shown, "search": (request.args.get("q") or "").strip()[:100]}


def _views(programme: Programme, counts: Progress, chosen: dict[str, Any]) -> list[tuple[str, str, int | None, bool]]:
    def entry(words: str, shown: Shown | None, count: int) -> tuple[str, str, int | None, bool]:
        url = url_for("cards.programme", programme_id=programme.id, shown=shown, q=chosen["search"] or None)
        return words, url, None if chosen["search"] else count, chosen["shown"] is shown

    is_value = programme.kind is ProgrammeKind.STORED_VALUE
    there_are = {shown: words for shown, words in SHOWN_WORDS.items() if is_value or shown is not Shown.BEGUN}
    narrowed = [entry(_(words), shown, getattr(counts, shown)) for shown, words in there_are.items()]
    return [entry(_("All"), None, counts.ordered), *narrowed]


def _last_day(line: CardLine, programme: Programme) -> date | None:
    """The last calendar day on which a card can be redeemed, where it was given; None if there is none."""
    if line.expires_at >= FOREVER:
        return None
    return clock.local_day(line.expires_at - timedelta(microseconds=1), programme.time_zone)


def _rows(lines: Iterator[CardLine], programme: Programme) -> Iterator[list[object]]:
    words = {shown: _(word) for shown, word in SHOWN_WORDS.items()}
    for line in lines:
        known = [line.serial, line.last4, line.name, words[line.shown], _last_day(line, programme)]
        if programme.kind is ProgrammeKind.STORED_VALUE:
            yield [*known, money_number(line.balance), line.balance.currency]
        else:
            yield [*known, clock.local_day(line.claimed_at, programme.time_zone) if line.claimed_at else None]
