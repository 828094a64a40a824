"""Keeps the timetable in step with the roster, changed here or on another replica."""

import asyncio
from functools import partial

import structlog

from bot.app import freshness
from bot.duty import service
from bot.duty.desk import Timetable
from bot.storage.engine import Database

log = structlog.get_logger()


async def refresh(timetable: Timetable, database: Database) -> None:
    """Look whether the roster or the team changed, and read it."""
    async with database.reading() as tx:
        news = await service.news(timetable, tx)
    if news is not None:
        timetable.swap(news)
        log.info("roster.read", version=news.version, blocks=len(news.duties))


async def keep_fresh(timetable: Timetable, database: Database, stop: asyncio.Event) -> None:
    """Refresh now and then, and at once when it was changed here, until `stop`."""
    look = partial(refresh, timetable, database)
    await freshness.keep("roster", look, news=timetable.news, stop=stop)
