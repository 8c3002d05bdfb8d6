"""A gift book on offer."""

from tests.orders.conftest import edition

__all__ = ["edition"]
