"""The story, in order."""

from __future__ import annotations

from functools import partial
from typing import Final

from giftshop.demo import bench, calls, campaign, ordering, people, printing, redeeming, sets
from giftshop.demo.goods import load_goods
from giftshop.demo.loading import Chapter
from giftshop.kernel import clock

CHAPTERS: Final = (
    Chapter("people", people.prepare),
    Chapter("goods", lambda _shop: partial(load_goods, at=clock.now())),
    Chapter("carriers", bench.prepare_carriers),
    Chapter("orders", ordering.prepare),
    Chapter("print runs", printing.open_runs),
    Chapter("printed cards", printing.confirm_runs),
    Chapter("parcels of cards", bench.prepare_parcels_of_cards),
    Chapter("gifts chosen", redeeming.choose_gifts),
    Chapter("gifts sent", redeeming.send_gifts),
    Chapter("gifts delivered", redeeming.deliver_gifts),
    Chapter("gift sets", sets.prepare),
    Chapter("campaign", campaign.prepare),
    Chapter("calls", calls.prepare),
)
