"""`python -m benchmarks.reminder_year`: a year of 600 events, a walk of 3,442 in 528 teams, and
some 20,000 reminders, with two bots on one database that are killed and away at random.

Prints what became of the reminders and what was wrong; exit code 1 when one came twice, at night,
of what was off, or is missing without an explanation. `--postgres` does it there, `--small` is the
form of `make test`.
"""

import argparse
import asyncio
import json
import logging
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import structlog

from bot.app import schema
from bot.storage.engine import Database
from tests.support import databases, shipped
from tests.support.reminder_year import SMALL, Found, Size, Year

_SHOWN = 10


def main() -> int:
    """Let the year pass and print what came of it."""
    given = _arguments()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    began = time.monotonic()
    found = asyncio.run(_pass(given.seed, SMALL if given.small else Size(), given.postgres))
    figures = {
        "seed": given.seed,
        "reminders": sum(found.fates.values()),
        "fates": dict(found.fates),
        "accidents": found.accidents,
        "outages": found.outages,
        "seconds": round(time.monotonic() - began),
        "wrong": len(found.wrong),
    }
    print(json.dumps(figures))
    for line in found.wrong[:_SHOWN]:
        print(line, file=sys.stderr)
    return int(bool(found.wrong))


async def _pass(seed: int, size: Size, on_postgres: bool) -> Found:
    opened = _on_postgres() if on_postgres else _on_sqlite()
    async with opened as bots:
        return await Year(bots, shipped.files().catalogs, seed=seed, size=size).passes()


@asynccontextmanager
async def _on_sqlite() -> AsyncIterator[list[Database]]:
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "year.sqlite"
        databases.create_tables(file, schema.everything())
        bots = [Database(f"sqlite:///{file}") for _ in range(2)]
        yield bots
        for bot in bots:
            await bot.close()


@asynccontextmanager
async def _on_postgres() -> AsyncIterator[list[Database]]:
    server = databases.start_postgres(f"year-{os.getpid()}")
    bots = [Database(databases.fresh_postgres(server, "year"))]
    bots.append(Database(bots[0].url.render_as_string(hide_password=False)))
    async with bots[0].engine.begin() as connection:
        await connection.run_sync(schema.everything().create_all)
    yield bots
    for bot in bots:
        await bot.close()
    server.cleanup()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reminder_year", description=__doc__)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--postgres", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
