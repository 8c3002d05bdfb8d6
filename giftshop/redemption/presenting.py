"""How a card, its gifts and its parcel are shown to whoever holds it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from flask_babel import format_date, format_time, ngettext
from flask_babel import gettext as _

from giftshop import branding
from giftshop.addresses import Receiver, address_lines, display_phone, masked_address, masked_name, masked_phone
from giftshop.branding import NoSuchLogo, logo_url
from giftshop.cards import HeldCard
from giftshop.catalogue import Item
from giftshop.db import Reader
from giftshop.fulfilment import Shipment, ShipmentState, TrackingFacts
from giftshop.kernel.clock import local_day
from giftshop.kernel.locale import N_
from giftshop.redemption.queries import Gift
from giftshop.web import current_locale, localized, long_day

SOON_DAYS: Final = 14
"""With fewer days than this left, they are counted for the recipient."""


VISIT_WORDS: Final = {
    ShipmentState.HELD: N_("Waits with us, as you asked"),
    ShipmentState.WAITING: N_("Being prepared"),
    ShipmentState.PACKING: N_("Being packed"),
    ShipmentState.PACKED: N_("Packed"),
    ShipmentState.DISPATCHED: N_("On its way"),
    ShipmentState.DELIVERED: N_("Delivered"),
    ShipmentState.EXCEPTION: N_("It has been held up"),
    ShipmentState.RETURNED: N_("It came back to us"),
    ShipmentState.CANCELLED: N_("Cancelled"),
}
"""Where a parcel is, in a word for its receiver."""


@dataclass(frozen=True, slots=True)
class Brand:
    """What of the sender stands at the top of each page."""

    name: str
    logo_url: str | None = None
    accent: str | None = None
    logo_width: int | None = None
    logo_height: int | None = None


class Kind(StrEnum):
    """How an event of the timeline is drawn; see `ui.event`."""

    DONE = "done"
    CURRENT = "current"
    AHEAD = "ahead"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of a gift on its way."""

    kind: Kind
    what: str
    when: str = ""
    more: str = ""
    url: str | None = None
    """The carrier's own page."""


def brand_of(reader: Reader, card: HeldCard) -> Brand:
    """Return the sender of a card, with the logo that their programme was given."""
    if not card.logo_ref:
        return Brand(card.sender_name, accent=card.accent)
    try:
        logo = branding.logo(reader, card.firm_id, int(card.logo_ref))
    except (NoSuchLogo, ValueError):
        return Brand(card.sender_name, accent=card.accent)
    return Brand(card.sender_name, logo_url(logo), card.accent, logo_width=logo.width, logo_height=logo.height)


def until_words(card: HeldCard, *, at: datetime) -> str:
    """Return until when a card can be redeemed, in words, and how long that is when it is not long."""
    if card.valid_until is None:
        return str(_("It does not expire."))
    day = long_day(card.valid_until)
    left = (card.valid_until - local_day(at, card.time_zone)).days
    if left == 0:
        words: str = _("Choose by tonight.")
    elif left >= SOON_DAYS:
        words = _("Choose by %(day)s.", day=day)
    else:
        words = ngettext(
            "Choose by %(day)s: one more day.",
            "Choose by %(day)s: %(num)s more days.",
            left,
            day=day,
        )
    return words


def gift_words(chosen: Sequence[tuple[Item, int]]) -> str:
    """Return what was chosen, in the current language: "Longjing tea", "Longjing tea × 2, Silk scarf"."""
    each = [localized(item.names) + (f" × {count}" if count > 1 else "") for item, count in chosen]
    return ("、" if current_locale() == "zh_Hans" else ", ").join(each)


def choices(gifts: list[Gift], *, also: int | None = None) -> list[dict[str, Any]]:
    """Return the gifts still to be had as `forms.picture_choices` shows them, with the item `also` in any case."""
    return [
        {
            "value": gift.item.id,
            "name": localized(gift.item.names),
            "picture": gift.item.picture,
            "text": localized(gift.item.descriptions),
        }
        for gift in gifts
        if gift.is_there or gift.item.id == also
    ]


def receiver_rows(receiver: Receiver) -> dict[str, str]:
    """Return who gets a gift and where, in full, for those who wrote it."""
    return {
        "name": receiver.name,
        "phone": display_phone(receiver.phone, receiver.address.country),
        "address": "\n".join(address_lines(receiver.address, sent_from=receiver.address.country)),
    }


def masked_rows(receiver: Receiver) -> dict[str, str]:
    """Return who gets a gift and where, with everything hidden that would tell a stranger."""
    return {
        "name": masked_name(receiver.name),
        "phone": masked_phone(receiver.phone),
        "address": masked_address(receiver.address),
    }


def may_change(shipment: Shipment) -> bool:
    """Whether gift and address can still be changed: nobody has begun to pack, or to send it."""
    return not shipment.is_begun and shipment.state is not ShipmentState.CANCELLED


def stops(redeemed_at: datetime, gift: str, shipment: Shipment, facts: TrackingFacts) -> list[Stop]:
    """Return where a gift has been and what lies ahead. A surprise keeps quiet about the way."""
    chosen = Stop(Kind.DONE, _("You chose: %(gift)s", gift=gift), _moment(redeemed_at))
    if not facts.may_be_told:
        return [chosen, Stop(Kind.CURRENT, _("We are taking care of it"))]
    if facts.state in _TROUBLES:
        return [chosen, *_left(facts, Kind.DONE), _trouble(facts.state)]
    return [chosen, _packing(shipment, facts), *_left(facts, Kind.CURRENT), *_arrived(facts)]


def _packing(shipment: Shipment, facts: TrackingFacts) -> Stop:
    if facts.packed_at:
        return Stop(Kind.DONE, _("Packed"), _moment(facts.packed_at))
    if facts.state is ShipmentState.HELD and shipment.not_before:
        day = format_date(shipment.not_before, "long")
        return Stop(Kind.CURRENT, _("It waits with us, as you asked"), _("Nothing arrives before %(day)s.", day=day))
    if facts.state is ShipmentState.PACKING:
        return Stop(Kind.CURRENT, _("It is being packed"))
    leaves = _("It leaves us by %(day)s.", day=format_date(facts.promised_on, "long"))
    return Stop(Kind.CURRENT, _("We are getting it ready"), leaves)


def _left(facts: TrackingFacts, kind: Kind) -> Iterator[Stop]:
    if facts.dispatched_at is None:
        if kind is Kind.CURRENT:
            yield Stop(Kind.AHEAD, _("With the carrier"))
        return
    carrier = localized(facts.carrier_names)
    number = facts.tracking_number or ""
    yield Stop(
        Kind.DONE if facts.delivered_at else kind,
        _("On its way with %(carrier)s", carrier=carrier) if carrier else _("On its way"),
        _moment(facts.dispatched_at),
        more=number,
        url=facts.tracking_page,
    )


def _arrived(facts: TrackingFacts) -> Iterator[Stop]:
    if facts.delivered_at:
        yield Stop(Kind.DONE, _("At your door"), _moment(facts.delivered_at))
    else:
        yield Stop(Kind.AHEAD, _("At your door"))


def _moment(at: datetime) -> str:
    return f"{format_date(at, 'long')} {format_time(at, 'short')}"


def _trouble(state: ShipmentState) -> Stop:
    what, more = {
        ShipmentState.EXCEPTION: (
            _("It has been held up"),
            _("We are looking into it. If the address may be wrong, please check it below, or call us."),
        ),
        ShipmentState.RETURNED: (
            _("It came back to us"),
            _("The carrier could not deliver it. Please call us, so that it reaches you at the second try."),
        ),
        ShipmentState.CANCELLED: (_("It will not be sent"), _("Please call us if you did not ask for this.")),
    }[state]
    return Stop(Kind.PROBLEM, what, more=more)


_TROUBLES: Final = {ShipmentState.EXCEPTION, ShipmentState.RETURNED, ShipmentState.CANCELLED}
