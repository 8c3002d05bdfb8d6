"""An administrator finds what the worker could not do."""

from __future__ import annotations

from datetime import timedelta

from flask.testing import FlaskClient

from giftshop.db import Database
from giftshop.jobs import JobRun, enqueue
from giftshop.jobs.service import MAX_ATTEMPTS, beat
from giftshop.kernel import clock
from giftshop.web import GiftShop
from tests.people import People, sign_in


def test_a_job_that_was_given_up_is_shown_with_its_reason_and_tried_again(
    app: GiftShop, client: FlaskClient, people: People, database: Database
) -> None:
    tries: list[int] = []

    def fail(run: JobRun) -> None:
        tries.append(run.job_id)
        raise ConnectionError("no route to the mail server")

    app.jobs.register("test.mail", fail)
    job_id = database.transact(enqueue, "test.mail", {})
    at = clock.now()
    for _ in range(MAX_ATTEMPTS):
        app.jobs.run_due(at=at, limit=1)
        at += timedelta(hours=1)
    sign_in(client, people.staff.administrator)
    assert "no route to the mail server" in client.get("/desk/machine").text
    assert client.post(f"/desk/machine/jobs/{job_id}/retry").status_code == 302
    app.jobs.run_due(limit=1)
    assert len(tries) == MAX_ATTEMPTS + 1
    assert client.post(f"/desk/machine/jobs/{job_id}/retry").status_code == 404


def test_a_worker_that_stopped_is_noticed(client: FlaskClient, people: People, database: Database) -> None:
    sign_in(client, people.staff.administrator)
    assert "No worker is running" in client.get("/desk/machine").text
    database.transact(beat, "worker", at=clock.now() - timedelta(minutes=5))
    assert "No worker is running" in client.get("/desk/machine").text
    database.transact(beat, "worker", at=clock.now())
    assert "The worker is running" in client.get("/desk/machine").text
    assert client.get("/healthz").json == {"database": "ok", "worker": "ok"}
