"""`wegwijzer volunteering …`: organisations, assignments and shifts from a file."""

import asyncio
import importlib
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import click

from bot import clock
from bot.app import live, organisation, settings, shipped, using
from bot.app.organisation import Organisation
from bot.app.settings import ROOT, Settings
from bot.events.domain.files import Fault
from bot.language import formats, reading_dates
from bot.language.catalog import Words
from bot.people.domain.team import folded
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.files import Book, Vocabulary
from bot.volunteering.service import bulk
from bot.volunteering.service.bulk import NEW, Change, Outcome

_SIGNS = {NEW: "+"}


@click.group()
def volunteering() -> None:
    """Organisations, assignments and shifts."""


@volunteering.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--yes", is_flag=True, help="Do not ask before writing.")
def import_(*, file: Path, dry_run: bool, yes: bool) -> None:
    """Bring organisations, assignments and shifts of FILE (.xlsx or .csv) in: all, or nothing."""
    read = settings.read()
    desk = desk_of(read)
    english = desk.catalogs.words("en")
    book: Book = _on_demand("reading").read(file.read_bytes(), _vocabulary(desk))
    outcome = asyncio.run(using.writing(read, partial(_previewed, desk, book)))
    _tell(outcome.changes)
    if outcome.faults:
        _complain(english, outcome.faults)
    if not outcome.changes:
        click.echo("Everything in this file is known already.", err=True)
    elif dry_run:
        click.echo("Nothing was changed (--dry-run).", err=True)
    elif yes or click.confirm("Write this?", err=True):
        done = asyncio.run(using.writing(read, partial(_written, desk, book)))
        if done.faults:  # somebody changed something in the meantime
            _complain(english, done.faults)
        click.echo(f"{len(done.changes)} lines were brought in.", err=True)


@volunteering.command("template")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def template_(*, file: Path) -> None:
    """Write an empty workbook with the three sheets and one example line each to FILE."""
    if file.exists():
        raise click.ClickException(f"{file} exists already.")
    file.write_bytes(_on_demand("template").workbook())
    click.echo(f"Fill in {file} and import it with `wegwijzer volunteering import`.", err=True)


def _on_demand(module: str) -> Any:
    """What reads and writes workbooks: nobody else waits for it to load."""
    return importlib.import_module(f"bot.volunteering.importing.{module}")


async def _previewed(desk: VolunteeringDesk, book: Book, tx: Tx) -> Outcome:
    return await bulk.preview(desk, tx, book, now=clock.now())


async def _written(desk: VolunteeringDesk, book: Book, tx: Tx) -> Outcome:
    return await bulk.bring_in(desk, tx, book, now=clock.now())


def _tell(changes: Iterable[Change]) -> None:
    for one in changes:
        sign = _SIGNS.get(one.how, "~")
        click.echo(f"{sign} {_place(one.at.sheet, one.at.number)}: {one.name} ({one.what})")


def _complain(english: Words, faults: Iterable[Fault]) -> None:
    """Every line that is wrong, and the end."""
    for fault in faults:
        why = english.plain(fault.why.sentence, **fault.why.values)
        click.echo(f"! {_place(fault.at.sheet, fault.at.number)}: {why}", err=True)
    click.echo("Nothing was changed. Mend the file and import it again.", err=True)
    sys.exit(1)


def _place(sheet: str, number: int) -> str:
    return f"{sheet}, line {number}" if sheet else f"line {number}"


def desk_of(read: Settings) -> VolunteeringDesk:
    """What this installation knows of itself; nobody is told of anything through it."""
    facts, files = _organisation(read), shipped.read()
    return VolunteeringDesk(
        catalogs=files.catalogs,
        organisation=facts.name,
        staff_language=facts.staff_language,
        towns=files.knowledge.towns,
        offices={one.key: one for one in facts.offices},
        projects={one.key: one for one in facts.projects},
    )


def _organisation(read: Settings) -> Organisation:
    if read.is_live:
        return live.ready_organisation(read)
    return organisation.read(ROOT / organisation.EXAMPLE)


def _vocabulary(desk: VolunteeringDesk) -> Vocabulary:
    """The words of this installation; dates are read as people write them."""
    today = formats.day_of(clock.now())
    languages = {folded(one): words.code for words in desk.catalogs for one in _names(words)}
    return Vocabulary(
        offices=_called({key: one.name for key, one in desk.offices.items()}),
        projects=_called({key: one.name for key, one in desk.projects.items()}),
        languages=languages,
        written_in=desk.staff_language,
        read_day=lambda said: reading_dates.read(desk.catalogs, said, today=today),
    )


def _called(names: dict[str, str]) -> dict[str, str]:
    """By key and by name."""
    return {folded(said): key for key, name in names.items() for said in (key, name)}


def _names(words: Words) -> tuple[str, ...]:
    return (words.code, words.telegram_code, words.name, words.english_name)
