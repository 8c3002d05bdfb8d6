"""How the bench's states, steps and reasons are said, and what a page needs to show shipments."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from giftshop import accounts, catalogue
from giftshop.addresses import address_lines, display_phone, masked_address, masked_name, masked_phone
from giftshop.db import Reader
from giftshop.fulfilment import queries
from giftshop.fulfilment.carrier_csv import Place
from giftshop.fulfilment.carrier_files import Match
from giftshop.fulfilment.models import Carrier, Shipment, ShipmentEvent
from giftshop.fulfilment.queries import QueueFilter
from giftshop.fulfilment.rules import (
    MANIFEST_NUMBERS,
    UNDOABLE,
    ExceptionReason,
    ManifestState,
    ShipmentState,
    Step,
)
from giftshop.kernel import clock
from giftshop.kernel.actor import Actor, ActorKind
from giftshop.kernel.locale import N_
from giftshop.kernel.role import StaffRole
from giftshop.web import actor, current_shop

SIGNED_IN: Final = frozenset({ActorKind.MEMBER.value, ActorKind.STAFF.value})
"""Whose ids are those of users."""
STATES: Final[Mapping[ShipmentState, str]] = {
    ShipmentState.HELD: N_("Held"),
    ShipmentState.WAITING: N_("To pack"),
    ShipmentState.PACKING: N_("Being packed"),
    ShipmentState.PACKED: N_("Packed"),
    ShipmentState.DISPATCHED: N_("With the carrier"),
    ShipmentState.DELIVERED: N_("Delivered"),
    ShipmentState.EXCEPTION: N_("Stopped"),
    ShipmentState.RETURNED: N_("Came back"),
    ShipmentState.CANCELLED: N_("Cancelled"),
}
STEPS: Final[Mapping[Step, str]] = {
    Step.OPEN: N_("Its day has come"),
    Step.CLAIM: N_("Taken for packing"),
    Step.RELEASE: N_("Put back into the queue"),
    Step.PACK: N_("Contents confirmed, parcel closed"),
    Step.ORDER: N_("Ordered from its supplier"),
    Step.ASSIGN: N_("Carrier or tracking number written down"),
    Step.HAND_OVER: N_("Handed over to the carrier"),
    Step.DELIVER: N_("Delivered"),
    Step.EXCEPT: N_("Stopped"),
    Step.RESOLVE: N_("Goes on"),
    Step.TAKE_BACK: N_("Came back and was checked in"),
    Step.RESEND: N_("To be sent once more"),
    Step.READDRESS: N_("Receiver or address changed"),
    Step.CHANGE_LINES: N_("Contents changed"),
    Step.CANCEL: N_("Cancelled"),
    Step.UNDO: N_("Last step undone"),
}
REASONS: Final[Mapping[ExceptionReason, str]] = {
    ExceptionReason.BAD_ADDRESS: N_("Bad address"),
    ExceptionReason.OUT_OF_STOCK: N_("Out of stock"),
    ExceptionReason.DAMAGED: N_("Damaged"),
    ExceptionReason.REFUSED: N_("Refused by the receiver"),
    ExceptionReason.RETURNED: N_("Coming back"),
    ExceptionReason.OTHER: N_("Something else"),
}
NEXT_WITH_US: Final[Mapping[ExceptionReason, str]] = {
    ExceptionReason.BAD_ADDRESS: N_("Ask the receiver, correct the address, then let it go on."),
    ExceptionReason.OUT_OF_STOCK: N_("Look for the goods. Once they are on the shelf again, let it go on."),
    ExceptionReason.DAMAGED: N_("Replace what is broken, then let it be packed anew."),
    ExceptionReason.REFUSED: N_("Ask the hotline whether it is still wanted, then let it go on."),
    ExceptionReason.RETURNED: N_("Find out why, then let it go on."),
    ExceptionReason.OTHER: N_("Read the note, put right what is wrong, then let it go on."),
}
NEXT_WITH_SUPPLIER: Final[Mapping[ExceptionReason, str]] = {
    **NEXT_WITH_US,
    ExceptionReason.BAD_ADDRESS: N_(
        "Ask the receiver and correct the address, then let it go on: it stands on its supplier's list anew."
    ),
    ExceptionReason.OUT_OF_STOCK: N_("Ask the supplier when they have it again, then let it go on."),
    ExceptionReason.DAMAGED: N_("Ask the supplier to replace what is broken, then let it go on."),
}
NEXT_ON_THE_WAY: Final[Mapping[ExceptionReason, str]] = {
    ExceptionReason.BAD_ADDRESS: N_(
        "Give the carrier the right address if it still can be changed; else take it back."
    ),
    ExceptionReason.OUT_OF_STOCK: N_("Find out what is missing; take the parcel back if it comes."),
    ExceptionReason.DAMAGED: N_("Claim it from the carrier, and take the parcel back when it comes."),
    ExceptionReason.REFUSED: N_("Let the hotline ask why. Take the parcel back when it comes."),
    ExceptionReason.RETURNED: N_("Take the parcel back when it comes, then send it once more."),
    ExceptionReason.OTHER: N_("Read the note; let it go on, or take it back when it comes."),
}
MATCHES: Final[Mapping[Match, str]] = {
    Match.MATCHED: N_("Matched"),
    Match.KNOWN: N_("Known already"),
    Match.UNKNOWN: N_("No such shipment"),
    Match.TWICE: N_("Named in an earlier line"),
    Match.NOT_A_NUMBER: N_("Not a tracking number"),
    Match.OTHER_NUMBER: N_("Already has another tracking number"),
    Match.NUMBER_TAKEN: N_("This tracking number is another shipment's"),
    Match.NO_CARRIER: N_("Carrier unknown"),
    Match.NOT_ON_ITS_WAY: N_("Not possible in its present state"),
}
PLACES: Final[Mapping[Place, str]] = {
    Place.NAME: N_("Receiver"),
    Place.ADDRESS: N_("Address"),
    Place.CONTENTS: N_("Contents"),
}
MANIFEST_STATES: Final[Mapping[ManifestState, str]] = {
    ManifestState.OPEN: N_("To be signed"),
    ManifestState.HANDED_OVER: N_("Handed over"),
    ManifestState.DISCARDED: N_("Discarded"),
}

VIEWS: Final[Mapping[str, str]] = {
    "waiting": N_("To pack"),
    "late": N_("Overdue"),
    "mine": N_("On my table"),
    "packing": N_("Being packed"),
    "packed": N_("To hand over"),
    "dispatched": N_("On their way"),
    "exception": N_("Exceptions"),
    "returned": N_("Came back"),
    "held": N_("Held"),
}
"""The queue's views, in the order of the work."""
DONE_VIEWS: Final[Mapping[str, str]] = {"delivered": N_("Delivered"), "cancelled": N_("Cancelled")}
"""What is over; these are not counted."""


def today() -> date:
    """Return the day on the operator's wall."""
    return clock.local_day(clock.now(), current_shop().settings.time_zone)


def view_filter(name: str) -> QueueFilter:
    """Return what the view `name` shows of what is packed here; a name that is none shows everything."""
    if name == "late":
        return QueueFilter(state=ShipmentState.WAITING, promised_by=today() - timedelta(days=1), is_ours=True)
    if name == "mine":
        return QueueFilter(state=ShipmentState.PACKING, packer_id=actor().id, is_ours=True)
    return QueueFilter(state=ShipmentState(name), is_ours=True) if name in set(ShipmentState) else QueueFilter()


SUPPLIER_VIEWS: Final[Mapping[str, str]] = {
    "to_order": N_("To order"),
    "ordered": N_("Ordered"),
    "dispatched": N_("On their way"),
    "exception": N_("Exceptions"),
    "returned": N_("Came back"),
    "held": N_("Held"),
}
"""The views of a supplier's list, in the order of the work."""


def supplier_filter(name: str, supplier_id: int | None = None) -> QueueFilter:
    """Return what the view `name` of SUPPLIER_VIEWS shows: of one supplier, or of all together."""
    wanted = QueueFilter(supplier_id=supplier_id, is_theirs=supplier_id is None)
    if name in {"to_order", "ordered"}:
        return replace(wanted, state=ShipmentState.WAITING, is_ordered=name == "ordered")
    return replace(wanted, state=ShipmentState(name))


def standing(shipment: Shipment) -> str:
    """Return where a shipment stands: what a supplier sends is not packed but ordered."""
    if shipment.supplier_id is None or shipment.state is not ShipmentState.WAITING:
        return STATES[shipment.state]
    return SUPPLIER_VIEWS["ordered" if shipment.ordered_at else "to_order"]


def sees_receivers(person: Actor) -> bool:
    """Whether names, telephones and addresses are shown to `person`: to those who pack."""
    return person.has(StaffRole.FULFILMENT)


@dataclass(frozen=True, slots=True)
class ShownReceiver:
    """A receiver as this person may see them."""

    name: str
    phone: str
    lines: tuple[str, ...]
    city: str


def shown_receiver(shipment: Shipment, person: Actor) -> ShownReceiver:
    """Return the receiver, masked for whoever does not pack."""
    receiver = shipment.receiver
    city = masked_address(receiver.address)
    if sees_receivers(person):
        phone = display_phone(receiver.phone, receiver.address.country)
        return ShownReceiver(receiver.name, phone, address_lines(receiver.address), city)
    return ShownReceiver(masked_name(receiver.name), masked_phone(receiver.phone), (city,), city)


@dataclass(frozen=True, slots=True)
class ShownEvent:
    """One step of the history, ready to be said."""

    words: str
    at: datetime
    who: str
    step: Step
    facts: Mapping[str, Any]


def shown_history(reader: Reader, events: Sequence[ShipmentEvent], carriers: Sequence[Carrier]) -> list[ShownEvent]:
    """Return the history with the names of those who did it, in one more query."""
    names = accounts.users_by_id(
        reader, {event.actor_id for event in events if event.actor_id and event.actor_kind in SIGNED_IN}
    )
    known = {carrier.id: carrier for carrier in carriers}
    return [
        ShownEvent(
            words=STEPS[event.step],
            at=event.at,
            who=names[event.actor_id].name if event.actor_id in names else "",
            step=event.step,
            facts=_facts(event, known),
        )
        for event in events
    ]


def next_words(shipment: Shipment) -> str:
    """Return what to do about a stopped shipment, or nothing."""
    if shipment.exception_reason is None:
        return ""
    with_sender = NEXT_WITH_US if shipment.supplier_id is None else NEXT_WITH_SUPPLIER
    return (NEXT_ON_THE_WAY if shipment.has_left else with_sender)[shipment.exception_reason]


def can_undo(events: Sequence[ShipmentEvent]) -> bool:
    """Whether the latest step can be taken back."""
    return bool(events) and events[0].step in UNDOABLE


def queue_words(reader: Reader, rows: Collection[Shipment], known: Sequence[Carrier]) -> dict[str, Any]:
    """Return what a page of the queue needs beside its shipments: their lines, carriers, packers; a query each."""
    people = {row.claimed_by for row in rows if row.claimed_by} | {row.packed_by for row in rows if row.packed_by}
    return {
        "lines": queries.lines_by_shipment(reader, [row.id for row in rows]),
        "carriers": {carrier.id: carrier for carrier in known},
        "people": accounts.users_by_id(reader, people),
        "suppliers": catalogue.suppliers_by_id(reader, {row.supplier_id for row in rows if row.supplier_id}),
    }


def page_words() -> dict[str, Any]:
    """Return what every template of the bench may call."""
    return {
        "state_words": STATES,
        "standing": standing,
        "reason_words": REASONS,
        "match_words": MATCHES,
        "place_words": PLACES,
        "manifest_words": MANIFEST_STATES,
        "manifest_number": MANIFEST_NUMBERS.of,
        "receiver_of": lambda shipment: shown_receiver(shipment, actor()),
        "may_work": sees_receivers(actor()),
        "today": today,
    }


def _facts(event: ShipmentEvent, known: Mapping[int, Any]) -> dict[str, Any]:
    facts = dict(event.facts)
    carrier = known.get(facts.get("carrier_id") or 0)
    reason = facts.get("reason")
    return {
        "carrier": carrier.names if carrier else None,
        "tracking_number": facts.get("tracking_number"),
        "reason": REASONS[ExceptionReason(reason)] if reason else None,
        "manifest": MANIFEST_NUMBERS.of(facts["manifest_id"]) if facts.get("manifest_id") else None,
        "undone": STEPS[Step(facts["step"])] if facts.get("step") else None,
    }
