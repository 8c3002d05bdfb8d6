"""What the packer of the demonstration does: packs, labels, hands over to the carrier, hears of the delivery."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from giftshop import fulfilment
from giftshop.db import Transaction
from giftshop.demo import people
from giftshop.demo.ordering import THANKS, WELFARE, batch_of
from giftshop.fulfilment import Shipment
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM, Actor
from giftshop.kernel.role import StaffRole
from giftshop.web import GiftShop

CARRIER: Final = "SF"


@dataclass(frozen=True, slots=True)
class Bench:
    """The packer at work, in one transaction."""

    tx: Transaction
    packer: Actor

    @classmethod
    def opened(cls, tx: Transaction) -> Bench:
        """Return the bench with its packer at it."""
        return cls(tx, people.staff(tx, StaffRole.FULFILMENT))

    def claim(self, shipment: Shipment) -> None:
        """Take a parcel."""
        fulfilment.claim(self.tx, shipment.id, by=self.packer, at=clock.now())

    def pack(self, shipment: Shipment) -> None:
        """Take a parcel, scan what goes in, tick off what has no barcode, and close it."""
        self.claim(shipment)
        for line in fulfilment.lines_by_shipment(self.tx, [shipment.id])[shipment.id]:
            if line.code:
                fulfilment.scan(self.tx, shipment.id, line.code, line.quantity, by=self.packer, at=clock.now())
            else:
                fulfilment.tick_off(self.tx, shipment.id, line.id, by=self.packer, at=clock.now())
        fulfilment.pack(self.tx, shipment.id, by=self.packer, at=clock.now())

    def label(self, shipment: Shipment) -> None:
        """Give a parcel its carrier and a number of the form that the carrier uses."""
        carrier = next(each for each in fulfilment.all_carriers(self.tx) if each.code == CARRIER)
        number = f"SF{1_400_000_000_000 + 7_919 * shipment.id}"
        fulfilment.assign(
            self.tx, shipment.id, carrier_id=carrier.id, tracking_number=number, by=self.packer, at=clock.now()
        )

    def put_on_manifest(self, shipments: Collection[Shipment]) -> int:
        """Draw up the manifest for labelled parcels. Returns its id."""
        leaving = fulfilment.draw_up(self.tx, [each.id for each in shipments], by=self.packer, at=clock.now())
        return leaving.manifests[0]

    def dispatch(self, shipments: Collection[Shipment]) -> None:
        """Pack and label parcels, and hand all of them to the driver."""
        for shipment in shipments:
            self.pack(shipment)
            self.label(shipment)
        manifest_id = self.put_on_manifest(shipments)
        fulfilment.hand_over(self.tx, manifest_id, len(shipments), by=self.packer, at=clock.now())

    def order(self, shipments: Collection[Shipment]) -> None:
        """Tell the supplier of these parcels to send them."""
        for supplier_id in {each.supplier_id for each in shipments if each.supplier_id}:
            seen = {each.id: each.revision for each in shipments if each.supplier_id == supplier_id}
            fulfilment.order_from_supplier(self.tx, supplier_id, seen, by=self.packer, at=clock.now())

    def sent_by_supplier(self, shipment: Shipment) -> None:
        """Write down the number that the supplier answered with: the carrier has it."""
        self.label(shipment)
        fulfilment.sent_by_supplier(self.tx, shipment.id, by=self.packer, at=clock.now())

    def deliver(self, shipment: Shipment) -> None:
        """Write down that the carrier delivered it."""
        fulfilment.deliver(self.tx, shipment.id, by=self.packer, at=clock.now())


def prepare_carriers(_shop: GiftShop) -> Callable[[Transaction], None]:
    """Return the telling: the carriers that a bench in mainland China begins with."""

    def telling(tx: Transaction) -> None:
        fulfilment.add_usual_carriers(tx, by=SYSTEM, at=clock.now())

    return telling


def prepare_parcels_of_cards(_shop: GiftShop) -> Callable[[Transaction], None]:
    """Return the telling: the printed cards go to the firm and arrive, so that whoever holds one can redeem it."""

    def telling(tx: Transaction) -> None:
        bench = Bench.opened(tx)
        for wish in (THANKS, WELFARE):
            parcel = fulfilment.shipment_by_source(tx, ("batch", batch_of(tx, wish).id))
            if parcel is None:
                raise ValueError("printed cards without a parcel")
            bench.dispatch([parcel])
            bench.deliver(parcel)

    return telling
