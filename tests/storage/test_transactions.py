"""Units of work: what is undone, what runs after the commit, who waits for whom."""

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select
from sqlalchemy.exc import DBAPIError, StatementError

from bot.errors import Misconfigured
from bot.storage import engine
from bot.storage.columns import Moment
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from tests.support.delivery_makers import on_sqlite

_ADD = "INSERT INTO moved_chats (old_id, new_id) VALUES (?, 0)"


async def _ids(database: Database) -> list[int]:
    async with database.reading() as tx:
        return [id_ for (id_,) in await tx.raw("SELECT old_id FROM moved_chats ORDER BY old_id")]


async def _fails_after(tx: Tx, id_: int) -> None:
    async with tx.savepoint():
        await tx.raw(_ADD, id_)
        raise LookupError


async def test_failing_step_undoes_only_itself(database: Database) -> None:
    async with database.writing() as tx:
        await tx.raw(_ADD, 1)
        with pytest.raises(LookupError):
            await _fails_after(tx, 2)
        async with tx.savepoint():
            await tx.raw(_ADD, 3)
            with pytest.raises(LookupError):
                await _fails_after(tx, 4)

    assert await _ids(database) == [1, 3]


async def test_step_that_broke_a_rule_leaves_the_rest_usable(database: Database) -> None:
    async with database.writing() as tx:
        await tx.raw(_ADD, 1)
        with pytest.raises((DBAPIError, sqlite3.IntegrityError)):
            async with tx.savepoint():
                await tx.raw(_ADD, 1)
        await tx.raw(_ADD, 2)

    assert await _ids(database) == [1, 2]


async def _undone(database: Database, calls: list[str]) -> None:
    async with database.writing() as tx:
        await tx.raw(_ADD, 1)
        tx.after_commit(lambda: calls.append("undone"))
        tx.ring()
        raise LookupError


async def test_nothing_follows_from_an_undone_transaction(database: Database) -> None:
    calls: list[str] = []
    database.bells.append(lambda: calls.append("bell"))

    with pytest.raises(LookupError):
        await _undone(database, calls)

    assert calls == []
    assert await _ids(database) == []


async def _fails_to_call(tx: Tx, calls: list[str]) -> None:
    async with tx.savepoint():
        tx.after_commit(lambda: calls.append("undone"))
        raise LookupError


async def test_what_waits_for_the_commit_runs_after_it(database: Database) -> None:
    calls: list[str] = []
    database.bells.append(lambda: calls.append("bell"))

    async with database.writing() as tx:
        tx.after_commit(lambda: calls.append("kept"))
        tx.ring()
        with pytest.raises(LookupError):
            await _fails_to_call(tx, calls)
        assert calls == []

    assert calls == ["kept", "bell"]


async def test_transaction_without_news_rings_nobody(database: Database) -> None:
    calls: list[str] = []
    database.bells.append(lambda: calls.append("bell"))

    async with database.writing() as tx:
        await tx.raw(_ADD, 1)

    assert calls == []


@on_sqlite
async def test_writers_of_a_file_come_first_in_first_out(database: Database) -> None:
    order: list[int] = []

    async def write(number: int) -> None:
        async with database.writing() as tx:
            order.append(number)
            await tx.raw(_ADD, number)

    await asyncio.gather(*(write(number) for number in range(30)))

    assert order == list(range(30))
    assert await _ids(database) == list(range(30))


@on_sqlite
async def test_two_programs_write_to_one_file(database: Database) -> None:
    async with database.writing() as tx:  # a running bot's file is in WAL mode already
        await tx.raw("SELECT 1")
    other = Database(str(database.url.set(drivername="sqlite")))

    async def write(through: Database, first: int) -> None:
        for number in range(first, 20, 2):
            async with through.writing() as tx:
                await tx.raw(_ADD, number)

    await asyncio.gather(write(database, 0), write(other, 1))
    await other.close()

    assert await _ids(database) == list(range(20))


async def test_reader_sees_one_state_while_others_write(database: Database) -> None:
    async with database.reading() as tx:
        before = await tx.raw("SELECT count(*) FROM moved_chats")
        async with database.writing() as other:
            await other.raw(_ADD, 1)
        after = await tx.raw("SELECT count(*) FROM moved_chats")

    assert before == after == [(0,)]
    assert await _ids(database) == [1]


async def test_reader_leaves_no_trace(database: Database) -> None:
    async with database.reading() as tx:
        await tx.raw(_ADD, 1)

    assert await _ids(database) == []


async def _cannot_commit(database: Database) -> None:
    async with database.writing() as tx:
        await tx.raw("PRAGMA defer_foreign_keys = ON")
        await tx.raw("INSERT INTO inbox_starts (inbox_id, starts) VALUES (404, 1)")


@on_sqlite
async def test_commit_that_fails_does_not_stop_later_ones(database: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        await _cannot_commit(database)

    async with database.writing() as tx:
        await tx.raw(_ADD, 1)

    assert await _ids(database) == [1]


@on_sqlite
async def test_writer_cancelled_at_any_moment_stops_nobody(database: Database) -> None:
    async def write(number: int) -> None:
        async with database.writing() as tx:
            await tx.raw(_ADD, number)

    for moments in range(12):
        writing = asyncio.create_task(write(moments))
        for _ in range(moments):
            await asyncio.sleep(0)
        writing.cancel()
        await asyncio.wait({writing})

    await write(100)

    assert 100 in await _ids(database)


async def test_power_cut_loses_nothing_by_configuration(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'own.sqlite'}")  # the fixture's waits for no disk
    async with database.writing() as tx:
        found = [
            (await tx.raw(f"PRAGMA {name}"))[0][0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    await database.close()

    assert found == ["wal", 2, 1]


@on_sqlite
async def test_idle_bot_folds_the_log_into_the_file(database: Database) -> None:
    async with database.writing() as tx:
        await tx.raw(_ADD, 1)

    await database.checkpoint()

    log = Path(f"{database.url.database}-wal")
    assert log.stat().st_size == 0


_moments = Table(
    "test_moments", MetaData(), Column("id", Integer, primary_key=True), Column("at", Moment)
)


@pytest.mark.parametrize(
    "at",
    [
        None,
        datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
        datetime(2026, 3, 29, 3, 30, 0, 123456, timezone(timedelta(hours=2))),
    ],
    ids=["none", "UTC", "another zone"],
)
async def test_moment_comes_back_as_it_was(database: Database, at: datetime | None) -> None:
    async with database.writing() as tx:
        await tx.connection.run_sync(_moments.drop, checkfirst=True)
        await tx.connection.run_sync(_moments.create)
        await tx.execute(insert(_moments).values(id=1, at=at))
        found = await tx.scalar(select(_moments.c.at))
        await tx.connection.run_sync(_moments.drop)

    assert found == at
    assert found is None or found.tzinfo is UTC


async def test_moment_without_zone_is_refused(tx: Tx) -> None:
    naive = datetime(2026, 3, 29, 1, 30)  # noqa: DTZ001

    with pytest.raises(StatementError, match="time zone"):
        await tx.execute(select(_moments).where(_moments.c.at == naive))


@pytest.mark.parametrize(
    "url",
    ["mysql://localhost/x", "sqlite://", "sqlite:///:memory:"],
    ids=["another kind", "no file", "memory"],
)
def test_database_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(Misconfigured, match="WEGWIJZER_DATABASE_URL must begin with"):
        engine.address(url)
