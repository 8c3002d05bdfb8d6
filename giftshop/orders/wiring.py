"""Puts orders onto the app: pages, the jobs that issue and make, and what they hear from the rooms below."""

from __future__ import annotations

from functools import partial

from giftshop.cards import BatchActivated, BatchIssued
from giftshop.ecards import AddressesErased
from giftshop.fulfilment import (
    ShipmentDelivered,
    ShipmentDispatched,
    ShipmentExcepted,
    ShipmentReturned,
    ShipmentStepUndone,
)
from giftshop.kernel.locale import N_
from giftshop.kernel.role import MemberRole, StaffRole
from giftshop.notifications import add_samples
from giftshop.orders import issuing, letters, mailing, making, money_back, papers, parcels, privacy, service
from giftshop.orders.queries import KIND
from giftshop.orders.rules import NUMBERS
from giftshop.orders.samples import samples
from giftshop.orders.service import OrderDecided, OrderPlaced
from giftshop.orders.views import bp
from giftshop.orders.waiting import NEWS, WAITING, at_desk, last_orders
from giftshop.payments import PaymentDisputed, PaymentRefunded, PaymentReversed, PaymentSettled
from giftshop.production import BatchPrinted, ProofAnswered, ProofRenewed, WorkDone
from giftshop.web import GiftShop, Inverse, Lately, MenuItem, Place, members


def init_app(app: GiftShop) -> None:
    """Add the firm's and the operator's pages of orders."""
    add_samples(app, "orders", samples())
    app.sample_papers["money-quotation"] = papers.sample_quotation
    settings = app.settings
    app.register_blueprint(bp)
    app.numbers[KIND] = NUMBERS.of
    app.erasers += privacy.erasers(settings.retention, zone=settings.time_zone)
    house = issuing.House(settings.public_url, settings.hotline, settings.time_zone, settings.market)
    app.jobs.register(service.ISSUE, partial(issuing.issue_order, house=house))
    make = partial(making.make, parcel_limit_g=settings.parcel_limit_g, time_zone=settings.time_zone)
    app.jobs.register(service.MAKE, make)
    app.jobs.register(making.RELEASE, partial(making.release, time_zone=settings.time_zone))
    app.jobs.register(mailing.MAIL, partial(mailing.mail, time_zone=settings.time_zone))
    app.jobs.register(parcels.TELL, letters.tell)
    app.events.subscribe(PaymentSettled, service.settle)
    app.events.subscribe(PaymentReversed, money_back.undo)
    app.events.subscribe(PaymentDisputed, money_back.note_dispute)
    app.events.subscribe(PaymentRefunded, letters.refunded)
    app.events.subscribe(BatchIssued, issuing.note_issued)
    app.events.subscribe(AddressesErased, mailing.forget)
    app.events.subscribe(BatchPrinted, issuing.send_to_firm)
    app.events.subscribe(ShipmentDispatched, issuing.note_shipped)
    two_people = settings.market.cards.two_people_from_minor
    app.events.subscribe(ShipmentDelivered, partial(issuing.note_delivered, alone_below=two_people))
    app.events.subscribe(BatchActivated, issuing.note_taken_in)
    app.events.subscribe(ShipmentStepUndone, issuing.keep_delivered)
    app.events.subscribe(WorkDone, making.hear_of_work_done)
    app.events.subscribe(ShipmentDispatched, parcels.note_dispatched)
    app.events.subscribe(ShipmentDelivered, parcels.note_delivered)
    app.events.subscribe(ShipmentReturned, parcels.note_returned)
    app.events.subscribe(ShipmentExcepted, parcels.note_stopped)
    app.events.subscribe(ShipmentStepUndone, parcels.note_undone)
    app.events.subscribe(OrderPlaced, letters.placed)
    app.events.subscribe(OrderDecided, letters.decided)
    app.events.subscribe(ProofAnswered, letters.proof_answered)
    app.events.subscribe(ProofRenewed, letters.proof_renewed)
    office = frozenset({StaffRole.SALES, StaffRole.FINANCE, StaffRole.ADMINISTRATOR})
    hint = N_("From the first draft to gifts in people's hands.")
    app.menu.append(MenuItem(N_("Orders"), "orders.index", frozenset(MemberRole), 20, "file-text", hint))
    hint = N_("What firms have ordered, and how far it is.")
    app.menu.append(MenuItem(N_("Orders"), "orders.desk", office, 20, "file-text", hint))
    app.waiting.extend(WAITING)
    buyers = (members(MemberRole.BUYER),)
    app.inverses["orders.cancel"] = Inverse(service.draw_up_again, buyers, N_("The draft is there again."))
    app.lately.append(Lately(N_("Your last orders"), frozenset(MemberRole), last_orders, "orders.index"))
    app.watched["orders"] = NEWS
    app.places[KIND] = Place("orders.desk_order", at_desk)
