"""What is refused of a logo, or of a brand kit."""

from __future__ import annotations

from giftshop.kernel.errors import Missing, Refused
from giftshop.kernel.locale import N_


class NoSuchLogo(Missing):
    """No logo with this id, or another firm's."""

    message = N_("There is no such logo.")


class DrawingDamaged(Refused):
    """An SVG that is no XML, or holds entities: what is made of them is not what one sees in the file."""

    message = N_("This SVG cannot be read. Export it once more as a plain SVG, without entities, and try again.")


class DrawingTooComplicated(Refused):
    """More shapes than any logo has: it would take long to draw."""

    message = N_(
        "This SVG is too complicated: at most %(kilobytes)s kB and %(shapes)s shapes. Simplify it, or send a PNG."
    )


class NothingDrawn(Refused):
    """An SVG without any shape that we draw: a wrapped photograph, mostly."""

    message = N_("We find no shape in this SVG. If it wraps a picture, send that picture itself, as PNG or JPEG.")


class ColourRefused(Refused):
    """No colour that we can read."""

    message = N_("Write the colour as six digits from 0 to 9 and A to F, such as #8A1F1B.")


class KitChanged(Refused):
    """A colleague was faster: what they saved is not thrown away unseen."""

    message = N_(
        "A colleague changed this since the page was shown. Below is what you chose; what they saved is at the top."
    )


class TextTooLongForCard(Refused):
    """More than a card carries."""

    message = N_("This has %(length)s characters; at most %(most)s will fit.")


class WordsMissing(Refused):
    """Half a greeting is none."""

    message = N_("A greeting has large words and a message. To have ours again, press “Back to the suggested words”.")


class CannotPrint(Refused):
    """None of our fonts has it."""

    message = N_("We have no letterform for “%(character)s” and cannot print it.")


class NoSuchOccasion(Missing):
    """An address with an occasion that there is none of."""

    message = N_("There is no such occasion.")
