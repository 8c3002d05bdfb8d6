"""The button of another language, for whoever has no script."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final

from giftshop.web.languages import SWITCH

TO_CHINESE: Final = {SWITCH: "zh_Hans"}
"""What the button sends along with its form."""


class Switch(HTMLParser):
    """The form that goes along into another language, and the buttons that send it in the order of the page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: set[str] = set()
        self.buttons: list[dict[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.add(facts.get("id", ""))
        if tag == "button" and "form" in facts:
            self.buttons.append(facts)

    @property
    def address(self) -> str:
        """Where the button sends the form. Enter presses the button before it; both belong to a form of the page."""
        enter, switch = self.buttons
        assert (switch["name"], switch["value"]) == (SWITCH, "zh_Hans")
        assert enter.get("name", "") != SWITCH
        assert {enter["form"], switch["form"]} <= self.forms
        assert "tabindex" in enter
        return switch["formaction"]
