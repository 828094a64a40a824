"""Hours on the wall, and how often something repeats."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import Any, Final

from dateutil import rrule
from icalendar import vRecur

from bot.errors import N_, Refused
from bot.events.domain.files import NoSuchHour
from bot.language.formats import BRUSSELS

AT_MOST: Final = 200  # events of one series
AHEAD: Final = timedelta(days=366)  # a rule without an end is followed so far
_OFTEN: Final = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")


class NoRule(Refused):
    """A rule that nobody can follow."""

    sentence = N_("I do not understand how often this repeats: “{rule}”.")


class TooOften(Refused):
    """A series with no end in sight."""

    sentence = N_("This repeats more than {most} times. Please give an earlier last day.")

    def __init__(self) -> None:
        super().__init__(most=AT_MOST)


def moment(day: date, hour: time) -> datetime:
    """An hour that people read off a clock in Belgium; of one that comes twice the first.
    Raises NoSuchHour."""
    local = datetime.combine(day, hour, BRUSSELS)
    there = local.astimezone(UTC).astimezone(BRUSSELS)
    if there.replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchHour(hour=f"{hour:%H:%M}", day=f"{day:%d/%m/%Y}")
    return local.astimezone(UTC)


def repeated(
    rule: str,
    first: datetime,
    *,
    today: date,
    zone: tzinfo | None = BRUSSELS,
    until: date | None = None,
) -> list[datetime]:
    """The hours on the wall (naive) at which it takes place from today on, for a year.
    Raises NoRule, TooOften."""
    horizon = datetime.combine(today + AHEAD, time.max)
    try:
        parts = _parts(rule)
        ends = min([horizon, *_until(parts, zone), *_up_to(until)])
        count = _number(parts.pop("COUNT", None))
        parts["UNTIL"] = [ends]
        walls = rrule.rrulestr(_written(parts), dtstart=first)
        return _limited(iter(walls), count, since=today)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError):
        raise NoRule(rule=rule[:60]) from None


def _parts(rule: str) -> dict[str, Any]:
    parts = {name.upper(): value for name, value in vRecur.from_ical(rule).items()}
    if str(parts["FREQ"][0]).upper() not in _OFTEN:
        raise ValueError(rule)
    return parts


def _written(parts: dict[str, Any]) -> str:
    written: bytes = vRecur(parts).to_ical()  # type: ignore[no-untyped-call]
    return written.decode()


def _until(parts: Mapping[str, Any], zone: tzinfo | None) -> Iterator[datetime]:
    """The rule's own end on the wall, where it has one."""
    for until in parts.get("UNTIL", ()):
        if not isinstance(until, datetime):
            yield datetime.combine(until, time.max)
        else:
            yield until.astimezone(zone).replace(tzinfo=None) if until.tzinfo else until


def _up_to(until: date | None) -> Iterator[datetime]:
    if until is not None:
        yield datetime.combine(until, time.max)


def _number(count: Any) -> int | None:
    return int(count[0]) if count else None


def _limited(walls: Iterator[datetime], count: int | None, *, since: date) -> list[datetime]:
    found: list[datetime] = []
    for wall in islice(walls, count):
        if wall.date() < since:
            continue
        if len(found) >= AT_MOST:
            raise TooOften
        found.append(wall)
    return found


def zoned(wall: datetime, zone: tzinfo | None) -> datetime:
    """An hour on the wall of a zone, in UTC; one that does not exist is read as RFC 5545 says, by
    the clock before it was put forward."""
    return wall.replace(tzinfo=zone).astimezone(UTC)
