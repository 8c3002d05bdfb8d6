"""PDFium may be called by one thread at a time (its README: "PDFium is not thread-safe"); a worker has several."""

from __future__ import annotations

from threading import RLock
from typing import Final

ONE_AT_A_TIME: Final = RLock()
"""Held around every call of PDFium."""
