"""What is due: once, in its own commit, tried again when it fails, never lost."""

import asyncio
from datetime import UTC, datetime, timedelta

from bot.delivery import moves
from bot.schedule import due
from bot.schedule.due import DueHandler
from bot.storage.engine import Database
from bot.storage.transaction import Tx

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class _Told:
    """A kind that keeps what it was told, after leaving a trace in the same transaction."""

    def __init__(self, failing: int = 0) -> None:
        self.refs: list[str] = []
        self.failing = failing

    async def hear(self, tx: Tx, ref: str, *, now: datetime) -> None:
        self.refs.append(ref)
        await moves.remember(tx, -len(self.refs), -1000)
        if len(self.refs) <= self.failing:
            raise LookupError("the text of somebody")

    @property
    def kinds(self) -> dict[str, DueHandler]:
        return {"remind": self.hear}


async def _plan(database: Database, key: str = "k", at: datetime = NOW, ref: str = "42") -> None:
    async with database.writing() as tx:
        await due.plan(tx, key=key, kind="remind", ref=ref, at=at)


async def _late(database: Database, now: datetime) -> int:
    async with database.reading() as tx:
        return await due.late(tx, now=now)


async def _traces(database: Database) -> int:
    async with database.reading() as tx:
        return len(await moves.known(tx))


async def test_due_row_is_told_once_and_is_gone(database: Database) -> None:
    told = _Told()
    await _plan(database)

    assert await due.run(database, told.kinds, now=NOW) == 1
    assert await due.run(database, told.kinds, now=NOW + MINUTE) == 0

    assert told.refs == ["42"]


async def test_row_of_later_is_left_alone(database: Database) -> None:
    told = _Told()
    await _plan(database, at=NOW + MINUTE)

    await due.run(database, told.kinds, now=NOW)

    assert told.refs == []


async def test_two_runners_tell_each_row_once(database: Database) -> None:
    told = _Told()
    for number in range(15):
        await _plan(database, key=f"k{number}", ref=str(number))

    await asyncio.gather(*(due.run(database, told.kinds, now=NOW) for _ in range(2)))

    assert sorted(told.refs, key=int) == [str(number) for number in range(15)]


async def test_rows_are_told_in_order_of_their_moments(database: Database) -> None:
    told = _Told()
    for key, minutes in (("c", 1), ("a", 3), ("b", 2)):
        await _plan(database, key=key, ref=key, at=NOW - minutes * MINUTE)

    await due.run(database, told.kinds, now=NOW)

    assert told.refs == ["a", "b", "c"]


async def test_planning_again_moves_the_moment(database: Database) -> None:
    told = _Told()
    await _plan(database, ref="old")
    await _plan(database, ref="new", at=NOW + MINUTE)

    await due.run(database, told.kinds, now=NOW)
    assert told.refs == []
    await due.run(database, told.kinds, now=NOW + MINUTE)

    assert told.refs == ["new"]


async def test_gathered_wish_keeps_its_first_moment(database: Database) -> None:
    told = _Told()
    await _plan(database, ref="first")
    async with database.writing() as tx:
        await due.plan_unless_planned(tx, key="k", kind="remind", ref="x", at=NOW + MINUTE)

    await due.run(database, told.kinds, now=NOW)

    assert told.refs == ["first"]


async def test_cancelled_row_is_never_told(database: Database) -> None:
    told = _Told()
    await _plan(database, key="a", ref="1")
    await _plan(database, key="b", ref="2")
    await _plan(database, key="c", ref="2")
    async with database.writing() as tx:
        await due.cancel(tx, "a")
        await due.cancel(tx, "b")
        await due.cancel(tx, "c")

    await due.run(database, told.kinds, now=NOW)

    assert told.refs == []


async def test_failing_kind_leaves_no_trace_and_is_tried_again(database: Database) -> None:
    told = _Told(failing=1)
    await _plan(database)

    await due.run(database, told.kinds, now=NOW)
    assert await _traces(database) == 0
    await due.run(database, told.kinds, now=NOW)
    assert told.refs == ["42"]
    await due.run(database, told.kinds, now=NOW + MINUTE)

    assert told.refs == ["42", "42"]
    assert await _traces(database) == 1


async def test_failing_row_does_not_hold_the_others(database: Database) -> None:
    told = _Told(failing=1)
    await _plan(database, key="a", ref="bad", at=NOW - MINUTE)
    await _plan(database, key="b", ref="good")

    await due.run(database, told.kinds, now=NOW)

    assert told.refs == ["bad", "good"]


async def test_row_that_failed_five_times_stays_visible(database: Database) -> None:
    told = _Told(failing=99)
    await _plan(database)
    for minute in range(10):
        await due.run(database, told.kinds, now=NOW + minute * MINUTE)

    assert len(told.refs) == 5
    assert await _late(database, NOW + 10 * MINUTE) == 1
    async with database.reading() as tx:
        assert await tx.raw("SELECT tries, error FROM due") == [(5, "LookupError")]


async def test_nightly_job_does_not_end_for_ever_after_a_bad_night(database: Database) -> None:
    told = _Told(failing=5)
    await _plan(database)
    for minute in range(5):
        await due.run(database, told.kinds, now=NOW + minute * MINUTE)

    await due.run(database, told.kinds, now=NOW + timedelta(hours=2))

    assert len(told.refs) == 6
    assert await _late(database, NOW + timedelta(hours=3)) == 0


async def test_kind_of_a_newer_version_is_kept(database: Database) -> None:
    told = _Told()
    await _plan(database)

    await due.run(database, {}, now=NOW)
    await due.run(database, told.kinds, now=NOW + MINUTE)

    assert told.refs == ["42"]


async def test_row_nobody_took_is_late(database: Database) -> None:
    await _plan(database)

    assert await _late(database, NOW + MINUTE / 2) == 0
    assert await _late(database, NOW + 2 * MINUTE) == 1
