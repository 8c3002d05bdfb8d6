"""What the pages of a call share: whose it is, and what the agent sees of it."""

from __future__ import annotations

from typing import Any, Final, NoReturn

from flask import abort, flash, g, redirect, render_template, url_for

from giftshop.addresses import masked_name
from giftshop.hotline import queries
from giftshop.hotline.errors import CodeNotHeard, NotChangeableNow
from giftshop.hotline.forms import BlockForm, EndForm, FindForm, HeardForm, ReportForm
from giftshop.hotline.models import Call
from giftshop.hotline.queries import Folder, Visit
from giftshop.hotline.rules import HEARD_LASTS, LIFTED_BY_HOTLINE
from giftshop.hotline.searching import Found
from giftshop.hotline.timeline import moments_of
from giftshop.hotline.words import (
    FOUND_WORDS,
    HINT_WORDS,
    REASON_WORDS,
    STANDING_TONES,
    STANDING_WORDS,
    VISIT_STATE_WORDS,
    WHO_WORDS,
)
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.kernel.role import StaffRole
from giftshop.redemption import (
    PROBLEM_WORDS,
    VISIT_WORDS,
    NotRedeemed,
    ProofForm,
    RedemptionState,
    gift_words,
    masked_rows,
    may_change,
    receiver_rows,
)
from giftshop.web import Form, actor, in_locale, reader, say, staff
from giftshop.web.forms import new_request_key

agents: Final = staff(StaffRole.HOTLINE)

FORMS: Final[dict[str, type[Form]]] = {
    "find_form": FindForm,
    "heard_form": HeardForm,
    "proof_form": ProofForm,
    "block_form": BlockForm,
    "problem_form": ReportForm,
    "end_form": EndForm,
}
"""The forms of a call's page, by the name its template knows them by."""


def own_call(call_id: int) -> Call:
    """Return the agent's own call, going on; for anybody else it is not there."""
    g.shown_at = url_for("hotline.call", call_id=call_id)
    return queries.call_of(reader(), call_id, actor())


def folder(call: Call) -> Folder | None:
    """Return what there is to say about the card of a call, if it has one."""
    return queries.folder_of(reader(), call.card_id, at=clock.now()) if call.card_id is not None else None


def visit_of(call: Call, nth: int) -> Visit:
    """Return one redemption of the call's card. Raises NotRedeemed."""
    known = folder(call)
    for visit in known.visits if known else ():
        if visit.redemption.nth == nth:
            return visit
    raise NotRedeemed


def changeable(call: Call, nth: int) -> Visit:
    """Return a redemption that the caller may change now, or send the agent back to be told why not."""
    visit = visit_of(call, nth)
    if not call.may_spend(at=clock.now()):
        send_back(call, CodeNotHeard())
    if not call.knows(visit.redemption) or not may_change_visit(visit):
        send_back(call, NotChangeableNow())
    return visit


def send_back(call: Call, refusal: Refused) -> NoReturn:
    """Lead the agent to the page of the call, with the reason why there is nothing else to see."""
    flash(say(refusal), "error")
    abort(redirect(url_for("hotline.call", call_id=call.id), 303))


def may_change_visit(visit: Visit) -> bool:
    """Whether what was chosen, or where it goes, can still be changed."""
    is_confirmed = visit.redemption.state is RedemptionState.CONFIRMED
    return is_confirmed and visit.shipment is not None and may_change(visit.shipment)


def call_page(
    call: Call, *, found: Found | None = None, said: str = "", narrowed: str = "", **forms: Form
) -> tuple[str, int]:
    """Return the page of a call; `forms` are those that something was typed into, the others are fresh.

    `said` and `narrowed` are what was looked for, kept on the page for picking one of what was found: only of what
    found something. Fresh forms take nothing from the request: what was typed into one field, a code in the wrong one
    perhaps, stands in no other.
    """
    known, at = folder(call), clock.now()
    facts: dict[str, Any] = {name: forms.get(name) or make(formdata=None) for name, make in FORMS.items()}
    page = render_template(
        "hotline/call.html",
        call=call,
        folder=known,
        found=found,
        said=said,
        narrowed=narrowed,
        may_spend=call.may_spend(at=at),
        open_until=call.heard_at + HEARD_LASTS if call.heard_at else None,
        moments=moments_of(reader(), known.card) if known else (),
        may_lift=known is not None and known.card.block_reason in LIFTED_BY_HOTLINE,
        shown=shown_visits(call, known) if known else (),
        request_key=new_request_key(),
        kind_words=PROBLEM_WORDS,
        **words(),
        **facts,
    )
    has_errors = any(form.has_errors for form in forms.values())
    return page, 422 if has_errors else 200


def words() -> dict[str, Any]:
    """Return what states and reasons are called."""
    return {
        "masked_name": masked_name,
        "found_words": FOUND_WORDS,
        "hint_words": HINT_WORDS,
        "reason_words": REASON_WORDS,
        "standing_tones": STANDING_TONES,
        "standing_words": STANDING_WORDS,
        "state_words": VISIT_WORDS,
        "visit_state_words": VISIT_STATE_WORDS,
        "who_words": WHO_WORDS,
    }


def shown_visits(call: Call, known: Folder) -> list[dict[str, Any]]:
    """Return the redemptions of a card as they are shown: whom they go to in full only where the caller knows it."""
    return [
        {
            "visit": visit,
            "gift": gift_words(visit.chosen),
            "is_known": call.knows(visit.redemption),
            "receiver": _receiver(call, visit),
            "may_change": call.knows(visit.redemption) and may_change_visit(visit),
        }
        for visit in known.visits
    ]


def gift_said(call: Call, visit: Visit) -> str:
    """Return what was chosen, in the caller's language."""
    with in_locale(call.locale):
        return gift_words(visit.chosen)


def _receiver(call: Call, visit: Visit) -> dict[str, str] | None:
    if visit.shipment is None:
        return None
    rows = receiver_rows if call.knows(visit.redemption) else masked_rows
    return rows(visit.shipment.receiver)
