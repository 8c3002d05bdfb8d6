"""Development zones: no administrative districts, yet what everybody writes in a district's place (成都市高新区)."""

from __future__ import annotations

import re
from typing import Final

_ZONE: Final = re.compile(
    r"[^\W\d路街道号巷村镇]{0,8}?(?:高新技术产业开发区|高新技术开发区|高新技术产业园区|经济技术开发区|经济开发区|工业园区|"
    r"综合保税区|保税区|示范区|管理区|开发区|高新区|经开区|新区)"
)


def zone_end(text: str, at: int) -> int | None:
    """Return where the name of a zone that begins at `at` ends, or None if none begins there."""
    match = _ZONE.match(text, at)
    return match.end() if match else None


def is_zone(name: str) -> bool:
    """Whether the whole `name` reads like a zone's."""
    return _ZONE.fullmatch(name) is not None
