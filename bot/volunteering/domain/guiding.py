"""How coordinators stay near their volunteers: who must be looked at, when, and why. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final

from bot.duty.domain import BRUSSELS, is_holiday
from bot.errors import N_, Refused
from bot.volunteering.domain import State

PAGE: Final = 8  # volunteers on one screen
ANSWERED_WITHIN: Final = 3  # working days
NOTE_LENGTH: Final = 1000
WHAT_LENGTH: Final = 120
WHOM_LENGTH: Final = 60

_DAY = timedelta(days=1)
_MORNING = time(8, 30)

# When a coordinator wants to be reminded; a day of one's own is the fourth way.
SOON: Final = {"week": timedelta(days=7), "weeks": timedelta(days=21), "months": timedelta(days=61)}
DAY: Final = "day"

# Why somebody stops; health is nobody's business, and has no word here.
LEAVING: Final = ("work", "study", "moved", "time", "private", "match", "other")

# What came of a referral.
RESULTS: Final = ("job", "training", "talk", "none")

# What a follow-up says when nobody wrote it: the exit talk that a volunteer asked for.
EXIT_TALK: Final = ":exit"
PAIR: Final = ":pair:"  # … or how a pair is doing; its number follows


class Pile(StrEnum):
    """One list of the worklist; ALL is where one looks somebody up."""

    SIGN_UPS = "signups"
    UNPLACED = "unplaced"
    FIRST = "first"
    FOLLOW_UPS = "due"
    OLD = "old"  # agreed to documents that have a newer version
    ALL = "all"


# What must be done, the most pressing first.
TO_DO: Final = (Pile.SIGN_UPS, Pile.FOLLOW_UPS, Pile.FIRST, Pile.UNPLACED, Pile.OLD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A volunteer in a list. since: what they wait from."""

    id: int
    name: str
    town: str
    state: State
    since: date | None = None
    what: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A page of a list."""

    pile: Pile
    cards: tuple[Card, ...]
    page: int = 0
    has_more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a colleague wrote down."""

    at: datetime
    author: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What a coordinator wants to do, and on which day."""

    id: int
    due_on: date
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """To whom a coordinator wants to refer somebody, what they said, and what came of it."""

    id: int
    volunteer_id: int
    to_whom: str
    consent_at: datetime | None = None
    declined_at: datetime | None = None
    result: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A volunteer as the coordinator sees them.

    phone           only of who has no Telegram
    shifts, minutes what they did so far
    next_at         their next shift
    must_be_called  the first shift is done, and nobody has called
    """

    id: int
    name: str
    state: State
    office: str
    town: str
    enrolled_at: datetime
    languages: dict[str, int] = field(default_factory=dict)
    phone: str = ""
    has_telegram: bool = False
    shifts: int = 0
    minutes: int = 0
    next_at: datetime | None = None
    must_be_called: bool = False
    left_reason: str = ""
    notes: tuple[Note, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    profile: Mapping[str, Any] = field(default_factory=dict)  # what the further profile says


class NotActive(Refused):
    """Only who takes part can pause or stop."""

    sentence = N_("This is only possible for somebody who volunteers now.")


def unanswered_before(now: datetime) -> datetime:
    """Who signed up before this moment has waited for three working days: the day of signing up
    does not count, and neither do weekends and holidays."""
    day, left = now.astimezone(BRUSSELS).date(), ANSWERED_WITHIN
    while left:
        day -= _DAY
        left -= _is_working_day(day)
    return datetime.combine(day, time(), BRUSSELS).astimezone(UTC)


def morning(now: datetime) -> datetime | None:
    """When coordinators hear what there is to do that day; None on days on which nobody works."""
    day = now.astimezone(BRUSSELS).date()
    if not _is_working_day(day):
        return None
    return datetime.combine(day, _MORNING, BRUSSELS).astimezone(UTC)


def due_on(today: date, when: str, day: str | None) -> date:
    """The day of a reminder, from what was chosen."""
    return date.fromisoformat(day) if day else today + SOON.get(when, SOON["week"])


def _is_working_day(day: date) -> bool:
    return day.weekday() < 5 and not is_holiday(day)
