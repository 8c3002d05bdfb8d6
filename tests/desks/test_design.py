"""The page that shows every piece."""

from __future__ import annotations

import re
from collections import Counter

from flask.testing import FlaskClient

from giftshop.application import ROOT
from tests.people import People, sign_in

PARTS = {"ui.icon", "ui.th", "ui.td", "ui.tiles", "ui.line", "ui.stat", "ui.event", "ui.summary_row"}
"""Shown inside of others."""


def test_every_piece_is_shown() -> None:
    declared = {
        f"{kind}.{name}"
        for kind, file in (("ui", "ui"), ("forms", "forms"), ("lists", "listing"))
        for name in re.findall(r"{% macro ([a-z]\w*)\(", (ROOT / f"templates/macros/{file}.html").read_text())
    }
    page = "".join((ROOT / "templates/desks" / name).read_text() for name in ("design.html", "_pieces.html"))
    assert declared, "no macros are found any more: mend this test"
    assert {piece for piece in declared - PARTS if f"{piece}(" not in page} == set()


def test_the_operators_people_see_it_in_all_languages_and_nobody_else_does(client: FlaskClient, people: People) -> None:
    sign_in(client, people.lantern.buyer)
    assert client.get("/design").status_code == 403
    sign_in(client, people.staff.fulfilment)
    page = client.get("/design").text
    assert all(words in page for words in ("Choose your gift", "挑一份心仪的礼物", 'lang="zh-Hans"', "--accent-soft"))
    assert [name for name, count in Counter(re.findall(r'\sid="([^"]+)"', page)).items() if count > 1] == []
    assert "您的礼品正在路上" in client.get("/design/mail/zh_Hans").text
    assert client.get("/design/mail/xx").status_code == 404
