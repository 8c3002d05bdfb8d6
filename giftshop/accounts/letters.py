"""The mails that let people in, in their reader's language."""

from __future__ import annotations

from flask_babel import format_timedelta
from flask_babel import gettext as _

from giftshop.accounts.access import Letter
from giftshop.accounts.rules import INVITATION_LIFE, RESET_LIFE, FactorNews
from giftshop.accounts.words import FACTOR_NEWS
from giftshop.web import current_shop, in_locale


def invitation(secret: str, *, name: str, firm: str, locale: str) -> Letter:
    """Return the letter that invites `name` to `firm`'s account, with the link that `secret` opens."""
    site = current_shop().settings.site_name
    with in_locale(locale):
        text = _(
            "Hello %(name)s,\n\n"
            "you are invited to use %(site)s for %(firm)s. Open this link and choose a password:\n\n"
            "%(link)s\n\n"
            "The link works once, within %(time)s. If you did not expect this mail, you need do nothing.",
            name=name,
            site=site,
            firm=firm,
            link=link("invitation", secret),
            time=format_timedelta(INVITATION_LIFE, threshold=2),
        )
        return Letter(_("Your invitation to %(site)s", site=site), _signed(text), locale)


def new_password(secret: str, *, name: str, locale: str) -> Letter:
    """Return the letter to somebody who forgot their password, with the link that `secret` opens."""
    site = current_shop().settings.site_name
    with in_locale(locale):
        text = _(
            "Hello %(name)s,\n\n"
            "somebody, most likely you, asked for a new password for %(site)s. Open this link and choose one:\n\n"
            "%(link)s\n\n"
            "The link works once, within %(time)s. If it was not you, you need do nothing: "
            "your password stays as it is.",
            name=name,
            site=site,
            link=link("password/reset", secret),
            time=format_timedelta(RESET_LIFE, threshold=2),
        )
        return Letter(_("A new password for %(site)s", site=site), _signed(text), locale)


def password_was_changed(*, name: str, locale: str) -> Letter:
    """Return the letter that tells somebody that their password is another one now."""
    site = current_shop().settings.site_name
    with in_locale(locale):
        text = _(
            "Hello %(name)s,\n\n"
            "your password for %(site)s was changed just now, and every device was signed out. "
            "If it was not you, call us at once.",
            name=name,
            site=site,
        )
        return Letter(_("Your password for %(site)s was changed", site=site), _signed(text), locale)


def second_factor_news(news: FactorNews, *, name: str, locale: str) -> Letter:
    """Return the letter that tells somebody what happened to the second factor of their account."""
    site = current_shop().settings.site_name
    with in_locale(locale):
        text = _(
            "Hello %(name)s,\n\n%(what)s\n\nIf it was not you, call us at once.", name=name, what=_(FACTOR_NEWS[news])
        )
        return Letter(_("The second factor of your account at %(site)s", site=site), _signed(text), locale)


def link(path: str, secret: str) -> str:
    """Return the address of a page that `secret` opens. Not built from the request: its Host may be anybody's."""
    return f"{current_shop().settings.public_url}/{path}/{secret}"


def _signed(text: str) -> str:
    settings = current_shop().settings
    hotline = _("Hotline, day and night: %(hotline)s", hotline=settings.hotline)
    return f"{text}\n\n{settings.site_name}\n{hotline}\n"
