"""`make setup`: a Python environment from the locked requirements, and the system libraries that print PDFs.

Runs before anything is installed, so it uses the standard library only, and an older Python can at least read it.
A second run finds everything in place and returns at once.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools import debian

OLDEST_PYTHON = (3, 11)
NEWER_PYTHONS = ["python3.14", "python3.13", "python3.12", "python3.11"]
ENVIRONMENT = Path(".venv")
# Which locks the environment was filled from, a line each: "requirements.txt <sha256>".
STAMP = ENVIRONMENT / "ok"

# What WeasyPrint opens at run time, and the Debian package that brings it.
LIBRARIES = {
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "libfontconfig1",
}


def main(arguments: list[str]) -> None:
    """Prepare for running, or with --development also for checking and testing."""
    continue_with_a_python_new_enough()
    locks = [Path("requirements.txt")]
    if "--development" in arguments:
        locks.append(Path("requirements-dev.txt"))
    prepare_environment()
    install_requirements(locks)
    if sys.platform == "linux":
        prepare_libraries()


def continue_with_a_python_new_enough() -> None:
    """Go on as a newer Python when this one is too old and a newer one is installed beside it."""
    if sys.version_info >= OLDEST_PYTHON:
        return
    for name in NEWER_PYTHONS:
        found = shutil.which(name)
        if found:
            os.execv(found, [found, "-m", "tools.prepare", *sys.argv[1:]])
    here = ".".join(str(part) for part in sys.version_info[:3])
    raise SystemExit(
        f"This needs Python 3.11 or newer, and {sys.executable} is {here}.\n"
        "Debian 12, Ubuntu 24.04 and newer bring one: sudo apt-get install python3 python3-venv\n"
        "If you have one elsewhere: make run PYTHON=/path/to/python3.12"
    )


def prepare_environment() -> None:
    """Make .venv, or make it again when its Python is gone. One that is linked from elsewhere is never replaced."""
    if python_answers(ENVIRONMENT / "bin" / "python"):
        return
    if ENVIRONMENT.is_symlink():
        raise SystemExit(f".venv points to {os.readlink(ENVIRONMENT)}, which has no working Python. Remove the link.")
    prepare_venv_module()
    print(f"Making .venv with Python {sys.version.split()[0]}", flush=True)
    run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)])


def python_answers(python: Path) -> bool:
    """Whether this interpreter starts; it does not when the Python it was made from has been removed."""
    return python.exists() and subprocess.run([str(python), "-c", ""], capture_output=True).returncode == 0


def prepare_venv_module() -> None:
    """Debian keeps part of Python's venv module in a package of its own."""
    if subprocess.run([sys.executable, "-c", "import venv, ensurepip"], capture_output=True).returncode == 0:
        return
    package = [f"python{sys.version_info.major}.{sys.version_info.minor}-venv"]
    if not debian.install(package, purpose="Python's venv module"):
        raise SystemExit(f"Python's venv module is missing. Please run: {debian.advice(package)}")


def install_requirements(locks: list[Path]) -> None:
    """Install what the locks name, each file checked against its hash, unless that has been done."""
    done = set(STAMP.read_text().splitlines()) if STAMP.exists() else set()
    for lock in locks:
        line = f"{lock.name} {hashlib.sha256(lock.read_bytes()).hexdigest()}"
        if line in done:
            continue
        print(f"Installing {lock.name} (the first time takes a minute or two)", flush=True)
        # The lock is complete, so pip need not look for what a package needs besides.
        options = ["--quiet", "--no-deps", "--require-hashes", "--disable-pip-version-check", "--no-input"]
        run([str(ENVIRONMENT / "bin" / "python"), "-m", "pip", "install", *options, "-r", str(lock)])
        done = {other for other in done if other.split()[0] != lock.name} | {line}
        STAMP.write_text("".join(f"{entry}\n" for entry in sorted(done)))


def prepare_libraries() -> None:
    """Install the system libraries that are missing, or stop and name the packages."""
    missing = sorted({package for library, package in LIBRARIES.items() if not debian.can_be_opened(library)})
    if not missing or debian.install(missing, purpose="the system libraries that print PDFs"):
        return
    raise SystemExit(f"Printing PDFs needs these system libraries. Please run: {debian.advice(missing)}")


def run(command: list[str]) -> None:
    """Run one step; its own words are the explanation when it fails."""
    if subprocess.run(command, stdin=subprocess.DEVNULL).returncode:
        raise SystemExit(f"This step failed: {' '.join(command)}")


if __name__ == "__main__":
    main(sys.argv[1:])
