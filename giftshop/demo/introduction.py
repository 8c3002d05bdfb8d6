"""What somebody who started the demonstration needs to know: whom to be, with which password, and what to redeem."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from giftshop import accounts
from giftshop.config import Settings, demonstration_environ
from giftshop.db import Reader
from giftshop.demo import people
from giftshop.demo.codes import Kept, fresh_codes
from giftshop.demo.nominations import lay_out
from giftshop.kernel.role import MemberRole, StaffRole

INDENT = "  "


def introduction(reader: Reader, settings: Settings) -> str:
    """Return a page for a terminal: one person for each role, their password, a fresh code, and a list to upload."""
    password = demonstration_environ(settings.instance_path)["DEMO_PASSWORD"]
    lines = [
        f"Everybody's password is  {password}",
        "",
        people.FIRM.name,
        *_people(reader, people.firm_id(reader)),
        "",
        f"{settings.site_name}'s staff",
        *_people(reader, None),
        "",
        *_codes(fresh_codes(reader, settings), settings),
        *_shopping_card(fresh_codes(reader, settings, Kept.SHOPPING_CARDS), settings),
        *_ecards(settings),
        "",
        "To order for the 390 people of the Mid-Autumn campaign, upload this list (GBK, as a spreadsheet writes it)",
        f"{INDENT}{_from_here(lay_out(settings.instance_path))}",
    ]
    return "\n".join(f"{INDENT}{line}".rstrip() for line in lines)


def _people(reader: Reader, firm_id: int | None) -> Iterator[str]:
    order = [role.value for role in (MemberRole if firm_id else StaffRole)]
    for person in sorted(
        accounts.people_of(reader, firm_id), key=lambda person: [order.index(r) for r in sorted(person.roles)]
    ):
        roles = ", ".join(role.value for role in person.roles)
        yield f"{INDENT}{roles:<16} {person.user.email:<32} {person.user.name}"


def _codes(fresh: list[str], settings: Settings) -> Iterator[str]:
    """Say what there is to redeem, and how one comes by more, as a firm does."""
    if fresh:
        yield "A fresh code to redeem, best in a window as narrow as a phone"
        yield f"{INDENT}{fresh[0]}      {settings.public_url}/r#{fresh[0].replace(' ', '')}"
        yield f"{INDENT}Once it is redeemed, its link follows the gift. Kept besides: {len(fresh) - 1}. The next:"
        yield f"{INDENT}{_asked_again(settings)}"
    else:
        yield "Every code that was kept to try is redeemed by now."
    yield "More come as they come to a firm: production opens the print run that waits and fetches its file, a card a"
    yield "page; fulfilment sends the printed cards; when the buyer has received them, they can be redeemed."


def _shopping_card(fresh: list[str], settings: Settings) -> Iterator[str]:
    """Say which shopping card there is to spend, if one is left."""
    if fresh:
        yield ""
        yield "A shopping card of ¥500, to be spent in as many visits as it lasts"
        yield f"{INDENT}{fresh[0]}      {settings.public_url}/r#{fresh[0].replace(' ', '')}"


def _ecards(settings: Settings) -> Iterator[str]:
    """Say where e-cards are to be found."""
    yield ""
    yield "E-cards, sent to eight clients: their messages, with the links to open them, are read by the hotline at"
    yield f"{INDENT}{settings.public_url}/desk/messages"


def _asked_again(settings: Settings) -> str:
    """Return the command that says all of this again, of the same site."""
    elsewhere = {"INSTANCE_PATH": settings.instance_path, "PORT": settings.port}
    usual = {"INSTANCE_PATH": Path("instance").resolve(), "PORT": 5000}
    given = [f"{name}={value}" for name, value in elsewhere.items() if value != usual[name]]
    return " ".join(["GIFTSHOP_MODE=demo", *given, ".venv/bin/flask --app app demo sign-ins"])


def _from_here(path: Path) -> Path:
    """Return a path as short as it can be typed where the program was started."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
