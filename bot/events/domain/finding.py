"""What somebody looks for in the list of events: when, and near which town. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from bot.events.domain.events import Event
from bot.events.domain.places import Registration

PAGE: Final = 8  # events of one screen
NEAR: Final = 20.0  # kilometres: by bus or by bicycle

_WEEK = timedelta(days=7)


class Seen(NamedTuple):
    """An event as one person finds it; `position` on the waitlist, 0: does not wait."""

    event: Event
    mine: Registration | None = None
    position: int = 0


class Page(NamedTuple):
    """Some of what was found, and how many there are in all."""

    seen: Sequence[Seen]
    in_all: int


class Period(StrEnum):
    """Days that people ask for; the values stand in buttons."""

    ALL = "a"
    WEEK = "w"
    NEXT_WEEK = "n"
    MONTH = "m"


@dataclass(frozen=True, slots=True)
class Search:
    """What the list is narrowed to.

    since     a day that was written: this day and later; it counts instead of a period
    postcode  of the town that it has to be near; "": everywhere
    """

    period: Period = Period.ALL
    since: date | None = None
    postcode: str = ""

    @property
    def sign(self) -> str:
        """The same in a button, such as "w:9000" or "20261203:"."""
        when = self.period.value if self.since is None else f"{self.since:%Y%m%d}"
        return f"{when}:{self.postcode}"

    @property
    def is_narrow(self) -> bool:
        """Does it leave anything out?"""
        return self != Search()

    def in_period(self, period: Period) -> "Search":
        """The same place at another time."""
        return Search(period=period, postcode=self.postcode)

    def near(self, postcode: str) -> "Search":
        """The same time at another place."""
        return replace(self, postcode=postcode)

    def days(self, today: date) -> tuple[date | None, date | None]:
        """The first day, and the first day after; None: open. Weeks begin on Monday."""
        monday = today - timedelta(days=today.weekday())
        if self.since is not None:
            return self.since, None
        if self.period is Period.WEEK:
            return None, monday + _WEEK
        if self.period is Period.NEXT_WEEK:
            return monday + _WEEK, monday + 2 * _WEEK
        if self.period is Period.MONTH:
            return None, _month_after(today)
        return None, None


def read(sign: str) -> Search | None:
    """The search of a button; None for what no button of ours holds."""
    when, _, postcode = sign.partition(":")
    if postcode and not (postcode.isascii() and postcode.isdigit() and len(postcode) == 4):
        return None
    if when in set(Period):
        return Search(period=Period(when), postcode=postcode)
    if not (when.isascii() and when.isdigit() and len(when) == 8):
        return None
    try:
        since = date(int(when[:4]), int(when[4:6]), int(when[6:]))
    except ValueError:
        return None
    return Search(since=since, postcode=postcode)


def _month_after(today: date) -> date:
    return (today.replace(day=1) + timedelta(days=32)).replace(day=1)
