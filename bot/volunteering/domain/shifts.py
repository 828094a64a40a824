"""A shift as organisations and coordinators see it, and its signed link. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.errors import N_, Outdated, Refused
from bot.events.domain import Event, EventId, ParticipantId
from bot.volunteering.domain.assignments import Assignment
from bot.volunteering.domain.organisations import ContactId

# How long after its end the page of a shift still opens.
LINK_LASTS: Final = timedelta(days=14)
# Hours of one shift that nobody works.
MOST_MINUTES: Final = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """When, where and for how many; a shift is an event of an assignment.

    edition       one more with each saving of the list: what an older screen says does not count
    link_version  links with another number no longer open
    """

    event: Event
    assignment: Assignment
    contact_id: ContactId | None = None
    link_version: int = 1
    edition: int = 0
    confirmed_at: datetime | None = None

    @property
    def id(self) -> EventId:
        """Its event's number."""
        return self.event.id

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return round((self.event.ends_at - self.event.starts_at) / timedelta(minutes=1))

    @property
    def link_until(self) -> datetime:
        """When its page closes."""
        return self.event.ends_at + LINK_LASTS

    def takes_attendance(self, now: datetime) -> bool:
        """Can it be said now who came?"""
        begun = self.event.has_begun(now) and now < self.link_until
        return begun and self.event.cancelled_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendant:
    """Somebody on the list of a shift.

    came     None: nobody has said yet
    minutes  how long, where they came
    waits_for_extract  it is among minors, and no coordinator has seen their extract
    """

    id: ParticipantId
    name: str
    companions: int = 0
    came: bool | None = None
    minutes: int = 0
    is_confirmed: bool = False
    waits_for_extract: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """A shift and everybody who has a place; how many wait for one."""

    shift: Shift
    people: Sequence[Attendant]
    waiting: int = 0

    @property
    def came(self) -> int:
        """How many came, as far as was said."""
        return sum(one.came is True for one in self.people)


class SavedMeanwhile(Outdated):
    """The list was saved by somebody else, or twice with one screen."""

    sentence = N_("This was saved already. Here you see the list as it is now.")


class NotBegun(Refused):
    """Who came is said from the beginning on, until the page closes."""

    sentence = N_("You can say who came from the beginning of the shift until two weeks after it.")


class StrangeLength(Refused):
    """No length of a shift."""

    sentence = N_("Please write the hours as a number, such as 3 or 2.5.")


def minutes_of(text: str, *, most: int = MOST_MINUTES) -> int | None:
    """The minutes of "2", "2.5", "2,5", "2:30"; None for what is no length of a shift."""
    plain = text.strip().replace(",", ".").replace("٫", ".")
    hours, colon, rest = plain.partition(":")
    try:
        if colon:
            found = int(hours) * 60 + int(rest) if len(rest) == 2 and int(rest) < 60 else -1
        else:
            found = round(float(plain) * 60)
    except (ValueError, OverflowError):
        return None
    return found if 0 <= found <= most else None
