"""An event as the rest of the house knows it, and as somebody plans it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from bot.events.domain.places import FIRST_TAP, EventId, Registration

SHIFT: Final = "shift"
TALK: Final = "talk"  # an intake or exit talk: one place, a coordinator on the other side


class Kind(StrEnum):
    """What people find in the list of events. Shifts and talks are events too, but the floor above
    shows them, each to whom they are for."""

    ORIENTATION = "orientation"
    WORKSHOP = "workshop"
    VISIT = "visit"
    TRAINING = "training"
    INTERVISION = "intervision"  # volunteers talk about what they met with
    NETWORK = "network"
    WALK = "walk"  # in teams, each with a start slot
    TOUR = "tour"
    LEGAL = "legal"  # a slot of the legal helpdesk
    THANKS = "thanks"  # volunteers are thanked


class Role(StrEnum):
    """For whom an event is. Newcomers are everybody who is nothing else."""

    NEWCOMER = "newcomer"
    VOLUNTEER = "volunteer"
    STAFF = "staff"


class Why(StrEnum):
    """Why something is called off, as people are told."""

    WEATHER = "weather"
    ILL = "ill"  # whoever leads it
    PLACE = "place"  # it cannot be used
    FEW = "few"  # people
    OTHER = "other"


# Which reminders people get who chose none themselves, by name; a kind of event may have its own.
_REMINDERS: Final = ("days", "day", "hours")  # three days, one day, two hours before
_OF_A_KIND: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {TALK: ("day", "hours"), Kind.LEGAL: ("day", "hours")}
)

# What counts as a change for who comes; a new description does not ring.
TOLD: Final = ("starts_at", "ends_at", "place", "town", "contact", "online_link")


@dataclass(frozen=True, slots=True)
class Audience:
    """Who sees an event in the list; nothing said: everybody.

    offices    keys of offices whose region somebody lives in
    languages  codes of languages in which the bot speaks with somebody
    """

    roles: tuple[Role, ...] = ()
    offices: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    def includes(self, guest: "Guest", language: str | None) -> bool:
        """Is it for this person, who reads this language? Whose region is not known is not kept
        from any."""
        is_near = not self.offices or guest.office is None or guest.office in self.offices
        return (
            (not self.roles or any(role in self.roles for role in guest.roles))
            and is_near
            and (not self.languages or language in self.languages)
        )


@dataclass(frozen=True, slots=True)
class Guest:
    """What an audience is about in one person.

    office  key of the office in whose region they live; None: not known
    """

    roles: tuple[Role, ...]
    office: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a coordinator plans.

    titles, texts  by language; the first one is as it was written
    capacity       None: no limit
    online_link    "": it is at a place. Shown to who has a place only
    languages      codes of what is spoken there
    access         what to know about stairs, toilets, loops; "": nothing is known
    picture        Telegram's name for a file that a coordinator sent
    """

    kind: str
    titles: Mapping[str, str]
    starts_at: datetime
    ends_at: datetime
    texts: Mapping[str, str] = field(default_factory=dict)
    place: str = ""
    town: str = ""
    latitude: float | None = None
    longitude: float | None = None
    capacity: int | None = None
    minimum: int = 0
    has_waitlist: bool = True
    contact: str = ""
    office: str | None = None
    online_link: str = ""
    languages: tuple[str, ...] = ()
    has_interpreter: bool = False
    for_children: bool = False
    access: str = ""
    audience: Audience = Audience()
    picture: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event: what was planned, and how it stands.

    taken     places that count, offers among them
    sequence  of the calendar file: how often it was changed
    before    what people were last told where that is no longer true
    off_why   why it was called off ("": nobody said), and in the coordinator's own words
    """

    id: EventId
    draft: Draft
    taken: int = 0
    sequence: int = 0
    series_id: int | None = None
    is_open: bool = True
    created_at: datetime
    changed_at: datetime | None = None
    cancelled_at: datetime | None = None
    before: Mapping[str, str] | None = None
    off_why: str = ""
    off_words: str = ""

    @property
    def kind(self) -> str:
        """What sort of event."""
        return self.draft.kind

    @property
    def starts_at(self) -> datetime:
        """When it begins."""
        return self.draft.starts_at

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.draft.ends_at

    @property
    def free(self) -> int | None:
        """Places that nobody has; None: no limit."""
        capacity = self.draft.capacity
        return None if capacity is None else max(0, capacity - self.taken)

    def has_room(self, size: int = 1) -> bool:
        """Are there so many places?"""
        return self.free is None or self.free >= size

    def has_begun(self, now: datetime) -> bool:
        """Is it too late to take a place or to give one back?"""
        return self.starts_at <= now

    def first_tap_wins(self, now: datetime) -> bool:
        """Is it so near that nobody is offered a place alone?"""
        return self.starts_at - now < FIRST_TAP

    def overlaps(self, other: "Event") -> bool:
        """Can nobody be at both?"""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def for_place(self, place: Registration) -> "Event":
        """The event as who has this place knows it: of a walk it begins when they set off."""
        return self if place.own_start is None else self.starting(place.own_start)

    def starting(self, at: datetime) -> "Event":
        """The same for who sets off then."""
        return replace(self, draft=replace(self.draft, starts_at=at))

    def title(self, language: str | None) -> str:
        """In this language, else in English, else as it was written."""
        return _said(self.draft.titles, language)

    def text(self, language: str | None) -> str:
        """What it is, in this language, else in English, else as it was written."""
        return _said(self.draft.texts, language)


def reminders(kind: str) -> tuple[str, ...]:
    """Which reminders there are of an event of this kind, unless somebody chose others."""
    return _OF_A_KIND.get(kind, _REMINDERS)


def _said(texts: Mapping[str, str], language: str | None) -> str:
    found = texts.get(language or "") or texts.get("en")
    return found or next(iter(texts.values()), "")
