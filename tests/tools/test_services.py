"""What somebody who typed `make run` is told, and what is left running when they stop it."""

import os
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import demonstration
from tools.services import Service, Services, Stopped, free_port

SLEEPER = "import time; time.sleep(60)"
DEAF_SLEEPER = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
)
FAILURE = "import sys; sys.exit('no such table: gifts')"


def program(folder: Path, code: str, name: str = "worker") -> Service:
    return Service(name, [sys.executable, "-c", code], folder / f"{name}.log")


def pid(service: Service) -> int:
    assert service.program is not None
    return service.program.pid


def kill(service: Service) -> None:
    os.kill(pid(service), signal.SIGKILL)
    assert service.program is not None
    service.program.wait()


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield int(listener.getsockname()[1])


def test_a_taken_port_is_named_with_one_to_try_instead(taken_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", str(taken_port))
    with pytest.raises(SystemExit, match=f"Port {taken_port} is taken.*PORT={taken_port + 1}"):
        demonstration.chosen_port()


@pytest.mark.parametrize("wish", ["http", "0", "70000", "-1"])
def test_a_port_that_is_no_port_is_refused_in_words(wish: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", wish)
    with pytest.raises(SystemExit, match="must be a number from 1 to 65535"):
        demonstration.chosen_port()


def test_a_killed_worker_is_started_again(tmp_path: Path) -> None:
    worker = program(tmp_path, SLEEPER)
    with Services([worker], os.environ).running() as services:
        first = pid(worker)
        kill(worker)
        services.start_again_what_ended()
        assert pid(worker) != first
        assert not worker.has_ended()


def test_a_worker_that_keeps_dying_stops_everything_with_its_last_words(tmp_path: Path) -> None:
    web, worker = program(tmp_path, SLEEPER, "web server"), program(tmp_path, FAILURE)
    with (
        pytest.raises(Stopped, match=r"worker keeps stopping(.|\n)*no such table: gifts"),
        Services([web, worker], os.environ).running() as services,
    ):
        services.watch()
    assert web.has_ended()


def test_a_web_server_that_cannot_start_says_why_at_once(tmp_path: Path) -> None:
    web = program(tmp_path, FAILURE, "web server")
    with (
        Services([web], os.environ).running() as services,
        pytest.raises(Stopped, match=r"web server did not start(.|\n)*no such table: gifts"),
    ):
        services.wait_until_healthy(f"http://127.0.0.1:{free_port()}/healthz", seconds=60)


def test_stopping_ends_even_a_program_that_does_not_listen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.services.STOP_SECONDS", 0.2)
    deaf = program(tmp_path, DEAF_SLEEPER)
    with Services([deaf], os.environ).running():
        while "deaf" not in deaf.last_words():
            assert not deaf.has_ended()
    assert deaf.has_ended()
