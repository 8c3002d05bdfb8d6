"""Puts messages onto the app."""

from __future__ import annotations

from giftshop.jobs import JobRun
from giftshop.kernel import clock
from giftshop.kernel.locale import N_
from giftshop.notifications import privacy
from giftshop.notifications.letter import Letterhead, painter
from giftshop.notifications.links import filled
from giftshop.notifications.models import Message, MessageState
from giftshop.notifications.ports import AddressRefused, outbox_of, ports_for
from giftshop.notifications.service import SEND, mark_refused, mark_sent, mark_withdrawn
from giftshop.notifications.views import READERS, bp
from giftshop.web import GiftShop, MenuItem


def init_app(app: GiftShop) -> None:
    """Let jobs send messages by the ports that the settings name, and staff see what was sent."""
    ports = ports_for(app.settings, painter(app.jinja_env, Letterhead.of(app.settings)))

    def send(run: JobRun) -> None:
        with run.database.reading() as reader:
            message = reader.get(Message, run.payload["message_id"])
            if message is None or message.state is not MessageState.QUEUED:
                return
            text = filled(app, reader, message)
        if text is None:
            run.database.transact(mark_withdrawn, message.id)
            return
        message.text = text  # of this copy, which belongs to no session: a link is not kept
        port = ports[message.channel]
        try:
            port.deliver(message)
        except AddressRefused as refusal:
            if message.about is None or not refusal.is_for_good:
                raise
            run.database.transact(mark_refused, message.id, refusal.status, at=clock.now())
            return
        run.database.transact(mark_sent, message.id, left_the_house=port.leaves_the_house, at=clock.now())

    app.jobs.register(SEND, send)
    app.register_blueprint(bp)
    app.erasers += privacy.erasers(app.settings.retention, outbox=outbox_of(app.settings))
    hint = N_("Every e-mail and text message that the site has written.")
    app.menu.append(MenuItem(N_("Messages"), "notifications.index", frozenset(READERS), 90, "mail", hint))
