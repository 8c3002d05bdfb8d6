"""Ids on their way to a worker: gathered for a moment, carried together."""

import time
from pathlib import Path

from giftshop.jobs import HueyEngine
from giftshop.jobs.engine import AT_ONCE


def test_ids_sent_in_one_moment_travel_together_and_are_all_run(tmp_path: Path) -> None:
    ran: list[int] = []
    engine = HueyEngine(tmp_path)
    huey = engine.connect(ran.append)
    for job_id in range(1, AT_ONCE + 1):
        engine.send(job_id)
    until = time.monotonic() + 10
    while len(ran) < AT_ONCE and time.monotonic() < until:
        task = huey.dequeue()
        if task is None:
            time.sleep(0.01)
        else:
            assert len(task.args) > 1
            huey.execute(task)
    assert ran == list(range(1, AT_ONCE + 1))
