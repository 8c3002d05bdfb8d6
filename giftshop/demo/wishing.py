"""What the firm is thinking about: favourites, a list that was shown to whoever decides, and what they said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from giftshop import catalogue, wishes
from giftshop.db import Transaction
from giftshop.demo import people
from giftshop.kernel import clock
from giftshop.kernel.actor import VISITOR
from giftshop.kernel.role import MemberRole
from giftshop.web import GiftShop
from giftshop.wishes import Said, Showing, Verdict, Wanted

FAVOURITES: Final = ("TEA-LJ-150", "CER-GW-4", "CUP-TH-800", "SLK-SC-180", "FOD-HN-2")
LISTED: Final = {
    "TEA-PE-357": "去年王总很喜欢",
    "CER-GW-4": "",
    "SLK-SC-180": "女客户首选",
    "WIN-HJ-1500": "江浙客户",
}
"""What is on the list, with its note."""
OPINIONS: Final = {
    "TEA-PE-357": Said(Verdict.YES, "大气，今年继续。"),
    "CER-GW-4": Said(Verdict.YES),
    "WIN-HJ-1500": Said(Verdict.RATHER_NOT, "有的客户不喝酒。"),
}


def prepare(_shop: GiftShop) -> Callable[[Transaction], None]:
    """Return the telling: the buyer marks some gifts and draws up a list, the general manager says what she thinks."""

    def telling(tx: Transaction) -> None:
        buyer, planning = people.member(tx, MemberRole.BUYER), people.member(tx, MemberRole.PLANNING)
        firm, at = people.firm_id(tx), clock.now()
        items = catalogue.items_by_sku(tx, [*FAVOURITES, *LISTED])
        for sku in FAVOURITES:
            wishes.keep(tx, buyer.id or 0, items[sku].id, at=at)
        first, *others = LISTED
        list_id = wishes.draw_up(tx, firm, "中秋·重点客户备选", [items[first].id], by=buyer, at=at)
        for sku in others:
            wishes.put_in(tx, list_id, firm, wishes.Placed(items[sku].id), by=planning, at=at)
        notes = {items[sku].id: note for sku, note in LISTED.items()}
        wishes.arrange(tx, list_id, firm, Wanted("中秋·重点客户备选", 30, notes=notes))
        link_id = wishes.share(tx, list_id, firm, Showing(with_prices=True, locale=people.LOCALE), by=buyer, at=at)
        said = {items[sku].id: each for sku, each in OPINIONS.items()}
        wishes.answer(tx, link_id, "周总", said, words="前三样都好，每位客户一件即可。", by=VISITOR, at=at)

    return telling
