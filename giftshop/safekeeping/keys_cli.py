"""`flask --app app keys list`, `rotate`, `reseal` and `retire ID`. None prints any part of a key."""

from __future__ import annotations

import os
from pathlib import Path

import click
from flask.cli import AppGroup

from giftshop import jobs
from giftshop.kernel import clock
from giftshop.kernel.keyring import MAX_LIVE_PEPPERS, Keyring
from giftshop.kernel.keysource import CannotKeepKeys, EnvironmentKeys, KeySource, written
from giftshop.safekeeping import keys
from giftshop.safekeeping.keys import CannotRetire, KeyLine
from giftshop.web import GiftShop, current_shop
from giftshop.web.health import is_alive

group = AppGroup("keys", help="The keys outside the database: peppers of codes, and the master keys of what is sealed.")


@group.command("list")
def list_command() -> None:
    """Say which keys there are and what hangs on each. Ends with 1 when one is missing that is needed."""
    shop = current_shop()
    with shop.database.reading() as reader:
        lines = keys.key_lines(reader, shop.settings.keyring)
    click.echo(f"In {_source(shop)}.")
    for line in lines:
        click.echo(_said(line))
    if any(not line.is_there and line.use.live for line in lines):
        raise click.exceptions.Exit(1)


@group.command("rotate")
@click.option(
    "--into",
    type=click.Path(dir_okay=False, path_type=Path),
    help="With keys in the environment: a new file, for its owner only, that gets the variables as they are to be set.",
)
def rotate_command(into: Path | None) -> None:
    """Put a new pepper and a new master key in front, keep the old ones, and seal anew what lies under those."""
    shop = current_shop()
    fresh = _rotated(_source(shop).read())
    try:
        _source(shop).write(fresh)
    except CannotKeepKeys:
        _hand_over(fresh, into)
        return
    keys.note_rotation(shop.database, fresh, at=clock.now())
    click.echo(f"New cards are hashed with {fresh.peppers.current} and sealed under {fresh.master_keys.current}.")
    if _site_runs(shop):
        click.echo("The site runs with the old keys: restart web server and worker, then run `keys reseal`.")
        return
    _reseal(shop, fresh)


@group.command("reseal")
def reseal_command() -> None:
    """Seal anew what lies under an older master key. When it was killed, run it again."""
    shop = current_shop()
    _reseal(shop, _source(shop).read())


@group.command("retire")
@click.argument("name", metavar="ID")
def retire_command(name: str) -> None:
    """Take a key away that nothing needs any more."""
    shop = current_shop()
    keyring = _source(shop).read()
    keys.reseal(shop.database, keyring, shop.resealers, at=clock.now())
    try:
        less = keys.without(shop.database, keyring, name)
    except CannotRetire as error:
        raise click.ClickException(str(error)) from error
    try:
        _source(shop).write(less)
    except CannotKeepKeys:
        click.echo(f"Nothing needs {name}: take it out of {_source(shop)}, and restart web server and worker.")
        return
    keys.note_retirement(shop.database, name, at=clock.now())
    click.echo(f"{name} is gone. Restart web server and worker.")


def _source(shop: GiftShop) -> KeySource:
    return shop.settings.key_source or EnvironmentKeys(os.environ)


def _said(line: KeyLine) -> str:
    things = "batches" if line.kind == "pepper" else "batch keys"
    closed = line.use.total - line.use.live
    marks = [mark for mark, holds in (("current", line.is_current), ("MISSING", not line.is_there)) if holds]
    shut = f", {closed} of them closed" if closed else ""
    return f"{line.kind:10}  {line.name:16}  {line.use.total} {things}{shut}  {' '.join(marks)}".rstrip()


def _rotated(keyring: Keyring) -> Keyring:
    if len(keyring.peppers.keys) == MAX_LIVE_PEPPERS:
        raise click.ClickException(
            f"{MAX_LIVE_PEPPERS} peppers are live, which is the most. Retire one that no batch needs: see `keys list`."
        )
    return keyring.rotated()


def _hand_over(fresh: Keyring, into: Path | None) -> None:
    """Give new keys to whoever sets the environment: by a file, since a terminal is kept in logs and seen by others."""
    told = "the new keys, put web server and worker under them, then run `keys reseal`."
    if into is None:
        raise click.ClickException(
            "These keys are in the environment, which a program cannot change. Say --into FILE to have the variables "
            f"written to a file that only you can read. Set {told}"
        )
    try:
        handle = os.open(into, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise click.ClickException(f"{into}: {error.strerror}") from error
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.writelines(f"{name}={value}\n" for name, value in written(fresh).items())
    click.echo(f"{into} has the variables. Set {told} Then destroy the file.")


def _site_runs(shop: GiftShop) -> bool:
    with shop.database.reading() as reader:
        return is_alive(jobs.last_beat(reader))


def _reseal(shop: GiftShop, keyring: Keyring) -> None:
    rows = keys.reseal(shop.database, keyring, shop.resealers, at=clock.now())
    click.echo(f"{rows} seals were made anew under {keyring.master_keys.current}.")
