"""A list's links, as the firm sees them: make one, copy it, end it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.kernel.locale import LOCALES
from giftshop.web import actor, allow, current_shop, reader, say, transact
from giftshop.wishes import queries, sharing
from giftshop.wishes.forms import ShareForm
from giftshop.wishes.links import secret_of
from giftshop.wishes.models import WishLink
from giftshop.wishes.views.blueprint import bp, firm, our_list, own_firm


@dataclass(frozen=True, slots=True)
class Shown:
    """A link as the list's page shows it."""

    id: int
    url: str
    with_prices: bool
    language: str
    """The name its speakers give it; nothing when the reader's browser decides."""
    until: datetime
    is_live: bool


@bp.post("/lists/<int:list_id>/links")
@allow(firm)
def share(list_id: int) -> ResponseReturnValue:
    """Make a link."""
    our_list(list_id)
    form = ShareForm()
    try:
        if form.validate():
            transact(sharing.share, list_id, own_firm(), form.showing(), by=actor(), at=clock.now())
            flash(_("The link is ready. Copy it and send it to whoever decides with you."), "success")
    except Refused as refusal:
        flash(say(refusal), "error")
    return redirect(url_for("wishes.show", list_id=list_id, _anchor="links"), 303)


@bp.post("/lists/<int:list_id>/links/<int:link_id>/end")
@allow(firm)
def revoke(list_id: int, link_id: int) -> ResponseReturnValue:
    """End a link."""
    transact(sharing.revoke, list_id, own_firm(), link_id, by=actor(), at=clock.now())
    flash(_("The link is ended: it shows nothing any more."), "success")
    return redirect(url_for("wishes.show", list_id=list_id, _anchor="links"), 303)


def shown_links(list_id: int) -> Sequence[Shown]:
    """Return the links of a list that were not revoked, as its page shows them."""
    return [_shown(link) for link in queries.links_of(reader(), list_id)]


def _shown(link: WishLink) -> Shown:
    settings = current_shop().settings
    path = url_for("wishes.read", secret=secret_of(link.id, settings.link_key), lang=link.locale or None)
    is_live, language = link.is_live(clock.now()), LOCALES.get(link.locale, "")
    return Shown(link.id, f"{settings.public_url}{path}", link.with_prices, language, link.expires_at, is_live)
