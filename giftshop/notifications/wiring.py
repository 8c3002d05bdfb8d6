"""Puts messages onto the app."""

from __future__ import annotations

from giftshop.jobs import JobRun
from giftshop.kernel import clock
from giftshop.kernel.locale import N_
from giftshop.notifications import privacy
from giftshop.notifications.models import Message, MessageState
from giftshop.notifications.ports import outbox_of, ports_for
from giftshop.notifications.service import SEND, mark_sent
from giftshop.notifications.views import READERS, bp
from giftshop.web import GiftShop, MenuItem


def init_app(app: GiftShop) -> None:
    """Let jobs send messages by the ports that the settings name, and staff see what was sent."""
    ports = ports_for(app.settings)

    def send(run: JobRun) -> None:
        with run.database.reading() as reader:
            message = reader.get(Message, run.payload["message_id"])
        if message is None or message.state is MessageState.SENT:
            return
        port = ports[message.channel]
        port.deliver(message)
        run.database.transact(mark_sent, message.id, left_the_house=port.leaves_the_house, at=clock.now())

    app.jobs.register(SEND, send)
    app.register_blueprint(bp)
    app.erasers += privacy.erasers(app.settings.retention, outbox=outbox_of(app.settings))
    hint = N_("Every e-mail and text message that the site has written.")
    app.menu.append(MenuItem(N_("Messages"), "notifications.index", frozenset(READERS), 90, "mail", hint))
