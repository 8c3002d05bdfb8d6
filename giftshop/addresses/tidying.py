"""Text as it was meant, without what keyboards, spreadsheets and messengers put into it unseen."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # control characters
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"  # no width, or another direction
)


def tidy_line(text: str) -> str:
    """Return `text` on one line: composed, without control and invisible characters, single spaces between words."""
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())


def tidy_lines(text: str) -> str:
    """Return `text` with each of its lines tidied and the empty ones left out."""
    return "\n".join(line for line in map(tidy_line, text.splitlines()) if line)
