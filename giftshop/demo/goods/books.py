"""The editions of gift books of the demonstration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from giftshop.catalogue import EditionFacts
from giftshop.kernel.money import Money


@dataclass(frozen=True, slots=True)
class Book:
    """One edition of a gift book: its words, its tier in fen, and the SKUs of its gifts in their order."""

    code: str
    name: str
    name_zh: str
    label: str
    label_zh: str
    tier_fen: int
    skus: tuple[str, ...]

    @property
    def facts(self) -> EditionFacts:
        """Return this edition as the catalogue takes it."""
        return EditionFacts(
            code=self.code,
            names={"en": self.name, "zh_Hans": self.name_zh},
            labels={"en": self.label, "zh_Hans": self.label_zh},
            tier=Money(self.tier_fen, "CNY"),
        )


LAST_YEARS_BOOK: Final = Book(
    "HE200-2025",
    "Harmony",
    "和合",
    "2025 edition",
    "2025 年版",
    20000,
    ("TEA-LJ-150", "STA-PN-1", "CUP-TH-800", "FOD-NT-1200", "FOD-HN-2", "CER-MG-2", "HOM-TW-4", "OUT-UM-1"),
)
NEXT_BOOK: Final = Book(
    "HE200-2026",
    "Harmony",
    "和合",
    "2026 edition",
    "2026 年版",
    20000,
    ("ELE-WC-2", "MOO-ST-8", "FOD-FR-5"),
)
"""Follows last year's: its gifts, and these."""
LARGE_BOOK: Final = Book(
    "FENG500-2026",
    "Abundance",
    "丰礼",
    "2026 edition",
    "2026 年版",
    50000,
    (
        "TEA-PE-357",
        "CER-GW-4",
        "SLK-SC-180",
        "WIN-HJ-1500",
        "ELE-LP-1",
        "ELE-MG-4",
        "FOD-OO-2",
        "MOO-DX-6",
    ),
)
