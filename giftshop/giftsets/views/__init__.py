"""The pages of gift sets."""

from giftshop.giftsets.views import beginning, builder, shelf
from giftshop.giftsets.views.blueprint import bp

__all__ = ["beginning", "bp", "builder", "shelf"]
