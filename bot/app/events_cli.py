"""`wegwijzer events …`: events from a file, and an empty file for them."""

import asyncio
import importlib
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import click

from bot import clock
from bot.app import settings, using
from bot.app.settings import Settings
from bot.app.volunteering_cli import desk_of
from bot.events.desk import EventsDesk
from bot.events.domain import Kind
from bot.events.domain.files import EventFile, Fault, WalkerFile
from bot.events.service import bulk, walking_in
from bot.events.service.bulk import Order, Outcome
from bot.events.service.walking_in import Walked
from bot.events.wording import bulk as wording
from bot.events.wording.files import walker_headings
from bot.language import formats
from bot.language.catalog import Words
from bot.storage.transaction import Tx
from bot.volunteering.service import whereabouts


@click.group()
def events() -> None:
    """Events of organisations: orientation moments, visits, walks …"""


@events.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--yes", is_flag=True, help="Do not ask before writing.")
@click.option("--office", help="Whose events these are, where the file does not say.")
@click.option(
    "--kind",
    type=click.Choice([str(one) for one in Kind]),
    help="What a calendar's events are, where it does not say.",
)
def import_(*, file: Path, dry_run: bool, yes: bool, office: str | None, kind: str | None) -> None:
    """Bring events of FILE (.xlsx, .csv or .ics) in: all, or nothing."""
    read = settings.read()
    desk = events_desk(read)
    if office is not None and office not in desk.offices:
        raise click.ClickException(f"There is no office {office}. {', '.join(desk.offices)}")
    found = _read(desk, file, Kind(kind) if kind else None)
    order = Order(file=found, office=office or _only(desk))
    outcome = asyncio.run(using.writing(read, partial(_previewed, desk, order)))
    _ = desk.catalogs.words("en")
    _tell(_, outcome)
    if outcome.faults:
        _complain(_, outcome.faults)
    if not outcome.changes:
        click.echo("Everything in this file is known already.", err=True)
    elif dry_run:
        click.echo("Nothing was changed (--dry-run).", err=True)
    elif yes or click.confirm("Write this?", err=True):
        done = asyncio.run(using.writing(read, partial(_written, desk, order)))
        if done.faults:  # somebody changed something in the meantime
            _complain(_, done.faults)
        click.echo(f"{len(done.changes)} lines were brought in.", err=True)


@events.command("template")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--language", help="Of headings and explanations; else the team's.")
def template_(*, file: Path, language: str | None) -> None:
    """Write an empty workbook with an example and explanations to FILE."""
    if file.exists():
        raise click.ClickException(f"{file} exists already.")
    desk = events_desk(settings.read())
    made = _on_demand("template").workbook(desk, language or desk.staff_language)
    file.write_bytes(made)
    click.echo(f"Fill in {file} and import it with `wegwijzer events import`.", err=True)


@events.command("walkers")
@click.argument("event_id", type=int)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--yes", is_flag=True, help="Do not ask before writing.")
def walkers(*, event_id: int, file: Path, dry_run: bool, yes: bool) -> None:
    """Bring walkers of FILE (.xlsx or .csv) who registered elsewhere in, for the walk EVENT_ID."""
    read = settings.read()
    desk = events_desk(read)
    found = _on_demand("walkers").read(file.read_bytes(), walker_headings(desk.catalogs))
    shown = asyncio.run(using.writing(read, partial(_walk_previewed, desk, event_id, found)))
    _ = desk.catalogs.words("en")
    for one in shown.added:
        click.echo(wording.walker(_, one.line, is_waiting=one.is_waiting))
    if shown.faults:
        _complain(_, shown.faults)
    if not shown.added:
        click.echo("Everybody on this list is known already.", err=True)
    elif dry_run:
        click.echo("Nothing was changed (--dry-run).", err=True)
    elif yes or click.confirm("Write this?", err=True):
        done = asyncio.run(using.writing(read, partial(_walk_written, desk, event_id, found)))
        if done.faults:
            _complain(_, done.faults)
        click.echo(f"{len(done.added)} walkers were brought in.", err=True)


def events_desk(read: Settings) -> EventsDesk:
    """What events need to know of this house, without anybody to tell."""
    own = desk_of(read)
    return EventsDesk(
        catalogs=own.catalogs,
        organisation=own.organisation,
        staff_language=own.staff_language,
        town_of=partial(whereabouts.town_of, own),
        offices={key: one.name for key, one in own.offices.items()},
    )


def _only(desk: EventsDesk) -> str | None:
    return next(iter(desk.offices)) if len(desk.offices) == 1 else None


def _read(desk: EventsDesk, file: Path, kind: Kind | None) -> EventFile:
    today = formats.day_of(clock.now())
    words = _on_demand("vocabulary").vocabulary(desk, today=today, kind=kind)
    found: EventFile = _on_demand("reading").read(file.read_bytes(), words)
    return found


def _on_demand(module: str) -> Any:
    """What reads and writes workbooks: nobody else waits for it to load."""
    return importlib.import_module(f"bot.events.importing.{module}")


async def _previewed(desk: EventsDesk, order: Order, tx: Tx) -> Outcome:
    return await bulk.preview(desk, tx, order, now=clock.now())


async def _written(desk: EventsDesk, order: Order, tx: Tx) -> Outcome:
    return await bulk.bring_in(desk, tx, order, now=clock.now())


async def _walk_previewed(desk: EventsDesk, event_id: int, found: WalkerFile, tx: Tx) -> Walked:
    return await walking_in.preview(desk, tx, None, event_id, found, now=clock.now())


async def _walk_written(desk: EventsDesk, event_id: int, found: WalkerFile, tx: Tx) -> Walked:
    return await walking_in.bring_in(desk, tx, None, event_id, found, now=clock.now())


def _tell(_: Words, outcome: Outcome) -> None:
    for change in outcome.changes:
        click.echo(wording.done(_, change))
    for one in outcome.skipped:
        click.echo(wording.left_out(_, one.at, one.title, one.why))


def _complain(_: Words, faults: Iterable[Fault]) -> None:
    """Every line that is wrong, and the end."""
    for fault in faults:
        click.echo(wording.wrong(_, fault.at, fault.why), err=True)
    click.echo("Nothing was changed. Mend the file and import it again.", err=True)
    sys.exit(1)
