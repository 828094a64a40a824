"""Exactly one process sends, and another takes over when it dies."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.delivery import leadership, outbox
from bot.delivery.messages import Outgoing
from bot.delivery.sender import Writing
from bot.storage.engine import Database, Leader
from tests.support.delivery_makers import on_postgres, on_sqlite

Work = Callable[[Leader, asyncio.Event], Awaitable[None]]


class _Replica:
    """One process that would like to lead."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.leads = asyncio.Event()
        self.rings = asyncio.Event()
        self.times = 0
        self.stop = asyncio.Event()
        self.task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self.task = asyncio.create_task(
            leadership.lead(self.database, self._work, ring=self.rings.set, stop=self.stop)
        )

    async def _work(self, leader: Leader, stop: asyncio.Event) -> None:
        self.times += 1
        self.leads.set()
        try:
            while not stop.is_set():
                async with leader.writing() as tx:
                    await tx.raw("SELECT 1")
                await asyncio.wait({asyncio.ensure_future(stop.wait())}, timeout=0.02)
        finally:
            self.leads.clear()

    async def ends(self) -> None:
        self.stop.set()
        if self.task is not None:
            await asyncio.wait_for(self.task, 5)


def _another(database: Database) -> Database:
    return Database(database.url.render_as_string(hide_password=False))


@on_postgres
async def test_exactly_one_of_two_leads(database: Database) -> None:
    first, second = _Replica(database), _Replica(_another(database))
    first.start()
    await asyncio.wait_for(first.leads.wait(), 5)

    async with second.database.leading(leadership.SENDER_LOCK) as leader:
        assert leader is None

    await first.ends()
    async with second.database.leading(leadership.SENDER_LOCK) as leader:
        assert leader is not None
    await second.database.close()


# Of this database only: the server tells of the locks of all, and other bots hold theirs.
_KILL = (
    "SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
    " WHERE l.locktype = 'advisory' AND l.objid = ? AND l.granted"
    " AND d.datname = current_database()"
)


@on_postgres
async def test_other_replica_leads_when_the_line_of_the_first_is_cut(database: Database) -> None:
    first, second = _Replica(database), _Replica(_another(database))
    first.start()
    await asyncio.wait_for(first.leads.wait(), 5)
    second.start()

    async with second.database.writing() as tx:
        await tx.raw(_KILL, leadership.SENDER_LOCK)

    leading = {asyncio.create_task(one.leads.wait()) for one in (second,)}
    done, _ = await asyncio.wait(leading, timeout=10)
    took_over = bool(done) or first.times == 2
    await asyncio.gather(first.ends(), second.ends())
    await second.database.close()
    assert took_over


@on_postgres
async def test_leader_comes_back_after_its_work_failed(database: Database) -> None:
    times = 0
    again = asyncio.Event()
    stop = asyncio.Event()

    async def work(leader: Leader, stopping: asyncio.Event) -> None:
        nonlocal times
        times += 1
        if times == 1:
            raise OSError("no line")
        again.set()

    leading = asyncio.create_task(leadership.lead(database, work, ring=lambda: None, stop=stop))
    await asyncio.wait_for(again.wait(), 5)
    stop.set()
    await leading

    assert times >= 2


@on_postgres
async def test_post_of_another_replica_wakes_the_leader(database: Database) -> None:
    leader, other = _Replica(database), _another(database)
    leader.start()
    await asyncio.wait_for(leader.leads.wait(), 5)

    async with other.writing() as tx:
        await outbox.put(tx, Outgoing(to=1, text="x"))

    await asyncio.wait_for(leader.rings.wait(), 5)
    await leader.ends()
    await other.close()


async def _half_a_step(writing: Writing) -> None:
    async with writing() as tx:
        await outbox.put(tx, Outgoing(to=1, text="undone"))
        raise LookupError


@on_postgres
async def test_undone_post_wakes_nobody(database: Database) -> None:
    leader = _Replica(database)
    leader.start()
    await asyncio.wait_for(leader.leads.wait(), 5)

    with pytest.raises(LookupError):
        await _half_a_step(database.writing)
    async with database.writing() as tx:
        await tx.raw("SELECT 1")

    assert not leader.rings.is_set()
    await leader.ends()


@on_postgres
async def test_leader_undoes_what_failed_and_goes_on(database: Database) -> None:
    async with database.leading(leadership.SENDER_LOCK) as leader:
        assert leader is not None
        with pytest.raises(LookupError):
            await _half_a_step(leader.writing)
        async with leader.writing() as tx:
            await outbox.put(tx, Outgoing(to=1, text="kept"))

    async with database.reading() as tx:
        assert await tx.raw("SELECT count(*) FROM outbox") == [(1,)]


@on_sqlite
async def test_process_of_a_file_is_always_the_leader(database: Database) -> None:
    replica = _Replica(database)
    replica.start()

    await asyncio.wait_for(replica.leads.wait(), 5)
    await replica.ends()

    assert replica.times == 1
