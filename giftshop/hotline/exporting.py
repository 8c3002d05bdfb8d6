"""Calls as a file. Never who called, nor a code: a card is its serial number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from flask_babel import gettext as _

from giftshop import accounts, cards
from giftshop.db import Reader
from giftshop.hotline.models import Call
from giftshop.hotline.words import FOUND_WORDS, OUTCOME_WORDS
from giftshop.kernel.locale import N_
from giftshop.listing import Export


def _calls(reader: Reader, calls: Sequence[Call]) -> Iterator[Sequence[object]]:
    agents = accounts.users_by_id(reader, {call.agent_id for call in calls})
    serials = cards.serials_by_id(reader, {call.card_id for call in calls if call.card_id})
    for call in calls:
        yield [
            call.began_at,
            agents[call.agent_id].name,
            serials[call.card_id] if call.card_id else None,
            _(FOUND_WORDS[call.found_by]) if call.found_by else None,
            _(OUTCOME_WORDS[call.outcome]) if call.outcome else _("on the line"),
            call.note,
            call.misheard,
        ]


CALLS: Final = Export(
    (N_("Began"), N_("Agent"), N_("Card"), N_("Found by"), N_("Outcome"), N_("Note"), N_("Wrong codes")), _calls
)
