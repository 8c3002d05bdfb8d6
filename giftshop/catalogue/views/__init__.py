"""The pages of the catalogue."""

from giftshop.catalogue.views import collections, crafts, editions, imports, items, shelf, suppliers
from giftshop.catalogue.views.blueprint import bp

__all__ = ["bp", "collections", "crafts", "editions", "imports", "items", "shelf", "suppliers"]
