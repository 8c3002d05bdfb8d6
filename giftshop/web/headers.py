"""Security headers, with a nonce for the few inline styles and scripts of our own."""

from __future__ import annotations

import secrets

from flask import Response, g, request

from giftshop.web.app import GiftShop, current_shop


def csp_nonce() -> str:
    """Return this response's nonce."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def add_headers(response: Response) -> Response:
    """Tell the browser what this site never does."""
    own = f"'self' 'nonce-{g.csp_nonce}'" if "csp_nonce" in g else "'self'"
    response.headers.setdefault(
        "Content-Security-Policy",
        f"default-src 'self'; script-src {own}; style-src {own}; img-src 'self' data:; object-src 'none'; "
        f"base-uri 'none'; form-action {_form_targets()}; frame-ancestors 'self'",
    )
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(), microphone=()")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    return response


def _form_targets() -> str:
    """Return where a form may lead: to us, and through a redirect of ours to the page where cards are taken.

    A browser holds the redirect that answers a form against this list, too.
    """
    stripe = current_shop().settings.stripe
    return f"'self' {stripe.checkout_origin}" if stripe else "'self'"


def init_app(app: GiftShop) -> None:
    """Put the headers on every response."""
    app.after_request(add_headers)
    app.jinja_env.globals["csp_nonce"] = csp_nonce
