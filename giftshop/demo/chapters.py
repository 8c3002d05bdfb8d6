"""The story, in order."""

from __future__ import annotations

from functools import partial
from typing import Final

from giftshop.demo import people
from giftshop.demo.goods import load_goods
from giftshop.demo.loading import Chapter
from giftshop.kernel import clock

CHAPTERS: Final = (
    Chapter("people", people.prepare),
    Chapter("goods", lambda _shop: partial(load_goods, at=clock.now())),
)
