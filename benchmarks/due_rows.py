"""What it costs to find what is due among 10,000 and among 1,000,000 rows that are pending.

`python -m benchmarks.due_rows 5`: seconds of looking, where a hundred are due and where nothing is,
on SQLite and on a PostgreSQL of its own; both sizes in turn: a busy machine is so for both.
"""

import asyncio
import json
import os
import statistics
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import schema
from bot.schedule import due
from bot.storage.engine import Database
from tests.support import databases

FEW, MANY = 10_000, 1_000_000
DUE = 100
LOOKS = 20  # of each size, each time
_NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)

# Every number once, in another order; the first hundred were due a minute ago.
_FILL_SQLITE = """
WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < ?),
mixed AS (SELECT n, n * 7919 % ? AS m FROM numbers)
INSERT INTO due (key, kind, ref, tries, due_at)
SELECT 'row:' || n, 'remind', n, 0, strftime('%Y-%m-%d %H:%M:%S.000000', '2026-11-20 09:00:00',
  CASE WHEN m < 100 THEN '-60 seconds' ELSE '+' || (60 + m * 10) || ' seconds' END) FROM mixed
"""
_FILL_POSTGRES = """
INSERT INTO due (key, kind, ref, tries, due_at)
SELECT 'row:' || n, 'remind', n, 0, TIMESTAMPTZ '2026-11-20 09:00:00+00'
  + (CASE WHEN m < 100 THEN -60 ELSE 60 + m * 10 END) * INTERVAL '1 second'
FROM (SELECT n, n * 7919 % ?::bigint AS m FROM generate_series(0::bigint, ?::bigint - 1) AS n)
"""

Found = dict[str, dict[str, list[float]]]


async def measured(repetitions: int) -> Found:
    """Seconds by metric: among many ("ours") and among few ("theirs")."""
    found: Found = {}
    with TemporaryDirectory() as place:
        async with _on_sqlite(Path(place)) as (few, many):
            found |= await _both("sqlite", few, many, repetitions)
        async with _on_postgres() as (few, many):
            found |= await _both("postgres", few, many, repetitions)
    return found


async def _both(name: str, few: Database, many: Database, repetitions: int) -> Found:
    found: Found = {}
    for what, measure in (("find", _look), ("idle", _look_early)):
        one = found[f"{name}_{what}"] = {"ours": [], "theirs": []}
        for database in (few, many):
            await _typical(database, measure)  # what is read once is read before
        for _ in range(repetitions):
            one["theirs"].append(await _typical(few, measure))
            one["ours"].append(await _typical(many, measure))
    return found


async def _typical(database: Database, measure: Callable[[Database], Awaitable[float]]) -> float:
    return statistics.median([await measure(database) for _ in range(LOOKS)])


async def _look(database: Database) -> float:
    """The hundred that are due."""
    async with database.reading() as tx:
        began = time.perf_counter()
        found = await due.what_is_due(tx, now=_NOW)
        took = time.perf_counter() - began
    assert len(found) == DUE
    return took


async def _look_early(database: Database) -> float:
    """Nothing is due: what every second costs."""
    async with database.reading() as tx:
        began = time.perf_counter()
        found = await due.what_is_due(tx, now=_NOW - timedelta(days=1))
        took = time.perf_counter() - began
    assert not found
    return took


@asynccontextmanager
async def _on_sqlite(place: Path) -> AsyncIterator[tuple[Database, Database]]:
    made = []
    for count in (FEW, MANY):
        file = place / f"{count}.sqlite"
        databases.create_tables(file, schema.everything())
        made.append(Database(f"sqlite:///{file}"))
        await _fill(made[-1], count)
    try:
        yield made[0], made[1]
    finally:
        for database in made:
            await database.close()


@asynccontextmanager
async def _on_postgres() -> AsyncIterator[tuple[Database, Database]]:
    server, made = databases.start_postgres(f"due-{os.getpid()}"), []
    for count in (FEW, MANY):
        address = databases.fresh_postgres(server, f"due_{count}")
        database = Database(address)
        async with database.engine.begin() as connection:
            await connection.run_sync(schema.everything().create_all)
        await _fill(database, count)
        async with database.engine.connect() as connection:
            outside = await connection.execution_options(isolation_level="AUTOCOMMIT")
            await outside.exec_driver_sql("VACUUM ANALYZE due")
        made.append(database)
    try:
        yield made[0], made[1]
    finally:
        for database in made:
            await database.close()
        server.cleanup()


async def _fill(database: Database, count: int) -> None:
    """A hundred that are due; the others in the coming months, in no order of their numbers."""
    async with database.writing() as tx:
        await tx.raw(_FILL_SQLITE if database.is_sqlite else _FILL_POSTGRES, count, count)


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measured(int(sys.argv[1])))))
