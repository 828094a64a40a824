"""`wegwijzer answers …`: look at the library, check it, try the search."""

import asyncio
import json
import sys
from collections.abc import Iterable
from datetime import date, datetime

import click

from bot import clock
from bot.app import editing_cli, settings, using
from bot.app.editing_cli import FACTS
from bot.app.settings import LOCALES, ROOT
from bot.dutch import importing as dutch_importing
from bot.handover.service import proposing
from bot.infodesk import exports, importing, service
from bot.infodesk.domain import Library
from bot.infodesk.search import Search
from bot.language import formats
from bot.storage.transaction import Tx

_as_json = click.option("--json", "as_json", is_flag=True, help="As JSON, for other programs.")


@click.group()
def answers() -> None:
    """The info desk's answers."""


@answers.command()
def check() -> None:
    """Lengths, links, and the same facts in all languages."""
    problems = importing.problems(LOCALES, FACTS, phrasings=importing.AT_LEAST)
    library, _ = importing.read_leniently(LOCALES)
    problems += importing.knowledge_problems(ROOT / "knowledge", LOCALES, library)
    problems += map(str, dutch_importing.problems(ROOT / "knowledge", LOCALES))
    for problem in problems:
        click.echo(problem)
    sys.exit(1 if problems else 0)


@answers.command()
@_as_json
def status(*, as_json: bool) -> None:
    """Coverage, age, marks, holds and what to look at again; urgent topics first."""
    states = exports.states(_library(), formats.day_of(clock.now()))
    if as_json:
        click.echo(json.dumps(exports.as_data(states), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(exports.as_table(states)))


@answers.command()
@click.option("--language", help="Only questions in this language, as the asker reads it.")
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), help="From this day on; else all that is kept."
)
@_as_json
def gaps(*, language: str | None, since: datetime | None, as_json: bool) -> None:
    """Questions that the info desk could not answer, the most frequent first."""
    first = since.date() if since else date.min

    async def asked(tx: Tx) -> list[dict[str, object]]:
        rows = await service.unanswered_since(tx, first, language=language)
        return [{**row, "last": row["last"].isoformat()} for row in rows]

    rows = asyncio.run(using.reading(settings.read(), asked))
    proposed = asyncio.run(using.reading(settings.read(), proposing.count_checked))
    if proposed:
        click.echo(f"Topics that colleagues proposed: {proposed} (`answers export`).", err=True)
    for row in rows:
        click.echo(
            json.dumps(row, ensure_ascii=False)
            if as_json
            else "{times:>5}  {last}  {language:6} {text}".format(**row)
        )
    if not rows:
        click.echo("Every question was answered.", err=True)


@answers.command()
@click.argument("slug")
@click.option("--language", default="nl", show_default=True)
def show(slug: str, language: str) -> None:
    """Print one answer."""
    text = exports.show(_library(), slug, language)
    if text is None:
        raise click.ClickException(f"There is no answer {slug}.")
    click.echo(text)


@answers.command()
@click.argument("text", required=False)
@click.option("--language", default="nl", show_default=True, help="The language of the reader.")
@_as_json
def ask(text: str | None, language: str, *, as_json: bool) -> None:
    """What the bot would decide about TEXT, or about each line of standard input."""
    library = _library()
    search = Search(library, importing.model_of(LOCALES, library))
    for line in _questions(text):
        found = exports.ask(search, language, line)
        click.echo(json.dumps(found, ensure_ascii=False) if as_json else _told(found))


@answers.command()
def index() -> None:
    """Train the search now, so that the next start need not."""
    model = importing.model_of(LOCALES, _library())
    click.echo(
        f"{LOCALES / importing.INDEX}: {len(model.classes)} classes, {len(model.keys)} features."
    )


def _questions(text: str | None) -> Iterable[str]:
    if text is not None:
        return [text]
    return (line.strip() for line in sys.stdin if line.strip())


def _told(found: dict[str, object]) -> str:
    topics = found["topics"]
    assert isinstance(topics, list)
    listed = ", ".join(f"{topic['slug']} ({topic['score']:.2f})" for topic in topics)
    return f"{found['decision']}: {listed or '-'}"


def _library() -> Library:
    return importing.read(LOCALES)


answers.add_command(editing_cli.export)
answers.add_command(editing_cli.import_)
answers.add_command(editing_cli.overrides_)
