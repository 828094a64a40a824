"""Five hundred people want fifty places at the same moment, on real connections of their own."""

import asyncio

import pytest
from sqlalchemy import func, insert, select, update

from bot.events import jobs, tables
from bot.events.domain import EventId, ParticipantId, Place
from bot.events.domain import refusals as refused
from bot.events.service import listing, places, planned, rows
from bot.language.catalog import Catalogs
from bot.schedule import due
from bot.storage.engine import Database, is_conflict
from tests.support import databases
from tests.support.delivery_makers import on_postgres
from tests.support.event_makers import DAY, HOUR, NOW, a_desk, an_event, by_name, states, taken

PEOPLE, PLACES = 500, 50


def _replica(database: Database) -> Database:
    """Another bot on the same database, with connections of its own."""
    return Database(database.url.render_as_string(hide_password=False))


async def _crowd(database: Database, capacity: int) -> tuple[EventId, list[ParticipantId]]:
    async with database.writing() as tx:
        event = await an_event(tx, capacity=capacity)
        people = [{"name": f"Person {n}", "created_at": NOW} for n in range(PEOPLE)]
        await tx.execute(insert(tables.participants), people)
        ids = select(tables.participants.c.id).order_by(tables.participants.c.id)
        found = [ParticipantId(row["id"]) for row in await tx.all(ids)]
    return event, found


async def _take(database: Database, person: ParticipantId, event: EventId) -> tuple[Place, int]:
    async with database.writing() as tx:
        got = await places.take(tx, person, event, now=NOW)
        mine = await listing.of(tx, event, person)
        assert mine is not None
        return got, await listing.position(tx, mine)


async def test_fifty_of_five_hundred_are_placed_and_the_others_wait_in_order(
    database: Database,
) -> None:
    event, people = await _crowd(database, PLACES)
    replicas = (database, database if database.is_sqlite else _replica(database))
    at_once = asyncio.Semaphore(20)  # as many as two bots have connections: the others queue there

    async def takes(n: int, person: ParticipantId) -> tuple[Place, int]:
        async with at_once:
            return await _take(replicas[n % 2], person, event)

    ends = await asyncio.gather(*(takes(n, person) for n, person in enumerate(people)))

    async with database.reading() as tx:
        told = await places.on_the_list(tx, event)
        assert await taken(tx, event) == (PLACES, PLACES)
    await replicas[1].close()  # the test's own opens again when it is asked
    placed = [one for one in told if one.state is Place.PLACED]
    waiting = [one.participant for one in told if one.state is Place.WAITING]
    assert (len(placed), len(waiting)) == (PLACES, PEOPLE - PLACES)
    assert [got for got, _ in ends].count(Place.PLACED) == PLACES, "each was told what they have"
    positions = {person: position for person, (_, position) in zip(people, ends, strict=True)}
    assert [positions[one] for one in waiting] == list(range(1, PEOPLE - PLACES + 1))


async def test_without_the_guard_more_would_be_placed_than_places(database: Database) -> None:
    event, people = await _crowd(database, 1)
    looked = asyncio.Barrier(2)
    table = tables.registrations

    async def take_by_looking_first(person: ParticipantId) -> None:
        async with database.reading() as tx:
            used = await tx.scalar(select(func.count()).where(table.c.event_id == event))
        await looked.wait()
        async with database.writing() as tx:
            state = Place.PLACED if used < 1 else Place.WAITING
            row = {"event_id": event, "participant_id": person, "state": state}
            await tx.execute(insert(table).values(**row, created_at=NOW, changed_at=NOW))

    await asyncio.gather(*(take_by_looking_first(person) for person in people[:2]))

    async with database.reading() as tx:
        assert list((await states(tx, event)).values()) == [Place.PLACED, Place.PLACED]


async def test_count_itself_refuses_one_more_than_there_are(database: Database) -> None:
    """The second lock on the door: even who read too early cannot raise the count."""
    event, [person, *_] = await _crowd(database, 1)
    async with database.writing() as tx:
        stale = await listing.get(tx, event)
        await tx.execute(update(tables.events).values(taken=1))
        with pytest.raises(refused.Full):
            await places.count(tx, stale, 1)
    assert person


async def test_one_person_is_never_in_two_places_at_once(database: Database) -> None:
    replica = _replica(database)
    for round_ in range(10):
        async with database.writing() as tx:
            day = NOW + (10 + round_) * DAY
            shifts = [await an_event(tx, starts_at=day), await an_event(tx, starts_at=day + HOUR)]
            [person] = await by_name(tx, 1)

        ends = await asyncio.gather(
            _take(database, person, shifts[0]),
            _take(replica, person, shifts[1]),
            return_exceptions=True,
        )

        assert [type(one) for one in ends].count(refused.Conflict) == 1
    await replica.close()


async def test_two_taps_for_the_last_place_give_it_once(database: Database) -> None:
    late = NOW + 10 * DAY - HOUR
    replica = _replica(database)
    async with database.writing() as tx:
        event = await an_event(tx, capacity=1)
        first, *waiting = await by_name(tx, 5)
        for one in (first, *waiting):
            await places.take(tx, one, event, now=NOW)
        await places.give_back(tx, first, event, now=late)

    async def tap(base: Database, person: ParticipantId) -> str:
        try:
            async with base.writing() as tx:
                return await places.accept_offer(tx, person, event, now=late)
        except refused.Taken:
            return "taken"

    ends = await asyncio.gather(
        *(tap((database, replica)[n % 2], one) for n, one in enumerate(waiting))
    )

    await replica.close()
    assert sorted(ends) == [Place.PLACED, "taken", "taken", "taken"]


async def test_answer_and_end_of_an_offer_at_once_leave_one_truth(database: Database) -> None:
    """Either they have the place, or the next one is offered it; never both, never nobody."""
    replica = _replica(database)
    async with database.writing() as tx:
        event = await an_event(tx, capacity=1)
        first, second = await by_name(tx, 2)
        await places.take(tx, first, event, now=NOW)
        await places.take(tx, second, event, now=NOW)
        await places.give_back(tx, first, event, now=NOW)
        held, mine = await listing.get(tx, event), await listing.of(tx, event, second)
        assert mine is not None
        await places.offer(tx, held, mine, until=NOW + HOUR, now=NOW)

    async def accept() -> object:
        async with database.writing() as tx:
            return await places.accept_offer(tx, second, event, now=NOW + HOUR)

    async def refuse() -> object:
        async with replica.writing() as tx:
            return await places.give_back(tx, second, event, now=NOW + HOUR)

    await asyncio.gather(accept(), refuse(), return_exceptions=True)

    async with database.reading() as tx:
        count, real = await taken(tx, event)
        state = (await states(tx, event))[second]
    await replica.close()
    assert count == real == (1 if state is Place.PLACED else 0)
    assert state in (Place.PLACED, Place.DECLINED, Place.GIVEN_BACK)


@on_postgres  # SQLite has one writer at a time: nobody meets
async def test_free_place_that_meets_a_turn_is_offered_at_the_next_look(
    database: Database, catalogs: Catalogs
) -> None:
    """Each waits for what the other holds; whoever is sent away comes back at once."""
    async with database.writing() as tx:
        event = await an_event(tx, capacity=1)
        first, second = await by_name(tx, 2)
        await places.take(tx, first, event, now=NOW)
        await places.take(tx, second, event, now=NOW)
        await places.give_back(tx, first, event, now=NOW)
    replica, kinds = _replica(database), jobs.due_kinds(a_desk(catalogs))

    async def turn(told: asyncio.Event) -> None:
        async with database.writing() as tx:
            await rows.hold(tx, event)
            told.set()
            await databases.until_somebody_waits(replica)
            await planned.look(tx, event, at=NOW)

    held = asyncio.Event()
    turning = asyncio.create_task(turn(held))
    await held.wait()
    await due.run(replica, kinds, now=NOW)
    [error] = await asyncio.gather(turning, return_exceptions=True)
    assert error is None or is_conflict(error)
    await due.run(replica, kinds, now=NOW)
    await replica.close()

    async with database.reading() as tx:
        assert (await states(tx, event))[second] is Place.OFFERED
