"""`Tx`: one unit of work. Services get it, never commit it."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import Executable, Table
from sqlalchemy.engine import CursorResult
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.prepared import Prepared, Upsert, inserting

Row = Mapping[str, Any]


@lru_cache(maxsize=256)
def _numbered(sql: str) -> str:
    """`?` places as PostgreSQL's `$1`, `$2` … (our raw statements hold no question marks)."""
    first, *rest = sql.split("?")
    return first + "".join(f"${number}{part}" for number, part in enumerate(rest, 1))


class Tx:
    """One transaction on one connection.

    `execute`, `one`, `all`, `scalar` take SQLAlchemy statements; `one`, `all` and `write` take
    `Prepared` ones, for what runs for each message. `raw` goes to the driver and is for `delivery`
    alone.
    """

    def __init__(self, connection: AsyncConnection, driver: Any = None) -> None:
        self.connection = connection
        self.is_sqlite = connection.dialect.name == "sqlite"
        self._driver = driver  # aiosqlite's own connection; None on PostgreSQL
        self._depth = 0
        self._after_commit: list[Callable[[], None]] = []
        self.rings = False
        self.statements = 0

    async def execute(self, statement: Executable, values: Any = None) -> CursorResult[Any]:
        """Run a statement; `values` may be one mapping or a list of them."""
        self.statements += 1
        result: CursorResult[Any] = await self.connection.execute(statement, values)
        return result

    async def one(self, statement: Executable | Prepared, values: Any = None) -> Row | None:
        """The first row as a mapping, or None."""
        if isinstance(statement, Prepared):
            return next(iter(await self._prepared(statement, values)), None)
        found = (await self.execute(statement, values)).mappings().first()
        return cast("Row | None", found)

    async def all(self, statement: Executable | Prepared, values: Any = None) -> Sequence[Row]:
        """Every row as a mapping."""
        if isinstance(statement, Prepared):
            return await self._prepared(statement, values)
        return cast(Sequence[Row], (await self.execute(statement, values)).mappings().all())

    async def write(self, statement: Prepared, values: Mapping[str, Any]) -> None:
        """Run a prepared statement that returns nothing."""
        await self._prepared(statement, values)

    async def _prepared(self, statement: Prepared, values: Mapping[str, Any]) -> list[Row]:
        compiled = statement.compiled(self.connection.dialect)
        found = await self._drive(compiled.sql, compiled.given(values))
        return [compiled.row(row) for row in found]

    async def scalar(self, statement: Executable) -> Any:
        """The first column of the first row, or None."""
        return (await self.execute(statement)).scalar()

    def insert(self, table: Table) -> Upsert:
        """An INSERT that knows ON CONFLICT."""
        return inserting(self.connection.dialect)(table)

    async def raw(self, sql: str, *values: Any) -> list[Any]:
        """Run plain SQL with `?` places on the driver and fetch what it returns."""
        return await self._drive(sql if self.is_sqlite else _numbered(sql), values)

    async def _drive(self, sql: str, values: Sequence[Any]) -> list[Any]:
        self.statements += 1
        if self._driver is not None:
            return list(await self._driver.execute_fetchall(sql, values))
        result = await self.connection.exec_driver_sql(sql, tuple(values))
        return [tuple(row) for row in result] if result.returns_rows else []

    async def raw_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """The same statement for many rows, in one call."""
        if not rows:
            return
        self.statements += 1
        if self._driver is not None:
            await self._driver.executemany(sql, rows)
        else:
            await self.connection.exec_driver_sql(_numbered(sql), [tuple(row) for row in rows])

    async def raw_soon(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """As `raw_many`, for what nobody reads before the next statement or the commit.

        On SQLite it travels with that one, and an error is raised there.
        """
        if self._driver is None or not rows:
            await self.raw_many(sql, rows)
            return
        self.statements += 1
        self._driver.soon(sql, rows)

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """Undo only what happens inside when it fails; the error goes on."""
        self._depth += 1
        name, kept = f"step_{self._depth}", len(self._after_commit)
        await self._soon(f"SAVEPOINT {name}")
        try:
            yield
        except BaseException:
            del self._after_commit[kept:]
            await self.raw(f"ROLLBACK TO SAVEPOINT {name}")
            await self.raw(f"RELEASE SAVEPOINT {name}")
            raise
        else:
            await self._soon(f"RELEASE SAVEPOINT {name}")
        finally:
            self._depth -= 1

    async def _soon(self, sql: str) -> None:
        """SQLite's thread takes it along with the next statement: savepoints cost no hand-over."""
        if self._driver is None:
            await self.raw(sql)
        else:
            self._driver.soon(sql)

    def after_commit(self, call: Callable[[], None]) -> None:
        """Have `call` run once this transaction is safely on disk (to wake somebody)."""
        self._after_commit.append(call)

    def ring(self) -> None:
        """Have the sender woken once this is committed: there is something to send."""
        self.rings = True

    def committed(self) -> None:
        """Run what waited for the commit (called by `Database` only)."""
        calls, self._after_commit = self._after_commit, []
        for call in calls:
            call()
