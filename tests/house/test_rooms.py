"""House rules that import-linter cannot say: a room is entered by its front door."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2] / "giftshop"
# Not rooms but common ground: their modules are what one asks for.
COMMON_GROUND = {"kernel", "web"}
# A room's set-up, which the application, and nobody else, calls.
SET_UP = "wiring"


def rooms() -> list[str]:
    """The packages that have a front door."""
    return sorted(path.parent.name for path in HOUSE.glob("*/__init__.py") if path.parent.name not in COMMON_GROUND)


def imported_names(source: str) -> Iterator[str]:
    """Every dotted name that a file imports: `from a.b import c` gives `a.b.c`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute, so that they can be read and checked"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def back_doors(file: Path) -> Iterator[str]:
    """The modules of other rooms that a file reaches for."""
    own_room = file.relative_to(HOUSE).parts[0].removesuffix(".py")
    for name in imported_names(file.read_text()):
        parts = name.split(".")
        if parts[0] != "giftshop" or len(parts) < 3 or parts[1] == own_room or parts[1] not in rooms():
            continue
        is_module = (HOUSE / parts[1] / parts[2]).is_dir() or (HOUSE / parts[1] / f"{parts[2]}.py").is_file()
        if is_module and not (own_room == "application" and parts[2] == SET_UP):
            yield ".".join(parts[:3])


@pytest.mark.parametrize("file", sorted(HOUSE.rglob("*.py")), ids=lambda file: str(file.relative_to(HOUSE)))
def test_a_room_is_entered_by_its_front_door(file: Path) -> None:
    assert list(back_doors(file)) == [], "import the room itself; its __init__.py shows what others may use"
