"""`flask --app app demo …`, in demonstration mode only; `make run` calls both."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup

from giftshop.demo.chapters import CHAPTERS
from giftshop.demo.introduction import introduction
from giftshop.demo.loading import load
from giftshop.demo.nominations import nominations_file
from giftshop.web import current_shop

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


def _introduce() -> None:
    shop = current_shop()
    with shop.database.reading() as reader:
        click.echo(introduction(reader, shop.settings))
