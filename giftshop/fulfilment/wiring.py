"""Puts the bench onto the app: its pages, and its clock for held shipments."""

from __future__ import annotations

from giftshop.fulfilment import (
    carrier_views,
    file_views,
    jobs,
    manifest_views,
    paper_views,
    privacy,
    samples,
    selection_views,
    shipment_views,
    supplier_views,
    taking_back,
    views,
)
from giftshop.fulfilment.blueprint import bp
from giftshop.fulfilment.waiting import NEWS, WAITING, at_bench
from giftshop.kernel.locale import N_
from giftshop.kernel.role import StaffRole
from giftshop.web import GiftShop, MenuItem, Place

PAGES = (views, shipment_views, selection_views, paper_views, manifest_views, file_views, carrier_views, supplier_views)
"""Modules whose routes stand on the blueprint by being imported."""


def init_app(app: GiftShop) -> None:
    """Register the pages under /dispatch and the jobs."""
    app.register_blueprint(bp)
    app.erasers += privacy.erasers(app.settings.retention)
    app.sample_papers |= samples.samples()
    jobs.init_app(app)
    onlookers = {StaffRole.FULFILMENT, StaffRole.HOTLINE, StaffRole.SALES, StaffRole.PRODUCTION}
    roles = frozenset({*onlookers, StaffRole.ADMINISTRATOR})
    hint = N_("Parcels by promised day: pack them, label them, hand them over.")
    app.menu.append(MenuItem(N_("Dispatch"), "fulfilment.queue", roles, 60, "package", hint))
    app.waiting.extend(WAITING)
    taking_back.init_app(app)
    app.watched["parcels"] = NEWS
    app.places["shipment"] = Place("fulfilment.show", at_bench)
