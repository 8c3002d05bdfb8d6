"""Alarms: what does not look right, in words, with the way to what it is about; and closing one with what it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from giftshop import accounts, alarms, cards, listing
from giftshop.alarms import KIND_WORDS, MOST_REASON, Alarm
from giftshop.db import Reader
from giftshop.desks.views import bp
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.kernel.locale import N_
from giftshop.kernel.role import StaffRole
from giftshop.web import Form, actor, allow, offer_undo, reader, staff, transact_once

WATCHERS: Final = (StaffRole.ADMINISTRATOR, StaffRole.FINANCE)
FACT_WORDS: Final[Mapping[str, str]] = {
    "network": N_("Network"),
    "batch": N_("Batch"),
    "batch_state": N_("State of the batch"),
    "cards": N_("How many cards"),
    "wrong_codes": N_("Wrong codes in an hour"),
    "at_least": N_("Wrong codes, at least"),
    "minutes": N_("Within minutes"),
    "shipment": N_("Newest shipment"),
}
VALUE_WORDS: Final[Mapping[str, str]] = {
    "sealed": N_("made, not printed"),
    "printed": N_("printed, with the print house or us"),
    "shipped": N_("on its way to the firm, or not confirmed by it"),
}
SUBJECT_WORDS: Final[Mapping[str, str]] = {
    "network": N_("One network"),
    "phone": N_("One phone"),
    "site": N_("The whole site"),
}
ADVICE: Final[Mapping[str, str]] = {
    alarms.AlarmKind.CODE_BEFORE_ACTIVATION: N_(
        "Somebody has read a code that nobody should know yet. Ask the firm whether its cards have arrived already; "
        "if not, stop the batch, and ask the print house and the carrier."
    ),
    alarms.AlarmKind.MANY_CARDS_FROM_ONE_PLACE: N_(
        "A firm's office does this on the day its gifts arrive. If the cards are of several firms, or nobody expects "
        "it, stop the batch and call the firm."
    ),
    alarms.AlarmKind.WRONG_CODES: N_(
        "Codes are too long to be guessed, so nothing is lost. If it goes on for days, let whoever runs the network "
        "in front of the site have a look."
    ),
    alarms.AlarmKind.GUESSER: N_("It is refused by itself. Nothing needs to be done, unless it is somebody you know."),
    alarms.AlarmKind.MANY_GIFTS_TO_ONE_PHONE: N_(
        "An assistant may collect the gifts of an office. Look at the shipments, and hold them back if you doubt it."
    ),
    alarms.AlarmKind.LEDGER_DIFFERENCE: N_(
        "Let nobody spend the card until it is explained: block it, and look at its postings."
    ),
}


class CloseForm(Form):
    """What it was."""

    reason = TextAreaField(
        _l("What was it?"),
        [
            DataRequired(_l("Say what it was, for whoever looks at this next year.")),
            Length(max=MOST_REASON, message=_l("Please use at most %(max)d characters.")),
        ],
    )


@bp.get("/desk/alarms")
@allow(staff(*WATCHERS))
def list_alarms() -> ResponseReturnValue:
    """The alarms that are open, or those that were closed."""
    is_open = request.args.get("state") != "closed"
    found = listing.show(alarms.alarms_list(is_open=is_open, kinds=KIND_WORDS), state=None if is_open else "closed")
    if file := found.file(ALARMS):
        return file
    return render_template(
        "desks/alarms.html",
        found=found,
        is_open=is_open,
        kind_words=KIND_WORDS,
        subjects=subjects_of(found.rows),
        facts={alarm.id: facts_of(alarm) for alarm in found.rows},
        closers=accounts.users_by_id(reader(), {alarm.closed_by for alarm in found.rows if alarm.closed_by}),
    )


@bp.route("/desk/alarms/<int:alarm_id>", methods=["GET", "POST"])
@allow(staff(*WATCHERS))
def show_alarm(alarm_id: int) -> ResponseReturnValue:
    """One alarm, what to do about it, and closing it."""
    alarm, form = alarms.alarm(reader(), alarm_id), CloseForm()
    if form.validate_on_submit():
        try:
            reason = form.reason.data or ""
            transact_once(form.once(), alarms.close_alarm, alarm_id, reason=reason, by=actor(), at=clock.now())
            back = url_for("desks.list_alarms")
            offer_undo(_("Closed. Thank you for looking."), "desks.close_alarm", alarm_id, back=back)
            return redirect(back, 303)
        except Refused as refusal:
            form.refuse(refusal)
    page = render_template(
        "desks/alarm.html",
        alarm=alarm,
        form=form,
        title=_(KIND_WORDS.get(alarm.kind, alarm.kind)),
        advice=_(ADVICE[alarm.kind]) if alarm.kind in ADVICE else "",
        subject=subjects_of([alarm])[alarm.id],
        facts=facts_of(alarm),
        closer=accounts.users_by_id(reader(), [alarm.closed_by]).get(alarm.closed_by) if alarm.closed_by else None,
    )
    return page, 422 if form.has_errors else 200


def _cells(reader: Reader, found: Sequence[Alarm]) -> Iterator[Sequence[object]]:
    """Facts stay where they are: they may name a person until the alarm is closed."""
    subjects = subjects_of(found)
    closers = accounts.users_by_id(reader, {alarm.closed_by for alarm in found if alarm.closed_by})
    for each in found:
        closer = closers[each.closed_by].name if each.closed_by in closers else None
        told = [_(KIND_WORDS.get(each.kind, each.kind)), subjects[each.id], each.count]
        yield [*told, each.first_seen, each.last_seen, each.closed_at, closer, each.reason]


ALARMS: Final = listing.Export(
    (
        N_("What"),
        N_("About"),
        N_("Seen"),
        N_("First seen"),
        N_("Last seen"),
        N_("Closed"),
        N_("Closed by"),
        N_("What it was"),
    ),
    _cells,
)


def subjects_of(found: Sequence[Alarm]) -> dict[int, str]:
    """Return what each alarm is about, in words; cards by their serial numbers, in one statement."""
    serials = cards.serials_by_id(reader(), {alarm.subject_id for alarm in found if alarm.subject_kind == "card"})
    return {alarm.id: _about(alarm, serials) for alarm in found}


def facts_of(alarm: Alarm) -> list[tuple[str, str]]:
    """Return the facts of an alarm in words, in a fixed order; what the page has no word for stands as it is."""
    known = [name for name in FACT_WORDS if name in alarm.facts]
    others = sorted(name for name in alarm.facts if name not in FACT_WORDS)
    return [(_(FACT_WORDS.get(name, name)), _value(alarm.facts[name])) for name in known + others]


def _about(alarm: Alarm, serials: Mapping[int, str]) -> str:
    if alarm.subject_kind == "card":
        return str(_("Card %(serial)s", serial=serials.get(alarm.subject_id, str(alarm.subject_id))))
    words = SUBJECT_WORDS.get(alarm.subject_kind)
    return str(_(words)) if words else f"{alarm.subject_kind} {alarm.subject_id}"


def _value(value: object) -> str:
    text = str(value)
    return str(_(VALUE_WORDS[text])) if text in VALUE_WORDS else text
