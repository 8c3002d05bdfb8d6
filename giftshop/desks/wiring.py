"""Puts the desks onto the app."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from giftshop import alarms, jobs
from giftshop.db import Reader
from giftshop.desks import alarm_views, design, design_papers, record
from giftshop.desks.cli import audit, books
from giftshop.desks.lately import worked_on
from giftshop.desks.views import bp
from giftshop.kernel.actor import Actor
from giftshop.kernel.locale import N_
from giftshop.kernel.role import StaffRole
from giftshop.web import FEW, GiftShop, Inverse, Lately, MenuItem, Piece, Waiting, shown_count, staff

PAGES = (design_papers,)
"""Modules whose routes stand on the blueprint of the design by being imported."""


def init_app(app: GiftShop) -> None:
    """Add the machine room, and the commands that check the record and the ledger."""
    app.register_blueprint(bp)
    record.init_app(app)
    app.register_blueprint(design.bp)
    app.cli.add_command(audit)
    app.cli.add_command(books)
    watchers, what = frozenset(alarm_views.WATCHERS), N_("What does not look right: leaked codes, guessing, balances.")
    app.menu.append(MenuItem(N_("Alarms"), "desks.list_alarms", watchers, 88, "bell", what))
    app.waiting.append(
        Waiting(
            frozenset({StaffRole.ADMINISTRATOR}),
            _alarms,
            _alarm_words,
            "desks.list_alarms",
            icon="bell",
            is_pressing=True,
            first=_first_alarms,
        )
    )
    reopen = Inverse(alarms.reopen_alarm, (staff(*alarm_views.WATCHERS),), N_("The alarm is open again."))
    app.inverses["desks.close_alarm"] = reopen
    app.lately.append(Lately(N_("You worked on"), frozenset(StaffRole), worked_on))
    hint = N_("Whether the worker is running, and what could not be done")
    administrators = frozenset({StaffRole.ADMINISTRATOR})
    app.menu.append(MenuItem(N_("Operations"), "desks.machine", administrators, 90, "settings", hint))
    app.waiting.append(
        Waiting(administrators, _failed, _failed_words, "desks.machine", icon="alert-triangle", is_pressing=True)
    )


def _failed(reader: Reader, _person: Actor) -> int:
    return len(jobs.failed_jobs(reader))


def _failed_words(count: int) -> str:
    return str(ngettext("%(num)s job could not be done", "%(num)s jobs could not be done", count))


def _alarms(reader: Reader, _person: Actor) -> int:
    return alarms.any_open(reader)


def _first_alarms(reader: Reader, _person: Actor) -> list[Piece]:
    return [
        Piece(
            _(alarms.KIND_WORDS.get(alarm.kind, alarm.kind)),
            url_for("desks.show_alarm", alarm_id=alarm.id),
            since=alarm.first_seen,
        )
        for alarm in alarms.oldest_open(reader, limit=FEW)
    ]


def _alarm_words(count: int) -> str:
    shown = shown_count(count)
    return str(ngettext("%(count)s alarm is open", "%(count)s alarms are open", count, count=shown))
