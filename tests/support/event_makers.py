"""Events, who takes part, and their places, for tests."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from bot.delivery import messages
from bot.delivery.messages import Message
from bot.delivery.tables import outbox as posts
from bot.events import jobs, tables
from bot.events.desk import EventsDesk
from bot.events.domain import SHIFT, Draft, EventId, ParticipantId, Place
from bot.events.service import participants, planning
from bot.language.catalog import Catalogs
from bot.people.domain import Person
from bot.schedule import due
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from tests.support.people_makers import a_person

# A Friday in November, ten in the morning in Brussels.
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
FIRST_ID = 6_000_000_001

A_DRAFT = Draft(
    kind=SHIFT,
    titles={"nl": "Tafels dekken", "en": "Laying tables"},
    texts={"nl": "Samen koken en dekken"},
    starts_at=NOW + 10 * DAY,
    ends_at=NOW + 10 * DAY + 4 * HOUR,
    place="Vooruit, Sint-Pietersnieuwstraat 23",
    town="Gent",
    latitude=51.0476,
    longitude=3.7276,
    capacity=2,
    contact="Karen, 0470 00 00 00",
)


async def an_event(tx: Tx, *, now: datetime = NOW, **changes: object) -> EventId:
    """A shift in ten days with two places, unless told otherwise."""
    draft = replace(A_DRAFT, **changes)  # type: ignore[arg-type]
    if "starts_at" in changes and "ends_at" not in changes:
        draft = replace(draft, ends_at=draft.starts_at + 4 * HOUR)
    return await planning.create(tx, draft, now=now)


async def somebody(
    tx: Tx, number: int = 1, *, name: str = "Amina", language: str = "en"
) -> tuple[Person, ParticipantId]:
    """A person with Telegram who may have a place."""
    person = await a_person(tx, FIRST_ID + number, name=name, language=language)
    return person, await participants.of_person(tx, person.id, now=NOW)


async def by_name(tx: Tx, count: int) -> list[ParticipantId]:
    """People without Telegram."""
    return [await participants.by_name(tx, f"Person {n}", now=NOW) for n in range(count)]


async def states(tx: Tx, event_id: EventId) -> dict[int, Place]:
    """What everybody has at an event."""
    table = tables.registrations
    rows = await tx.all(select(table).where(table.c.event_id == event_id))
    return {row["participant_id"]: Place(row["state"]) for row in rows}


async def taken(tx: Tx, event_id: EventId) -> tuple[int, int]:
    """Places as counted with the event, and as the rows say."""
    table, events = tables.registrations, tables.events
    counted = await tx.scalar(select(events.c.taken).where(events.c.id == event_id))
    size = func.coalesce(func.sum(1 + table.c.companions), 0)
    holds = table.c.state.in_(("offered", "placed", "attended", "absent"))
    real = await tx.scalar(select(size).where(table.c.event_id == event_id, holds))
    return int(counted), int(real)


def a_desk(catalogs: Catalogs, **changes: object) -> EventsDesk:
    """The desk of events, with nobody above it unless handed in."""
    facts: dict[str, object] = {
        "catalogs": catalogs,
        "organisation": "Example Desk",
        "staff_language": "nl",
        **changes,
    }
    return EventsDesk(**facts)  # type: ignore[arg-type]


async def passes(database: Database, desk: EventsDesk, now: datetime) -> None:
    """Whatever is due by then happens, until nothing more comes of it."""
    while await due.run(database, jobs.due_kinds(desk), now=now):
        pass


async def posted(tx: Tx, chat_id: int | None = None) -> list[Message]:
    """What was posted (to one chat), in order."""
    wanted = select(posts.c.body).where(posts.c.body.is_not(None)).order_by(posts.c.id)
    if chat_id is not None:
        wanted = wanted.where(posts.c.chat_id == chat_id)
    return [messages.decode(row["body"]) for row in await tx.all(wanted)]


def texts(found: Sequence[Message]) -> list[str]:
    """Their words."""
    return [str(getattr(one, "text", "")) for one in found]
