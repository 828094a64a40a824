"""When somebody reads a language: weekly blocks, closures and Belgian holidays.

Times are Brussels wall clock; moments are UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays

from bot.language.formats import BRUSSELS

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LOOK_AHEAD = 60  # days


@dataclass(frozen=True, slots=True)
class Block:
    """From opening to closing on one day."""

    opens: time
    closes: time


Week = Mapping[int, tuple[Block, ...]]  # 0 = Monday


@dataclass(frozen=True, slots=True)
class Hours:
    """The opening hours of every language, and the days on which nobody is in."""

    weeks: Mapping[str, Week] = field(default_factory=dict)
    closures: frozenset[date] = frozenset()

    def expects(self, language: str, now: datetime) -> datetime | None:
        """When somebody reads this language next: `now` when open, None when never."""
        week = self.weeks.get(language)
        if not week:
            return None
        local = now.astimezone(BRUSSELS)
        for ahead in range(_LOOK_AHEAD):
            day = local.date() + timedelta(days=ahead)
            for block in self._blocks(week, day):
                opens = datetime.combine(day, block.opens, BRUSSELS)
                closes = datetime.combine(day, block.closes, BRUSSELS)
                if local < closes:
                    return max(now, opens.astimezone(now.tzinfo))
        return None

    def _blocks(self, week: Week, day: date) -> tuple[Block, ...]:
        if day in self.closures or is_holiday(day):
            return ()
        return week.get(day.weekday(), ())


@lru_cache(maxsize=512)
def is_holiday(day: date) -> bool:
    """Is it one of the legal holidays of Belgium?"""
    return day in _belgian(day.year)


@lru_cache(maxsize=8)
def _belgian(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("BE", years=year)
