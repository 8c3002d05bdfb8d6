"""A list as whoever was sent its link reads it: without an account, and with a say."""

from __future__ import annotations

from typing import Final

from flask import Response, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response as BaseResponse

from giftshop import accounts
from giftshop.kernel import clock
from giftshop.kernel.actor import VISITOR
from giftshop.kernel.errors import Refused
from giftshop.web import allow, anyone, current_shop, reader, transact
from giftshop.web.forms import typed
from giftshop.wishes import queries, sharing
from giftshop.wishes.forms import AnswerForm, said_in
from giftshop.wishes.links import read_secret
from giftshop.wishes.models import WishLink, WishList, WishReader
from giftshop.wishes.rules import MAX_WORDS, Verdict, total_of
from giftshop.wishes.sharing import Said
from giftshop.wishes.views.blueprint import bp

ANSWERED: Final = "wish_readers"
"""In the session: by a link's number, as whom this browser answered. Whoever answers again says it anew."""
MOST_REMEMBERED: Final = 10
THANKED: Final = "wish_thanked"


@bp.get("/l/<secret>")
@allow(anyone)
def read(secret: str) -> ResponseReturnValue:
    """The list."""
    link, found = _behind(secret)
    return _page(link, found, _form(_known(link)), is_thanked=session.pop(THANKED, None) == link.id)


@bp.post("/l/<secret>")
@allow(anyone)
def answer(secret: str) -> ResponseReturnValue:
    """What the reader says: so many from one network, and no more."""
    link, found = _behind(secret)
    form = AnswerForm()
    network = accounts.network_of(request.remote_addr)
    transact(sharing.book_try, network, at=clock.now())
    sharing.refuse_too_many(reader(), network, at=clock.now())
    said = said_in(request.form)
    if form.validate():
        known = _known(link)
        try:
            reader_id = transact(
                sharing.answer,
                link.id,
                typed(form.name),
                said,
                words=typed(form.words),
                reader_id=known.id if known else None,
                by=VISITOR,
                at=clock.now(),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            _remember(link.id, reader_id)
            return redirect(url_for("wishes.read", secret=secret), 303)
    return _page(link, found, form, said=said)


def _behind(secret: str) -> tuple[WishLink, WishList]:
    """Return what a link opens. Raises LinkEnded; a forged one asks the database nothing."""
    link_id = read_secret(secret, current_shop().settings.link_key)
    return queries.open_link(reader(), link_id, at=clock.now())


def _known(link: WishLink) -> WishReader | None:
    """Return as whom this browser answered before, if it did."""
    reader_id = session.get(ANSWERED, {}).get(str(link.id))
    return queries.reader_of_link(reader(), link.id, reader_id if isinstance(reader_id, int) else None)


def _remember(link_id: int, reader_id: int) -> None:
    others = {name: number for name, number in session.get(ANSWERED, {}).items() if name != str(link_id)}
    session[ANSWERED] = dict([*others.items(), (str(link_id), reader_id)][-MOST_REMEMBERED:])
    session[THANKED] = link_id


def _form(known: WishReader | None) -> AnswerForm:
    return AnswerForm(data={"name": known.name, "words": known.words} if known else {})


def _page(
    link: WishLink,
    found: WishList,
    form: AnswerForm,
    *,
    said: dict[int, Said] | None = None,
    is_thanked: bool = False,
) -> ResponseReturnValue:
    known = _known(link)
    firm = accounts.firm(reader(), found.firm_id)
    lines = queries.lines_of(reader(), found.id)
    total = total_of([line.priced for line in lines], people=found.people, currency=firm.currency)
    shown = make_response(
        render_template(
            "wishes/read.html",
            found=found,
            firm=firm,
            lines=lines,
            total=total if link.with_prices else None,
            form=form,
            answers=said if said is not None else queries.answers_of(reader(), known.id) if known else {},
            has_answered=known is not None,
            is_thanked=is_thanked,
            until=link.expires_at,
            keep_days=current_shop().settings.retention.sayings,
            most_words=MAX_WORDS,
            verdicts=Verdict,
        ),
        422 if form.has_errors else 200,
    )
    return _private(shown)


def _private(response: Response) -> BaseResponse:
    """Keep the address from other pages, and the page from search engines."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
