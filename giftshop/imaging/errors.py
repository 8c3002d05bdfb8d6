"""What is refused of an uploaded picture."""

from __future__ import annotations

from giftshop.kernel.errors import Refused
from giftshop.kernel.locale import N_


class NotAPicture(Refused):
    """Another kind of file, or none at all."""

    message = N_("We cannot read this file as a picture. Send one of these: %(kinds)s.")


class PictureDamaged(Refused):
    """It begins like a picture and does not hold."""

    message = N_("This picture is damaged and cannot be read. Save it anew and try again.")


class PictureTooLarge(Refused):
    """Too many pixels or bytes: unpacking it would take more memory than one picture may."""

    message = N_("This picture is too large: at most %(megapixels)s million pixels and %(megabytes)s MB.")


class PictureTooSmall(Refused):
    """Fewer pixels than anything could be seen of."""

    message = N_("This picture is too small: at least %(pixels)s pixels a side.")
