"""The record: whether what was written down is as it was. Walked along each night, and when an administrator asks."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import structlog
from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop import audit, jobs
from giftshop.audit import Fault, Verdict
from giftshop.config import Settings
from giftshop.db import Database, Reader, Transaction
from giftshop.jobs import JobRun
from giftshop.kernel import clock
from giftshop.kernel.actor import Actor
from giftshop.kernel.locale import N_
from giftshop.kernel.role import StaffRole
from giftshop.notifications import queue_mail
from giftshop.web import GiftShop, MenuItem, Waiting, actor, allow, reader, staff, transact

bp = Blueprint("record", __name__)
log = structlog.get_logger()
VERIFY: Final = "desks.verify_record"
ADMINISTRATORS: Final = frozenset({StaffRole.ADMINISTRATOR})
FAULTS: Final = {
    Fault.CHANGED: N_("An event is not the one that was sealed there."),
    Fault.MISSING: N_("An event is gone from the middle."),
    Fault.CUT_OFF: N_("The last events are gone."),
    Fault.REWRITTEN: N_("The chain was made anew."),
}


def walk(database: Database, settings: Settings) -> Verdict:
    """Walk along the chain, and compare it with every end that was noted outside. Raises ValueError at a bad note."""
    folder = settings.instance_path
    anchor = audit.kept_anchor(folder)  # before the reader looks: the worker goes on sealing
    with database.reading() as each:
        return audit.verify(each, anchor, audit.kept_anchors(folder, up_to=anchor))


def verify(run: JobRun, *, settings: Settings) -> None:
    """Job: walk, keep what was found, log it, and mail the end of the chain to whoever keeps it elsewhere."""
    verdict = walk(run.database, settings)
    run.transact(_keep, verdict, settings, at=run.at)
    told = {"sealed": verdict.sealed, "unsealed": verdict.tail.count, "late": len(verdict.late)}
    if verdict.fault:
        log.error("the record is not as it was sealed", fault=verdict.fault.value, number=verdict.number, **told)
    else:
        log.info("the record holds", **told)


@bp.get("/desk/record")
@allow(staff(StaffRole.ADMINISTRATOR))
def index() -> ResponseReturnValue:
    """What the last walks found."""
    checks = audit.last_checks(reader())
    return render_template("desks/record.html", checks=checks, fault_words=FAULTS)


@bp.post("/desk/record")
@allow(staff(StaffRole.ADMINISTRATOR))
def ask() -> ResponseReturnValue:
    """Have the chain walked now: a large one takes a while, so a job does it."""
    transact(_ask)
    flash(_("The record is being checked. Look again in a moment."), "success")
    return redirect(url_for("record.index"))


def init_app(app: GiftShop) -> None:
    """Add the page, the walk of each night, and the alarm."""

    def promise(tx: Transaction, at: datetime) -> None:
        jobs.enqueue_nightly(tx, VERIFY, at=at, zone=app.settings.time_zone)

    app.jobs.register(VERIFY, lambda run: verify(run, settings=app.settings))
    app.rounds.append(promise)
    app.register_blueprint(bp)
    hint = N_("Whether what was written down is as it was.")
    app.menu.append(MenuItem(N_("Record"), "record.index", ADMINISTRATORS, 91, "shield-check", hint))
    app.waiting.append(
        Waiting(ADMINISTRATORS, _alarms, _alarm_words, "record.index", icon="alert-triangle", is_pressing=True)
    )


def _ask(tx: Transaction) -> None:
    now = clock.now()
    jobs.enqueue(tx, VERIFY, {}, at=now)
    audit.record(tx, "desks.verify_record", ("site", 0), by=actor(), at=now)


def _keep(tx: Transaction, verdict: Verdict, settings: Settings, *, at: datetime) -> None:
    audit.note_check(tx, verdict, at=at)
    anchor = audit.kept_anchor(settings.instance_path)
    if settings.anchor_mail and anchor:
        state = f"{verdict.fault} at {verdict.number}" if verdict.fault else "holds"
        text = f"{anchor}\n\nThe record {state}.\nflask --app app audit verify --anchor {anchor}\n"
        queue_mail(tx, to=settings.anchor_mail, subject=f"{settings.site_name}: {anchor.number}", text=text)


def _alarms(each: Reader, _person: Actor) -> int:
    last = audit.last_checks(each, limit=1)
    return int(bool(last and (last[0].fault or last[0].late)))


def _alarm_words(_count: int) -> str:
    return str(_("The record is not as it was sealed"))
