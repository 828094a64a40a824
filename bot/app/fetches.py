"""Fetches files that colleagues sent and want read. Network calls, so outside turns."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

import structlog
from telegram.error import TelegramError

from bot import clock
from bot.errors import Refused
from bot.schedule import fetching
from bot.schedule.fetching import Reader, TooBig, Unfetched, Wanted
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from bot.transport.connection import Telegram
from bot.transport.requests import NotGiven, TooLarge

MOST: Final = 5_000_000  # bytes
_TRIES: Final = 3
_PAUSE: Final = timedelta(minutes=1)

log = structlog.get_logger()


@dataclass(slots=True)
class Fetches:
    """What is being fetched now; a wish that gets lost with the process comes again."""

    database: Database
    telegram: Telegram
    readers: Mapping[str, Reader]
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def is_under_way(self) -> bool:
        """Is a file being fetched or read?"""
        return bool(self._tasks)

    async def fetch(self, tx: Tx, ref: str, *, now: datetime) -> None:
        """A wish is due: begin once this is committed, and look again in a minute."""
        name, tried, rest = fetching.wish_of(ref)
        if tried >= _TRIES:
            await self.readers[name].take(tx, rest, Unfetched(), now)
            return
        await fetching.again(tx, name, rest, tried=tried + 1, at=now + _PAUSE)
        tx.after_commit(partial(self._begin, name, rest))

    async def end(self) -> None:
        """Give up what is under way; the next start takes it up."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _begin(self, name: str, ref: str) -> None:
        task = asyncio.create_task(self._read(name, ref))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _read(self, name: str, ref: str) -> None:
        reader = self.readers[name]
        try:
            async with self.database.reading() as tx:
                wanted = await reader.wanted(tx, ref, clock.now())
            found = None if wanted is None else await self._found(reader, wanted)
            async with self.database.writing() as tx:
                await fetching.over(tx, name, ref)
                if wanted is not None:
                    await reader.take(tx, ref, found, clock.now())
        except TelegramError as error:
            log.warning("fetch.later", reader=name, reason=type(error).__name__)
        except Exception:  # ours: the wish comes again, and then it is said that it failed
            log.exception("fetch.failed", reader=name)

    async def _found(self, reader: Reader, wanted: Wanted) -> Any:
        """What the reader made of it, or the Refused why there is nothing."""
        try:
            content = await self.telegram.fetch(wanted.file_id, most=MOST)
            return await asyncio.to_thread(reader.read, content, wanted.about)
        except TooLarge:
            return TooBig()
        except NotGiven:
            return Unfetched()
        except Refused as refusal:
            return refusal
