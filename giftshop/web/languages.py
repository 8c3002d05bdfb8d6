"""Languages: which one this request is in, and every string in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import TypeVar
from urllib.parse import urlencode

from babel.core import Locale, UnknownLocaleError
from babel.support import NullTranslations
from flask import Response, g, has_request_context, request
from flask_babel import Babel, force_locale, get_domain, get_locale
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from werkzeug import Response as BaseResponse

from giftshop.kernel.locale import DEFAULT_LOCALE, LOCALES, TRANSLATIONS, pick
from giftshop.web.app import GiftShop
from giftshop.web.catalogues import compile_catalogues

COOKIE = "lang"
SWITCH = "_language"
"""Name of the button that sends a form to see it in another language."""
Locatable = TypeVar("Locatable", bound=BaseResponse)


def init_app(app: GiftShop) -> None:
    """Compile the catalogues that changed, and choose a language for every request."""
    compile_catalogues(TRANSLATIONS)
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT_LOCALE
    Babel(app, locale_selector=lambda: _parsed(choose_locale()), timezone_selector=lambda: app.settings.time_zone)
    app.after_request(remember_locale)
    app.jinja_env.globals.update(locales=LOCALES, language_url=language_url, N_=lambda text: text)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.globals.update(_=said, gettext=said, ngettext=said_of_so_many)
    app.jinja_env.filters["localized"] = localized
    app.context_processor(lambda: {"current_locale": current_locale()})


@pass_context
def said(context: Context, text: str, /, **facts: object) -> str:
    """Return a template's text in the current language, with its facts put in: its `_` and `gettext`.

    Jinja's own goes through four calls and Flask-Babel for each word of a page, a twelfth of its CPU.
    """
    return _filled_in(context, _words().ugettext(text), facts)


@pass_context
def said_of_so_many(context: Context, one: str, many: str, num: int, /, **facts: object) -> str:
    """Return a template's text for `num` things in the current language: its `ngettext`."""
    return _filled_in(context, _words().ungettext(one, many, num), {"num": num, **facts})


def _filled_in(context: Context, text: str, facts: dict[str, object]) -> str:
    return (Markup(text) if context.eval_ctx.autoescape else text) % facts  # noqa: S704 -- ours, from the catalogues


def _words() -> NullTranslations:
    """Return the catalogue of the current language."""
    locale = get_locale()
    words = _catalogues.get(locale)
    if words is None:
        words = _catalogues[locale] = get_domain().get_translations()
    return words


_catalogues: dict[Locale | None, NullTranslations] = {}


def choose_locale() -> str:
    """Return the language asked for by ?lang=, else the remembered one, else the best the browser names."""
    if not has_request_context():
        return DEFAULT_LOCALE
    for wanted in (request.args.get("lang"), request.cookies.get(COOKIE)):
        if wanted in LOCALES:
            return str(wanted)
    named = (_nearest(tag) for tag, quality in request.accept_languages if quality > 0)
    return next((code for code in named if code), DEFAULT_LOCALE)


@lru_cache(maxsize=512)
def _nearest(tag: str) -> str:
    """Return our language nearest to what a browser names: zh-CN is zh_Hans, en-GB is en. Empty when none is."""
    try:
        wanted = str(Locale.parse(tag, sep="-"))
    except (UnknownLocaleError, ValueError, TypeError):
        wanted = tag
    whole = [code for code in LOCALES if f"{wanted}_".startswith(f"{code}_")]
    language = re.split("[-_]", wanted)[0]
    return max(whole, key=len, default="") or next((c for c in LOCALES if c.partition("_")[0] == language), "")


@lru_cache(maxsize=64)
def _parsed(code: str) -> Locale:
    """Return Babel's own object of one of our languages, which takes it long to look up."""
    return Locale.parse(code)


def remember_locale(response: Response) -> Response:
    """Keep a language that was asked for, for a year."""
    wanted = request.args.get("lang")
    return keep_locale(response, str(wanted)) if wanted in LOCALES else response


def keep_locale(response: Locatable, locale: str, *, replace: bool = True) -> Locatable:
    """Let this browser be answered in `locale` for a year; without `replace`, only if it has chosen none."""
    if replace or COOKIE not in request.cookies:
        response.set_cookie(COOKIE, locale, max_age=365 * 86400, samesite="Lax", httponly=True)
    return response


def language_url(code: str) -> str:
    """Return this page's address in another language."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    path = request.path if request.method == "GET" else g.get("shown_at", request.path)
    return f"{path}?{urlencode([*kept, ('lang', code)])}"


def is_switching() -> bool:
    """Whether a form was sent to see it in another language, with what was typed, and for nothing else."""
    return request.method == "POST" and SWITCH in request.form


def current_locale() -> str:
    """Return the language of this request or of the enclosing `in_locale`: "en", "zh_Hans"."""
    code = _code(get_locale())
    return code if code in LOCALES else DEFAULT_LOCALE


@lru_cache(maxsize=64)
def _code(locale: Locale | None) -> str:
    return str(locale) if locale else DEFAULT_LOCALE


@contextmanager
def in_locale(locale: str) -> Iterator[None]:
    """Speak `locale` for the length of a `with` block, also outside a request (mails, papers)."""
    with force_locale(locale):
        yield


def localized(words: Mapping[str, str]) -> str:
    """Return words kept in several languages in the current one. The only way item names reach a page."""
    return pick(words, current_locale())
