"""`flask --app app demo …`, in demonstration mode only; `make run` calls both."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from flask.cli import AppGroup

from giftshop.demo.campaign import MID_AUTUMN
from giftshop.demo.chapters import CHAPTERS
from giftshop.demo.introduction import introduction
from giftshop.demo.loading import load
from giftshop.demo.mid_autumn import tell
from giftshop.demo.mid_autumn_page import page_of
from giftshop.demo.nominations import nominations_file
from giftshop.kernel import clock
from giftshop.kernel.locale import DEFAULT_LOCALE, LOCALES
from giftshop.kernel.lunar import FIRST_YEAR, LAST_YEAR, year_to_come
from giftshop.web import current_shop, in_locale

demo = AppGroup("demo", help="The demonstration's data.")


@demo.command("load")
def load_command() -> None:
    """Bring the database to the newest schema, tell what it has not been told, and say whom one can be."""
    for name in load(current_shop(), CHAPTERS):
        click.echo(f"Loaded {name}.", err=True)
    _introduce()


@demo.command("sign-ins")
def sign_ins_command() -> None:
    """Say whom one can sign in as, one for each role, and what there is to redeem."""
    _introduce()


@demo.command("nominations")
@click.option("--encoding", default="gbk", show_default=True, help="utf-8, gbk or gb18030.")
def nominations_command(encoding: str) -> None:
    """Write the Mid-Autumn campaign's list of 390 people, to be uploaded into an order."""
    sys.stdout.buffer.write(nominations_file(encoding))


@demo.command("mid-autumn")
@click.option("--year", type=click.IntRange(FIRST_YEAR, LAST_YEAR), help="The coming one when left out.")
@click.option("--locale", type=click.Choice(list(LOCALES)), default=DEFAULT_LOCALE, show_default=True)
def mid_autumn_command(year: int | None, locale: str) -> None:
    """Run Liandong's campaign of 390 people from nomination to the last parcel, and print its report.

    In a database of its own, which is thrown away; nothing of the demonstration is touched.
    """
    today = clock.local_day(clock.now(), current_shop().settings.time_zone)
    with TemporaryDirectory(prefix="giftshop-mid-autumn-") as folder:
        told = tell(current_shop().anew, Path(folder), year or year_to_come(MID_AUTUMN, today))
    with in_locale(locale):
        click.echo(page_of(told))


def _introduce() -> None:
    shop = current_shop()
    with shop.database.reading() as reader:
        click.echo(introduction(reader, shop.settings))
