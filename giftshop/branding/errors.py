"""What is refused of a logo."""

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
