"""Volunteers, organisations, assignments and shifts as rows, for tests."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import Table, select

from bot.events import tables as events
from bot.events.domain import SHIFT, TAKES_A_PLACE, EventId, ParticipantId, Place
from bot.language.formats import BRUSSELS
from bot.people import tables as people
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.domain import Kind, Office, Project, State

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # a Friday

OFFICES: Final = {
    key: Office(key, name, postcode)
    for key, name, postcode in (
        ("gent", "Gent", "9000"),
        ("kortrijk", "Kortrijk", "8500"),
        ("brugge", "Brugge", "8000"),
        ("oostende", "Oostende", "8400"),
        ("lokeren", "Lokeren–Sint-Niklaas", "9160"),
        ("leuven", "Leuven", "3000"),
        ("aalst", "Aalst", "9300"),
    )
}
PROJECTS: Final = {
    "refu-interim": Project("refu-interim", "Refu Interim"),
    "4you": Project("4you", "4YOU"),
    "we-welcome": Project("we-welcome", "We Welcome"),
}
LANGUAGES: Final = ("nl", "en", "uk", "fa_AF", "ps")


class Spot(NamedTuple):
    """A town, where it lies, and whose volunteers live there."""

    office: str
    name: str
    postcode: str
    latitude: float
    longitude: float


GENT = Spot("gent", "Gent", "9000", 51.05, 3.7167)
KORTRIJK = Spot("kortrijk", "Kortrijk", "8500", 50.8267, 3.265)
LEUVEN = Spot("leuven", "Leuven", "3000", 50.88, 4.7)
TOWNS: Final = (
    GENT,
    Spot("gent", "Merelbeke", "9820", 50.9944, 3.7458),
    Spot("gent", "Deinze", "9800", 50.9833, 3.5333),
    Spot("gent", "Eeklo", "9900", 51.1864, 3.5564),
    KORTRIJK,
    Spot("kortrijk", "Roeselare", "8800", 50.9444, 3.125),
    Spot("kortrijk", "Waregem", "8790", 50.8833, 3.4333),
    Spot("brugge", "Brugge", "8000", 51.2093, 3.2247),
    Spot("brugge", "Torhout", "8820", 51.0656, 3.1011),
    Spot("oostende", "Oostende", "8400", 51.2258, 2.9194),
    Spot("oostende", "Veurne", "8630", 51.0722, 2.6622),
    Spot("lokeren", "Lokeren", "9160", 51.1036, 3.9933),
    Spot("lokeren", "Sint-Niklaas", "9100", 51.1667, 4.1333),
    LEUVEN,
    Spot("leuven", "Tienen", "3300", 50.8075, 4.9378),
    Spot("leuven", "Aarschot", "3200", 50.9867, 4.8367),
    Spot("aalst", "Aalst", "9300", 50.9378, 4.0403),
    Spot("aalst", "Ninove", "9400", 50.8333, 4.0167),
)

ALWAYS: Final = (1 << 21) - 1  # every part of every day of the week
MORNING, AFTERNOON, EVENING = 0, 1, 2


def free_on(*parts: tuple[int, int]) -> int:
    """Availability of some parts of days: (5, MORNING) is Saturday morning."""
    return sum(1 << (weekday * 3 + part) for weekday, part in parts)


# -- one of each -------------------------------------------------------------------------------


async def a_person(
    tx: Tx, telegram_id: int, *, name: str = "Amina", language: str = "en", now: datetime = NOW
) -> int:
    """Somebody who speaks with the bot."""
    values = {
        "telegram_id": telegram_id,
        "first_name": name,
        "language": language,
        "created_at": now,
        "seen_at": now,
    }
    return await _written(tx, people.people, values)


async def a_volunteer(
    tx: Tx,
    *,
    person: int | None = None,
    name: str = "Amina",
    at: Spot = GENT,
    now: datetime = NOW,
    **further: Any,
) -> ParticipantId:
    """An approved volunteer who is free always; without `person`, one without Telegram."""
    own_name = None if person else name
    known = {"person_id": person, "name": own_name, "created_at": now}
    id_ = await _written(tx, events.participants, known)
    values = {
        "id": id_,
        "office": at.office,
        "project": "refu-interim",
        "state": State.ACTIVE,
        "source": "telegram" if person else "coordinator",
        "enrolled_at": now,
        "decided_at": now,
        "postcode": at.postcode,
        "town": at.name,
        "latitude": at.latitude,
        "longitude": at.longitude,
        "languages": {"nl": 1, "en": 2},
        "wishes": [Kind.OCCASIONAL],
        "availability": ALWAYS,
        "age_group": "adult",
        "seen_at": now,
    }
    await tx.execute(tx.insert(tables.volunteers).values(**(values | further)))
    return ParticipantId(id_)


async def an_organisation(
    tx: Tx, name: str = "De Centrale", *, at: Spot = GENT, now: datetime = NOW, **further: Any
) -> int:
    """A partner organisation."""
    values = {"name": name, "sector": "culture", **where_it_is(at), "created_at": now}
    return await _written(tx, tables.organisations, values | further)


async def an_assignment(
    tx: Tx,
    organisation: int,
    title: str = "Music festival",
    *,
    at: Spot = GENT,
    now: datetime = NOW,
    **further: Any,
) -> int:
    """What an organisation asks: an open, occasional one without any needs."""
    values = {
        "organisation_id": organisation,
        "project": "refu-interim",
        "kind": Kind.OCCASIONAL,
        "sector": "festivals",
        "state": "open",
        "titles": {"en": title},
        "written_in": "en",
        **where_it_is(at),
        "created_at": now,
    }
    return await _written(tx, tables.assignments, values | further)


async def a_shift(
    tx: Tx,
    assignment: int,
    starts_at: datetime,
    *,
    hours: float = 3,
    at: Spot = GENT,
    now: datetime = NOW,
    **further: Any,
) -> EventId:
    """A shift of an assignment, with ten places."""
    titles = await tx.scalar(
        select(tables.assignments.c.titles).where(tables.assignments.c.id == assignment)
    )
    values = event_values(starts_at, hours, at, now) | {"titles": titles} | further
    event = await _written(tx, events.events, values)
    await tx.execute(tx.insert(tables.shifts).values(event_id=event, assignment_id=assignment))
    return EventId(event)


async def a_place(
    tx: Tx,
    event: int,
    participant: int,
    state: Place = Place.PLACED,
    *,
    now: datetime = NOW,
    **further: Any,
) -> int:
    """Somebody's place at an event, as if taken; the event counts it."""
    values = place_values(event, participant, state, now) | further
    id_ = await _written(tx, events.registrations, values)
    if state in TAKES_A_PLACE:
        table = events.events
        counted = {"taken": table.c.taken + 1 + values.get("companions", 0)}
        await tx.execute(table.update().where(table.c.id == event).values(counted))
    return id_


async def _written(tx: Tx, table: Table, values: dict[str, Any]) -> int:
    return int(await tx.scalar(tx.insert(table).values(**values).returning(table.c.id)))


def where_it_is(at: Spot) -> dict[str, Any]:
    """The columns that say where an assignment or an organisation is."""
    return {
        "office": at.office,
        "town": at.name,
        "postcode": at.postcode,
        "latitude": at.latitude,
        "longitude": at.longitude,
    }


def event_values(starts_at: datetime, hours: float, at: Spot, now: datetime) -> dict[str, Any]:
    """A row of a shift."""
    return {
        "kind": SHIFT,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=hours),
        "starts_wall": f"{starts_at.astimezone(BRUSSELS):%Y-%m-%dT%H:%M}",
        "office": at.office,
        "place": f"Dorpsplein 1, {at.postcode} {at.name}",
        "town": at.name,
        "latitude": at.latitude,
        "longitude": at.longitude,
        "capacity": 10,
        "created_at": now,
    }


def place_values(event: int, who: int, state: Place, now: datetime) -> dict[str, Any]:
    """A row of somebody\'s place."""
    return {
        "event_id": event,
        "participant_id": who,
        "state": state,
        "queued_at": now if state is Place.WAITING else None,
        "created_at": now,
        "changed_at": now,
    }
