"""The machine room: whether the worker lives, what could not be done, and trying it again."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop import audit, jobs
from giftshop.db import Transaction
from giftshop.kernel import clock
from giftshop.kernel.errors import Missing
from giftshop.kernel.role import StaffRole
from giftshop.web import actor, allow, reader, staff, transact
from giftshop.web.health import is_alive

bp = Blueprint("desks", __name__)
administrators = staff(StaffRole.ADMINISTRATOR)


@bp.get("/desk/machine")
@allow(administrators)
def machine() -> ResponseReturnValue:
    """The worker, and the jobs that wait for a person."""
    beat = jobs.last_beat(reader())
    return render_template("desks/machine.html", beat=beat, is_alive=is_alive(beat), failed=jobs.failed_jobs(reader()))


@bp.post("/desk/machine/jobs/<int:job_id>/retry")
@allow(administrators)
def retry(job_id: int) -> ResponseReturnValue:
    """Let a failed job be tried again."""
    transact(_retry, job_id)
    flash(_("It will be tried again in a moment."), "success")
    return redirect(url_for("desks.machine"))


def _retry(tx: Transaction, job_id: int) -> None:
    now = clock.now()
    if not jobs.retry(tx, job_id, at=now):
        raise Missing
    audit.record(tx, "desks.retry", ("job", job_id), by=actor(), at=now)
