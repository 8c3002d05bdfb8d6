"""Libraries and packages of Debian and Ubuntu: installed when we may, named exactly when we may not."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess


def install(packages: list[str], *, purpose: str) -> bool:
    """Install `packages`, saying so first; False when this machine or this person does not allow it."""
    if not shutil.which("apt-get"):
        return False
    become_root = _become_root()
    if become_root is None:
        return False
    print(f"Installing {purpose}: {' '.join(packages)}", flush=True)
    return _apt_get(become_root, ["update"]) and _apt_get(
        become_root, ["install", "--yes", "--no-install-recommends", *packages]
    )


def advice(packages: list[str]) -> str:
    """The command that a person with the right to do so can type."""
    return f"sudo apt-get install {' '.join(packages)}"


def can_be_opened(library: str) -> bool:
    """Whether the loader finds a shared library of this name."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _become_root() -> list[str] | None:
    """What to put before a command so that it runs as root: nothing, sudo, or None when it cannot."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n", "env"]
    return None


def _apt_get(become_root: list[str], arguments: list[str]) -> bool:
    """Run apt-get without questions; what it says is shown only when it fails."""
    command = [*(become_root or ["env"]), "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", *arguments]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        print(done.stdout, done.stderr, sep="\n")
    return done.returncode == 0
