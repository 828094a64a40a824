"""Opening hours: blocks of a day, closures, and the holidays of Belgium.

Times are Brussels wall clock; moments are UTC.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import holidays

BRUSSELS: Final = ZoneInfo("Europe/Brussels")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Span(NamedTuple):
    """From one moment up to another, which is no longer in it."""

    opens: datetime
    closes: datetime


@dataclass(frozen=True, slots=True, order=True)
class Block:
    """From opening to closing on one day."""

    opens: time
    closes: time

    @classmethod
    def read(cls, text: str) -> "Block":
        """From "09:00-12:30". Raises ValueError."""
        opens, _, closes = text.partition("-")
        return cls(time.fromisoformat(opens), time.fromisoformat(closes))

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"

    def on(self, day: date) -> Span:
        """The moments it means on that day; empty where the clock skips it."""
        return Span(_moment(day, self.opens), _moment(day, self.closes))

    def overlaps(self, other: "Block") -> bool:
        """Do both have a minute in common?"""
        return self.opens < other.closes and other.opens < self.closes


Week = Mapping[int, tuple[Block, ...]]  # 0 = Monday

# What is counted with where nobody has written any hours: a question must not wait unseen.
OFFICE: Week = dict.fromkeys(range(5), (Block(time(9), time(17)),))


@dataclass(frozen=True, slots=True)
class Hours:
    """The organisation's own opening hours of every language, and days on which nobody is in."""

    weeks: Mapping[str, Week] = field(default_factory=dict)
    closures: frozenset[date] = frozenset()

    def week(self, language: str) -> Week:
        """The week of a language; empty when there is none."""
        return self.weeks.get(language, {})

    def of_any(self) -> Week:
        """When at least one language is read."""
        days = {day for week in self.weeks.values() for day in week}
        return {
            day: tuple(block for week in self.weeks.values() for block in week.get(day, ()))
            for day in days
        }


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """In order, and those that touch or overlap as one; empty ones are left out."""
    whole: list[Span] = []
    for span in sorted(one for one in spans if one.opens < one.closes):
        if whole and span.opens <= whole[-1].closes:
            whole[-1] = Span(whole[-1].opens, max(whole[-1].closes, span.closes))
        else:
            whole.append(span)
    return tuple(whole)


def joined(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The same for blocks of one day."""
    whole: list[Block] = []
    for block in sorted(blocks):
        if whole and block.opens <= whole[-1].closes:
            whole[-1] = Block(whole[-1].opens, max(whole[-1].closes, block.closes))
        else:
            whole.append(block)
    return tuple(whole)


@lru_cache(maxsize=512)
def is_holiday(day: date) -> bool:
    """Is it one of the legal holidays of Belgium?"""
    return day in _belgian(day.year)


@lru_cache(maxsize=8)
def _belgian(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("BE", years=year)


def _moment(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, BRUSSELS).astimezone(UTC)
