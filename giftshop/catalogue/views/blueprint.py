"""The blueprint that all pages of the catalogue hang on."""

from __future__ import annotations

from typing import Final

from flask import Blueprint

from giftshop.kernel.role import StaffRole
from giftshop.web import staff

bp = Blueprint("catalogue", "giftshop.catalogue")
KEEPERS: Final = staff(StaffRole.SALES, StaffRole.ADMINISTRATOR)
"""Who keeps the catalogue."""
