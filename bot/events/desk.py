"""What this slice is given from above when the house is wired."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.delivery.messages import Keyboard
from bot.errors import NotAllowed
from bot.events.domain import Event, Guest, ParticipantId, Role, Taken
from bot.language.catalog import Catalogs, Words
from bot.people.desk import Alarm
from bot.people.domain import Person, require
from bot.people.domain import Role as StaffRole
from bot.storage.transaction import Tx


class Hears(Protocol):
    """What a floor above does about an event of its kind."""

    async def __call__(self, tx: Tx, event: Event, *, now: datetime) -> None: ...


class HearsOfPlace(Protocol):
    """What a floor above does when somebody has a place; `taken_at`: since when."""

    async def __call__(
        self, tx: Tx, event: Event, participant: ParticipantId, *, taken_at: datetime, now: datetime
    ) -> None: ...


class Town(Protocol):
    """Where somebody lives, or where it is (WGS 84 degrees)."""

    @property
    def name(self) -> str:
        """As people there call it."""

    @property
    def postcode(self) -> str:
        """Four figures."""

    @property
    def latitude(self) -> float:
        """How far north."""

    @property
    def longitude(self) -> float:
        """How far east."""


# Somebody who cannot be written to is concerned: a colleague calls them. What has to be said.
Calls = Callable[[Tx, Event, Taken, str], Awaitable[None]]


async def newcomer(tx: Tx, person: Person) -> Guest:
    """Whoever is not staff is a newcomer (a house without volunteers)."""
    return Guest(roles=(Role.NEWCOMER,) if person.role is None else (Role.STAFF,))


async def any_coordinator(tx: Tx, person: Person, office: str) -> None:
    """Coordinators look after all offices. Raises StaffOnly."""
    require(person, StaffRole.COORDINATOR)


async def all_theirs(tx: Tx, person: Person) -> set[str]:
    """No office is others' alone."""
    return set()


def no_town(text: str) -> Town:
    """Nobody knows towns (a house without an info desk)."""
    raise NotAllowed


@dataclass(frozen=True, slots=True, kw_only=True)
class EventsDesk:
    """Static things of events; the maps are by kind of event.

    nobody_waits  hears of a free place for which nobody is on the waitlist
    evening       hears the evening before an event
    calls         is asked to call somebody without Telegram
    placed        hears, soon after, that somebody has a place
    guest         for which audiences somebody counts, on our own rows
    require_office  may this colleague plan for that office? Raises StaffOnly, NotYourOffice
    not_theirs    offices that other coordinators look after, and this one does not
    town_of       the town of a name in any script, or of a postcode; raises NoSuchTown
    kilometres    how far two towns are apart
    offices       names of offices, by key, in the operator's order
    staff_groups  chat id by desk
    bot_name      the bot's own name in Telegram; "" until Telegram has said it
    keyboard      the keyboard that stays
    alarm         the numbers to call, for words that sound like danger
    """

    catalogs: Catalogs
    organisation: str
    staff_language: str
    nobody_waits: Mapping[str, Hears] = field(default_factory=dict)
    evening: Mapping[str, Hears] = field(default_factory=dict)
    calls: Mapping[str, Calls] = field(default_factory=dict)
    placed: Mapping[str, HearsOfPlace] = field(default_factory=dict)
    guest: Callable[[Tx, Person], Awaitable[Guest]] = newcomer
    require_office: Callable[[Tx, Person, str], Awaitable[None]] = any_coordinator
    not_theirs: Callable[[Tx, Person], Awaitable[set[str]]] = all_theirs
    town_of: Callable[[str], Town] = no_town
    kilometres: Callable[[Town, Town], float] = lambda one, other: 0.0
    offices: Mapping[str, str] = field(default_factory=dict)
    staff_groups: Mapping[str, int] = field(default_factory=dict)
    bot_name: Callable[[], str] = lambda: ""
    keyboard: Callable[[Words], Keyboard | None] = lambda words: None
    alarm: Alarm = lambda person, text, now: []

    def start_link(self, payload: str) -> str:
        """A link that opens the bot with "/start payload"."""
        return f"https://t.me/{self.bot_name()}?start={payload}"

    def words(self, person: Person) -> Words:
        """Somebody's own language, else the team's."""
        return self.catalogs.words(person.language or self.staff_language)
