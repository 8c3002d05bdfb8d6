"""Pictures that strangers upload: opened within limits and written anew. Originals are neither kept nor served."""

from giftshop.imaging.errors import NotAPicture, PictureDamaged, PictureTooLarge, PictureTooSmall
from giftshop.imaging.raster import MAX_BYTES, Limits, as_png, as_webp, open_raster, smaller_webp

__all__ = [
    "MAX_BYTES",
    "Limits",
    "NotAPicture",
    "PictureDamaged",
    "PictureTooLarge",
    "PictureTooSmall",
    "as_png",
    "as_webp",
    "open_raster",
    "smaller_webp",
]
