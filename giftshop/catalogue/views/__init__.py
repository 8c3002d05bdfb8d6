"""The pages of the catalogue."""

from giftshop.catalogue.views import crafts, editions, imports, items, shelf, suppliers
from giftshop.catalogue.views.blueprint import bp

__all__ = ["bp", "crafts", "editions", "imports", "items", "shelf", "suppliers"]
