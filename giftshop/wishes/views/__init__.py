"""The pages of favourites, lists, their readers, and of gifts side by side."""

from giftshop.wishes.views import comparing, lists, marking, reading, sharing
from giftshop.wishes.views.blueprint import bp

__all__ = ["bp", "comparing", "lists", "marking", "reading", "sharing"]
