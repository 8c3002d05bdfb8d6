"""The map shows every room."""

import re
import tomllib
from pathlib import Path

import giftshop

ROOT = Path(__file__).parents[2]
# Single files that the rooms stand on.
SMALL = {"config", "events", "paging", "sqlite"}
MAP = (ROOT / "docs" / "architecture.md").read_text()


def modules() -> set[str]:
    """Everything that lies directly in giftshop/."""
    packages = {path.parent.name for path in (ROOT / "giftshop").glob("*/__init__.py")}
    return packages | {path.stem for path in (ROOT / "giftshop").glob("*.py")} - {"__init__"}


def test_every_room_is_on_the_map() -> None:
    mapped = set(re.findall(r"`([a-z]+)`", MAP.split("## The rooms")[1].split("`giftshop/<room>")[0]))
    assert sorted(modules() - mapped) == []


def test_every_package_is_on_the_map_that_newcomers_open_first() -> None:
    named = set(re.findall(r"[a-z]+", giftshop.__doc__ or ""))
    assert sorted(modules() - SMALL - named) == []


def test_every_room_has_a_layer() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layered = set(re.findall(r"[a-z]+", " ".join(contracts[0]["layers"])))
    assert sorted(modules() - layered) == []
