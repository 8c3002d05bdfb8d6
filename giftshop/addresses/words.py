"""What the parts of an address are called from country to country, and what is said when one is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from giftshop.addresses.errors import AddressProblem
from giftshop.kernel.locale import N_


class PartMissing(AddressProblem):
    """A part that the country's addresses need is empty; its subclasses call it by its name there."""

    message = N_("Please fill this in.")


LABELS: Final[Mapping[str, str]] = {
    "province": N_("Province"),
    "state": N_("State or territory"),
    "county": N_("County"),
    "area": N_("Area"),
    "prefecture": N_("Prefecture"),
    "department": N_("Department or province"),
    "emirate": N_("Emirate"),
    "island": N_("Island"),
    "oblast": N_("Region"),
    "parish": N_("Parish"),
    "do_si": N_("Province or metropolitan city"),
    "city": N_("City"),
    "post_town": N_("Town"),
    "district": N_("District"),
    "suburb": N_("Suburb"),
    "neighborhood": N_("Neighbourhood"),
    "village_township": N_("Village or township"),
    "townland": N_("Townland"),
    "street": N_("Street, building and room"),
    "postal": N_("Postcode"),
    "zip": N_("ZIP code"),
    "eircode": N_("Eircode"),
    "pin": N_("PIN code"),
}
"""Kind of a part, as the address data names it, to its label (a gettext msgid)."""

_MISSING_MESSAGES: Final[Mapping[str, str]] = {
    "province": N_("Please add the province."),
    "state": N_("Please add the state or territory."),
    "county": N_("Please add the county."),
    "area": N_("Please add the area."),
    "prefecture": N_("Please add the prefecture."),
    "department": N_("Please add the department or province."),
    "emirate": N_("Please add the emirate."),
    "island": N_("Please add the island."),
    "oblast": N_("Please add the region."),
    "parish": N_("Please add the parish."),
    "do_si": N_("Please add the province or metropolitan city."),
    "city": N_("Please add the city."),
    "post_town": N_("Please add the town."),
    "district": N_("Please add the district."),
    "suburb": N_("Please add the suburb."),
    "neighborhood": N_("Please add the neighbourhood."),
    "village_township": N_("Please add the village or township."),
    "townland": N_("Please add the townland."),
    "street": N_("Please add the street, building and room."),
    "postal": N_("Please add the postcode."),
    "zip": N_("Please add the ZIP code."),
    "eircode": N_("Please add the Eircode."),
    "pin": N_("Please add the PIN code."),
}
_MISSING: Final[Mapping[str, type[PartMissing]]] = {
    kind: type("PartMissing", (PartMissing,), {"message": message, "__doc__": PartMissing.__doc__})
    for kind, message in _MISSING_MESSAGES.items()
}


def missing(kind: str, part: str) -> PartMissing:
    """Return the complaint that `part` (region, city, ...) is empty, by what it is called: province, state, ..."""
    return _MISSING.get(kind, PartMissing)(field=part)
