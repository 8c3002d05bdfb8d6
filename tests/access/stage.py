"""A stage for pages that were answered already: Chromium opens them from this process, with the site's own files.

Nothing is asked of the site again, so a page is seen as its reader got it, and whoever looks needs no session.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize
from werkzeug.middleware.shared_data import SharedDataMiddleware
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

STATIC = Path(__file__).parents[2] / "static"
DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
NARROW: ViewportSize = {"width": 320, "height": 640}
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
IN_THE_DARK = {"runOnly": {"type": "rule", "values": ["color-contrast", "target-size"]}, "resultTypes": ["violations"]}
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"><rect width="400" height="300"/></svg>'
"""Stands for every picture that the site would draw or keep."""

Finding = tuple[str, str, str]
"""Which rule, where, and what to do."""


class _Quiet(WSGIRequestHandler):
    def log(self, *_: Any, **__: Any) -> None: ...


class Stage:
    """Shows pages to one browser page and tells what it finds there."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.shown: dict[str, tuple[str, str]] = {}
        self.server = make_server("127.0.0.1", 0, self.wsgi(), threaded=True, request_handler=_Quiet)
        self.axe = Axe().axe_script
        self.looks = (Path(__file__).parent / "looks.js").read_text()

    def wsgi(self) -> Any:
        """The site's files from disk, and the page that is on."""

        def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
            known = self.shown.get(Request(environ).path)
            if known is None:
                return Response(PICTURE, mimetype="image/svg+xml", headers={"Cache-Control": "max-age=3600"})(
                    environ, start
                )
            text, policy = known
            return Response(text, mimetype="text/html", headers={"Content-Security-Policy": policy})(environ, start)

        return SharedDataMiddleware(answer, {"/static": str(STATIC)}, cache_timeout=3600)

    def open(self, path: str, text: str, policy: str) -> None:
        """Show a page at a desk, by day, to somebody who wants nothing to move."""
        self.shown = {path: (text, policy)}
        self.page.set_viewport_size(DESK)
        self.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        self.page.goto(f"http://127.0.0.1:{self.server.port}{path}")
        self.page.evaluate(self.axe)
        self.page.evaluate(self.looks)

    def look(self, name: str, *arguments: str) -> list[Finding]:
        """Ask one of the questions of looks.js."""
        found = self.page.evaluate("([name, rest]) => window.looks[name](...rest)", [name, list(arguments)])
        return [(rule, where, what) for rule, where, what in found]

    def run_axe(self, options: dict[str, Any], told: str = "") -> list[Finding]:
        """What axe finds on the page as it is now."""
        # What still fades in has the contrast of a moment only.
        self.page.evaluate("window.looks.settled().then(window.looks.stilled)")
        found = self.page.evaluate("(options) => axe.run(options).then((result) => result.violations)", options)
        return [
            (f"axe {each['id']}{told}", ", ".join(node["target"][0:1][0] for node in each["nodes"][:4]), _advice(each))
            for each in found
        ]

    def everything(self, *, by_night: bool) -> Iterator[Finding]:
        """All there is to find on the page, on a phone and by night as well when it has colours not met there yet."""
        yield from self.run_axe(RULES)
        for name in ("structure", "movement", "regions", "doubled"):
            yield from self.look(name)
        self.page.keyboard.press("Tab")  # from here on the browser shows where the focus is
        yield from self.look("focus")
        if by_night:
            self.page.emulate_media(color_scheme="dark")
            self.page.set_viewport_size(PHONE)
            yield from self.run_axe(IN_THE_DARK, " (phone, dark)")
        self.page.set_viewport_size(NARROW)
        yield from self.look("sideways", "wide-at-320px")
        yield from self.look("regions")


def _advice(violation: dict[str, Any]) -> str:
    why = violation["nodes"][0]["failureSummary"].partition("\n")[2].strip().replace("\n", ";")
    return f"{violation['help']}: {why[:300]}"


@contextmanager
def stage(chromium: Browser) -> Iterator[Stage]:
    """A stage, for as long as the block lasts."""
    context = chromium.new_context(viewport=DESK, reduced_motion="reduce")
    shown = Stage(context.new_page())
    thread = threading.Thread(target=shown.server.serve_forever, daemon=True)
    thread.start()
    yield shown
    shown.server.shutdown()
    thread.join()
    context.close()
