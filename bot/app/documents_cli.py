"""`wegwijzer documents …`: files for volunteers, by language."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import click

from bot import clock
from bot.app import settings, using
from bot.app.settings import LOCALES
from bot.errors import Outdated, Refused
from bot.language import formats
from bot.language.catalog import Catalogs
from bot.storage.transaction import Tx
from bot.volunteering.domain.documents import MOST, Document
from bot.volunteering.service import documents as service
from bot.volunteering.wording import documents as wording

Value = TypeVar("Value")

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group()
def documents() -> None:
    """Files for volunteers: the starter kit, the agreement, the code of conduct."""


@documents.command("add")
@click.argument("key")
@click.argument("language")
@click.argument("file", type=_FILE)
@click.option("--title", default="", help="What it is called; not needed for the three usual ones.")
def add(*, key: str, language: str, file: Path, title: str) -> None:
    """Bring FILE (PDF or DOCX) in as KEY in LANGUAGE; one that is there gets a new version."""
    catalogs = Catalogs.load(LOCALES)
    code = _code(catalogs, language)
    with file.open("rb") as opened:
        content = opened.read(MOST + 1)  # enough to see that it is too large

    async def write(tx: Tx) -> Document:
        return await service.add(tx, key, code, content, title=title, now=clock.now())

    made = _done(catalogs, write)
    click.echo(f"{made.key} ({made.language}): version {made.version}.", err=True)


@documents.command("list")
def list_() -> None:
    """All documents with language, version and day."""
    catalogs = Catalogs.load(LOCALES)
    english = catalogs.words("en")
    found = asyncio.run(using.reading(settings.read(), service.listed))
    for one in found:
        day = formats.day_of(one.changed_at).isoformat()
        title = wording.title(english, one)
        click.echo(f"{one.key}\t{one.language}\tversion {one.version}\t{day}\t{title}")
    if not found:
        click.echo("There are no documents yet.", err=True)


@documents.command("remove")
@click.argument("key")
@click.argument("language")
def remove(*, key: str, language: str) -> None:
    """Take KEY in LANGUAGE away: nobody can open it any more."""
    catalogs = Catalogs.load(LOCALES)
    code = _code(catalogs, language)

    async def write(tx: Tx) -> None:
        await service.remove(tx, key, code, now=clock.now())

    try:
        _done(catalogs, write)
    except Outdated as error:
        raise click.ClickException(f"There is no {key} in {code}.") from error
    click.echo(f"{key} ({code}) was removed.", err=True)


def _code(catalogs: Catalogs, language: str) -> str:
    code = catalogs.code_for(language)
    if code is None:
        known = ", ".join(catalogs.codes)
        raise click.ClickException(f"There is no language {language!r}: {known}.")
    return code


def _done(catalogs: Catalogs, work: Callable[[Tx], Awaitable[Value]]) -> Value:
    try:
        return asyncio.run(using.writing(settings.read(), work))
    except Outdated:
        raise
    except Refused as refusal:
        said = catalogs.words("en").plain(refusal.sentence, **refusal.values)
        raise click.ClickException(said) from refusal
