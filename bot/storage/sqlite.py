"""aiosqlite with one hand-over to its thread for each statement.

SQLAlchemy asks aiosqlite four times for a statement: make a cursor, execute, fetch, close. Each is
a hand-over to the connection's thread and back, which costs more than the statement itself. Here
all four go over together. The thread, its queue and its order stay aiosqlite's own.
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import aiosqlite
from aiosqlite import core

Values = Sequence[Any]


class Cursor:
    """What SQLAlchemy uses of aiosqlite's cursor; rows are fetched where they were found."""

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> "Cursor":
        return self

    async def execute(self, sql: str, values: Values = ()) -> None:
        await self._connection.run(self._execute, sql, values)

    async def executemany(self, sql: str, rows: Iterable[Values]) -> None:
        await self._connection.run(self._executemany, sql, rows)

    async def fetchall(self) -> list[Any]:
        return self._rows

    async def close(self) -> None:
        """Closed as soon as it was read."""

    def _execute(self, opened: sqlite3.Connection, sql: str, values: Values) -> None:
        self._keep(opened.execute(sql, values))

    def _executemany(self, opened: sqlite3.Connection, sql: str, rows: Iterable[Values]) -> None:
        self._keep(opened.executemany(sql, rows))

    def _keep(self, done: sqlite3.Cursor) -> None:
        self.description = done.description
        self._rows = done.fetchall() if done.description else []
        self.rowcount, self.lastrowid = done.rowcount, done.lastrowid
        done.close()


class Connection(aiosqlite.Connection):
    """aiosqlite's connection with our cursor."""

    def cursor(self) -> Cursor:  # type: ignore[override]  # SQLAlchemy takes it without awaiting
        return Cursor(self)

    _ahead: tuple[tuple[str, Sequence[Values]], ...] = ()

    def soon(self, sql: str, rows: Sequence[Values] = ()) -> None:
        """Run a statement without result in the same hand-over as the next one, before it: once,
        or once for each row. When it fails, the next one is not run and has its error."""
        self._ahead += ((sql, rows),)

    async def run(self, work: Any, *values: Any) -> None:
        """Do `work(connection, *values)` in the connection's thread."""
        await self._execute(work, self._conn, *values)

    async def _execute(self, fn: Any, *args: Any, **kwargs: Any) -> Any:
        """aiosqlite's one way to its thread."""
        ahead, self._ahead = self._ahead, ()
        if ahead:
            fn = partial(_after, ahead, self._conn, fn)
        return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]

    def stop(self) -> None:
        """End the thread without telling anybody: the loop that asked may be closed by then."""
        self._running = False
        self._tx.put_nowait((None, self._close_and_stop))

    def _close_and_stop(self) -> object:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        return core._STOP_RUNNING_SENTINEL


def _after(
    ahead: Sequence[tuple[str, Sequence[Values]]],
    opened: sqlite3.Connection,
    work: Any,
    *args: Any,
    **kwargs: Any,
) -> Any:
    for sql, rows in ahead:
        if rows:
            opened.executemany(sql, rows)
        else:
            opened.execute(sql)
    return work(*args, **kwargs)


def begin_private(path: str | Path) -> None:
    """Make the file for a new database readable by nobody else; its logs get the same rights. One
    that is there keeps what the operator gave it; what cannot be made, SQLite itself complains of.
    """
    with contextlib.suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def connect(path: str, **options: Any) -> Connection:
    """A connection to be awaited. BEGIN and COMMIT are ours alone (`isolation_level` None)."""

    def opening() -> sqlite3.Connection:
        begin_private(path)
        made: sqlite3.Connection = sqlite3.connect(path, isolation_level=None, **options)
        return made

    opened = Connection(opening, 64)
    opened._thread.daemon = True
    return opened
