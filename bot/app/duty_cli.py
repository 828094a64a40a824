"""`wegwijzer duty …`: the roster as a file, out and in."""

import asyncio
import sys
from pathlib import Path

import click

from bot import clock
from bot.app import settings, using
from bot.app.settings import LOCALES, Settings
from bot.duty import exports, importing, service
from bot.duty.desk import DutyDesk
from bot.duty.domain import Duty
from bot.duty.importing import Faulty
from bot.duty.service import Office
from bot.language.catalog import Catalogs
from bot.storage.transaction import Tx


@click.group()
def duty() -> None:
    """The duty roster."""


@duty.command()
def export() -> None:
    """Print the roster as CSV: desk,language,weekday,opens,closes,colleague."""
    office = asyncio.run(using.reading(settings.read(), service.look))
    click.echo(exports.text(office.roster, office.team), nl=False)


@duty.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--yes", is_flag=True, help="Do not ask before writing.")
def import_(*, file: Path, dry_run: bool, yes: bool) -> None:
    """Replace the weekly blocks by those of FILE: all of them, or nothing. Closed days stay."""
    read = settings.read()
    desk = DutyDesk(catalogs=Catalogs.load(LOCALES))
    office = asyncio.run(using.reading(read, service.look))
    wanted = _wanted(desk, office, file)
    added, gone = service.difference(office.roster.duties, wanted)
    for sign, duties in (("-", gone), ("+", added)):
        for one in duties:
            click.echo(f"{sign} {exports.line(one, office.team)}")
    if not (added or gone):
        click.echo("The roster says the same already.", err=True)
    elif dry_run:
        click.echo("Nothing was changed (--dry-run).", err=True)
    elif yes or click.confirm("Write this?", err=True):
        _write(read, desk, wanted, unless_after=office.roster.version)


def _wanted(desk: DutyDesk, office: Office, file: Path) -> list[Duty]:
    """The blocks of the file; with faults, each is named with its line, and it ends here."""
    try:
        return importing.read(file.read_bytes(), desk.vocabulary, office.team)
    except Faulty as faulty:
        english = desk.catalogs.words("en")
        for fault in faulty.faults:
            why = english.plain(fault.why.sentence, **fault.why.values)
            click.echo(f"line {fault.line}: {why}", err=True)
        click.echo("Nothing was changed. Mend the file and import it again.", err=True)
        sys.exit(1)


def _write(read: Settings, desk: DutyDesk, wanted: list[Duty], *, unless_after: int) -> None:
    now = clock.now()

    async def write(tx: Tx) -> bool:
        return await service.replace_all(desk, tx, wanted, now=now, unless_after=unless_after)

    if not asyncio.run(using.writing(read, write)):
        raise click.ClickException("Somebody changed the roster just now. Import it again.")
    click.echo(f"The roster has {len(wanted)} blocks now.", err=True)
