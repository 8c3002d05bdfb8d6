"""Lists of fulfilment as files. Nobody who receives a parcel is in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from flask_babel import gettext as _

from giftshop import accounts
from giftshop.db import Reader
from giftshop.fulfilment.carriers import all_carriers
from giftshop.fulfilment.models import Manifest
from giftshop.fulfilment.presenting import MANIFEST_STATES
from giftshop.kernel.locale import N_
from giftshop.listing import Export
from giftshop.web import localized


def _manifests(reader: Reader, manifests: Sequence[Manifest]) -> Iterator[Sequence[object]]:
    carriers = {carrier.id: localized(carrier.names) for carrier in all_carriers(reader, with_retired=True)}
    people = accounts.users_by_id(reader, {each.drawn_up_by for each in manifests})
    for each in manifests:
        yield [
            each.number,
            carriers[each.carrier_id],
            each.parcel_count,
            each.drawn_up_at,
            people[each.drawn_up_by].name,
            _(MANIFEST_STATES[each.state]),
            each.handed_over_at,
        ]


MANIFESTS: Final = Export(
    (
        N_("Manifest"),
        N_("Carrier"),
        N_("Parcels"),
        N_("Drawn up"),
        N_("Drawn up by"),
        N_("State"),
        N_("Handed over"),
    ),
    _manifests,
)
