"""Every screen of volunteering, events and reports with a year's data of 10,000 volunteers:
`python -m benchmarks.volunteering_screens [volunteers]`.

Somebody taps every button that they find, as a volunteer, a contact person and a coordinator, and
each kind of button a few times; what a tap writes is undone. The table says how many statements a
tap takes and how long the database works on them, the median and the worst.
"""

import asyncio
import statistics
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, select

from bot.app import schema
from bot.events import tables as events
from bot.reports.service import counting
from bot.storage.engine import Database
from bot.volunteering.service import attendance, indexing
from tests.support import databases, shift_makers, shipped
from tests.support.report_makers import a_desk as a_reports_desk
from tests.support.screens import EACH, Spent, TimedTx, crawl, everything, people
from tests.support.volunteering_makers import NOW
from tests.support.volunteering_year import Year

ALLOWED = 0.100  # seconds of the database for one screen


async def _reads(database: Database, found: dict[str, Spent]) -> float:
    """The web page of a shift, and the figures of a year; how long those held everybody up."""
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        while True:
            began = time.thread_time()
            await asyncio.sleep(0)
            longest = max(longest, time.thread_time() - began)

    async with database.reading() as plain:
        tx = TimedTx(plain.connection, plain._driver)
        latest = events.registrations.c.event_id
        busiest = select(latest).group_by(latest).order_by(func.count().desc()).limit(EACH)
        for row in await tx.all(busiest):
            tx.seconds, before = 0.0, tx.statements
            await attendance.look(tx, row["event_id"])
            found["(page of a shift)"].add(tx.seconds, tx.statements - before, str(row["event_id"]))
        towns = a_reports_desk().office_towns
        watching = asyncio.create_task(watch())
        tx.seconds, before = 0.0, tx.statements
        await counting.of_year(tx, NOW.year, office_towns=towns, now=NOW)
        found["(figures of a year)"].add(tx.seconds, tx.statements - before, str(NOW.year))
        watching.cancel()
    return longest


async def measured(database: Database, year: Year) -> tuple[dict[str, Spent], float]:
    """Every screen, on this database."""
    async with database.engine.begin() as connection:
        await connection.run_sync(schema.everything().create_all)
    async with database.writing() as tx:
        await year.write(tx)
        starts = await people(tx)
    if not database.is_sqlite:
        async with database.engine.begin() as connection:
            await connection.exec_driver_sql("ANALYZE")
    desk = shift_makers.a_volunteering_desk(shipped.files().catalogs)
    async with database.reading() as tx:
        await indexing.refresh(desk.index, tx, now=NOW)
    found = await crawl(database, everything(desk), starts, times=3)
    return found, await _reads(database, found)


def told(found: Mapping[str, Spent]) -> str:
    """A table, the slowest first."""
    lines = ["screen                 taps  statements  median ms  worst ms  worst of"]
    order = sorted(found.items(), key=lambda one: -max(one[1].seconds))
    for name, one in order:
        middle, worst = statistics.median(one.seconds) * 1000, max(one.seconds) * 1000
        slow = "  ← slow" if max(one.seconds) > ALLOWED else ""
        lines.append(
            f"{name:22} {len(one.seconds):4}  {max(one.statements):10}  {middle:9.1f}"
            f"  {worst:8.1f}  {one.worst}{slow}"
        )
    return "\n".join(lines)


async def _main(volunteers: int) -> None:
    year = Year(
        seed=1, volunteers=volunteers, assignments=max(volunteers // 10, 20), shifts_each=20
    )
    server = databases.start_postgres("bench-screens")
    try:
        with TemporaryDirectory() as place:
            addresses = (
                f"sqlite:///{Path(place) / 'year.sqlite'}",
                databases.fresh_postgres(server, "screens"),
            )
            for address in addresses:
                database = Database(address)
                found, held = await measured(database, year)
                print(address.partition(":")[0], {k.name: len(v) for k, v in year.rows.items()})
                print(told(found))
                print(f"counting a year held everybody up for {held * 1000:.1f} ms at most\n")
                await database.close()
    finally:
        server.cleanup()


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
