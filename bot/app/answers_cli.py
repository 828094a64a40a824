"""`wegwijzer answers …`: look at the library, check it, try the search."""

import json
import sys
from collections.abc import Iterable

import click

from bot.app.settings import ROOT
from bot.infodesk import exports, importing
from bot.infodesk.domain import Library
from bot.infodesk.exports import State
from bot.infodesk.search import Search

LOCALES = ROOT / "locales"
FACTS = ROOT / "knowledge" / "facts"  # not in the image: only the check reads them


@click.group()
def answers() -> None:
    """The info desk's answers."""


@answers.command()
def check() -> None:
    """Lengths, links, and the same facts in all languages."""
    problems = importing.problems(LOCALES, FACTS if FACTS.is_dir() else None)
    for problem in problems:
        click.echo(problem)
    sys.exit(1 if problems else 0)


@answers.command()
def status() -> None:
    """Coverage, age, marks and holds per language; urgent topics first."""
    states = exports.status(_library())
    for state in states:
        click.echo(_line(state))
    click.echo(_sum(states))


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
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def ask(text: str | None, language: str, *, as_json: bool) -> None:
    """What the bot would decide about TEXT, or about each line of standard input."""
    search = Search(_library())
    for line in _questions(text):
        found = exports.ask(search, language, line)
        click.echo(json.dumps(found, ensure_ascii=False) if as_json else _told(found))


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


def _line(state: State) -> str:
    if not state.is_there:
        return f"{state.slug:32} {state.language:6} MISSING"
    marks = [
        "urgent" if state.is_urgent else "",
        "HOLD" if state.is_held else "",
        f"facts {state.facts_checked or 'unchecked'}",
        f"language {state.language_checked or 'unchecked'}",
        "recording" if state.has_recording else "",
        f"check again after {state.volatile}" if state.volatile else "",
    ]
    told = " · ".join(mark for mark in marks if mark)
    return f"{state.slug:32} {state.language:6} as of {state.as_of or '?':8} {told}"


def _sum(states: list[State]) -> str:
    there = sum(state.is_there for state in states)
    checked = sum(bool(state.language_checked) for state in states)
    return f"{there} of {len(states)} answers; language checked: {checked}."
