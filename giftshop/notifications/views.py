"""What staff see of the messages: which were sent, and what they said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop import listing
from giftshop.db import Reader
from giftshop.kernel.errors import Missing
from giftshop.kernel.locale import N_
from giftshop.kernel.role import StaffRole
from giftshop.notifications import queries
from giftshop.notifications.letter import POLICY, Letterhead, painter
from giftshop.notifications.links import LINK, filled
from giftshop.notifications.models import Channel, Message, MessageState
from giftshop.web import allow, current_shop, reader, staff

bp = Blueprint("notifications", __name__)
READERS = (StaffRole.HOTLINE, StaffRole.ADMINISTRATOR)
"""The hotline tells a caller what was sent; the administrator sees whether anything leaves at all."""
CHANNEL_WORDS = {Channel.MAIL: N_("E-mail"), Channel.TEXT: N_("Text message")}
STATE_WORDS = {
    MessageState.QUEUED: N_("Waiting to be sent"),
    MessageState.SENT: N_("Sent"),
    MessageState.REFUSED: N_("Came back"),
    MessageState.WITHDRAWN: N_("Not sent any more"),
}


def _cells(_reader: Reader, messages: Sequence[Message]) -> Iterator[Sequence[object]]:
    """What was written stays where it is."""
    for each in messages:
        channel, state = _(CHANNEL_WORDS[each.channel]), _(STATE_WORDS[each.state])
        yield [each.address, channel, each.subject, state, each.created_at, each.sent_at]


MESSAGES: Final = listing.Export(
    (N_("Written to"), N_("Sent by"), N_("About"), N_("Progress of sending"), N_("Written at"), N_("Sent at")), _cells
)


@bp.get("/desk/messages")
@allow(staff(*READERS))
def index() -> ResponseReturnValue:
    """Messages, newest first; by state, or to one address."""
    text = request.args.get("state")
    state = MessageState(text) if text in set(MessageState) else None
    found = listing.show(queries.messages_list(state, CHANNEL_WORDS), state=state)
    if file := found.file(MESSAGES):
        return file
    views = [(_("All messages"), found.at(), None, state is None)] + [
        (_(words), found.at(state=each), None, each is state) for each, words in STATE_WORDS.items()
    ]
    return render_template(
        "notifications/index.html",
        found=found,
        views=views,
        deliveries=queries.deliveries_of(reader(), found.rows),
        channel_words=CHANNEL_WORDS,
        state_words=STATE_WORDS,
    )


@bp.get("/desk/messages/<int:message_id>")
@allow(staff(*READERS))
def show(message_id: int) -> ResponseReturnValue:
    """One message. What lets its reader in somewhere is shown in the demonstration only: staff could use it."""
    message = reader().get(Message, message_id)
    if message is None:
        raise Missing
    return render_template(
        "notifications/show.html",
        message=message,
        text=_shown(message),
        is_demo=current_shop().settings.is_demo,
        delivery=queries.deliveries_of(reader(), [message]).get(message.id),
        is_readable=not message.is_secret or current_shop().settings.is_demo,
        channel_words=CHANNEL_WORDS,
        state_words=STATE_WORDS,
    )


@bp.get("/desk/messages/<int:message_id>/mail")
@allow(staff(*READERS))
def mail(message_id: int) -> ResponseReturnValue:
    """One mail as a mail programme shows it. Nothing in it can do anything but be looked at and followed."""
    message, shop = reader().get(Message, message_id), current_shop()
    text = _shown(message) if message else ""
    is_readable = message is not None and (not message.is_secret or shop.settings.is_demo)
    if message is None or message.channel is not Channel.MAIL or not text or not is_readable:
        raise Missing
    paint = painter(shop.jinja_env, Letterhead.of(shop.settings))
    response = Response(paint(message.subject, text, message.locale))
    response.headers["Content-Security-Policy"] = POLICY
    return response


def _shown(message: Message) -> str:
    """Return the text, with its personal link in the demonstration, where there is nobody to keep it from."""
    shop = current_shop()
    whole = filled(shop, reader(), message) if shop.settings.is_demo else None
    return whole or message.text.replace(LINK, _("(a personal link)"))
