"""What is kept in the repository: nothing secret, and nothing of others without its licence."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VENDOR = ROOT / "static" / "vendor"
SECRET = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY|\b[rs]k_live_\w{8}|\bwhsec_[A-Za-z0-9+/]{16}|\bAKIA[A-Z0-9]{16}")


def kept_files() -> list[Path]:
    """Every file under version control."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name]


def vendored() -> list[Path]:
    """The folders in static/vendor that hold files of others."""
    folders = (path for path in VENDOR.rglob("*") if path.is_dir())
    return sorted(folder for folder in folders if any(child.is_file() for child in folder.iterdir()))


def test_no_secret_is_kept() -> None:
    files = [path for path in kept_files() if path.is_file()]
    if not files:
        pytest.skip("not a clone: nothing says which files are kept")
    assert [str(path) for path in files if SECRET.search(path.read_bytes())] == []


@pytest.mark.parametrize("folder", vendored(), ids=lambda folder: str(folder.relative_to(VENDOR)))
def test_what_others_made_names_its_licence_and_version(folder: Path) -> None:
    names = {name for place in (folder, folder.parent) for name in (path.name for path in place.iterdir())}
    assert {"LICENCE", "VERSION"} <= names
