"""The last day that a letter names: who is asked for it, and when colleagues hear of it again.

The day is the one on the paper, or the one a colleague says. Nothing here works out a legal term.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.handover.domain.cases import LEGAL, Case

# Letters about these name a last day.
LETTERS: Final = frozenset({"asylum", "ukraine", "reception", "residence", "legal"})
PINGS: Final = (7, 3, 1)  # working days before
AT_ONCE: Final = 3  # with fewer left, colleagues hear of it at once
URGENT: Final = 1
PING_AT: Final = time(9)
PAGES: Final = 24  # months that the calendar shows
ASKED_FOR: Final = timedelta(hours=1)  # so long an answer to "which day?" is taken for one

_BRUSSELS: Final = ZoneInfo("Europe/Brussels")
_DAY: Final = timedelta(days=1)
_SEARCHED: Final = 60  # days back from the last one; a week of holidays is well within

IsClosed = Callable[[date], bool]


def is_legal(case: Case) -> bool:
    """May there be a letter with a last day?"""
    return LEGAL in (case.desk, case.needs) or case.category in LETTERS


def working_days_left(today: date, last: date, is_closed: IsClosed) -> int:
    """Working days after today, up to and with the last one: 0 when it is today, or over."""
    days = min((last - today).days, _SEARCHED)
    return sum(_is_working(today + n * _DAY, is_closed) for n in range(1, days + 1))


def next_ping(now: datetime, last: date, is_closed: IsClosed) -> datetime | None:
    """The next morning on which colleagues hear of it; None when there is none any more."""
    found = [moment for day in _ping_days(last, is_closed) if (moment := _morning(day)) > now]
    return min(found, default=None)


def _ping_days(last: date, is_closed: IsClosed) -> list[date]:
    """For each number of working days the latest working day on which so many are left."""
    days: dict[int, date] = {}
    for back in range(1, _SEARCHED):
        day = last - back * _DAY
        if _is_working(day, is_closed):
            days.setdefault(working_days_left(day, last, is_closed), day)
    return [days[n] for n in PINGS if n in days]


def _is_working(day: date, is_closed: IsClosed) -> bool:
    return day.weekday() < 5 and not is_closed(day)


def _morning(day: date) -> datetime:
    return datetime.combine(day, PING_AT, _BRUSSELS).astimezone(UTC)
