"""What this slice is given from above when the house is wired."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.events.domain import Event, ParticipantId, Taken
from bot.language.catalog import Catalogs
from bot.storage.transaction import Tx


class Hears(Protocol):
    """What a floor above does about an event of its kind."""

    async def __call__(self, tx: Tx, event: Event, *, now: datetime) -> None: ...


class HearsOfPlace(Protocol):
    """What a floor above does when somebody has a place; `taken_at`: since when."""

    async def __call__(
        self, tx: Tx, event: Event, participant: ParticipantId, *, taken_at: datetime, now: datetime
    ) -> None: ...


# Somebody who cannot be written to is concerned: a colleague calls them. What has to be said.
Calls = Callable[[Tx, Event, Taken, str], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventsDesk:
    """Static things of events; the maps are by kind of event.

    nobody_waits  hears of a free place for which nobody is on the waitlist
    evening       hears the evening before an event
    calls         is asked to call somebody without Telegram
    placed        hears, soon after, that somebody has a place
    """

    catalogs: Catalogs
    organisation: str
    staff_language: str
    nobody_waits: Mapping[str, Hears] = field(default_factory=dict)
    evening: Mapping[str, Hears] = field(default_factory=dict)
    calls: Mapping[str, Calls] = field(default_factory=dict)
    placed: Mapping[str, HearsOfPlace] = field(default_factory=dict)
