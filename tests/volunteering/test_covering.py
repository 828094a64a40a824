"""Nobody waits for a place: suitable people are asked in turn; and the list of who comes."""

from datetime import datetime

from sqlalchemy import insert

from bot.delivery.messages import Message, Outgoing
from bot.events import jobs as events_jobs
from bot.events.desk import EventsDesk
from bot.events.domain import EventId, ParticipantId, Place
from bot.events.service import places
from bot.language.catalog import Catalogs
from bot.people import tables as people
from bot.people.domain import Person
from bot.schedule import due
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from bot.volunteering import jobs, tables
from bot.volunteering.desk import VolunteeringDesk
from tests.support.event_makers import (
    DAY,
    FIRST_ID,
    HOUR,
    MINUTE,
    NOW,
    an_event,
    posted,
    states,
    texts,
)
from tests.support.shift_makers import (
    GROUP,
    a_contact,
    a_shift,
    a_volunteer,
    a_volunteering_desk,
    an_organisation,
    without_telegram,
)

ASKED = "Can you help?"


def _kinds(catalogs: Catalogs) -> dict[str, due.DueHandler]:
    desk: VolunteeringDesk = a_volunteering_desk(catalogs)
    events = EventsDesk(
        catalogs=catalogs,
        organisation="Example Desk",
        staff_language="nl",
        nobody_waits=jobs.nobody_waits(desk),
        evening=jobs.evenings(desk),
        calls=jobs.calls(desk),
    )
    return {**events_jobs.due_kinds(events), **jobs.due_kinds(desk)}


async def _passes(database: Database, catalogs: Catalogs, now: datetime) -> None:
    while await due.run(database, _kinds(catalogs), now=now):
        pass


async def _team(
    database: Database, volunteers: int, **shift: object
) -> tuple[EventId, list[ParticipantId]]:
    """A shift that the first of them has given back a moment ago."""
    async with database.writing() as tx:
        event = await a_shift(tx, **{"capacity": 1, **shift})  # type: ignore[arg-type]
        people_ = [(await a_volunteer(tx, n))[1] for n in range(volunteers)]
        await places.take(tx, people_[0], event, now=NOW)
        await places.give_back(tx, people_[0], event, now=NOW)
    return event, people_


async def _asked(database: Database) -> list[int]:
    """Who got the question, by their number."""
    async with database.reading() as tx:
        rows = await tx.raw("SELECT chat_id FROM outbox WHERE key LIKE 'cover:%' ORDER BY id")
    return [chat - FIRST_ID for (chat,) in rows]


async def test_some_suitable_people_are_asked_and_then_the_next(
    database: Database, catalogs: Catalogs
) -> None:
    event, everybody = await _team(database, 8)

    await _passes(database, catalogs, NOW)
    assert await _asked(database) == [1, 2, 3], "who gave it back is not asked"
    async with database.writing() as tx:
        await places.decline(tx, everybody[1], event, now=NOW)
    await _passes(database, catalogs, NOW + 2 * HOUR)
    assert await _asked(database) == [1, 2, 3]
    await _passes(database, catalogs, NOW + DAY)
    assert await _asked(database) == [1, 2, 3, 4, 5, 6]

    async with database.writing() as tx:
        assert await places.take(tx, everybody[4], event, now=NOW + DAY) is Place.PLACED
    await _passes(database, catalogs, NOW + 3 * DAY)
    assert await _asked(database) == [1, 2, 3, 4, 5, 6], "found: nobody else is asked"


async def test_place_that_is_free_again_is_not_asked_of_who_said_no(
    database: Database, catalogs: Catalogs
) -> None:
    event, everybody = await _team(database, 3)
    await _passes(database, catalogs, NOW)
    async with database.writing() as tx:
        await places.decline(tx, everybody[1], event, now=NOW)
        await places.take(tx, everybody[2], event, now=NOW)
        await places.give_back(tx, everybody[2], event, now=NOW + HOUR)

    await _passes(database, catalogs, NOW + DAY)

    assert await _asked(database) == [1, 2]
    async with database.reading() as tx:
        [card] = texts(await posted(tx, GROUP))
        assert (await states(tx, event))[everybody[1]] is Place.DECLINED
    assert "Iedereen die past, is gevraagd" in card


async def test_hours_before_many_are_asked_at_once(database: Database, catalogs: Catalogs) -> None:
    await _team(database, 9, starts_at=NOW + 6 * HOUR)

    await _passes(database, catalogs, NOW)

    assert await _asked(database) == list(range(1, 9))


async def test_nobody_is_asked_who_is_not_suitable(database: Database, catalogs: Catalogs) -> None:
    event, _ = await _team(database, 1)
    async with database.writing() as tx:
        await a_volunteer(tx, 11, state="enrolled")
        await a_volunteer(tx, 12, latitude=51.2194, longitude=4.4025, max_km=10)
        _, busy = await a_volunteer(tx, 13)
        await places.take(tx, busy, await an_event(tx), now=NOW)
        await without_telegram(tx)
        blocked, _ = await a_volunteer(tx, 14)
        own = people.people.c.id == blocked.id
        await tx.execute(people.people.update().where(own).values(state="blocked"))
        _, tired = await a_volunteer(tx, 15)
        for _ in range(2):
            other = await an_event(tx, starts_at=NOW + 30 * DAY)
            await places.ask(tx, [tired], other, now=NOW)

    await _passes(database, catalogs, NOW)

    assert await _asked(database) == []
    async with database.reading() as tx:
        assert len(await posted(tx, GROUP)) == 1
        assert len(await states(tx, event)) == 1


async def test_nobody_is_asked_at_night(database: Database, catalogs: Catalogs) -> None:
    night = NOW + 13 * HOUR
    async with database.writing() as tx:
        event = await a_shift(tx, capacity=1)
        _, first = await a_volunteer(tx, 0)
        await a_volunteer(tx, 1)
        await places.take(tx, first, event, now=NOW)
        await places.give_back(tx, first, event, now=night)

    await _passes(database, catalogs, night)
    assert await _asked(database) == []
    await _passes(database, catalogs, night + 9 * HOUR)
    assert await _asked(database) == [1]


async def test_minimum_is_enough(database: Database, catalogs: Catalogs) -> None:
    async with database.writing() as tx:
        event = await a_shift(tx, capacity=5, minimum=1)
        team = [(await a_volunteer(tx, n))[1] for n in range(4)]
        for one in team[:2]:
            await places.take(tx, one, event, now=NOW)
        await places.give_back(tx, team[0], event, now=NOW)

    await _passes(database, catalogs, NOW)

    assert await _asked(database) == [], "one still comes, and one is enough"


async def test_cover_search_told_twice_asks_once(database: Database, catalogs: Catalogs) -> None:
    event, _ = await _team(database, 3)
    await _passes(database, catalogs, NOW)
    async with database.writing() as tx:
        await _kinds(catalogs)["volunteering.cover"](tx, str(event), now=NOW)

    assert await _asked(database) == [1, 2]


EVENING = NOW + 9 * DAY + 8 * HOUR  # 18:00 the day before


async def test_contact_gets_the_list_the_evening_before(
    database: Database, catalogs: Catalogs
) -> None:
    async with database.writing() as tx:
        host = await an_organisation(tx)
        karen, _ = await a_volunteer(tx, 50, language="nl")
        event = await a_shift(tx, organisation=host, contact=await a_contact(tx, host, karen))
        await _coordinator(tx, 60)
        amina, mine = await a_volunteer(tx, 1)
        await places.take(tx, mine, event, now=NOW)
        await places.confirm(tx, mine, event, now=NOW)

    await _passes(database, catalogs, EVENING - MINUTE)
    async with database.reading() as tx:
        assert _lists(await posted(tx)) == []
    await _passes(database, catalogs, EVENING)
    await _passes(database, catalogs, EVENING + HOUR)

    async with database.reading() as tx:
        [told] = _lists(await posted(tx, FIRST_ID + 50))
        assert "✅ Amina1" in told
        assert _lists(await posted(tx, FIRST_ID + 60)) == []
    assert amina.first_name == "Amina1"


async def test_coordinator_gets_the_list_where_somebody_must_be_called(
    database: Database, catalogs: Catalogs
) -> None:
    async with database.writing() as tx:
        host = await an_organisation(tx)
        event = await a_shift(tx, organisation=host, contact=await a_contact(tx, host), minimum=2)
        await _coordinator(tx, 60)
        await _coordinator(tx, 61)
        own = await _coordinator(tx, 62)
        row = {"office": "gent", "person_id": own.id}
        await tx.execute(insert(tables.office_coordinators).values(row))
        await places.take(tx, await without_telegram(tx), event, now=NOW)

    await _passes(database, catalogs, EVENING)

    async with database.reading() as tx:
        assert _lists(await posted(tx, FIRST_ID + 60)) == [], "another office's"
        [told] = _lists(await posted(tx, FIRST_ID + 62))
    assert "📞 Fatima" in told
    assert "⚠️" in told


async def _coordinator(tx: Tx, number: int) -> Person:
    person, _ = await a_volunteer(tx, number, language="nl")
    values = {
        "person_id": person.id,
        "role": "coordinator",
        "languages": ["nl"],
        "in_groups": [],
        "granted_at": NOW,
        "via": "invitation",
    }
    await tx.execute(insert(people.staff).values(values))
    return person


def _lists(found: list[Message]) -> list[str]:
    return [
        one.text
        for one in found
        if isinstance(one, Outgoing) and ("Wie komt" in one.text or "Who comes" in one.text)
    ]
