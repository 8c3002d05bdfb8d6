"""The story, in order."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Final

from giftshop.demo import (
    bench,
    calls,
    campaign,
    ecards,
    guessing,
    ordering,
    people,
    printing,
    redeeming,
    sets,
    wishing,
    years,
)
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
    Chapter("lists", wishing.prepare),
    Chapter("campaign", campaign.prepare),
    Chapter("cards of years before", years.sell_old, years.LONG_AGO),
    Chapter("their print runs", years.print_old, years.LONG_AGO - timedelta(days=1)),
    Chapter("their delivery", years.deliver_old, years.LONG_AGO - timedelta(days=5)),
    Chapter("what was bought with them", years.spend_old, timedelta(days=700)),
    Chapter("cards of this year", years.sell_new, years.LATELY),
    Chapter("print runs of this year", years.print_new, years.LATELY - timedelta(days=1)),
    Chapter("delivery of this year", years.deliver_new, years.LATELY - timedelta(days=5)),
    Chapter("what was bought this year", years.spend_new, timedelta(days=12)),
    Chapter("what was given back this year", years.put_back_new, timedelta(days=3)),
    Chapter("wrong codes", guessing.try_codes),
    Chapter("e-cards", ecards.order),
    Chapter("e-cards opened", ecards.open_some),
    Chapter("calls", calls.prepare),
)
