"""`flask --app app backup FILE`, `restore FILE`, and `journal replay`."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext

from giftshop.kernel import clock
from giftshop.safekeeping.archive import BadBackup
from giftshop.safekeeping.backing_up import back_up
from giftshop.safekeeping.completing import complete
from giftshop.safekeeping.journal import Journal
from giftshop.safekeeping.replaying import Replay, replay
from giftshop.safekeeping.restoring import CannotRestore, restore
from giftshop.web import current_shop

FILE = click.Path(dir_okay=False, path_type=Path)

journal = AppGroup("journal", help="The journal of redemptions, kept apart from the database.")


@click.command("backup")
@click.argument("file", type=FILE)
@with_appcontext
def backup_command(file: Path) -> None:
    """Write the database and the files that matter to FILE. Holds no key; keep it as safe as the database."""
    shop = current_shop()
    manifest = back_up(shop.database, shop.settings, shop.kept_folders, file.resolve(), at=clock.now())
    rows = sum(manifest.counts.values())
    click.echo(f"{rows} rows of {len(manifest.counts)} tables and {len(manifest.parts)} parts are in {file}.")


@click.command("restore")
@click.argument("file", type=FILE)
@click.option("--replace", is_flag=True, help="Replace a database that is not empty, with all it holds.")
@with_appcontext
def restore_command(file: Path, replace: bool) -> None:
    """Let the database and its files be those of FILE, then replay the journal. Stop the site before."""
    shop = current_shop()
    try:
        done = restore(
            shop.database,
            shop.settings,
            shop.kept_folders,
            file,
            replace=replace,
            erasers=shop.erasers,
            at=clock.now(),
        )
    except (BadBackup, CannotRestore) as error:
        raise click.ClickException(f"Nothing was touched. {error}") from error
    click.echo(f"Restored as of {done.manifest.taken_at}: {sum(done.manifest.counts.values())} rows.")
    if done.missing_keys:
        click.echo(
            f"MISSING KEYS: {', '.join(done.missing_keys)}. Cards made with them open nothing until they are set."
        )
    if done.replay is None:
        click.echo(
            "NO JOURNAL: what was redeemed since cannot be known. See docs/operations.md before you open the site."
        )
    else:
        say(done.replay)


@journal.command("replay")
def replay_command() -> None:
    """Make unspendable what the journal says was spent and the database does not know. Twice is as good as once."""
    shop = current_shop()
    say(replay(shop.database, Journal(shop.settings.journal_folder), at=clock.now()))


@journal.command("complete")
def complete_command() -> None:
    """Note what the database knows and the journal does not: the worker does the same every few seconds."""
    shop = current_shop()
    count = complete(shop.database, Journal(shop.settings.journal_folder), at=clock.now())
    click.echo(f"{count} changes were added to the journal.")


def say(told: Replay) -> None:
    """Print what a replay did."""
    click.echo(f"{told.notes} notes of the journal were compared.")
    for words, serials in (
        ("were spent since: the amount is off them again", told.taken_off),
        ("were spent or stopped since: they are blocked until somebody has looked", told.stopped),
        ("were made since, and are unknown now: reissue them", told.gone),
    ):
        if serials:
            click.echo(f"{len(serials)} cards {words}: {', '.join(serials)}")
    if told.programmes:
        click.echo(f"Stopped since, so all their unspent cards are blocked: programmes {told.programmes}")
    if not (told.taken_off or told.stopped or told.gone or told.programmes):
        click.echo("The database knows all that the journal does.")
