"""People who look for events, sign up and come, for tests: each with a phone, no network."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from bot.delivery.messages import Message
from bot.delivery.tables import outbox as posts
from bot.dialog import routes
from bot.errors import Refused
from bot.events import chat, staff_chat, tables
from bot.events.desk import EventsDesk
from bot.events.domain import EventId, Kind
from bot.language.catalog import Catalogs
from bot.people import service as people
from bot.people.domain import Person, Role
from bot.storage.transaction import Tx
from tests.support import event_makers
from tests.support.dialog_makers import Phone
from tests.support.event_makers import FIRST_ID, NOW
from tests.support.people_makers import a_person


class Place(NamedTuple):
    """A town, as the info desk knows it."""

    name: str
    postcode: str
    latitude: float
    longitude: float


GHENT = Place("Gent", "9000", 51.05, 3.72)
LEUVEN = Place("Leuven", "3000", 50.88, 4.70)
DEGREE = 111.0  # kilometres of a degree to the north, near enough


def town_of(text: str) -> Place:
    """The two towns of these tests, by name or postcode."""
    for one in (GHENT, LEUVEN):
        if text.strip().casefold() in (one.name.casefold(), one.postcode):
            return one
    raise Refused


def far(one: Any, other: Any) -> float:
    """How far, on a flat earth."""
    return DEGREE * float(abs(one.latitude - other.latitude) + abs(one.longitude - other.longitude))


def a_desk(catalogs: Catalogs, **changes: object) -> EventsDesk:
    """A desk that knows two towns."""
    facts: dict[str, object] = {
        "town_of": town_of,
        "kilometres": far,
        "bot_name": lambda: "wegwijzerbot",
        **changes,
    }
    return event_makers.a_desk(catalogs, **facts)


async def a_workshop(tx: Tx, **changes: object) -> EventId:
    """A workshop in ten days with two places, unless told otherwise."""
    facts: dict[str, object] = {
        "kind": Kind.WORKSHOP,
        "titles": {"nl": "Fietsen herstellen", "en": "Mending bicycles"},
        **changes,
    }
    return await event_makers.an_event(tx, **facts)  # type: ignore[arg-type]


@dataclass
class Own(Phone):
    """A phone whose owner stands in our rows."""

    owner: Person = field(kw_only=True)


class Guests:
    """Phones on one database, everybody with the slice's own routes."""

    def __init__(self, tx: Tx, catalogs: Catalogs, desk: EventsDesk | None = None) -> None:
        self.tx, self.catalogs = tx, catalogs
        self.desk = desk or a_desk(catalogs)
        self.routes = routes.combine(chat.combined(self.desk), staff_chat.combined(self.desk))

    async def one(
        self,
        number: int = 1,
        *,
        name: str = "Amina",
        language: str = "en",
        role: Role | None = None,
        at: datetime = NOW,
    ) -> Own:
        """Somebody's phone; `role`: of a colleague."""
        person = await a_person(self.tx, FIRST_ID + number, name=name, language=language)
        if role is not None:
            code = await people.invite(self.tx, role, now=NOW)
            await people.join(self.tx, person, code, now=NOW)
            person = await a_person(self.tx, FIRST_ID + number, name=name, language=language)
        known: Any = person
        return Own(self.tx, self.catalogs, further=self.routes, person=known, owner=person, at=at)

    async def heard(self, number: int) -> list[Message]:
        """What was posted to somebody."""
        return await event_makers.posted(self.tx, FIRST_ID + number)

    async def ratings(self) -> list[tuple[int, str | None]]:
        """What people said of events."""
        rows = await self.tx.all(select(tables.event_ratings).order_by(tables.event_ratings.c.id))
        return [(row["smile"], row["line"]) for row in rows]

    async def posts(self) -> int:
        """How many messages wait."""
        return len(await self.tx.all(select(posts.c.id)))


def actions(phone: Phone, prefix: str) -> list[str]:
    """What the buttons of the last screen do, of those that begin so."""
    found = [one.action or "" for one in phone.buttons]
    return [one for one in found if one.partition(":")[0] == prefix]
