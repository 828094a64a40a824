"""Matching 1,000 assignments with 10,000 volunteers: `python -m benchmarks.volunteering 3`.

Compared with the time that is allowed for each; reading the index, with the bare rows and nothing
done with them.
"""

import asyncio
import gc
import json
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bot.app import schema
from bot.app.settings import LOCALES
from bot.events import tables as events
from bot.infodesk.desk import no_towns
from bot.language.catalog import Catalogs
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import State
from bot.volunteering.matching import Index
from bot.volunteering.service import fitting, indexing
from tests.support import databases
from tests.support.volunteering_makers import NOW
from tests.support.volunteering_year import Year

VOLUNTEERS, ASSIGNMENTS, SHIFTS_EACH = 10_000, 1_000, 20
TRIES = 15  # of each way, with another volunteer or shift each time
ALLOWED = {"volunteer": 0.050, "shift": 0.100, "held": 0.020}

Found = dict[str, dict[str, list[float]]]


class Whom(NamedTuple):
    """Whom, and for which shifts, is looked: ids."""

    volunteers: list[int]
    shifts: list[int]


async def measured(repetitions: int) -> Found:
    """Seconds by metric: ours, and what it is compared with."""
    found: Found = {name: {"ours": [], "theirs": []} for name in (*ALLOWED, "cold")}
    with TemporaryDirectory() as place:
        async with _a_year(Path(place) / "year.sqlite") as (database, whom):
            for _ in range(repetitions):
                await _measure(database, whom, Path(place) / "year.sqlite", found)
    for name, allowed in ALLOWED.items():
        found[name]["theirs"] = [allowed] * repetitions
    return found


async def _measure(database: Database, whom: Whom, file: Path, found: Found) -> None:
    cold, held, index = await _read(database)
    found["cold"]["ours"].append(cold)
    found["cold"]["theirs"].append(_bare(file))
    found["held"]["ours"].append(held)
    desk = VolunteeringDesk(
        catalogs=Catalogs.load(LOCALES),
        organisation="",
        staff_language="nl",
        towns=no_towns(),
        index=index,
    )

    async def for_volunteer(tx: Tx, number: int) -> int:
        return len(await fitting.openings(desk, tx, whom.volunteers[number * 37], now=NOW))

    async def for_shift(tx: Tx, number: int) -> int:
        return len(await fitting.candidates(desk, tx, whom.shifts[number * 7], now=NOW))

    found["volunteer"]["ours"].append(await _slowest(database, for_volunteer))
    found["shift"]["ours"].append(await _slowest(database, for_shift))


async def _slowest(database: Database, look: Callable[[Tx, int], Awaitable[int]]) -> float:
    """Of all but the slowest tenth: what is not ours to answer for happens in these."""
    took = []
    async with database.reading() as tx:
        await look(tx, TRIES)
        for number in range(TRIES):
            began = time.process_time()
            assert await look(tx, number), "nobody fits"
            took.append(time.process_time() - began)
    return sorted(took)[int(TRIES * 0.9) - 1]


async def _read(database: Database) -> tuple[float, float, Index]:
    """How long reading everything takes, and the longest that nobody else could do anything."""
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        while True:
            began = time.thread_time()
            await asyncio.sleep(0)
            longest = max(longest, time.thread_time() - began)

    index, watching = Index(), asyncio.create_task(watch())
    began = time.process_time()
    async with database.reading() as tx:
        await indexing.refresh(index, tx, now=NOW)
    took = time.process_time() - began
    watching.cancel()
    return took, longest, index


def _bare(file: Path) -> float:
    """The same rows by the driver alone."""
    began = time.process_time()
    rows = sqlite3.connect(file)
    for table in ("volunteers", "assignments", "events"):
        rows.execute(f"SELECT * FROM {table}").fetchall()
    rows.close()
    return time.process_time() - began


@asynccontextmanager
async def _a_year(file: Path) -> AsyncIterator[tuple[Database, Whom]]:
    year = Year(seed=1, volunteers=VOLUNTEERS, assignments=ASSIGNMENTS, shifts_each=SHIFTS_EACH)
    databases.create_tables(file, schema.everything())
    database = Database(f"sqlite:///{file}")
    async with database.writing() as tx:
        await year.write(tx)
    whom = Whom(
        [one["id"] for one in year.of(tables.volunteers) if one["state"] is State.ACTIVE],
        [one["id"] for one in year.of(events.events) if one["starts_at"] > NOW],
    )
    del year
    gc.collect()
    gc.freeze()  # as a bot does with what it began with
    try:
        yield database, whom
    finally:
        await database.close()


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measured(int(sys.argv[1])))))
