"""Programs that run beside each other: started, watched, started again when one dies, stopped together."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

RESTARTS = 3
"""How often one program is started again within `RESTART_WINDOW` before we give up."""
RESTART_WINDOW = 60.0
STOP_SECONDS = 10.0
LOG_TAIL = 25


class Stopped(Exception):
    """A program keeps ending, or never answered. The message says which, and shows its last words."""


@dataclass
class Service:
    """One program, what it is called to a person, and where its words go."""

    name: str
    command: list[str]
    log: Path
    program: subprocess.Popen[bytes] | None = None
    restarts: list[float] = field(default_factory=list)

    def start(self, environ: Mapping[str, str]) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches it through us alone."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.program = subprocess.Popen(
                self.command, env=environ, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )

    def has_ended(self) -> bool:
        """Whether it was started and is no longer running."""
        return self.program is not None and self.program.poll() is not None

    def ask_to_stop(self) -> None:
        """Ask it to finish what it is doing."""
        if self.program is not None and not self.has_ended():
            self.program.terminate()

    def make_stop(self, within: float) -> None:
        """Wait for it to end, at most so many seconds; then end it and all that it started."""
        if self.program is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.program.wait(max(within, 0.1))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.program.pid, signal.SIGKILL)
        self.program.wait()

    def last_words(self) -> str:
        """The end of its log."""
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return "\n".join(f"    {line}" for line in lines[-LOG_TAIL:])


@dataclass
class Services:
    """Programs with one environment, kept running together."""

    members: list[Service]
    environ: Mapping[str, str]

    @contextlib.contextmanager
    def running(self) -> Iterator[Services]:
        """Start all of them; stop all of them at the end, however it comes."""
        try:
            for service in self.members:
                service.start(self.environ)
            yield self
        finally:
            self.stop()

    def wait_until_healthy(self, url: str, *, seconds: float) -> None:
        """Return once `url` answers 200. Raises Stopped when a program ends before, or the time is over."""
        deadline = time.monotonic() + seconds
        while not answers(url):
            self._raise_for_any_that_ended()
            if time.monotonic() > deadline:
                words = "\n".join(f"  {service.name}:\n{service.last_words()}" for service in self.members)
                raise Stopped(f"{url} did not answer within {seconds:.0f} seconds.\n{words}")
            time.sleep(0.1)

    def watch(self) -> None:
        """Start again whatever ends, for ever. Raises Stopped when one keeps ending."""
        while True:
            self.start_again_what_ended()
            time.sleep(0.2)

    def start_again_what_ended(self) -> None:
        """One round of watching."""
        for service in self.members:
            if service.has_ended():
                self._start_again(service)

    def stop(self) -> None:
        """Stop all of them, politely first."""
        for service in self.members:
            service.ask_to_stop()
        deadline = time.monotonic() + STOP_SECONDS
        for service in self.members:
            service.make_stop(deadline - time.monotonic())

    def _start_again(self, service: Service) -> None:
        now = time.monotonic()
        service.restarts = [when for when in service.restarts if when > now - RESTART_WINDOW]
        if len(service.restarts) == RESTARTS:
            raise Stopped(f"The {service.name} keeps stopping. Its last words:\n{service.last_words()}")
        service.restarts.append(now)
        print(f"The {service.name} stopped; starting it again. Its log is {service.log}", flush=True)
        service.start(self.environ)

    def _raise_for_any_that_ended(self) -> None:
        for service in self.members:
            if service.has_ended():
                raise Stopped(f"The {service.name} did not start. Its last words:\n{service.last_words()}")


def answers(url: str) -> bool:
    """Whether a GET of `url` is answered with 200."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def is_free(port: int) -> bool:
    """Whether we could listen on this port of 127.0.0.1."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def site(python: str, *, port: int, logs: Path, threads: int = 8) -> list[Service]:
    """The programs that make up the site: the web server, on 127.0.0.1 only, and the worker."""
    web = [python, "-m", "gunicorn", "app:app", "--bind", f"127.0.0.1:{port}", "--threads", str(threads)]
    return [
        Service("web server", [*web, "--graceful-timeout", "5", "--no-control-socket"], logs / "web.log"),
        Service("worker", [python, "-m", "giftshop.worker"], logs / "worker.log"),
    ]


def fake_stripe(python: str, *, port: int, site_port: int, file: Path, logs: Path) -> Service:
    """The stand-in for Stripe, which tells the site what was paid. It remembers in `file`."""
    webhook = f"http://127.0.0.1:{site_port}/stripe/webhook"
    command = [python, "-m", "tools.fake_stripe", "--port", str(port), "--webhook", webhook, "--file", str(file)]
    return Service("fake Stripe", command, logs / "stripe.log")


def stripe_environ(made: Mapping[str, str], port: int) -> dict[str, str]:
    """What tells the site, and the stand-in, to meet each other. `made` are the demonstration's own secrets."""
    keys = {name: made[name] for name in ("STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET")}
    return keys | {"STRIPE_API_BASE": f"http://127.0.0.1:{port}"}
