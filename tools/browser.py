"""`python -m tools.browser`: a Chromium for the tests, installed when we may; a loud word when there is none."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from tools import debian

NAMES = ["chromium", "google-chrome", "google-chrome-stable", "chromium-browser"]


def installed_browser() -> str | None:
    """The path of a Chromium that playwright can start; CHROMIUM names one of your own.

    Ubuntu's chromium is a snap, which cannot read a test's folders: it does not count.
    """
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        return chosen if Path(chosen).exists() else None
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in found if path and not _is_snap(path)), None)


def browser_is_required() -> bool:
    """Whether a missing browser is a failure (REQUIRE_BROWSER=1) instead of a loud skip."""
    return os.environ.get("REQUIRE_BROWSER") == "1"


def _is_snap(path: str) -> bool:
    if "/snap/" in os.path.realpath(path):
        return True
    with open(path, "rb") as file:
        beginning = file.read(4096)
    return beginning.startswith(b"#!") and b"snap" in beginning


def _debian_has_its_own() -> bool:
    release = Path("/etc/os-release")
    return release.exists() and "ubuntu" not in release.read_text().lower()


def main() -> None:
    """Install Debian's Chromium if need be; say loudly when the browser's tests will be skipped."""
    if not installed_browser() and _debian_has_its_own():
        debian.install(["chromium"], purpose="a browser for the tests")
    if installed_browser():
        return
    message = f"NO BROWSER: install one ({debian.advice(['chromium'])}) or name it: CHROMIUM=/path/to/chrome make test"
    if browser_is_required():
        sys.exit(message)
    line = "!" * len(message)
    print(f"{line}\n{message}\nTHE TESTS IN A BROWSER WILL BE SKIPPED.\n{line}", flush=True)


if __name__ == "__main__":
    main()
