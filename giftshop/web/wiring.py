"""Puts what every page shares onto the app."""

from __future__ import annotations

from types import SimpleNamespace

from flask import request, url_for
from flask_babel import gettext
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from giftshop.jobs import HueyEngine, JobQueued
from giftshop.kernel import clock
from giftshop.kernel.actor import Actor
from giftshop.web import (
    compressing,
    errors,
    filters,
    guard,
    headers,
    health,
    icons,
    languages,
    limits,
    logs,
    news,
    transactions,
    undo,
)
from giftshop.web.app import GiftShop
from giftshop.web.forms import new_request_key
from giftshop.web.guard import actor
from giftshop.web.menu import letters_of


def init_app(app: GiftShop) -> None:
    """Configure Flask, and stand the guard, the languages, the error pages and the headers around it."""
    settings = app.settings
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_https,
        MAX_CONTENT_LENGTH=settings.upload_limit,
        MAX_FORM_PARTS=5000,
        WTF_CSRF_TIME_LIMIT=12 * 3600,
    )
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    for part in (
        compressing,
        logs,
        guard,
        limits,
        transactions,
        languages,
        filters,
        icons,
        errors,
        headers,
        undo,
        news,
    ):
        part.init_app(app)
    CSRFProtect(app)
    app.register_blueprint(health.bp)
    app.events.subscribe(JobQueued, app.jobs.announce)
    app.jobs.send = HueyEngine(settings.instance_path).send
    public = SimpleNamespace(
        site_name=settings.site_name,
        mail=settings.mail_from,
        hotline=settings.hotline,
        is_demo=settings.is_demo,
        public_url=settings.public_url,
    )
    app.context_processor(lambda: {"actor": actor(), "settings_public": public, "menu": lambda: menu_of(app, actor())})
    app.jinja_env.globals.update(now=clock.now, new_request_key=new_request_key)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def menu_of(app: GiftShop, person: Actor) -> list[dict[str, object]]:
    """Return the entries `person` may open, in order, in the current language."""

    items = [item for item in sorted(app.menu, key=lambda item: item.order) if person.has(*item.roles)]
    addresses = [url_for(item.endpoint) for item in items]
    current = max((url for url in addresses if f"{request.path}/".startswith(f"{url}/")), key=len, default=None)
    return [
        {
            "label": gettext(item.label),
            "hint": gettext(item.hint) if item.hint else "",
            "url": url,
            "icon": item.icon,
            "is_current": url == current,
            "key": key,
        }
        for item, url, key in zip(items, addresses, letters_of([item.label for item in items]), strict=True)
    ]
