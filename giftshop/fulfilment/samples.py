"""The bench's papers with made-up facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from giftshop.accounts import Firm
from giftshop.fulfilment.models import Carrier, Shipment, ShipmentLine
from giftshop.fulfilment.papers import pick_list_pdf, sheets_pdf
from giftshop.fulfilment.printing import Sheet
from giftshop.fulfilment.rules import Paper
from giftshop.web import current_locale

TO_CHINA = {
    "receiver_name": "欧阳娜娜",
    "receiver_phone": "+8613800138000",
    "country": "CN",
    "region": "广东省",
    "city": "广州市",
    "district": "天河区",
    "street": "体育西路123号 1501",
    "postcode": "",
}
ABROAD = {
    "receiver_name": "Zoë Łukasz",
    "receiver_phone": "+442079460000",
    "country": "GB",
    "region": "",
    "city": "LONDON",
    "district": "",
    "street": "12 Orchard Lane",
    "postcode": "SW1A 1AA",
}


def samples() -> Mapping[str, Callable[[], bytes]]:
    """Return them by what each is."""
    return {
        "bench-pick-list": lambda: pick_list_pdf(_facts(), [1]),
        "bench-packing-slip": partial(_sheet, "slips", Paper.SLIP),
        "bench-label": partial(_sheet, "labels", Paper.LABEL),
    }


def _sheet(kind: str, paper: Paper) -> bytes:
    return sheets_pdf(kind, _facts(), [Sheet(paper, 1, 1)])


def _facts() -> dict[str, Any]:
    receiver = TO_CHINA if current_locale() == "zh_Hans" else ABROAD
    goods = (("TEA-1", "West Lake Longjing", "西湖龙井", 1), ("CUP-2", "Pair of celadon mugs", "青瓷对杯", 2))
    lines = [
        ShipmentLine(shipment_id=1, code=code, words={"en": english, "zh_Hans": chinese}, quantity=quantity)
        for code, english, chinese, quantity in goods
    ]
    carrier = Carrier(id=1, code="SF", names={"en": "SF Express", "zh_Hans": "顺丰速运"})
    return {
        "shipments": {1: Shipment(id=1, firm_id=1, carrier_id=1, tracking_number="SF1234567890123", **receiver)},
        "lines": {1: lines},
        "firms": {1: Firm(id=1, name="Harbour & Lane")},
        "carriers": {1: carrier},
    }
