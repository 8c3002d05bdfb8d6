"""An address that is pasted in one piece, shown in the fields of the form it belongs to."""

from __future__ import annotations

from typing import Any, Final

from flask import request

from giftshop.addresses import Address, split_pasted
from giftshop.redemption.forms import DeliveryForm, PasteForm

BUTTON: Final = "split"
_PLACES: Final = ("country", "region", "city", "district", "street", "postcode")


def is_asked() -> bool:
    """Whether this request sends a text to be taken apart."""
    return request.method == "POST" and BUTTON in request.form


def filled_in(form: DeliveryForm) -> tuple[DeliveryForm, bool]:
    """Return `form` with what the pasted text says in its fields, and whether it said anything.

    What it does not say stays as it was typed or known.
    """
    pasted = split_pasted(PasteForm().pasted.data or "")
    part = form.to.form
    known = {field.short_name: field.data for field in part if field.short_name != "shown_for"}
    known |= {"name": pasted.name} if pasted.name else {}
    known |= {"phone": pasted.phone} if pasted.phone else {}
    known |= _places(pasted.address, offered=part.offered)
    values = {"to": known, "not_before": form.not_before.data, "email": form.email.data}
    return DeliveryForm(formdata=None, data=values), pasted.has_any


def _places(address: Address | None, *, offered: tuple[str, ...]) -> dict[str, Any]:
    if address is None or address.country not in offered:
        return {}
    return {name: getattr(address, name) for name in _PLACES}
