"""Why no code is sent."""

from __future__ import annotations

from giftshop.kernel.errors import TooOften
from giftshop.kernel.locale import N_


class CodeJustSent(TooOften):
    """One is on its way already. Facts: seconds, how long there is to wait."""

    message = N_("We have just sent you a code. You can ask for another one in %(seconds)s seconds.")


class TooManyCodes(TooOften):
    """As many as there may be in an hour were sent, for this or to there. Facts: most."""

    message = N_("We send %(most)s codes an hour at most. Please try again later, or call the hotline.")
