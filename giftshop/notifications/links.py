"""Personal links in messages: never kept, but worked out anew each time a message leaves.

A text is kept with `LINK` where the link belongs. The room that had it written says, at the moment of sending, what the
link is by then, or that there is none any more and the message is not to be sent.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

from giftshop.db import Reader
from giftshop.notifications.models import Message
from giftshop.web import GiftShop

LINK: Final = "{{link}}"
"""Where the link belongs in a text."""
_KEPT_AS: Final = "giftshop.links"

Filler = Callable[[Reader, int, int], str | None]
"""Given a reader, the id of what a message is about and the message's own: the link, or None if there is none now."""


def fill_links(app: GiftShop, kind: str, filler: Filler) -> None:
    """Let `filler` say the links of messages about `kind`."""
    _fillers(app)[kind] = filler


def filled(app: GiftShop, reader: Reader, message: Message) -> str | None:
    """Return the text of a message with its link, or None if it has none any more."""
    if message.about is None:
        return message.text
    kind, about_id = message.about
    link = _fillers(app)[kind](reader, about_id, message.id)
    return None if link is None else message.text.replace(LINK, link)


def _fillers(app: GiftShop) -> dict[str, Filler]:
    return cast(dict[str, Filler], app.extensions.setdefault(_KEPT_AS, {}))
