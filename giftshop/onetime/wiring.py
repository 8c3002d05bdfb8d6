"""Puts one-time codes onto the app."""

from __future__ import annotations

from giftshop.jobs import JobRun
from giftshop.onetime.service import FORGET_JOB, forget_old
from giftshop.web import GiftShop


def init_app(app: GiftShop) -> None:
    """Let a job forget what is over."""
    app.jobs.register(FORGET_JOB, forget)


def forget(run: JobRun) -> None:
    """Job: delete codes that have expired, and sendings that count no more."""
    run.transact(forget_old, at=run.at)
