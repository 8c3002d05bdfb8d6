"""The buyer's page of a programme's e-cards: who got, opened and used theirs, whom to remind, what came back."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from giftshop import cards
from giftshop.cards import Programme
from giftshop.db import Transaction
from giftshop.ecards import queries, service, telling
from giftshop.ecards.errors import DeliveryNotThere, NobodyChosen
from giftshop.ecards.exporting import CHANNEL_WORDS, ECARDS, SHOWN_WORDS, goes_to, status_words
from giftshop.ecards.forms import RemindForm, ResendForm, WhenForm
from giftshop.ecards.models import Mailing
from giftshop.ecards.queries import Line
from giftshop.ecards.reaching import reach
from giftshop.ecards.rules import Shown
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.kernel.role import MemberRole
from giftshop.listing import Found, show
from giftshop.notifications import Channel
from giftshop.web import Form, actor, allow, current_shop, members, reader, say, transact, transact_once

bp = Blueprint("ecards", __name__)
READERS: Final = (MemberRole.BUYER, MemberRole.APPROVER, MemberRole.FINANCE, MemberRole.ADMINISTRATOR)
SENDERS: Final = (MemberRole.BUYER, MemberRole.ADMINISTRATOR)


@bp.get("/programmes/<int:programme_id>/ecards")
@allow(members(*READERS))
def index(programme_id: int) -> ResponseReturnValue:
    """The e-cards of one programme."""
    return _page(_programme(programme_id))


@bp.post("/programmes/<int:programme_id>/ecards/remind")
@allow(members(*SENDERS))
def remind(programme_id: int) -> ResponseReturnValue:
    """Remind those who were ticked."""
    programme, form = _programme(programme_id), RemindForm()
    chosen = [card_id for card_id in form.card.data or [] if card_id][: telling.AT_ONCE]
    if not chosen:
        flash(say(NobodyChosen()), "error")
        return redirect(_back(programme), 303)
    count = transact_once(form.once(), _remind, programme.id, chosen)
    flash(_reminded_words(int(count or 0)), "success" if count else "info")
    return redirect(_back(programme), 303)


@bp.post("/programmes/<int:programme_id>/ecards/remind-all")
@allow(members(*SENDERS))
def remind_all(programme_id: int) -> ResponseReturnValue:
    """Remind everybody who has not chosen."""
    programme = _programme(programme_id)
    transact_once(Form().once(), _remind_all, programme.id)
    flash(_("Everybody who has not chosen is being reminded. It takes a moment until you see it here."), "success")
    return redirect(_back(programme), 303)


@bp.route("/programmes/<int:programme_id>/ecards/schedule", methods=["GET", "POST"])
@allow(members(*SENDERS))
def schedule(programme_id: int) -> ResponseReturnValue:
    """Another day or hour, as long as nothing is sent."""
    programme, mailing = _programme(programme_id), _mailings(programme_id)[0]
    now = mailing.moment
    form = WhenForm(data={"day": now.day, "hour": now.hour, "zone": now.zone})
    if form.validate_on_submit():
        try:
            transact(service.reschedule, programme.id, _firm_id(), form.moment, by=actor(), at=clock.now())
            flash(_("The e-cards are sent at the new hour."), "success")
            return redirect(_back(programme), 303)
        except Refused as refusal:
            form.refuse(refusal)
    page = render_template("ecards/schedule.html", form=form, programme=programme, back=_back(programme))
    return page, 422 if form.has_errors else 200


@bp.route("/programmes/<int:programme_id>/ecards/<int:card_id>", methods=["GET", "POST"])
@allow(members(*SENDERS))
def resend(programme_id: int, card_id: int) -> ResponseReturnValue:
    """One e-card: send it again, to the same address or another."""
    programme = _programme(programme_id)
    line = queries.line_of(reader(), _firm_id(), card_id, at=clock.now())
    form = ResendForm(data={"to": line.address or ""})
    if form.validate_on_submit():
        try:
            channel, address = reach(form.to.data or "", country=current_shop().settings.market.country, field="to")
            transact_once(form.once(), _resend, card_id, channel, address)
            flash(_("It is on its way. Links that were sent before open nothing any more."), "success")
            return redirect(_back(programme), 303)
        except Refused as refusal:
            form.refuse(refusal)
    page = render_template(
        "ecards/resend.html",
        form=form,
        forget=Form(),
        programme=programme,
        line=line,
        back=_back(programme),
        **_words(),
    )
    return page, 422 if form.has_errors else 200


@bp.post("/programmes/<int:programme_id>/ecards/<int:card_id>/forget")
@allow(members(*SENDERS))
def forget(programme_id: int, card_id: int) -> ResponseReturnValue:
    """Erase where one e-card went."""
    programme = _programme(programme_id)
    transact(service.erase, card_id, _firm_id(), by=actor(), at=clock.now())
    flash(_("The address is erased here and from what was sent. The link that was sent goes on working."), "success")
    return redirect(_back(programme), 303)


@bp.get("/ecards/came-back")
@allow(members(*SENDERS))
def came_back() -> ResponseReturnValue:
    """The firm's e-cards that came back, of all programmes, each with the way to another address."""
    page = queries.came_back(reader(), _firm_id(), after=request.args.get("after"), at=clock.now())
    programmes = {
        batch.id: batch.programme_id for batch in (cards.batch(reader(), line.batch_id) for line in page.rows)
    }
    return render_template("ecards/came_back.html", page=page, programmes=programmes, **_words())


def _page(programme: Programme) -> ResponseReturnValue:
    at, wanted = clock.now(), request.args.get("shown")
    shown = Shown(wanted) if wanted in set(Shown) else None
    mailings, counts = _mailings(programme.id), queries.counts_of(reader(), programme.id, at=at)
    total = sum(counts.values())
    known = queries.ecards_list(programme.id, shown=shown, total=total, channels=CHANNEL_WORDS, at=at)
    found = show(known, shown=shown)
    if file := found.file(ECARDS):
        return file
    return render_template(
        "ecards/index.html",
        programme=programme,
        mailings=mailings,
        counts=counts,
        total=total,
        found=found,
        shown=shown,
        views=_views(found, counts, shown),
        form=RemindForm(),
        all_form=Form(),
        may_send=actor().has(*SENDERS),
        **_words(),
    )


def _words() -> dict[str, object]:
    return {
        "shown_words": SHOWN_WORDS,
        "channel_words": CHANNEL_WORDS,
        "status_words": status_words,
        "goes_to": goes_to,
    }


def _views(
    found: Found[Line], counts: dict[Shown, int], current: Shown | None
) -> list[tuple[str, str, int | None, bool]]:
    every = (_("All"), found.at(), sum(counts.values()), current is None)
    return [
        every,
        *((_(words), found.at(shown=shown), counts[shown], current is shown) for shown, words in SHOWN_WORDS.items()),
    ]


def _programme(programme_id: int) -> Programme:
    return cards.programme_of(reader(), _firm_id(), programme_id)


def _mailings(programme_id: int) -> list[Mailing]:
    """Return the mailings of a programme of e-cards. Raises DeliveryNotThere for one on paper."""
    mailings = list(queries.mailings_of(reader(), programme_id))
    if not mailings:
        raise DeliveryNotThere
    return mailings


def _firm_id() -> int:
    return actor().firm_id or 0


def _back(programme: Programme) -> str:
    return url_for("ecards.index", programme_id=programme.id)


def _remind(tx: Transaction, programme_id: int, card_ids: list[int]) -> int:
    return telling.remind(tx, programme_id, _firm_id(), card_ids, by=actor(), at=clock.now())


def _remind_all(tx: Transaction, programme_id: int) -> None:
    telling.ask_to_remind_all(tx, programme_id, _firm_id(), by=actor(), at=clock.now())


def _resend(tx: Transaction, card_id: int, channel: Channel, address: str) -> None:
    telling.resend(tx, card_id, _firm_id(), channel, address, by=actor(), at=clock.now())


def _reminded_words(count: int) -> str:
    if not count:
        return str(_("Nobody was reminded: they have chosen, were reminded today, or cannot be reached."))
    return str(ngettext("%(num)s person was reminded.", "%(num)s people were reminded.", count))
