"""`make run`: the demonstration, from an empty folder to an address that can be opened.

Makes and migrates the database, loads demonstration data when it is empty, runs the web server, the worker and a
stand-in for Stripe, and says where to look and who to be. Only this machine can reach it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType

from giftshop.config import demonstration_environ
from tools.services import Services, Stopped, fake_stripe, free_port, is_free, site, stripe_environ

PATIENCE = 90.0
"""Seconds that the site may take to answer for the first time."""


def main() -> None:
    """Run until Ctrl-C."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        demonstrate()
    except KeyboardInterrupt:
        print("\nStopped. Everything is kept; `make run` goes on from here.")
    except Stopped as reason:
        sys.exit(str(reason))


def demonstrate() -> None:
    """Prepare, start, introduce, and watch."""
    port = chosen_port()
    instance = Path(os.environ.get("INSTANCE_PATH") or "instance").resolve()
    environ = {**os.environ, "GIFTSHOP_MODE": "demo", "INSTANCE_PATH": str(instance), "PORT": str(port)}
    introduction = flask(environ, "demo", "load")
    logs = instance / "logs"
    programs = site(sys.executable, port=port, logs=logs)
    if not environ.get("STRIPE_SECRET_KEY"):  # else cards go to somebody's real test account
        beside = port_beside(port)
        environ |= stripe_environ(demonstration_environ(instance), beside)
        file = instance / "fake-stripe.json"
        programs.append(fake_stripe(sys.executable, port=beside, site_port=port, file=file, logs=logs))
    with Services(programs, environ).running() as services:
        address = f"http://127.0.0.1:{port}"
        services.wait_until_healthy(f"{address}/healthz", seconds=PATIENCE)
        print(f"\n  The gift shop is open: {address}\n\n{introduction}")
        if "STRIPE_API_BASE" in environ:
            print("  Cards are charged by a stand-in for Stripe: pay with 4242 4242 4242 4242, no money moves.\n")
        print(f"  Logs are in {logs}. Ctrl-C stops everything.", flush=True)
        services.watch()


def chosen_port() -> int:
    """The port from PORT, 5000 when it is not set; ends with advice when it cannot be used."""
    wish = os.environ.get("PORT") or "5000"
    if not wish.isdecimal() or not 0 < int(wish) < 65536:
        sys.exit(f"PORT must be a number from 1 to 65535, not {wish!r}.")
    if not is_free(int(wish)):
        sys.exit(f"Port {wish} is taken, perhaps by another `make run`. Try another: make run PORT={int(wish) + 1}")
    return int(wish)


def port_beside(port: int) -> int:
    """A port for the stand-in for Stripe: the next one if it is free, so that pages opened yesterday are found."""
    return port + 1 if port < 65535 and is_free(port + 1) else free_port()


def flask(environ: dict[str, str], *arguments: str) -> str:
    """Run one of the site's own commands and return what it prints; what goes wrong, it says to the terminal itself."""
    command = [sys.executable, "-m", "flask", "--app", "app", *arguments]
    done = subprocess.run(command, env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise Stopped(f"`flask {' '.join(arguments)}` failed: see above.")
    return done.stdout


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
