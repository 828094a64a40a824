"""How an event repeats: a rule of RFC 5545, read by a library, on the clock on the wall. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from dateutil import rrule

from bot.duty.domain import is_holiday
from bot.errors import N_, Refused

AT_MOST: Final = 200  # events of a series that are made at once
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FOURTH: Final = 4  # weekdays that every month has; a fifth one is "the last"


class Rhythm(StrEnum):
    """What coordinators choose from."""

    WEEKLY = "weekly"
    FORTNIGHT = "fortnight"
    MONTHLY = "monthly"  # on the same weekday: every second Tuesday, every last Friday


class BadRule(Refused):
    """A rule that nobody can follow."""

    sentence = N_("I do not understand how often this repeats.")


class TooMany(Refused):
    """A series with no end in sight."""

    sentence = N_("That would be more than {most} times. Please choose an earlier last day.")

    def __init__(self) -> None:
        super().__init__(most=AT_MOST)


@dataclass(frozen=True, slots=True)
class Dates:
    """When a series happens, on the wall; and on which days it is left out."""

    walls: tuple[datetime, ...]
    holidays: tuple[date, ...] = ()


def rule(rhythm: str, first: datetime) -> str:
    """How it repeats, after RFC 5545; the weekday is that of the first one."""
    weekday = _DAYS[first.weekday()]
    if rhythm == Rhythm.MONTHLY:
        nth = (first.day - 1) // 7 + 1
        return f"FREQ=MONTHLY;BYDAY={nth if nth <= _FOURTH else -1}{weekday}"
    return f"FREQ=WEEKLY;INTERVAL={2 if rhythm == Rhythm.FORTNIGHT else 1};BYDAY={weekday}"


def dates(rule: str, first: datetime, until: date, *, skips_holidays: bool) -> Dates:
    """All moments of a rule from the first one (without a zone) up to and with `until`.

    Raises BadRule, TooMany.
    """
    kept: list[datetime] = []
    left_out: list[date] = []
    for wall in _walls(rule, first, until):
        if len(kept) + len(left_out) >= AT_MOST:
            raise TooMany
        if skips_holidays and is_holiday(wall.date()):
            left_out.append(wall.date())
        else:
            kept.append(wall)
    return Dates(tuple(kept), tuple(left_out))


def _walls(rule: str, first: datetime, until: date) -> Iterator[datetime]:
    try:
        found = rrule.rrulestr(rule, dtstart=first)
    except (ValueError, TypeError, AttributeError):
        raise BadRule from None
    for wall in found:
        if wall.date() > until:
            return
        yield wall
