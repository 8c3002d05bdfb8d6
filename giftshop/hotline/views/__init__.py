"""The pages of the hotline: the desk, one call, choosing with the caller, changing what was chosen."""

from giftshop.hotline.views import call, changing, choosing, desk
from giftshop.hotline.views.blueprint import bp

PAGES = (desk, call, choosing, changing)
"""Each hangs its routes on the blueprint when it is imported."""

__all__ = ["PAGES", "bp"]
