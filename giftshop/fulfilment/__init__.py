"""Fulfilment: the bench. From "send this to them" to "they have it": queue, packing, labels, carriers, exceptions.

Knows nothing of what a shipment is sent for: a source is a kind and an id. The rooms above ask for shipments, hear
what becomes of them (`ShipmentDispatched`, `ShipmentDelivered`, ...) and may ask `tracking_facts`.

A parcel whose goods one supplier sends goes onto that supplier's list instead of the packing table.
"""

from giftshop.fulfilment.carriers import USUAL, CarrierFacts, add_carrier, add_usual_carriers, all_carriers, assign
from giftshop.fulfilment.crowding import crowded_phones
from giftshop.fulfilment.errors import AlreadyPacking, MixedSenders, NothingToSend, ShipmentMissing
from giftshop.fulfilment.events import (
    ShipmentDelivered,
    ShipmentDispatched,
    ShipmentExcepted,
    ShipmentReturned,
    ShipmentStepUndone,
)
from giftshop.fulfilment.handing_over import deliver, draw_up, hand_over
from giftshop.fulfilment.lines import Line, split_by_sender
from giftshop.fulfilment.models import Carrier, Shipment, ShipmentLine
from giftshop.fulfilment.packing import claim, pack, release, scan, tick_off
from giftshop.fulfilment.queries import (
    TrackingFacts,
    lines_by_shipment,
    number_of,
    shipment,
    shipment_by_number,
    shipment_by_source,
    shipments_by_id,
    shipments_by_source,
    tracking_facts,
)
from giftshop.fulfilment.rules import BEGUN, ExceptionReason, ShipmentState, Source
from giftshop.fulfilment.service import cancel, change_lines, change_receiver, request_shipment
from giftshop.fulfilment.supplying import order_from_supplier, sent_by_supplier
from giftshop.fulfilment.troubles import resend, resolve, stop, take_back, undo

__all__ = [
    "BEGUN",
    "USUAL",
    "AlreadyPacking",
    "Carrier",
    "CarrierFacts",
    "ExceptionReason",
    "Line",
    "MixedSenders",
    "NothingToSend",
    "Shipment",
    "ShipmentDelivered",
    "ShipmentDispatched",
    "ShipmentExcepted",
    "ShipmentLine",
    "ShipmentMissing",
    "ShipmentReturned",
    "ShipmentState",
    "ShipmentStepUndone",
    "Source",
    "TrackingFacts",
    "add_carrier",
    "add_usual_carriers",
    "all_carriers",
    "assign",
    "cancel",
    "change_lines",
    "change_receiver",
    "claim",
    "crowded_phones",
    "deliver",
    "draw_up",
    "hand_over",
    "lines_by_shipment",
    "number_of",
    "order_from_supplier",
    "pack",
    "release",
    "request_shipment",
    "resend",
    "resolve",
    "scan",
    "sent_by_supplier",
    "shipment",
    "shipment_by_number",
    "shipment_by_source",
    "shipments_by_id",
    "shipments_by_source",
    "split_by_sender",
    "stop",
    "take_back",
    "tick_off",
    "tracking_facts",
    "undo",
]
