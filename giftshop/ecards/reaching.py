"""How somebody is reached: what a list or a form has of them becomes an e-mail address, or a phone that takes texts."""

from __future__ import annotations

from giftshop.addresses import can_receive_texts, normalise_phone
from giftshop.ecards.errors import NotReachable
from giftshop.ecards.rules import mail_address
from giftshop.kernel.errors import Refused
from giftshop.notifications import Channel


def reach(text: str, *, country: str, field: str | None = None) -> tuple[Channel, str]:
    """Return how a person is reached by what somebody wrote: an e-mail address or a mobile's number.

    A number that names no country is taken to be of `country`. Raises NotReachable.
    """
    written = text.strip()
    if "@" in written:
        address = mail_address(written)
        if address is None:
            raise NotReachable(field=field)
        return Channel.MAIL, address
    try:
        phone = normalise_phone(written, country)
    except Refused:
        raise NotReachable(field=field) from None
    if not can_receive_texts(phone):
        raise NotReachable(field=field)
    return Channel.TEXT, phone


def best_way(email: str, phone: str) -> tuple[Channel, str] | None:
    """Return how a person of a list is reached: by e-mail if there is an address, else by text, or not at all."""
    if email:
        return Channel.MAIL, email
    return (Channel.TEXT, phone) if phone and can_receive_texts(phone) else None
