"""Keeps what people read in step with what staff published, here or on another replica."""

import asyncio
from functools import partial

import structlog

from bot.app import freshness
from bot.infodesk import service as infodesk
from bot.infodesk.desk import Shelf
from bot.storage.engine import Database

log = structlog.get_logger()


async def refresh(shelf: Shelf, database: Database) -> None:
    """Look whether something new was published, and read it."""
    async with database.reading() as tx:
        news = await infodesk.news(shelf, tx)
    if news is not None:
        await infodesk.put(shelf, news)
        log.info("answers.read", version=news.version, overrides=len(news.overrides))


async def keep_fresh(shelf: Shelf, database: Database, stop: asyncio.Event) -> None:
    """Refresh now and then, and at once when this process published, until `stop`."""
    look = partial(refresh, shelf, database)
    await freshness.keep("answers", look, news=shelf.news, stop=stop)
