"""What one replica changes in the roster, another one reads; who leaves the team is left out."""

import asyncio

from sqlalchemy import delete, insert

from bot.app import rosters
from bot.duty import tables
from bot.duty.desk import Timetable
from bot.duty.service import keeping
from bot.people import tables as people_tables
from bot.storage.engine import Database
from tests.support.duty_makers import HOURS, at
from tests.support.people_makers import a_colleague

TUESDAY = at("2026-03-03", "10:00")


async def _puts_on_duty(timetable: Timetable, database: Database) -> int:
    async with database.writing() as tx:
        karen = await a_colleague(tx)
        row = {"desk": "infodesk", "language": "ps", "person_id": karen.id, "weekday": 1}
        values = {**row, "opens": "09:00", "closes": "12:00"}
        await tx.execute(insert(tables.duty_blocks).values(**values))
        await keeping.changed(timetable, tx)
    return karen.id


async def test_who_changed_the_roster_reads_it_at_once(database: Database) -> None:
    timetable, stop = Timetable(HOURS), asyncio.Event()
    keeping_fresh = asyncio.create_task(rosters.keep_fresh(timetable, database, stop))

    karen = await _puts_on_duty(timetable, database)

    async with asyncio.timeout(10):
        while timetable.on_duty("infodesk", "ps", TUESDAY) != (karen,):
            await asyncio.sleep(0.01)
    stop.set()
    await asyncio.wait_for(keeping_fresh, 10)


async def test_another_replica_reads_the_roster_too(database: Database) -> None:
    timetable, other = Timetable(HOURS), Timetable(HOURS)
    await rosters.refresh(other, database)

    karen = await _puts_on_duty(timetable, database)
    await rosters.refresh(other, database)

    assert other.on_duty("infodesk", "ps", TUESDAY) == (karen,)
    assert timetable.on_duty("infodesk", "ps", TUESDAY) == ()  # its own loop has not looked yet


async def test_who_left_the_team_is_not_on_duty_any_more(database: Database) -> None:
    timetable = Timetable(HOURS)
    await _puts_on_duty(timetable, database)
    await rosters.refresh(timetable, database)

    async with database.writing() as tx:
        await tx.execute(delete(people_tables.staff))
    await rosters.refresh(timetable, database)

    assert timetable.on_duty("infodesk", "ps", TUESDAY) == ()
    assert not timetable.has_roster("infodesk", "ps")
