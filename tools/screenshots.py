"""`make screenshots`: the pictures of the documentation, taken of a demonstration made for this.

python -m tools.screenshots                  # those that the documentation shows, into docs/pictures/screens
python -m tools.screenshots --all --out DIR  # every page of the list, at both widths, in both languages
python -m tools.screenshots --url URL …      # of a demonstration that runs already
"""

from __future__ import annotations

import argparse
import io
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import requests
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tools.browser import installed_browser
from tools.services import free_port

OUT: Final = Path("docs/pictures/screens")
WIDTHS: Final[dict[str, ViewportSize]] = {
    "desk": {"width": 1280, "height": 860},
    "phone": {"width": 390, "height": 844},
}
LANGUAGES: Final = {"en": "en-GB", "zh_Hans": "zh-CN"}
PATIENCE: Final = 240.0
"""Seconds until a new demonstration has told its story."""
FLAGS: Final = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@dataclass(frozen=True, slots=True)
class Shot:
    """One page: its name, its path, who looks at it, and how the documentation shows it, if it does.

    In a path, {code} is a fresh code of a gift book; `follow` is the link on the page that is looked at instead.
    """

    name: str
    path: str
    who: str = ""
    shown: tuple[str, str] | None = None
    follow: str = ""


BUYER, APPROVER, PLANNING = (f"{role}@lingnan.example" for role in ("buyer", "approver", "planning"))
FINANCE, PRODUCTION, FULFILMENT, HOTLINE, ADMINISTRATOR, SALES = (
    f"{role}@giftshop.example" for role in ("finance", "production", "fulfilment", "hotline", "administrator", "sales")
)
SHOTS: Final = (
    Shot("front", "/", shown=("desk", "en")),
    Shot("shop", "/shop", shown=("desk", "en")),
    Shot("search", "/shop/gifts?q=longjng"),
    Shot("product", "/shop/gifts/TEA-LJ-150"),
    Shot("compare", "/compare?gift=TEA-LJ-150&gift=TEA-PE-357"),
    Shot("sign-in", "/sign-in"),
    Shot("tour", "/demonstration"),
    Shot("code", "/r"),
    Shot("gift", "/r#{code}", shown=("phone", "zh_Hans")),
    Shot("choose", "/r#{code}", shown=("phone", "en"), follow="main a.button.primary"),
    Shot("missing", "/nowhere"),
    Shot("home-buyer", "/", BUYER),
    Shot("order-new", "/orders/new", BUYER, shown=("desk", "zh_Hans")),
    Shot("orders", "/orders", BUYER),
    Shot("order", "/orders", BUYER, follow="tbody a"),
    Shot("gift-sets", "/gift-sets", BUYER),
    Shot("builder", "/gift-sets/1", BUYER, shown=("desk", "zh_Hans")),
    Shot("builder-start", "/gift-sets/new", BUYER),
    Shot("lists", "/lists", BUYER),
    Shot("list", "/lists/1", BUYER),
    Shot("programmes", "/programmes", BUYER),
    Shot("campaigns", "/campaigns", PLANNING),
    Shot("home-staff", "/desk", SALES),
    Shot("dispatch", "/dispatch", FULFILMENT, shown=("desk", "en")),
    Shot("shipment", "/dispatch", FULFILMENT, follow="tbody a.code"),
    Shot("print-runs", "/desk/print-runs", PRODUCTION),
    Shot("hotline", "/desk/hotline", HOTLINE),
    Shot("messages", "/desk/messages", HOTLINE),
    Shot("owed", "/desk/owed", FINANCE, shown=("desk", "en")),
    Shot("cards-desk", "/desk/cards", ADMINISTRATOR),
    Shot("home-administrator", "/desk", ADMINISTRATOR),
    Shot("alarms", "/desk/alarms", ADMINISTRATOR),
)


def main() -> None:
    """Take the pictures, and say where they are."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--out", type=Path, default=OUT)
    asked.add_argument("--all", action="store_true")
    asked.add_argument("--url", help="a demonstration that runs already, with --code of a gift book")
    asked.add_argument("--code", default="")
    asked.add_argument("--by-night", action="store_true")
    asked.add_argument("names", nargs="*", help="only these pages")
    wanted = asked.parse_args()
    shots = [shot for shot in SHOTS if (not wanted.names or shot.name in wanted.names) and (wanted.all or shot.shown)]
    with _demonstration(wanted.url, wanted.code) as (url, code), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed_browser(), args=FLAGS)
        wanted.out.mkdir(parents=True, exist_ok=True)
        camera = Camera(browser, url, code, wanted.out, wanted.all, wanted.by_night)
        for shot in shots:
            for width, language in _views(shot, everything=wanted.all):
                print(camera.take(shot, width, language), flush=True)
        browser.close()


def _views(shot: Shot, *, everything: bool) -> list[tuple[str, str]]:
    if everything:
        return [(width, language) for width in WIDTHS for language in LANGUAGES]
    return [shot.shown] if shot.shown else []


@dataclass(frozen=True, slots=True)
class Camera:
    """Takes pictures of the demonstration at `url`: of the first screen, or with `whole` of all of each page."""

    browser: Browser
    url: str
    code: str
    out: Path
    whole: bool
    by_night: bool = False

    def take(self, shot: Shot, width: str, language: str) -> Path:
        """Take one picture and return where it lies."""
        context = self.browser.new_context(
            base_url=self.url,
            viewport=WIDTHS[width],
            locale=LANGUAGES[language],
            device_scale_factor=2 if width == "phone" else 1,
            reduced_motion="reduce",
            color_scheme="dark" if self.by_night else "light",
        )
        page = context.new_page()
        page.goto(f"/?lang={language}")
        if shot.who:
            _be(page, shot.who)
        page.goto(shot.path.format(code=self.code))
        page.wait_for_load_state("networkidle")
        if "{code}" in shot.path:
            _open_gift(page)
        if shot.follow:
            page.locator(shot.follow).first.click()
            page.wait_for_load_state("networkidle")
        picture = Image.open(io.BytesIO(page.screenshot(full_page=self.whole)))
        context.close()
        path = self.out / (f"{shot.name}-{width}-{language}.webp" if self.whole else f"{shot.name}.webp")
        picture.convert("RGB").save(path, quality=82, method=6)
        return path


def _be(page: Page, who: str) -> None:
    page.goto("/demonstration")
    page.locator(f"button[name=who][value='{who}']").first.click()
    page.wait_for_load_state("networkidle")


def _open_gift(page: Page) -> None:
    """Go from the code in the address to the gift, which a script, or else a button, does."""
    if page.url.endswith("/r") or "/r#" in page.url:
        page.locator("form [type=submit]").first.click()
    page.wait_for_url(re.compile("/r/gift"))
    page.wait_for_load_state("networkidle")


@contextmanager
def _demonstration(url: str | None, code: str) -> Iterator[tuple[str, str]]:
    """Give the address of a demonstration and a fresh code: of the one that runs, or of one made for the pictures."""
    if url:
        yield url, code
        return
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        said = Path(folder) / "said.txt"
        with said.open("w") as out:
            environ = {**os.environ, "INSTANCE_PATH": f"{folder}/instance", "PORT": str(port)}
            command = [sys.executable, "-m", "tools.demonstration"]
            site = subprocess.Popen(command, env=environ, stdout=out, stderr=subprocess.STDOUT)
        try:
            _wait(url, site)
            found = re.search(r"/r#(\S+)", said.read_text())
            yield url, found[1] if found else ""
        finally:
            site.send_signal(signal.SIGTERM)
            site.wait(30)


def _wait(url: str, site: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and site.poll() is None:
        with suppress(requests.RequestException):
            if requests.get(f"{url}/healthz", timeout=5).ok:
                time.sleep(2)  # what is said to the terminal comes after
                return
        time.sleep(1)
    raise SystemExit("the demonstration did not start")


if __name__ == "__main__":
    main()
