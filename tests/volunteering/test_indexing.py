"""The index follows the rows: whoever changed them, on whichever replica."""

import asyncio
import time
from datetime import timedelta

from sqlalchemy import update

from bot.events import tables as events
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.domain import State
from bot.volunteering.matching import Index
from bot.volunteering.service import indexing, keeping
from tests.support import volunteering_makers as makers
from tests.support.volunteering_makers import NOW
from tests.support.volunteering_year import Year

SOON = NOW + timedelta(days=3)


async def test_only_what_is_open_and_who_is_approved_is_known(tx: Tx) -> None:
    active = await makers.a_volunteer(tx)
    await makers.a_volunteer(tx, state=State.ENROLLED)
    await makers.a_volunteer(tx, state=State.PAUSED)
    organisation = await makers.an_organisation(tx)
    assignment = await makers.an_assignment(tx, organisation)
    await makers.an_assignment(tx, organisation, state="draft")
    shift = await makers.a_shift(tx, assignment, SOON)
    await makers.a_shift(tx, assignment, NOW - timedelta(days=3))
    await makers.a_shift(tx, assignment, SOON, cancelled_at=NOW)
    await makers.a_shift(tx, assignment, SOON, is_open=False)
    index = Index()

    await indexing.refresh(index, tx, now=NOW)

    assert set(index.seekers) == {active}
    assert set(index.needs) == {assignment}
    assert [one.event for one, _ in index.shifts_of(assignment)] == [shift]


async def test_every_replica_learns_what_another_changed(database: Database) -> None:
    async with database.writing() as tx:
        one, other = await makers.a_volunteer(tx), await makers.a_volunteer(tx)
        assignment = await makers.an_assignment(tx, await makers.an_organisation(tx))
        shift = await makers.a_shift(tx, assignment, SOON)
    replicas = Index(), Index()
    await _refreshed(database, *replicas)

    async with database.writing() as tx:
        file, known = tables.volunteers, events.events
        await tx.execute(update(file).where(file.c.id == one).values(languages={"uk": 3}))
        await tx.execute(update(file).where(file.c.id == other).values(state=State.LEFT))
        await tx.execute(update(known).where(known.c.id == shift).values(cancelled_at=NOW))
        new = await makers.a_volunteer(tx)
    await _refreshed(database, *replicas)

    for index in replicas:
        assert set(index.seekers) == {one, new}
        assert index.seekers[one].languages == {"uk": 3}
        assert list(index.shifts_of(assignment)) == []


async def test_a_file_that_was_stripped_is_forgotten_by_the_index(database: Database) -> None:
    async with database.writing() as tx:
        volunteer = await makers.a_volunteer(tx)
    index = Index()
    await _refreshed(database, index)

    async with database.writing() as tx:
        await keeping.strip(tx, volunteer, now=NOW)
    await _refreshed(database, index)

    seeker = index.seekers.get(volunteer)
    assert seeker is None or (seeker.languages, seeker.spot) == ({}, None)


async def test_little_is_read_when_little_changed(database: Database) -> None:
    async with database.writing() as tx:
        await Year(seed=1, volunteers=50, assignments=20).write(tx)
        for table in (tables.volunteers, tables.assignments, events.events):
            long_ago = NOW - timedelta(days=400)
            await tx.execute(update(table).values(touched_at=long_ago))
    index = Index()
    first = await _refreshed(database, index)

    async with database.writing() as tx:
        some = tables.volunteers.c.id == 7
        await tx.execute(update(tables.volunteers).where(some).values(max_km=5))

    assert first > 50
    assert await _refreshed(database, index) == 1


async def test_reading_everything_lets_others_go_on(database: Database) -> None:
    """The longest piece of work between two turns of others, in this thread's own time; of some
    tries the calmest, because the test's own rubbish is collected now and then."""
    async with database.writing() as tx:
        await Year(seed=1, volunteers=2000, assignments=300).write(tx)

    assert 0 < min([await _longest(database) for _ in range(4)]) < 0.02


async def _longest(database: Database) -> float:
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        while True:
            began = time.thread_time()
            await asyncio.sleep(0)
            longest = max(longest, time.thread_time() - began)

    watching = asyncio.create_task(watch())
    await _refreshed(database, Index())
    watching.cancel()
    return longest


async def _refreshed(database: Database, *indexes: Index) -> int:
    read = 0
    for index in indexes:
        async with database.reading() as tx:
            read = await indexing.refresh(index, tx, now=NOW)
    return read
