"""Error pages that help, and the one place where a refusal becomes an HTTP status."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

import structlog
from flask import g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from werkzeug.exceptions import HTTPException

from giftshop.kernel.actor import VISITOR
from giftshop.kernel.errors import DomainError, Missing, NotAllowed, TooOften
from giftshop.kernel.locale import N_
from giftshop.web.app import GiftShop
from giftshop.web.filters import say
from giftshop.web.logs import loggable_path

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Words:
    """What an error page says."""

    title: str
    message: str


WORDS = {
    400: Words(
        N_("We could not read that"), N_("Something in the request was not as we expect it. Go back and try again.")
    ),
    403: Words(
        N_("Not for this account"),
        N_("Your account may not open this page. Ask your administrator if you think it should."),
    ),
    404: Words(
        N_("Nothing here"),
        N_("This page does not exist, or not any more. Check the address, or start from the home page."),
    ),
    405: Words(N_("That does not work here"), N_("This page cannot be used that way. Go back and use its buttons.")),
    409: Words(
        N_("That could not be done"), N_("Something changed in the meantime. Go back, look again, and try once more.")
    ),
    413: Words(
        N_("That file is too large"), N_("Files may have at most %(megabytes)s MB. Make it smaller and try again.")
    ),
    429: Words(N_("Too many attempts"), N_("Please wait a few minutes and try again.")),
    500: Words(
        N_("Something went wrong on our side"),
        N_("We have been told. Nothing you did was half done; please try again in a moment."),
    ),
    503: Words(
        N_("We cannot reach our records just now"),
        N_("Nothing you did was half done. Please try again in a minute; sending the same page again is safe."),
    ),
}


def status_of(error: DomainError) -> int:
    """Return the HTTP status a refusal is answered with."""
    if isinstance(error, Missing):
        return HTTPStatus.NOT_FOUND
    if isinstance(error, NotAllowed):
        return HTTPStatus.FORBIDDEN
    if isinstance(error, TooOften):
        return HTTPStatus.TOO_MANY_REQUESTS
    return HTTPStatus.CONFLICT


def error_page(status: int, message: str | None = None) -> ResponseReturnValue:
    """Return the page for `status`, saying `message` instead of the usual words when given."""
    words = WORDS.get(status, WORDS[500 if status >= 500 else 400])
    megabytes = (request.max_content_length or 0) // 2**20
    said = message or gettext(words.message) % {"megabytes": megabytes}
    return render_template("errors/error.html", status=status, title=gettext(words.title), message=said), status


def answer_refusal(error: DomainError) -> ResponseReturnValue:
    """A command refused and no form took it."""
    return error_page(status_of(error), say(error))


def answer_csrf(error: CSRFError) -> ResponseReturnValue:
    """The form was open too long, or came from elsewhere."""
    return error_page(400, gettext("This page was open for too long. Please load it again and send it once more."))


def answer_http(error: HTTPException) -> ResponseReturnValue:
    """Whatever Flask refuses by itself. Redirects made as exceptions pass through."""
    if error.code is None or error.code < 400:
        return error.get_response()
    return error_page(error.code)


def answer_without_database(error: Exception) -> ResponseReturnValue:
    """The database is away or too busy: say so on a page that asks it nothing, not even who is reading."""
    log.error("database away", path=loggable_path(), method=request.method, error=type(error).__name__)
    g.actor, g.records_are_away = VISITOR, True
    return error_page(HTTPStatus.SERVICE_UNAVAILABLE)


def answer_crash(error: Exception) -> ResponseReturnValue:
    """A fault of ours: log it whole, tell nothing of it."""
    log.exception("unhandled", path=loggable_path(), method=request.method)
    return error_page(500)


def init_app(app: GiftShop) -> None:
    """Answer every error with a page."""
    app.register_error_handler(DomainError, answer_refusal)
    app.register_error_handler(CSRFError, answer_csrf)
    app.register_error_handler(HTTPException, answer_http)
    for away in (OperationalError, InterfaceError, NoConnectionFree):
        app.register_error_handler(away, answer_without_database)
    if not app.testing:
        app.register_error_handler(Exception, answer_crash)
