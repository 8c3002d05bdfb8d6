"""Campaigns as a file: their days and figures, nobody's name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from flask_babel import gettext as _

from giftshop.campaigns.models import Campaign
from giftshop.campaigns.presenting import STATE_WORDS
from giftshop.campaigns.queries import counts_of
from giftshop.campaigns.rules import NomineeState
from giftshop.db import Reader
from giftshop.kernel.locale import N_
from giftshop.listing import Export


def _campaigns(reader: Reader, campaigns: Sequence[Campaign]) -> Iterator[Sequence[object]]:
    counted = counts_of(reader, [campaign.id for campaign in campaigns])
    for campaign in campaigns:
        window, counts = campaign.window, counted[campaign.id]
        figures = [sum(counts.values()), counts.get(NomineeState.ACCEPTED, 0)]
        yield [campaign.name, window.first_day, window.last_day, *figures, _(STATE_WORDS[campaign.state])]


CAMPAIGNS: Final = Export(
    (N_("Campaign"), N_("First day"), N_("Last day"), N_("Nominated"), N_("Accepted"), N_("State")), _campaigns
)
