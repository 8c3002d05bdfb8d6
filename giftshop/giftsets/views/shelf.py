"""A firm's gift sets: all of them, a copy, deleting and restoring, and the pictures of each."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop import accounts, paper
from giftshop.giftsets import picture as pictures
from giftshop.giftsets import pressed, queries, service
from giftshop.giftsets.errors import NoSuchGiftSet
from giftshop.giftsets.models import GiftSet
from giftshop.giftsets.rules import MAX_NAME
from giftshop.giftsets.views.blueprint import bp, buyers, makers, own_firm, own_set
from giftshop.kernel import clock
from giftshop.web import (
    Form,
    actor,
    allow,
    current_locale,
    current_shop,
    members,
    offer_undo,
    reader,
    transact,
    transact_once,
)

PICTURE_POLICY = "default-src 'none'; img-src data:; frame-ancestors 'none'; sandbox"


@bp.get("/gift-sets")
@allow(members())
def index() -> ResponseReturnValue:
    """The firm's sets, newest first, and those that were deleted last."""
    page = queries.gift_sets_page(reader(), own_firm(), after=request.args.get("after"))
    contents = queries.contents_by_id(reader(), [found.id for found in page.rows])
    return render_template(
        "giftsets/index.html",
        page=page,
        contents=contents,
        deleted=queries.deleted_sets(reader(), own_firm()),
        people=accounts.users_by_id(reader(), {found.changed_by for found in page.rows if found.changed_by}),
    )


@bp.post("/gift-sets/<int:gift_set_id>/copy")
@allow(buyers)
def copy(gift_set_id: int) -> ResponseReturnValue:
    """A set like this one, free to be changed."""
    name = _("%(name)s (copy)", name=own_set(gift_set_id).name)[:MAX_NAME]
    copied = transact_once(Form().once(), service.copy, gift_set_id, own_firm(), name, by=actor(), at=clock.now())
    flash(_("This is the copy. Change it as you like."), "success")
    return redirect(url_for("giftsets.build", gift_set_id=copied))


@bp.post("/gift-sets/<int:gift_set_id>/delete")
@allow(buyers)
def delete(gift_set_id: int) -> ResponseReturnValue:
    """Take a draft off the shelf at once."""
    transact(service.discard, gift_set_id, own_firm(), by=actor(), at=clock.now())
    said, back = _("“%(name)s” is deleted.", name=own_set(gift_set_id).name), url_for("giftsets.index")
    offer_undo(said, "giftsets.discard", gift_set_id, own_firm(), back=back)
    return redirect(back)


@bp.post("/gift-sets/<int:gift_set_id>/restore")
@allow(buyers)
def restore(gift_set_id: int) -> ResponseReturnValue:
    """Put a deleted set onto the shelf again."""
    transact(service.restore, gift_set_id, own_firm(), by=actor(), at=clock.now())
    flash(_("“%(name)s” is back.", name=own_set(gift_set_id).name), "success")
    return redirect(url_for("giftsets.index"))


@bp.get("/gift-sets/<int:gift_set_id>/picture.svg")
@allow(members(), makers)
def picture(gift_set_id: int) -> ResponseReturnValue:
    """The set as it will look."""
    return drawing(pictures.picture_of(reader(), _shown(gift_set_id)))


@bp.get("/gift-sets/<int:gift_set_id>/card.png")
@allow(members(), makers)
def card(gift_set_id: int) -> ResponseReturnValue:
    """The greeting card from the press; the whole set's drawing while its words cannot be printed."""
    found = _shown(gift_set_id)
    try:
        drawn = pressed.card_png(reader(), found, hotline=current_shop().settings.hotline, locale=current_locale())
    except (paper.TextTooLong, paper.GlyphMissing):
        return redirect(url_for("giftsets.picture", gift_set_id=gift_set_id))
    return Response(drawn, mimetype="image/png")


def drawing(svg: bytes) -> Response:
    """Return a picture that, opened by itself, may show its own pictures and nothing else."""
    response = Response(svg, mimetype="image/svg+xml")
    response.headers["Content-Security-Policy"] = PICTURE_POLICY
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _shown(gift_set_id: int) -> GiftSet:
    """Return a set of one's own firm, or to staff any. Raises NoSuchGiftSet."""
    if not actor().is_staff:
        return own_set(gift_set_id)
    found = queries.gift_sets_by_id(reader(), [gift_set_id]).get(gift_set_id)
    if found is None:
        raise NoSuchGiftSet
    return found
