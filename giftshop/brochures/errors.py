"""Why there is no brochure."""

from __future__ import annotations

from giftshop.kernel.errors import Refused
from giftshop.kernel.locale import N_


class NothingChosen(Refused):
    """An empty brochure presents nothing."""

    message = N_("Choose at least one gift book or gift set to show.")
