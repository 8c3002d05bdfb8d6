"""Who sends goods of the demonstration themselves: what is fresh, and what two people carry."""

from __future__ import annotations

from typing import Final

from giftshop.catalogue import SupplierFacts

SUPPLIERS: Final = (
    SupplierFacts(
        "GANNAN",
        {"en": "Gannan Orchards", "zh_Hans": "赣南果园合作社"},
        "刘主管 Ms Liu, 0797-555 0134",
        "dispatch@gannan.example",
    ),
    SupplierFacts(
        "ANYI",
        {"en": "Anyi Home Health", "zh_Hans": "安逸健康电器"},
        "何师傅 Mr He, 0592-555 0168",
        "orders@anyi.example",
    ),
)
