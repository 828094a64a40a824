"""The database of a bot that is a process of its own: looked into, and written behind its back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from bot import clock
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from tests.support import shift_makers


@dataclass(frozen=True)
class Behind:
    """What stands there, whether the bot runs or not."""

    database_url: str

    async def counts(self, *tables: str) -> dict[str, int]:
        """How many rows each has."""
        async with self._opened() as tx:
            return {one: (await tx.raw(f'SELECT COUNT(*) FROM "{one}"'))[0][0] for one in tables}

    async def taken(self, event: int) -> tuple[int, int]:
        """Places as the event counts them, and as the rows say."""
        async with self._opened() as tx:
            ((counted,),) = await tx.raw("SELECT taken FROM events WHERE id = ?", event)
            ((real,),) = await tx.raw(
                "SELECT COUNT(*) FROM registrations WHERE event_id = ? AND state = 'placed'", event
            )
            return counted, real

    async def approves_everybody(self) -> None:
        """Whoever signed up is a volunteer."""
        async with self._opened() as tx:
            await tx.raw("UPDATE volunteers SET state = 'active', age_group = 'adult'")

    async def plans_a_shift(self) -> int:
        """In three days, with one place."""
        async with self._opened() as tx:
            now = clock.now()
            starts_at = now + timedelta(days=3)
            return await shift_makers.a_shift(tx, starts_at=starts_at, capacity=1, now=now)

    @asynccontextmanager
    async def _opened(self) -> AsyncIterator[Tx]:
        database = Database(self.database_url)
        try:
            async with database.writing() as tx:
                yield tx
        finally:
            await database.close()
