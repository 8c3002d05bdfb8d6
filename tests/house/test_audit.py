"""Whoever does something in somebody's name writes it down: a command that is told `by` whom leaves an event."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOMS = Path(__file__).parents[2] / "giftshop"
NOT_YET_DONE = {
    "catalogue.upload_items": "kept for a look at what it would do; importing it leaves the event",
    "catalogue.drop_file": "forgets such a file",
    "fulfilment.keep_file": "kept for a look at its report; applying it leaves the event",
    "fulfilment.request_shipment": "part of what its caller does and writes down, on the recipient's fast path",
    "fulfilment.scan": "counts while a parcel is being packed; packing it leaves the event",
    "fulfilment.tick_off": "as above",
    "ledger.post": "part of what its caller does and writes down; the posting itself says who and for what",
}
"""Commands that leave no event of their own, and why."""


def commands() -> Iterator[tuple[str, ast.FunctionDef, dict[str, ast.FunctionDef]]]:
    """Every public function that takes a transaction and is told by whom, with its neighbours in the same file."""
    for file in sorted(ROOMS.rglob("*.py")):
        room = file.relative_to(ROOMS).parts[0]
        functions = {node.name: node for node in ast.parse(file.read_text()).body if isinstance(node, ast.FunctionDef)}
        for name, function in functions.items():
            if not name.startswith("_") and room != "audit" and is_command(function):
                yield f"{room}.{name}", function, functions


def is_command(function: ast.FunctionDef) -> bool:
    first = function.args.args[:1]
    takes_tx = bool(first) and first[0].annotation is not None and ast.unparse(first[0].annotation) == "Transaction"
    return takes_tx and "by" in {argument.arg for argument in function.args.args + function.args.kwonlyargs}


def leaves_an_event(function: ast.FunctionDef, neighbours: dict[str, ast.FunctionDef], seen: frozenset[str]) -> bool:
    """Whether it records one itself, or through a neighbour, or through a command of another room told `by` whom."""
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    return any(
        ast.unparse(call.func) == "audit.record"
        or (ast.unparse(call.func) not in neighbours and any(given.arg == "by" for given in call.keywords))
        or (
            ast.unparse(call.func) in neighbours
            and ast.unparse(call.func) not in seen
            and leaves_an_event(neighbours[ast.unparse(call.func)], neighbours, seen | {ast.unparse(call.func)})
        )
        for call in calls
    )


def test_every_command_leaves_an_event() -> None:
    found = {
        name: leaves_an_event(function, neighbours, frozenset({function.name}))
        for name, function, neighbours in commands()
    }
    assert len(found) > 50, "they were not found, so nothing was shown"
    assert sorted(name for name, leaves in found.items() if not leaves) == sorted(NOT_YET_DONE)
