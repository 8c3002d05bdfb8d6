"""/healthz: whether the database answers and the worker lives."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from giftshop.jobs import last_beat
from giftshop.kernel import clock
from giftshop.web.guard import allow, anyone
from giftshop.web.transactions import reader

bp = Blueprint("web", __name__)
LATE = timedelta(seconds=30)


@bp.get("/healthz")
@allow(anyone)
def healthz() -> ResponseReturnValue:
    """200 when the site can serve; the worker is named, but a late one does not take the site down."""
    try:
        reader().execute(text("SELECT 1"))
        beat = last_beat(reader())
    except SQLAlchemyError:
        return jsonify(database="down", worker="unknown"), 503
    return jsonify(database="ok", worker="ok" if is_alive(beat) else "late")


def is_alive(beat: datetime | None) -> bool:
    """Whether a worker that was last heard of then still lives."""
    return beat is not None and clock.now() - beat < LATE
