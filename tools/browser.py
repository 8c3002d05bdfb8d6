"""`python -m tools.browser`: a Chromium for the tests, installed when we may; a loud word when there is none."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from tools import debian

# playwright's driver is a Node that needs it; a fresh Debian has none.
DRIVER_LIBRARY = "libatomic.so.1"
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


def missing_packages() -> list[str]:
    """What the tests in a browser lack on this machine: Chromium, or a library of playwright's own driver."""
    driver_lacks = sys.platform == "linux" and not debian.can_be_opened(DRIVER_LIBRARY)
    return ([] if installed_browser() else ["chromium"]) + (["libatomic1"] if driver_lacks else [])


def _may_come_from_packages(package: str) -> bool:
    release = Path("/etc/os-release")
    is_ubuntu = release.exists() and "ubuntu" in release.read_text().lower()
    return not (is_ubuntu and package == "chromium")


def main() -> None:
    """Install what is missing; say loudly when the browser's tests will be skipped."""
    wanted = [package for package in missing_packages() if _may_come_from_packages(package)]
    if wanted:
        debian.install(wanted, purpose="a browser for the tests")
    missing = missing_packages()
    if not missing:
        return
    message = f"NO BROWSER: install one ({debian.advice(missing)}) or name it: CHROMIUM=/path/to/chrome make test"
    if browser_is_required():
        sys.exit(message)
    line = "!" * len(message)
    print(f"{line}\n{message}\nTHE TESTS IN A BROWSER WILL BE SKIPPED.\n{line}", flush=True)


if __name__ == "__main__":
    main()
