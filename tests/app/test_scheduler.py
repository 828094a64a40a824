"""Regular work: when the night is, and that no night is lost or doubled."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.app import scheduler
from bot.delivery import moves
from bot.schedule import due, tables
from bot.storage.engine import Database
from bot.storage.transaction import Tx

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "night"),
    [
        ("2026-03-04T10:00", "2026-03-05T02:30"),
        ("2026-03-04T02:29", "2026-03-04T02:30"),
        ("2026-03-04T02:30", "2026-03-05T02:30"),
        ("2026-03-28T12:00", "2026-03-29T01:30"),
        ("2026-03-29T00:59", "2026-03-29T01:30"),
        ("2026-10-24T12:00", "2026-10-25T02:30"),
        ("2026-10-25T00:30", "2026-10-25T02:30"),
        ("2026-10-25T01:30", "2026-10-25T02:30"),
    ],
    ids=[
        "by day",
        "just before",
        "at that moment",
        "day before summer time",
        "night of summer time",
        "day before winter time",
        "first half past two",
        "second half past two",
    ],
)
def test_night_is_half_past_three_in_brussels(now: str, night: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)

    assert scheduler.next_night(moment) == datetime.fromisoformat(night).replace(tzinfo=UTC)


def test_there_is_exactly_one_night_a_day_all_year() -> None:
    night, nights = datetime(2026, 1, 1, tzinfo=UTC), []
    while night.year == 2026:
        night = scheduler.next_night(night)
        nights.append(night)

    gaps = {later - earlier for earlier, later in itertools.pairwise(nights)}
    assert len(nights) == 366
    assert gaps == {timedelta(hours=hours) for hours in (23, 24, 25)}


def test_next_hour_is_full() -> None:
    assert scheduler.next_hour(NOW + timedelta(minutes=59)) == NOW + timedelta(hours=1)


class _Work:
    def __init__(self) -> None:
        self.done = 0
        self.fails = False

    async def job(self, tx: Tx, *, now: datetime) -> None:
        await moves.remember(tx, -1, -2)
        if self.fails:
            raise LookupError
        self.done += 1


async def _planned(database: Database) -> list[datetime]:
    async with database.reading() as tx:
        rows = await tx.all(select(tables.due.c.due_at))
    return [row["due_at"] for row in rows]


async def test_job_and_its_next_time_are_one_commit(database: Database) -> None:
    work = _Work()
    (regular,) = scheduler.hourly({"tidy": work.job})
    await scheduler.plan_first(database, [regular], now=NOW)
    at = NOW + timedelta(hours=1)

    work.fails = True
    await due.run(database, {regular.kind: regular.run}, now=at)
    async with database.reading() as tx:
        assert await moves.known(tx) == {}
    assert await _planned(database) == [at + timedelta(minutes=1)]

    work.fails = False
    await due.run(database, {regular.kind: regular.run}, now=at + timedelta(minutes=1))

    assert work.done == 1
    assert await _planned(database) == [at + timedelta(hours=1)]


async def test_first_time_is_planned_once_for_all_starts(database: Database) -> None:
    regulars = scheduler.nightly({"forget": _Work().job})

    for days in range(3):
        await scheduler.plan_first(database, regulars, now=NOW + timedelta(days=days))

    assert await _planned(database) == [scheduler.next_night(NOW)]


async def test_night_missed_while_the_bot_was_down_is_made_up_for(database: Database) -> None:
    work = _Work()
    regulars = scheduler.nightly({"forget": work.job})
    kinds = {one.kind: one.run for one in regulars}
    await scheduler.plan_first(database, regulars, now=NOW)

    for _ in range(2):
        await due.run(database, kinds, now=NOW + timedelta(days=3))

    assert work.done == 1
