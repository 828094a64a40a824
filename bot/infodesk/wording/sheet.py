"""An answer as the cells of a sheet that colleagues edit, and what is remembered of them."""

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

from bot.infodesk.domain import Answer, Danger, DeskCard, Source

REVIEW = "review "  # begins the name of a sheet that is read beside the facts
PROPOSED = "Proposed topics"  # the sheet of what colleagues made of good answers; only read
EXPORTED = "exported"  # the hidden column: what each cell was, to tell who changed what


class Column(NamedTuple):
    """One column of a language's sheet."""

    name: str
    heading: str
    width: int


COLUMNS = (
    Column("slug", "topic (do not change)", 24),
    Column("title", "title", 28),
    Column("short", "in short (200)", 44),
    Column("body", "the rest (with short: 900)", 70),
    Column("hold", "on hold because", 24),
    Column("numbers", "in danger: call", 14),
    Column("say", "in danger: say in Dutch", 28),
    Column("say_own", "in danger: what it means", 28),
    Column("desk_nl", "at the desk, in Dutch", 34),
    Column("desk_own", "at the desk, what it means", 34),
    Column("phrasings", "how people ask, one a line", 48),
    Column("sources", "sources: name | address | date", 60),
    Column("as_of", "as of", 12),
    Column("volatile", "look again after", 14),
    Column("facts_checked", "facts checked (initials, date)", 20),
    Column("language_checked", "language checked (initials, date)", 20),
)
REVIEW_COLUMNS = (
    Column("slug", "topic (do not change)", 24),
    Column("text", "what people read", 70),
    Column("known", "facts, each with its source", 90),
    Column("facts_checked", "facts checked (initials, date)", 20),
    Column("language_checked", "language checked (initials, date)", 20),
    Column("remarks", "remarks", 50),
)
PROPOSED_COLUMNS = (
    Column("language", "language", 12),
    Column("category", "category", 18),
    Column("question", "question, without names", 60),
    Column("answer", "answer, without names", 80),
    Column("checked_on", "checked on", 14),
    Column("remarks", "remarks", 50),
)
MARKS = ("facts_checked", "language_checked")


class Unreadable(Exception):
    """A cell that cannot be taken; the message says how to mend it."""


def cells(answer: Answer) -> dict[str, str]:
    """What stands in each column of an answer's row."""
    danger, desk = answer.danger or Danger(), answer.desk
    values = {
        "slug": answer.slug,
        "title": answer.title,
        "short": answer.short,
        "body": answer.body,
        "hold": answer.hold or "",
        "numbers": "\n".join(danger.numbers),
        "say": danger.say,
        "say_own": danger.say_own,
        "desk_nl": desk.nl if desk else "",
        "desk_own": desk.own if desk else "",
        "phrasings": "\n".join(answer.phrasings),
        "sources": "\n".join(_source_line(source) for source in answer.sources),
        "as_of": answer.as_of or "",
        "volatile": answer.volatile or "",
        "facts_checked": answer.facts_checked or "",
        "language_checked": answer.language_checked or "",
    }
    return {name: tidy(value) for name, value in values.items()}


def tidy(text: str) -> str:
    """Without what spreadsheets add or lose at the ends of lines."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()


def fingerprint(text: str) -> str:
    """A short sign of a text: the same text, the same sign."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def fingerprints(values: Mapping[str, str]) -> str:
    """What the hidden column says of a row."""
    return " ".join(f"{name}:{fingerprint(values[name])}" for name in values)


def remembered(hidden: str) -> dict[str, str]:
    """The hidden column, read again."""
    return dict(part.split(":", 1) for part in hidden.split() if ":" in part)


def lines(cell: str) -> tuple[str, ...]:
    """A cell with one thing on each line."""
    return tuple(line.strip() for line in cell.splitlines() if line.strip())


def sources(cell: str) -> tuple[Source, ...]:
    """Raises Unreadable for a line that is not `name | address | date`."""
    return tuple(map(_source, lines(cell)))


def danger(values: Mapping[str, str]) -> Danger | None:
    """The danger block of a row."""
    block = Danger(lines(values["numbers"]), values["say"], values["say_own"])
    return block if block != Danger() else None


def desk(values: Mapping[str, str]) -> DeskCard | None:
    """The card of a row. Raises Unreadable when half of it is missing."""
    nl, own = values["desk_nl"], values["desk_own"]
    if bool(nl) != bool(own):
        raise Unreadable("the line for the desk needs both: in Dutch, and what it means")
    return DeskCard(nl, own) if nl else None


def _source_line(source: Source) -> str:
    return " | ".join(filter(None, (source.name, source.url, source.as_of)))


def _source(line: str) -> Source:
    name, *rest = (part.strip() for part in line.split(" | "))
    if len(rest) not in (1, 2) or not name:
        raise Unreadable(f"{line!r} is no source: write name | https://address | 2024-06")
    return Source(name, rest[0], rest[1] if len(rest) == 2 else None)
