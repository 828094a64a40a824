"""`Database`: opens the engine for SQLite or PostgreSQL and hands out transactions.

SQLite has one writer: `writing()` takes a first-in-first-out lock before `BEGIN IMMEDIATE`
(without the lock, waiting writers poll and the slowest turns take seconds). WAL, synchronous=FULL:
a power cut loses nothing.
"""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, event, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import Misconfigured
from bot.storage import sqlite
from bot.storage.transaction import Tx

_CONFLICTS = {"40001", "40P01"}  # serialisation failure, deadlock (PostgreSQL, appendix A)

CHANNEL = "wegwijzer_outbox"

_PRAGMAS = (
    "PRAGMA busy_timeout=5000",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA wal_autocheckpoint=4000",  # pages; the idle worker checkpoints long before
    "PRAGMA cache_size=-8000",
)


def address(url: str) -> URL:
    """The database's address with its async driver. Raises Misconfigured for another kind."""
    parsed = make_url(url)
    kind = parsed.get_backend_name()
    if kind in ("postgresql", "postgres"):
        # Everybody else's word for what asyncpg calls `ssl`; the values are the same.
        query = {("ssl" if name == "sslmode" else name): how for name, how in parsed.query.items()}
        return parsed.set(drivername="postgresql+asyncpg", query=query)
    is_file = bool(parsed.database) and parsed.database != ":memory:"
    if kind == "sqlite" and is_file and not parsed.host:  # two slashes would name a server
        return parsed.set(drivername="sqlite+aiosqlite")
    raise Misconfigured(
        "WEGWIJZER_DATABASE_URL must begin with sqlite:/// and name a file, or with postgresql://"
    )


def is_missing(address: URL) -> bool:
    """Is it a file that does not exist yet?"""
    return address.get_backend_name() == "sqlite" and not Path(address.database or "").exists()


def is_conflict(error: BaseException) -> bool:
    """Did two transactions get in each other's way, so that repeating is right?"""
    if not isinstance(error, DBAPIError):
        return False
    code = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "pgcode", None)
    return code in _CONFLICTS


@dataclass(frozen=True, slots=True)
class Leader:
    """What the one leading process works with. `driver`: asyncpg's connection (PostgreSQL only)."""

    writing: Callable[[], AbstractAsyncContextManager[Tx]]
    driver: Any


class Database:
    """One database of one bot."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.url = address(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(self.url) if self.is_sqlite else _postgres(self.url, pool_size)
        self.bells: list[Callable[[], None]] = []  # rung after a commit that has something to send
        self._turnstile = asyncio.Lock()
        self._writer: AsyncConnection | None = None

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Tx]:
        """One transaction: committed at the end, undone by any error."""
        if self.is_sqlite:
            async with self._turnstile, self._sqlite_transaction() as tx:
                yield tx
        else:
            async with self.engine.connect() as connection, _postgres_transaction(connection) as tx:
                yield tx
        self._committed(tx)

    @asynccontextmanager
    async def leading(self, lock: int) -> AsyncIterator[Leader | None]:
        """Be the only process that does something, as long as this lasts; None: another is.

        PostgreSQL: a session advisory lock, on the connection that the leader then writes with, so
        that losing one is losing the other. On SQLite this process is always the leader.
        """
        if self.is_sqlite:
            yield Leader(self.writing, None)
            return
        async with self.engine.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            got = await connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({lock})")
            if not got.scalar():
                yield None
                return
            driver = await _driver(connection)
            try:
                yield Leader(lambda: self._writing_on(connection), driver)
            finally:
                if not driver.is_closed():
                    await connection.exec_driver_sql(f"SELECT pg_advisory_unlock({lock})")

    @asynccontextmanager
    async def _writing_on(self, connection: AsyncConnection) -> AsyncIterator[Tx]:
        # The connection is in autocommit, so that the session's lock is not tied to a transaction.
        tx = Tx(connection)
        await connection.exec_driver_sql("BEGIN")
        try:
            yield tx
            await _notify(tx)
            await connection.exec_driver_sql("COMMIT")
        except BaseException:
            await connection.exec_driver_sql("ROLLBACK")
            raise
        self._committed(tx)

    def _committed(self, tx: Tx) -> None:
        tx.committed()
        if tx.rings:
            for bell in self.bells:
                bell()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Tx]:
        """A consistent view that never waits for the writer. What is written in it is undone."""
        async with self.engine.connect() as connection:
            if not self.is_sqlite:
                await connection.execution_options(isolation_level="REPEATABLE READ")
                yield Tx(connection)
                return
            driver = await _driver(connection)
            driver.soon("BEGIN")
            try:
                yield Tx(connection, driver)
            finally:
                await asyncio.shield(_undo(driver))

    @asynccontextmanager
    async def _sqlite_transaction(self) -> AsyncIterator[Tx]:
        if self._writer is None:
            self._writer = await self.engine.connect()
            # Else SQLAlchemy rolls back by itself when a first statement fails, our BEGIN with it.
            await self._writer.begin()
        driver = await _driver(self._writer)
        try:
            driver.soon("BEGIN IMMEDIATE")  # travels with the first statement
            yield Tx(self._writer, driver)
            await asyncio.shield(driver.execute("COMMIT"))
        except BaseException:
            # Also when the commit failed, or we were cancelled while it began: a transaction left
            # open would stop every later one.
            await asyncio.shield(_undo(driver))
            raise

    async def checkpoint(self) -> None:
        """Fold the write-ahead log into the file; called when idle (SQLite only)."""
        if self.is_sqlite:
            async with self._turnstile, self.engine.connect() as connection:
                await (await _driver(connection)).execute("PRAGMA wal_checkpoint(TRUNCATE)")

    async def close(self) -> None:
        """Give every connection back."""
        if self._writer is not None:
            await self._writer.close()
            self._writer = None
        await self.engine.dispose()


@asynccontextmanager
async def _postgres_transaction(connection: AsyncConnection) -> AsyncIterator[Tx]:
    async with connection.begin():
        tx = Tx(connection)
        yield tx
        await _notify(tx)


async def _notify(tx: Tx) -> None:
    """Wake the leader, wherever it runs (PostgreSQL)."""
    if tx.rings:
        await tx.raw(f"NOTIFY {CHANNEL}")


async def _undo(driver: Any) -> None:
    """Roll back whatever is open; the driver runs its statements in order."""
    with contextlib.suppress(sqlite3.OperationalError):  # nothing was open
        await driver.execute("ROLLBACK")


async def _driver(connection: AsyncConnection) -> Any:
    return (await connection.get_raw_connection()).driver_connection


def _postgres(url: URL, pool_size: int) -> AsyncEngine:
    return create_async_engine(
        url, pool_size=pool_size, max_overflow=5, pool_pre_ping=True, hide_parameters=True
    )


def _sqlite_engine(url: URL) -> AsyncEngine:
    # aiosqlite is this house's driver (a rule, not a choice of this module): no driver of our own.
    engine = create_async_engine(
        url,
        pool_size=5,
        hide_parameters=True,
        connect_args={"async_creator_fn": sqlite.connect},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    return engine
