"""An event as the rest of the house knows it, and as somebody plans it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.events.domain.places import FIRST_TAP, EventId

SHIFT: Final = "shift"
TALK: Final = "talk"  # an intake or exit talk: one place, a coordinator on the other side

# When people are reminded; each kind of event may have its own.
_REMINDERS: Final = (timedelta(days=3), timedelta(days=1), timedelta(hours=2))
_OF_A_TALK: Final = (timedelta(days=1), timedelta(hours=2))

# What counts as a change for who comes; a new description does not ring.
TOLD: Final = ("starts_at", "ends_at", "place", "town", "contact")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a coordinator plans.

    titles, texts  by language; the first one is as it was written
    capacity       None: no limit
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event: what was planned, and how it stands.

    taken     places that count, offers among them
    sequence  of the calendar file: how often it was changed
    before    what people were last told where that is no longer true
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

    def title(self, language: str | None) -> str:
        """In this language, or as it was written."""
        return _said(self.draft.titles, language)

    def text(self, language: str | None) -> str:
        """What it is, in this language or as it was written."""
        return _said(self.draft.texts, language)


def reminders(kind: str) -> tuple[timedelta, ...]:
    """How long before an event of this kind people are reminded, the first one first."""
    return _OF_A_TALK if kind == TALK else _REMINDERS


def _said(texts: Mapping[str, str], language: str | None) -> str:
    return texts.get(language or "") or next(iter(texts.values()), "")
