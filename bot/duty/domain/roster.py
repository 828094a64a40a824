"""The roster: weekly blocks of colleagues at the desks, and days on which a desk is closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.duty.domain.hours import Block

INFODESK, LEGAL, VOLUNTEERING, MINORS = DESKS = ("infodesk", "legal", "volunteering", "minors")


@dataclass(frozen=True, slots=True, order=True)
class Duty:
    """One weekly block: this colleague, at this desk, for this language. 0 = Monday."""

    desk: str
    language: str
    weekday: int
    block: Block
    person_id: int
    id: int = 0

    def shares_time(self, other: "Duty") -> bool:
        """The same colleague, desk, language and day, and a minute in common?"""
        mine = (self.person_id, self.desk, self.language, self.weekday)
        theirs = (other.person_id, other.desk, other.language, other.weekday)
        return mine == theirs and self.block.overlaps(other.block)


@dataclass(frozen=True, slots=True)
class Closure:
    """A day on which nobody is in; desk or language None: all of them."""

    day: date
    desk: str | None = None
    language: str | None = None
    reason: str = ""
    id: int = 0

    def covers(self, desk: str, language: str) -> bool:
        """Is this desk closed for this language?"""
        return self.desk in (None, desk) and self.language in (None, language)


@dataclass(frozen=True, slots=True)
class Shift:
    """A block on one day, in moments (UTC). person_id None: the organisation's opening hours."""

    desk: str
    language: str
    person_id: int | None
    opens: datetime
    closes: datetime

    def is_on(self, now: datetime) -> bool:
        """Is it now?"""
        return self.opens <= now < self.closes


@dataclass(frozen=True, slots=True)
class Roster:
    """What the rows say, at one version. Only colleagues who are of the team are in it."""

    duties: tuple[Duty, ...] = ()
    closures: tuple[Closure, ...] = ()
    version: int = 0
    staff: frozenset[int] = frozenset()

    def by_place(self) -> Mapping[tuple[str, str], Mapping[int, tuple[Duty, ...]]]:
        """(desk, language) -> weekday -> its blocks, in order."""
        found: dict[tuple[str, str], dict[int, list[Duty]]] = {}
        for duty in sorted(self.duties):
            week = found.setdefault((duty.desk, duty.language), {})
            week.setdefault(duty.weekday, []).append(duty)
        return {
            place: {day: tuple(duties) for day, duties in week.items()}
            for place, week in found.items()
        }
