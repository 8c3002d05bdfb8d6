"""The worker beside the web server: runs jobs, sweeps, seals the audit chain. `python -m giftshop.worker`."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog
from huey.consumer import Consumer

from giftshop import audit
from giftshop.application import open_shop
from giftshop.jobs import HueyEngine, beat
from giftshop.kernel import clock
from giftshop.web import GiftShop

log = structlog.get_logger()
SWEEP_SECONDS = 3.0
THREADS = 2


def keep_house(app: GiftShop, name: str) -> None:
    """One round: say that the worker lives, send what is due, seal what was committed. The rooms' rounds with it."""
    app.database.transact(beat, name, at=clock.now())
    for each in app.rounds:
        app.database.transact(each, clock.now())
    app.jobs.sweep()
    for chore in app.chores:
        _do(chore)
    end = app.database.transact(audit.seal)
    if end is not None:
        audit.keep_anchor(app.settings.instance_path, end)
        log.info("audit sealed", anchor=str(end))


def _do(chore: Callable[[datetime], None]) -> None:
    try:
        chore(clock.now())
    except Exception:  # it does not keep the others from theirs, and is tried again in a moment
        log.exception("chore failed", chore=chore.__qualname__)


def _rounds(app: GiftShop, name: str, ended: threading.Event) -> None:
    while True:
        try:
            keep_house(app, name)
        except Exception:
            log.exception("sweep failed")
        if ended.wait(SWEEP_SECONDS):
            return


def main() -> None:
    """Work until told to stop."""
    app = open_shop()
    name = f"{socket.gethostname()}:{os.getpid()}"

    def run(job_id: int) -> Any:
        with app.app_context():
            return app.jobs.run(job_id)

    huey = HueyEngine(app.settings.instance_path).connect(run)
    ended = threading.Event()
    threading.Thread(target=_rounds, args=(app, name, ended), daemon=True).start()
    log.info("worker started", worker=name)
    try:
        Consumer(huey, workers=THREADS, periodic=False, initial_delay=0.05, max_delay=0.5, backoff=1.2).run()
    finally:
        ended.set()


if __name__ == "__main__":
    main()
