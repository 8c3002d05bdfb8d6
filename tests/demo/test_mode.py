"""Commands of the demonstration are the demonstration's by themselves; nothing else is."""

from __future__ import annotations

import pytest

from giftshop.application import is_demo_command


@pytest.mark.parametrize(
    "line",
    [
        "/site/.venv/bin/flask --app app demo mid-autumn --year 2004",
        "flask -A app demo load",
        "flask --app=app --debug demo sign-ins",
        "/usr/lib/python3/flask/__main__.py --app app demo load",
    ],
)
def test_a_demo_command_is_one(line: str) -> None:
    assert is_demo_command(line.split())


@pytest.mark.parametrize(
    "line",
    ["", "flask", "flask --app demo migrate", "flask --app app ledger prove demo", "gunicorn app:app demo", "demo"],
)
def test_nothing_else_is(line: str) -> None:
    assert not is_demo_command(line.split())
