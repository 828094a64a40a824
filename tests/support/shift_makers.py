"""Volunteers, an organisation and its shifts, for tests."""

from datetime import datetime

from sqlalchemy import insert

from bot.events.domain import EventId, ParticipantId
from bot.events.service import participants
from bot.language.catalog import Catalogs
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.enrolling import VERSIONS
from tests.support import shipped
from tests.support.event_makers import NOW, an_event, somebody

GROUP = -1001000000042


def a_volunteering_desk(catalogs: Catalogs, **changes: object) -> VolunteeringDesk:
    """The desk of volunteering, with a staff group."""
    facts: dict[str, object] = {
        "catalogs": catalogs,
        "organisation": "Example Desk",
        "staff_language": "nl",
        "towns": shipped.files().knowledge.towns,
        "checklist": shipped.files().knowledge.checklist,
        "staff_groups": {"infodesk": GROUP},
        **changes,
    }
    return VolunteeringDesk(**facts)  # type: ignore[arg-type]


async def a_volunteer(
    tx: Tx, number: int = 1, *, state: str = "active", language: str = "en", **file: object
) -> tuple[Person, ParticipantId]:
    """A volunteer of the office in Gent, with Telegram."""
    person, mine = await somebody(tx, number, name=f"Amina{number}", language=language)
    await a_file(tx, mine, state, **file)
    return person, mine


async def without_telegram(tx: Tx, name: str = "Fatima") -> ParticipantId:
    """A volunteer whom a coordinator enrolled."""
    mine = await participants.by_name(tx, name, now=NOW)
    await a_file(tx, mine, "active")
    return mine


async def a_contact(tx: Tx, organisation: int, person: Person | None = None) -> int:
    """A contact person of the organisation."""
    values = {
        "organisation_id": organisation,
        "person_id": None if person is None else person.id,
        "name": "Karen",
        "created_at": NOW,
    }
    table = tables.organisation_contacts
    return int(await tx.scalar(insert(table).values(values).returning(table.c.id)))


async def an_organisation(tx: Tx) -> int:
    """An organisation of the office in Gent."""
    values = {
        "name": "Vooruit",
        "sector": "culture",
        "office": "gent",
        "town": "Gent",
        "postcode": "9000",
        "created_at": NOW,
    }
    table = tables.organisations
    return int(await tx.scalar(insert(table).values(values).returning(table.c.id)))


async def a_shift(
    tx: Tx,
    *,
    organisation: int | None = None,
    contact: int | None = None,
    least_age: int = 16,
    with_minors: bool = False,
    now: datetime = NOW,
    **changes: object,
) -> EventId:
    """A shift of an assignment, with two places."""
    event = await an_event(tx, now=now, **{"office": "gent", **changes})
    values = {
        "organisation_id": organisation or await an_organisation(tx),
        "contact_id": contact,
        "office": "gent",
        "kind": "occasional",
        "sector": "culture",
        "state": "open",
        "written_in": "nl",
        "town": "Gent",
        "postcode": "9000",
        "latitude": 51.05,
        "longitude": 3.7167,
        "least_age": least_age,
        "needs_record_extract": with_minors,
        "created_at": NOW,
    }
    table = tables.assignments
    assignment = await tx.scalar(insert(table).values(values).returning(table.c.id))
    row = {"event_id": event, "assignment_id": assignment}
    await tx.execute(insert(tables.shifts).values(row))
    return event


async def a_file(tx: Tx, mine: ParticipantId, state: str, **file: object) -> None:
    """The file of a volunteer."""
    values = {
        "id": mine,
        "office": "gent",
        "state": state,
        "source": "telegram",
        "enrolled_at": NOW,
        "latitude": 51.05,
        "longitude": 3.7167,
        "availability": (1 << 21) - 1,
        "wishes": ["occasional"],
        "languages": {"nl": 1, "en": 2},
        "age_group": "adult",
        **file,
    }
    await tx.execute(insert(tables.volunteers).values(values))
    await agrees(tx, mine)


async def agrees(tx: Tx, mine: ParticipantId) -> None:
    """Everything is accepted, as it is now."""
    agreed = [
        {"volunteer_id": mine, "document": name, "version": version, "at": NOW, "via": "self"}
        for name, version in VERSIONS.items()
    ]
    await tx.execute(insert(tables.consents), agreed)
