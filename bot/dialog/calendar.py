"""A calendar of buttons: the days of a month, the months of a year, the hours, the quarters.

Rows only, as they are read: first day Monday; for who reads from right to left the turn mirrors
every row (`delivery.messages.in_reading_order`). What cannot be chosen is a dot.
"""

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal

from bot.dialog.form import Choice
from bot.language import formats
from bot.language.catalog import Words

Allows = Literal["any", "future", "past"]
Rows = tuple[tuple[Choice, ...], ...]

DEAD: Final = "-"  # what a tap on nothing means
MONTH, YEAR, HOUR = (
    "m",
    "y",
    "h",
)  # before what a button opens: "m2026-11", "y2026", "h2026-11-21T14"
FIRST_YEAR, LAST_YEAR = 2000, 2099  # as far as dates are read

_DOT: Final = "·"
_WEEK: Final = 7
_QUARTERS: Final = (0, 15, 30, 45)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a calendar shows: for whom, what is allowed, and which day is chosen already."""

    words: Words
    now: datetime  # on the wall clock, without a zone
    allows: Allows = "any"
    chosen: date | None = None

    def month(self, first: date) -> Rows:
        """The days of the month in which `first` lies, below its name and those of its weekdays;
        without weeks in which nothing can be chosen."""
        first = first.replace(day=1)
        weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
        heads = tuple(Choice(DEAD, self._head(weekday)) for weekday in range(_WEEK))
        days = [tuple(self._day(day, first.month) for day in week) for week in weeks]
        alive = [week for week in days if any(one.label != _DOT for one in week)]
        before, after = first - timedelta(days=1), first + timedelta(days=31)
        title = f"{formats.month_alone(self.words, first.month)} {first.year}"
        back = self._leads(before, self.may_show, MONTH, "‹ {}", self._month_short)
        on = self._leads(after, self.may_show, MONTH, "{} ›", self._month_short)
        return ((back, Choice(f"{YEAR}{first.year}", title), on), heads, *alive)

    def year(self, year: int) -> Rows:
        """Its twelve months, three a row."""
        months = [date(year, month, 1) for month in range(1, 13)]
        shown = [self._leads(one, self.may_show, MONTH, "{}", self._month_name) for one in months]
        rows = tuple(tuple(shown[at : at + 3]) for at in range(0, 12, 3))
        before, after = months[0] - timedelta(days=1), months[-1] + timedelta(days=31)
        back = self._leads(before, self._may_show_year, YEAR, "‹ {}", _year_of)
        on = self._leads(after, self._may_show_year, YEAR, "{} ›", _year_of)
        return ((back, Choice(DEAD, str(year)), on), *rows)

    def hours(self, day: date) -> Rows:
        """The hours of that day, six a row."""
        shown = [self._hour(day, hour) for hour in range(24)]
        return tuple(tuple(shown[at : at + 6]) for at in range(0, 24, 6))

    def quarters(self, day: date, hour: int) -> Rows:
        """An hour's four quarters."""
        return (tuple(self._quarter(datetime.combine(day, time(hour, at))) for at in _QUARTERS),)

    def may_show(self, first: date) -> bool:
        """Has that month a day that may be chosen?"""
        if not FIRST_YEAR <= first.year <= LAST_YEAR:
            return False
        this, wanted = (self.now.year, self.now.month), (first.year, first.month)
        return not (
            (self.allows == "future" and wanted < this) or (self.allows == "past" and wanted > this)
        )

    def may_choose(self, day: date) -> bool:
        """Is it on the side of today that is asked for?"""
        today = self.now.date()
        return self.allows == "any" or day == today or (day > today) == (self.allows == "future")

    def _may_show_year(self, first: date) -> bool:
        nearest = 12 if self.allows == "future" else 1
        return self.may_show(first.replace(month=nearest, day=1))

    def _day(self, day: date, month: int) -> Choice:
        if day.month != month:
            return Choice(DEAD, _DOT)
        if not self.may_choose(day):
            return Choice(day.isoformat(), _DOT)
        label = f"•{day.day}" if day == self.now.date() else str(day.day)
        return Choice(day.isoformat(), f"✓{day.day}" if day == self.chosen else label)

    def _hour(self, day: date, hour: int) -> Choice:
        (quarters,) = self.quarters(day, hour)
        is_open = any(one.value != DEAD for one in quarters)
        return Choice(f"{HOUR}{day}T{hour:02}", f"{hour:02}") if is_open else Choice(DEAD, _DOT)

    def _quarter(self, moment: datetime) -> Choice:
        """Not in the hour that the clock leaps over in March."""
        late = self.allows == "future" and moment < self.now
        early = self.allows == "past" and moment > self.now
        if late or early or after_the_leap(moment) != moment:
            return Choice(DEAD, _DOT)
        return Choice(moment.isoformat(timespec="minutes"), f"{moment:%H:%M}")

    def _leads(
        self,
        to: date,
        may: Callable[[date], bool],
        kind: str,
        pattern: str,
        named: Callable[[date], str],
    ) -> Choice:
        if not may(to):
            return Choice(DEAD, _DOT)
        value = f"{kind}{to:%Y-%m}" if kind == MONTH else f"{kind}{to.year}"
        return Choice(value, pattern.format(named(to)))

    def _head(self, weekday: int) -> str:
        return formats.weekday_short(self.words, weekday)

    def _month_name(self, first: date) -> str:
        return formats.month_alone(self.words, first.month)

    def _month_short(self, first: date) -> str:
        return formats.month_short(self.words, first.month)


def after_the_leap(wall: datetime) -> datetime:
    """The same moment, moved to what the wall clock shows: in the night in March when it leaps from
    2 to 3, 02:30 is 03:30."""
    there = wall.replace(tzinfo=formats.BRUSSELS)
    return formats.on_the_wall(there.astimezone(UTC))


def _year_of(day: date) -> str:
    return str(day.year)
