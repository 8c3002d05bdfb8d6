"""The pages of gift sets."""

from giftshop.giftsets.views import builder, shelf
from giftshop.giftsets.views.blueprint import bp

__all__ = ["bp", "builder", "shelf"]
