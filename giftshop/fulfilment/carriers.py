"""Carriers, and the number each of their parcels goes under."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, time
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from giftshop import audit
from giftshop.db import Reader, Transaction
from giftshop.fulfilment.errors import (
    CarrierCodeTaken,
    CarrierMissing,
    CarrierUnknown,
    TrackingLinkMalformed,
    TrackingNumberMalformed,
    TrackingNumberTaken,
)
from giftshop.fulfilment.models import NO_CUT_OFF, Carrier, Shipment
from giftshop.fulfilment.rules import WITH_US, ShipmentState, Step, scan_code, tracking_code
from giftshop.fulfilment.steps import Change, take_step
from giftshop.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class CarrierFacts:
    """What staff write about a carrier; the limits are in characters, None for no limit."""

    code: str
    names: Mapping[str, str]
    cut_off: time | None = None
    tracking_url: str | None = None
    is_tracked: bool = True
    name_limit: int | None = None
    address_limit: int | None = None
    contents_limit: int | None = None
    is_active: bool = True


USUAL: Final = (
    CarrierFacts(
        "SF",
        {"en": "SF Express", "zh_Hans": "顺丰速运"},
        cut_off=time(18, 0),
        tracking_url="https://www.sf-express.com/chn/sc/waybill/waybill-detail/{number}",
        name_limit=20,
        address_limit=100,
        contents_limit=60,
    ),
    CarrierFacts(
        "EMS",
        {"en": "EMS China Post", "zh_Hans": "邮政 EMS"},
        cut_off=time(16, 30),
        tracking_url="https://www.ems.com.cn/queryList?mailNo={number}",
        name_limit=30,
        address_limit=90,
        contents_limit=50,
    ),
    CarrierFacts(
        "JD",
        {"en": "JD Logistics", "zh_Hans": "京东物流"},
        cut_off=time(17, 30),
        tracking_url="https://www.jdl.com/orderSearch?waybillCodes={number}",
        name_limit=25,
        address_limit=120,
        contents_limit=80,
    ),
    CarrierFacts("OWN", {"en": "Our own driver", "zh_Hans": "专人送达"}, cut_off=time(9, 0), is_tracked=False),
)
"""Carriers most benches in mainland China begin with. Their limits are examples: ask the carrier for its own."""


def add_carrier(tx: Transaction, facts: CarrierFacts, *, by: Actor, at: datetime) -> Carrier:
    """Keep a new carrier. Raises CarrierCodeTaken or TrackingLinkMalformed."""
    columns = _columns(facts)
    if tx.scalar(select(Carrier.id).where(Carrier.code == columns["code"])):
        raise CarrierCodeTaken(field="code", code=columns["code"])
    carrier = Carrier(**columns)
    tx.add(carrier)
    tx.flush()
    audit.record(tx, "fulfilment.add_carrier", ("carrier", carrier.id), by=by, at=at)
    return carrier


def change_carrier(tx: Transaction, carrier_id: int, facts: CarrierFacts, *, by: Actor, at: datetime) -> Carrier:
    """Keep other facts about a carrier; parcels still to go move to where its cut-off puts them.

    Raises CarrierUnknown, CarrierCodeTaken or TrackingLinkMalformed.
    """
    carrier, columns = tx.get(Carrier, carrier_id), _columns(facts)
    if carrier is None:
        raise CarrierUnknown
    if tx.scalar(select(Carrier.id).where(Carrier.code == columns["code"], Carrier.id != carrier_id)):
        raise CarrierCodeTaken(field="code", code=columns["code"])
    if carrier.cut_off != facts.cut_off:
        going = (Shipment.carrier_id == carrier_id, Shipment.state.in_(WITH_US | {ShipmentState.EXCEPTION}))
        tx.change(update(Shipment).where(*going).values(cut_off=facts.cut_off or NO_CUT_OFF))
    for name, value in columns.items():
        setattr(carrier, name, value)
    audit.record(tx, "fulfilment.change_carrier", ("carrier", carrier_id), by=by, at=at)
    return carrier


def use_again(tx: Transaction, carrier_id: int, *, by: Actor, at: datetime) -> None:
    """Take a carrier into use again that was switched off. Done twice, it changes nothing. Raises CarrierUnknown."""
    carrier_by_id(tx, carrier_id)
    if tx.change(update(Carrier).where(Carrier.id == carrier_id, ~Carrier.is_active).values(is_active=True)):
        audit.record(tx, "fulfilment.use_again", ("carrier", carrier_id), by=by, at=at)


def add_usual_carriers(tx: Transaction, *, by: Actor, at: datetime) -> int:
    """Add those of USUAL that are not there. Returns how many were."""
    known = set(tx.scalars(select(Carrier.code)))
    missing = [facts for facts in USUAL if facts.code not in known]
    for facts in missing:
        add_carrier(tx, facts, by=by, at=at)
    return len(missing)


def all_carriers(reader: Reader, *, with_retired: bool = False) -> Sequence[Carrier]:
    """Return the carriers in use, by code."""
    wanted = select(Carrier).order_by(Carrier.code)
    return reader.scalars(wanted if with_retired else wanted.where(Carrier.is_active)).all()


def carrier_by_code(reader: Reader, code: str) -> Carrier:
    """Return a carrier in use. Raises CarrierUnknown."""
    found = reader.scalar(select(Carrier).where(Carrier.code == scan_code(code), Carrier.is_active))
    if found is None:
        raise CarrierUnknown(field="carrier")
    return found


def carrier_by_id(reader: Reader, carrier_id: int) -> Carrier:
    """Return a carrier, in use or not. Raises CarrierUnknown."""
    found = reader.get(Carrier, carrier_id)
    if found is None:
        raise CarrierUnknown
    return found


def assign(
    tx: Transaction,
    shipment_id: int,
    *,
    carrier_id: int | None = None,
    tracking_number: str | None = None,
    by: Actor,
    at: datetime,
) -> Shipment:
    """Write down the carrier, the tracking number, or both; None leaves what is there, "" takes the number away.

    Another carrier takes the old one's number away. Raises CarrierMissing, TrackingNumberMalformed,
    TrackingNumberTaken, or StepNotPossible when it is not on its way out any more.
    """
    number = _checked_number(tracking_number)

    def plan(seen: Shipment) -> Change:
        goes_with = carrier_id or seen.carrier_id
        if number and goes_with is None:
            raise CarrierMissing(field="carrier", number=seen.number)
        kept = seen.tracking_number if goes_with == seen.carrier_id else None
        goes_under = kept if number is None else number or None
        _refuse_taken(tx, seen, goes_with, goes_under)
        leaves_manifest = {} if goes_with == seen.carrier_id or seen.has_left else {"manifest_id": None}
        return Change(
            values={"carrier_id": goes_with, "tracking_number": goes_under, **leaves_manifest},
            facts={"carrier_id": goes_with, "tracking_number": goes_under},
        )

    try:
        with tx.begin_nested():
            return take_step(tx, shipment_id, Step.ASSIGN, plan, by=by, at=at)
    except IntegrityError as error:  # two benches wrote the same number at the same moment
        raise TrackingNumberTaken(field="tracking_number", tracking_number=number, number="S-…") from error


def _checked_number(text: str | None) -> str | None:
    if text is None or not text.strip():
        return text and ""
    number = tracking_code(text)
    if number is None:
        raise TrackingNumberMalformed(field="tracking_number", text=text.strip()[:60])
    return number


def _refuse_taken(reader: Reader, seen: Shipment, carrier_id: int | None, number: str | None) -> None:
    if number is None:
        return
    same = select(Shipment).where(
        Shipment.tracking_number == number, Shipment.carrier_id == carrier_id, Shipment.id != seen.id
    )
    other = reader.scalar(same)
    if other is not None:
        raise TrackingNumberTaken(field="tracking_number", tracking_number=number, number=other.number)


def _columns(facts: CarrierFacts) -> dict[str, object]:
    url = (facts.tracking_url or "").strip()
    if url and not (url.startswith("https://") and "{number}" in url):
        raise TrackingLinkMalformed(field="tracking_url")
    return {**asdict(facts), "code": scan_code(facts.code), "names": dict(facts.names), "tracking_url": url or None}
