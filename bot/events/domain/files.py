"""Lines of a file that somebody brings in; what can be wrong in one. Pure."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Final, NamedTuple

from bot.errors import N_, Refused
from bot.events.domain.events import Kind, Role

MOST_LINES: Final = 500  # written in one transaction, while others wait for seconds at most
MOST_WALKERS: Final = 500


class At(NamedTuple):
    """Where a line stands: its sheet ("" in a CSV) and its number; the headings are line 1."""

    sheet: str
    number: int


@dataclass(frozen=True, slots=True)
class Fault:
    """A line, and why it cannot be brought in."""

    at: At
    why: Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine:
    """An event of a file. What the file does not speak of stays as it is.

    titles, texts  by language, the one it was written in first; "" strikes that language
    facts          other fields of a draft, as far as the file has a column for them
    uid            by which the file knows it again; of a series with the day: "abc#2026-03-03"
    sequence       a file with a lower one than before is older
    series         the uid of the whole series, and its rule
    """

    at: At
    title: str
    starts_at: datetime
    ends_at: datetime
    titles: Mapping[str, str]
    texts: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)
    uid: str = ""
    sequence: int = 0
    is_cancelled: bool = False
    series: str = ""
    rule: str = ""


def fingerprint(line: EventLine) -> str:
    """By what a line without a key is known again: what it is, where and when."""
    facts = line.facts
    said = (facts.get("kind"), facts.get("office", ""), facts.get("town", ""))
    text = "\n".join((*map(str, said), line.title.casefold(), line.starts_at.isoformat()))
    return "line:" + hashlib.sha256(text.encode()).hexdigest()[:40]


@dataclass(frozen=True, slots=True)
class EventFile:
    """A whole file, read; with faults it is not brought in.

    forgives_past  calendars keep what is over: that is left out, not refused
    """

    lines: tuple[EventLine, ...] = ()
    faults: tuple[Fault, ...] = ()
    forgives_past: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EventVocabulary:
    """The words that a file of events may use.

    headings    column -> every heading that means it, folded
    ignored     names of sheets that hold no lines
    kinds, roles, rules, offices, languages   folded word -> what it stands for
    cancelled   folded words for an event that is off
    written_in  the language of a title when the file does not say
    read_day    a date as people write it
    today       nothing is planned for longer than a year ahead by a rule without an end
    kind        of events in a calendar that does not say; None: then one without is refused
    """

    headings: Mapping[str, tuple[str, ...]]
    ignored: frozenset[str]
    kinds: Mapping[str, Kind]
    roles: Mapping[str, Role]
    rules: Mapping[str, str]
    offices: Mapping[str, str]
    languages: Mapping[str, str]
    cancelled: frozenset[str]
    written_in: str
    read_day: Callable[[str], date | None]
    today: date
    kind: Kind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkerLine:
    """Somebody who registered elsewhere for a walk: a name, and perhaps a team and a start time."""

    at: At
    name: str
    team: str = ""
    is_captain: bool = False
    starts: time | None = None


@dataclass(frozen=True, slots=True)
class WalkerFile:
    """A whole list, read; `unread`: headings whose columns are not read, such as e-mail."""

    lines: tuple[WalkerLine, ...] = ()
    faults: tuple[Fault, ...] = ()
    unread: tuple[str, ...] = ()


class NoFile(Refused):
    """Neither a workbook nor a file of commas."""

    sentence = N_("This is no workbook (.xlsx) and no CSV file that can be read.")


class NoEvents(Refused):
    """Nothing that could be an event."""

    sentence = N_("This is no workbook (.xlsx), CSV or calendar file (.ics) that can be read.")


class Locked(Refused):
    """With a password, or of an office of the last century: both begin alike."""

    sentence = N_(
        "This file has a password or is an old .xls. Save it as .xlsx, without a password."
    )


class NothingInIt(Refused):
    """No line below the headings."""

    sentence = N_("This file holds no lines.")


class TooManyLines(Refused):
    """More than one transaction should write."""

    sentence = N_("This file holds more than {most} lines. Please send it in parts.")

    def __init__(self, most: int = MOST_LINES) -> None:
        super().__init__(most=most)


class NoColumn(Refused):
    """A column that must be there."""

    sentence = N_("The column “{column}” is missing.")


class UnknownColumn(Refused):
    """A column that would silently do nothing."""

    sentence = N_("There is no column “{column}”. There are: {columns}.")


class ColumnTwice(Refused):
    """Two columns about the same."""

    sentence = N_("Two columns mean “{column}”. Keep one.")


class UnknownSheet(Refused):
    """Headings of something else."""

    sentence = N_("The first line must hold these headings at least: {columns}.")


class Empty(Refused):
    """A cell that must be filled in."""

    sentence = N_("“{column}” is empty.")


class NotOneOf(Refused):
    """A word that must be one of some."""

    sentence = N_("“{value}” is no {column}. Possible are: {known}.")


class NotRead(Refused):
    """A cell of another kind."""

    sentence = N_("“{value}” in “{column}” cannot be read. Write it so: {example}.")


class Twice(Refused):
    """Two lines about the same."""

    sentence = N_("The same stands in line {number} already.")


class InThePast(Refused):
    """A new event that has begun already."""

    sentence = N_("This event would begin in the past.")


class NoSuchHour(Refused):
    """In the night in which clocks are put forward."""

    sentence = N_("{hour} does not exist on {day}: the clock jumps from 2 to 3 then.")


class LeftOut(Refused):
    """Not wrong, and yet nothing to bring in."""

    sentence = N_("Left out.")


class IsOver(LeftOut):
    """Calendars keep what is over."""

    sentence = N_("This is over.")


class IsOff(LeftOut):
    """It was called off here, and stays so."""

    sentence = N_("This was cancelled here.")


class IsOlder(LeftOut):
    """A newer file was brought in before."""

    sentence = N_("This file is older than what is known here.")


class NoOffice(Refused):
    """Whose event it is must be known: its coordinators look after it."""

    sentence = N_(
        "Which office plans this? Fill in the column “office”, or write it below the file as you"
        " send it: {known}."
    )


class NoSlot(Refused):
    """A start time that the walk does not have."""

    sentence = N_("Nobody sets off at {hour}. There are these start times: {known}.")


class OtherSlot(Refused):
    """One team, two start times."""

    sentence = N_("Team {team} has another start time already: {hour}.")


class IsKnown(LeftOut):
    """Stands on the list of the walk already."""

    sentence = N_("Is on the list already.")


class NoKind(Refused):
    """A calendar that does not say what its events are."""

    sentence = N_(
        "What kind of event is this? Write the kind below the file as you send it: {known}."
    )


class WholeDay(Refused):
    """An event without hours: nobody could be reminded in time."""

    sentence = N_("This lasts the whole day. Give it a beginning and an end with hours.")


class NoPart(Refused):
    """A part of the calendar's language that we would get wrong."""

    sentence = N_("“{column}” cannot be brought in: please write these events out one by one.")
