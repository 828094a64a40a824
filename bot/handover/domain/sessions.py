"""Sessions of the legal helpdesk: when and where, what to bring, when to remind. Pure."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.errors import N_, Outdated, Refused

BRING: Final = ("letters", "annex", "envelope", "identity", "interpreter")
OFFERED: Final = 5
WEEKS_AT_MOST: Final = 53
LINE: Final = "Site | 2026-11-30 14:00-17:00 | fa_AF ps | letters envelope | 8 places | 20 min"

UNCOUNTED_KEPT: Final = timedelta(days=90)  # so long a head count may still be given
COUNTED_KEPT: Final = timedelta(days=400)  # the report on a year is written in the next one

_BRUSSELS: Final = ZoneInfo("Europe/Brussels")
_WHEN: Final = re.compile(r"(\S+)\s+(\d{1,2})[:.](\d\d)\s*[-–]\s*(\d{1,2})[:.](\d\d)")


class SessionFull(Outdated):
    """Somebody was quicker."""

    sentence = N_("This place was just taken. Please choose another one.")


class SessionOver(Outdated):
    """It has begun, or does not take place."""

    sentence = N_("You can no longer choose this session. Please choose another one.")


class NotUnderstoodLine(Refused):
    """A line of /sessions that cannot be read."""

    sentence = N_("I cannot read “{part}”. Write it like this: {example}")


class SeriesTooLong(Refused):
    """A series that would end before it begins, or after more than a year."""

    sentence = N_("A series ends after its first session, and within a year.")


class NoSuchSite(Refused):
    """A site that nobody has added."""

    sentence = N_("There is no site “{name}”. Add it first: {example}")


@dataclass(frozen=True, slots=True)
class Site:
    """Where people come."""

    id: int
    name: str
    address: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Session:
    """Once, at a site. `places` None: whoever comes; with `minutes`: so many at a time."""

    id: int
    site: Site
    starts_at: datetime
    ends_at: datetime
    languages: tuple[str, ...] = ()
    bring: tuple[str, ...] = ()
    places: int | None = None
    minutes: int | None = None
    came: int | None = None
    taken: frozenset[int] = frozenset()

    @property
    def total(self) -> int | None:
        """How many may come; None: no limit."""
        if self.minutes is None:
            return self.places
        length = self.ends_at - self.starts_at
        return int(length / timedelta(minutes=self.minutes)) * (self.places or 1)

    def moment(self, place: int | None) -> datetime:
        """When who has this place comes."""
        if place is None or self.minutes is None:
            return self.starts_at
        return self.starts_at + timedelta(minutes=place // (self.places or 1) * self.minutes)

    @property
    def free(self) -> tuple[int, ...]:
        """The places that are left, of a session that counts them."""
        return tuple(n for n in range(self.total or 0) if n not in self.taken)

    @property
    def is_full(self) -> bool:
        """Is no place left?"""
        return self.total is not None and not self.free


@dataclass(frozen=True, slots=True)
class Planned:
    """What a line asks for: one session, or one each week."""

    site: str
    starts_at: datetime
    ends_at: datetime
    languages: tuple[str, ...] = ()
    bring: tuple[str, ...] = ()
    places: int | None = None
    minutes: int | None = None
    until: date | None = None

    def moments(self) -> list[tuple[datetime, datetime]]:
        """Beginning and end of each; the clock on the wall stays the same."""
        last = self.until or self.starts_at.astimezone(_BRUSSELS).date()
        found = []
        for week in range(WEEKS_AT_MOST):
            begin, end = (_weeks_later(one, week) for one in (self.starts_at, self.ends_at))
            if begin.astimezone(_BRUSSELS).date() > last:
                break
            found.append((begin, end))
        return found


def _weeks_later(moment: datetime, weeks: int) -> datetime:
    local = moment.astimezone(_BRUSSELS)
    return (local + timedelta(weeks=weeks)).astimezone(UTC)


def planned_in(line: str, languages: Collection[str]) -> Planned:
    """A line as `LINE`; what comes after the moment may stand in any order, or be left out.

    Raises NotUnderstoodLine, SeriesTooLong.
    """
    site, *parts = [part.strip() for part in line.split("|")]
    if not site or not parts:
        raise NotUnderstoodLine(part=line.strip() or "-", example=LINE)
    starts_at, ends_at = _when(parts[0])
    found: dict[str, object] = {}
    for part in filter(None, parts[1:]):
        found |= _detail(part, languages)
    planned = Planned(site, starts_at, ends_at, **found)  # type: ignore[arg-type]
    first = starts_at.astimezone(_BRUSSELS).date()
    if planned.until and not first <= planned.until < first + timedelta(weeks=WEEKS_AT_MOST):
        raise SeriesTooLong
    return planned


def _when(part: str) -> tuple[datetime, datetime]:
    found = _WHEN.fullmatch(part)
    try:
        if found is None:
            raise ValueError
        day = date.fromisoformat(found[1])
        first, second = (time(int(found[n]), int(found[n + 1])) for n in (2, 4))
        if first >= second:
            raise ValueError
    except ValueError:
        raise NotUnderstoodLine(part=part, example=LINE) from None
    begin, end = (datetime.combine(day, one, _BRUSSELS).astimezone(UTC) for one in (first, second))
    return begin, end


def _detail(part: str, languages: Collection[str]) -> dict[str, object]:
    words = re.split(r"[\s,]+", part)
    if all(word in languages for word in words):
        return {"languages": tuple(words)}
    if all(word in BRING for word in words):
        return {"bring": tuple(words)}
    if (places := re.fullmatch(r"(\d{1,3}) places?", part)) is not None and int(places[1]):
        return {"places": int(places[1])}
    if (minutes := re.fullmatch(r"(\d{1,3}) min", part)) is not None and int(minutes[1]) >= 5:
        return {"minutes": int(minutes[1])}
    if (weekly := re.fullmatch(r"weekly until (\d{4}-\d\d-\d\d)", part)) is not None:
        try:
            return {"until": date.fromisoformat(weekly[1])}
        except ValueError:
            pass
    raise NotUnderstoodLine(part=part, example=LINE)
