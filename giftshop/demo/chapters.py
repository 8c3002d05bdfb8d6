"""The story, in order."""

from __future__ import annotations

from typing import Final

from giftshop.demo.loading import Chapter

CHAPTERS: Final[tuple[Chapter, ...]] = ()
