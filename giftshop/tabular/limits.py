"""How much of an uploaded table is read. The upload itself is limited by the web server."""

from __future__ import annotations

from typing import Final

MAX_ROWS: Final = 100_000
"""Rows under the headings."""
MAX_LEAD: Final = 20
"""Rows that may stand above the headings: a title, a date, who wrote it."""
MAX_COLUMNS: Final = 200
MAX_CELLS: Final = 3_000_000
"""Of the rectangle around all cells of a sheet: two far cells make readers lay out everything between them."""
MAX_UNPACKED: Final = 128 * 1024 * 1024
"""Bytes of a workbook's parts, unpacked."""
MAX_PARTS: Final = 200
"""Files inside a workbook."""
