"""`wegwijzer sessions import`: sessions of the legal helpdesk from a file, all of them or none."""

import asyncio
import sys
from pathlib import Path

import click

from bot import clock
from bot.app import settings, using
from bot.app.settings import LOCALES
from bot.errors import Error, Refused
from bot.handover import domain
from bot.handover.domain import Planned
from bot.handover.service import sessions as service
from bot.language import csv_files
from bot.language.catalog import Catalogs
from bot.storage.transaction import Tx

NEEDED = ("site", "when")
COLUMNS = (*NEEDED, "languages", "bring", "places", "minutes", "until")


@click.group()
def sessions() -> None:
    """Sessions of the legal helpdesk."""


@sessions.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def import_(*, file: Path) -> None:
    """Add the sessions of FILE: site,when,languages,bring,places,minutes,until. All, or nothing."""
    catalogs = Catalogs.load(LOCALES)
    lines = _lines(file)

    async def write(tx: Tx) -> int:
        new, faults = 0, []
        for number, line in lines:
            try:
                planned: Planned = domain.planned_in(line, catalogs.codes)
                new += await service.add(tx, None, planned, now=clock.now())
            except Refused as fault:
                why = catalogs.words("en").plain(fault.sentence, **fault.values)
                faults.append(f"line {number}: {why}")
        if faults:
            raise Faulty(faults)
        return new

    try:
        new = asyncio.run(using.writing(settings.read(), write))
    except Faulty as faulty:
        for fault in faulty.args[0]:
            click.echo(fault, err=True)
        click.echo("Nothing was changed. Mend the file and import it again.", err=True)
        sys.exit(1)
    click.echo(f"{new} new sessions.", err=True)


class Faulty(Error):
    """Lines that cannot be read; nothing is written."""


def _lines(file: Path) -> list[tuple[int, str]]:
    """Number and words of each line of the file, as coordinators write them."""
    rows = csv_files.rows(file.read_bytes(), column="site")
    _number, columns = next(rows, (1, []))
    names = [name.casefold() for name in columns]
    if missing := [name for name in NEEDED if name not in names]:
        raise click.ClickException(f"{file} has no column {', '.join(missing)}.")
    if unknown := [name for name in names if name and name not in COLUMNS]:
        known = ",".join(COLUMNS)
        raise click.ClickException(f"{file}: {unknown[0]!r} is no column; there are {known}.")
    return [(number, _line(dict(zip(names, values, strict=False)))) for number, values in rows]


def _line(row: dict[str, str]) -> str:
    """A row as the line that coordinators write."""
    value = {name: row.get(name, "") for name in COLUMNS}
    parts = [value["site"], value["when"], value["languages"], value["bring"]]
    parts += [f"{value['places']} places"] if value["places"] else []
    parts += [f"{value['minutes']} min"] if value["minutes"] else []
    parts += [f"weekly until {value['until']}"] if value["until"] else []
    return " | ".join(parts)
