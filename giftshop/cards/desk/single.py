"""One card at the desk: blocked, replaced, extended, moved, exchanged."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop import accounts
from giftshop.cards import blocking, expiry, queries, reissuing
from giftshop.cards.card_views import timeline_parts
from giftshop.cards.desk import queries as desk
from giftshop.cards.desk.blueprint import (
    MENDERS,
    OPENERS,
    administrators,
    bare_serial,
    bp,
    carried_out,
    extended_words,
    lookers,
    menders,
    rights,
)
from giftshop.cards.desk.forms import BlockForm, ExtendForm, MoveForm, SwapForm
from giftshop.cards.models import batch_number
from giftshop.cards.rules import BlockReason, CardState, last_day_of
from giftshop.cards.timeline import timeline
from giftshop.cards.words import BATCH_WORDS, BLOCK_WORDS, CARD_WORDS
from giftshop.db import Transaction
from giftshop.kernel import clock
from giftshop.web import Form, actor, allow, current_shop, reader, staff


@bp.get("/desk/cards/<serial>")
@allow(lookers)
def card(serial: str) -> ResponseReturnValue:
    """One card, by its serial number."""
    return _card(serial)


@bp.post("/desk/cards/<serial>/block")
@allow(menders)
def block(serial: str) -> ResponseReturnValue:
    """Stop one card."""
    form, found = _block_form("block"), desk.card_file(reader(), serial)

    def do(tx: Transaction) -> str:
        blocking.block(tx, found.card.id, reason=BlockReason(form.reason.data), by=actor(), at=clock.now())
        return str(_("Blocked. Nobody can redeem it now."))

    return carried_out(form, do, _url_of(serial)) or _card(serial, block_form=form)


@bp.post("/desk/cards/<serial>/unblock")
@allow(menders)
def unblock(serial: str) -> ResponseReturnValue:
    """Let a blocked card go on."""
    found = desk.card_file(reader(), serial)

    def do(tx: Transaction) -> str:
        blocking.unblock(tx, found.card.id, by=actor(), at=clock.now())
        return str(_("It is no longer blocked."))

    return carried_out(Form(), do, _url_of(serial)) or redirect(_url_of(serial), 303)


@bp.post("/desk/cards/<serial>/replace")
@allow(menders)
def replace(serial: str) -> ResponseReturnValue:
    """Make another card instead of a lost or damaged one, which dies at once."""
    form, found = _block_form("replace"), desk.card_file(reader(), serial)
    settings = current_shop().settings

    def do(tx: Transaction) -> str:
        batch_id = reissuing.reissue(
            tx,
            [found.card.id],
            reason=BlockReason(form.reason.data),
            public_url=settings.public_url,
            keyring=settings.keyring,
            by=actor(),
            at=clock.now(),
        )
        return str(
            _(
                "The old card is worthless from now on. The new one is batch %(number)s, and waits to be printed.",
                number=str(batch_number(batch_id)),
            )
        )

    return carried_out(form, do, _url_of(serial)) or _card(serial, replace_form=form)


@bp.post("/desk/cards/<serial>/extend")
@allow(staff(*OPENERS, *MENDERS))
def extend_card(serial: str) -> ResponseReturnValue:
    """Give the holder of one card more time, also when it has lapsed."""
    form, found = ExtendForm(within="extend"), desk.card_file(reader(), serial)

    def do(tx: Transaction) -> str:
        count = expiry.extend_cards(
            tx, [found.card.id], form.day, reason=form.reason.data or "", by=actor(), at=clock.now()
        )
        return extended_words(count)

    return carried_out(form, do, _url_of(serial)) or _card(serial, extend_form=form)


@bp.post("/desk/cards/<serial>/move")
@allow(administrators)
def move(serial: str) -> ResponseReturnValue:
    """Move an unused card to another batch."""
    form, found = MoveForm(within="move"), desk.card_file(reader(), serial)

    def do(tx: Transaction) -> str:
        reissuing.move(tx, [found.card.id], form.batch_id, by=actor(), at=clock.now())
        return str(_("Moved. From now on it is one of batch %(number)s.", number=str(form.batch.data)))

    return carried_out(form, do, _url_of(serial)) or _card(serial, move_form=form)


@bp.post("/desk/cards/<serial>/swap")
@allow(menders)
def swap(serial: str) -> ResponseReturnValue:
    """Let two unused cards change places."""
    form, found = SwapForm(within="swap"), desk.card_file(reader(), serial)

    def do(tx: Transaction) -> str:
        other = queries.card_with_serial(tx, form.serial.data or "")
        reissuing.swap(tx, found.card.id, other.id, by=actor(), at=clock.now())
        return str(_("The two cards have changed places."))

    return carried_out(form, do, _url_of(serial)) or _card(serial, swap_form=form)


def _card(serial: str, **refused: Form) -> ResponseReturnValue:
    found = desk.card_file(reader(), serial)
    forms: dict[str, Form] = {
        "block_form": _block_form("block", is_sent=False),
        "replace_form": _block_form("replace", is_sent=False),
        "extend_form": ExtendForm(formdata=None, within="extend"),
        "move_form": MoveForm(formdata=None, within="move"),
        "swap_form": SwapForm(formdata=None, within="swap"),
        **refused,
    }
    ends = last_day_of(found.card.expires_at, found.programme.time_zone, found.programme.grace_days)
    is_unused = found.card.state in {CardState.SEALED, CardState.ACTIVE}
    return render_template(
        "cards/desk/card.html",
        file=found,
        firm=accounts.firm(reader(), found.programme.firm_id),
        last_day=ends,
        card_words=CARD_WORDS,
        block_words=BLOCK_WORDS,
        batch_words=BATCH_WORDS,
        is_unused=is_unused and found.card.balance_minor == found.batch.face_minor,
        is_replaceable=found.card.activated_at is not None
        and found.card.state in {CardState.ACTIVE, CardState.BLOCKED}
        and found.card.balance_minor > 0
        and found.card.expires_at > clock.now(),
        timeline=timeline_parts(timeline(reader(), found.card.id), is_desk=True),
        is_extendable=ends is not None and found.card.state not in {CardState.CLAIMED, CardState.VOID},
        **forms,
        **rights(),
    ), 422 if any(form.has_errors for form in refused.values()) else 200


def _block_form(within: str, *, is_sent: bool = True) -> BlockForm:
    form = BlockForm(within=within) if is_sent else BlockForm(formdata=None, within=within)
    return form.offer(BLOCK_WORDS)


def _url_of(serial: str) -> str:
    return url_for("card_desk.card", serial=bare_serial(serial))
