"""`wegwijzer report 2026`: the key figures of a year; `wegwijzer report close 2026` keeps them."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Any

import click

from bot import clock
from bot.app import live, organisation, reporting, settings, using
from bot.app.settings import LOCALES, ROOT, Settings
from bot.errors import Refused
from bot.language import formats
from bot.language.catalog import Catalogs
from bot.reports import exports, service
from bot.reports.desk import ReportsDesk
from bot.reports.domain import Report, year_named
from bot.storage.transaction import Tx

_CLOSE = "close"
_FILE = click.Path(path_type=Path, dir_okay=False, writable=True)


@click.command()
@click.argument("what", nargs=-1, required=True, metavar="[close] YEAR")
@click.option("--office", help="Only this office (its key in the organisation file).")
@click.option("--project", help="Only this project (its key in the organisation file).")
@click.option("--xlsx", type=_FILE, help="Write a workbook with charts and definitions.")
@click.option("--csv", type=_FILE, help="Write every figure as CSV.")
@click.option("--suppress", is_flag=True, help="Hide counts under five, and what gives them away.")
def report(*, what: tuple[str, ...], xlsx: Path | None, csv: Path | None, **chosen: Any) -> None:
    """The key figures of a year, to standard output as CSV when no file is named.

    `report close YEAR` keeps the counts of a year that is over: erasure and clean-up never change
    them any more.
    """
    read = settings.read()
    desk = _desk(read)
    is_closing = what[0] == _CLOSE
    year = _year(desk, what[1:] if is_closing else what)
    if is_closing:
        _close(read, desk, year)
        return
    found = asyncio.run(using.reading(read, partial(_look, desk, year, chosen)))
    made = ((xlsx, exports.workbook), (csv, exports.csv))
    for file, making in made:
        if file is not None:
            file.write_bytes(making(found, desk.staff_words, desk.organisation))
            click.echo(f"Wrote {file}.", err=True)
    if xlsx is None and csv is None:
        text = exports.csv(found, desk.staff_words, desk.organisation).decode("utf-8-sig")
        click.echo(text, nl=False)


async def _look(desk: ReportsDesk, year: int, chosen: dict[str, Any], tx: Tx) -> Report:
    office, project = chosen["office"], chosen["project"]
    for what, key, known in (("office", office, desk.offices), ("project", project, desk.projects)):
        if key is not None and key not in known:
            there = ", ".join(known)
            raise click.ClickException(f"There is no {what} {key!r}; there are {there}.")
    hides = chosen["suppress"]
    return await service.look(
        desk, tx, year, now=clock.now(), office=office, project=project, hides=hides
    )


def _close(read: Settings, desk: ReportsDesk, year: int) -> None:
    async def write(tx: Tx) -> bool:
        return await service.close(desk, tx, year, now=clock.now())

    try:
        is_new = asyncio.run(using.writing(read, write))
    except Refused as refused:
        raise click.ClickException(_english(desk, refused)) from None
    said = "is closed: its counts stay as they are" if is_new else "was closed before"
    click.echo(f"{year} {said}.", err=True)


def _year(desk: ReportsDesk, said: tuple[str, ...]) -> int:
    try:
        return year_named(" ".join(said), this=formats.day_of(clock.now()).year)
    except Refused as refused:
        raise click.ClickException(_english(desk, refused)) from None


def _english(desk: ReportsDesk, refused: Refused) -> str:
    return desk.catalogs.words("en").plain(refused.sentence, **refused.values)


def _desk(read: Settings) -> ReportsDesk:
    example = ROOT / organisation.EXAMPLE
    facts = live.ready_organisation(read) if read.is_live else organisation.read(example)
    return reporting.desk(facts, Catalogs.load(LOCALES))
