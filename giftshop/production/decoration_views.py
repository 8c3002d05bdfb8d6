"""The desk of decorations: what is to be put onto the goods of gift sets, with artwork, by the day it is due."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop import accounts, branding
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.listing import show
from giftshop.production import decorating
from giftshop.production.errors import NoArtwork
from giftshop.production.exporting import DECORATIONS
from giftshop.production.presenting import DECORATION_WORDS
from giftshop.production.views import bp, production
from giftshop.web import actor, allow, current_shop, reader, say, transact


@bp.get("/desk/decorations")
@allow(production)
def decorations() -> ResponseReturnValue:
    """Jobs to do by their due days, or those that are done."""
    shows_done = request.args.get("view") == "done"
    known = decorating.jobs_list(reader(), is_done=shows_done, words=DECORATION_WORDS)
    found = show(known, view="done" if shows_done else None)
    if file := found.file(DECORATIONS):
        return file
    views = [(_("To do"), found.at(), None, not shows_done), (_("Done"), found.at(view="done"), None, shows_done)]
    return render_template(
        "production/decorations.html",
        found=found,
        views=views,
        words=DECORATION_WORDS,
        firms=accounts.firms_by_id(reader(), {job.firm_id for job in found.rows}),
        people=accounts.users_by_id(reader(), {job.begun_by for job in found.rows if job.begun_by}),
        today=clock.local_day(clock.now(), current_shop().settings.time_zone),
    )


@bp.post("/desk/decorations/<int:job_id>/begin")
@allow(production)
def begin_decoration(job_id: int) -> ResponseReturnValue:
    """Take a job."""
    try:
        transact(decorating.begin, job_id, by=actor(), at=clock.now())
    except Refused as refusal:
        flash(say(refusal), "error")
    return redirect(url_for("production.decorations"))


@bp.post("/desk/decorations/<int:job_id>/finish")
@allow(production)
def finish_decoration(job_id: int) -> ResponseReturnValue:
    """All pieces are done."""
    try:
        transact(decorating.finish, job_id, by=actor(), at=clock.now())
        flash(_("Done. When all jobs of an order are done, its parcels go to the bench."), "success")
    except Refused as refusal:
        flash(say(refusal), "error")
    return redirect(url_for("production.decorations"))


@bp.get("/desk/decorations/<int:job_id>/artwork")
@allow(production)
def artwork(job_id: int) -> ResponseReturnValue:
    """The logo of a job as a file, to be downloaded. Raises NoArtwork for words and cards."""
    job = decorating.job(reader(), job_id)
    if job.logo_id is None:
        raise NoArtwork
    logo = branding.logo(reader(), job.firm_id, job.logo_id)
    is_png = logo.kind is branding.LogoKind.PNG
    response = Response(
        branding.logo_bytes(reader(), job.firm_id, job.logo_id), mimetype="image/png" if is_png else "image/svg+xml"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="artwork-{job_id}.{logo.kind}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    return response
