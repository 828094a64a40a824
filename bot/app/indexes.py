"""Keeps who may be matched with what in step with the rows, changed here or on another replica."""

import asyncio
from functools import partial

import structlog

from bot import clock
from bot.app import freshness
from bot.storage.engine import Database
from bot.volunteering.matching import Index
from bot.volunteering.service import indexing

log = structlog.get_logger()


async def refresh(index: Index, database: Database) -> None:
    """Read what was written since the last time."""
    async with database.reading() as tx:
        read = await indexing.refresh(index, tx, now=clock.now())
    if read:
        log.debug("matching.read", rows=read, known=len(index))


async def keep_fresh(index: Index, database: Database, stop: asyncio.Event) -> None:
    """Refresh now and then, and at once when it was changed here, until `stop`."""
    index.news.set()  # the first time without delay
    await freshness.keep("matching", partial(refresh, index, database), news=index.news, stop=stop)
