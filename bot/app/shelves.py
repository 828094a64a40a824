"""Keeps what people read in step with what staff published, here or on another replica."""

import asyncio

import structlog

from bot.infodesk import service as infodesk
from bot.infodesk.desk import Shelf
from bot.storage.engine import Database

_FRESH_FOR = 20.0  # seconds; another replica may have published

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
    while not stop.is_set():
        await _either(shelf.news, stop)
        shelf.news.clear()
        try:
            await refresh(shelf, database)
        except Exception:
            log.exception("answers.unread")  # what was read before goes on being served


async def _either(news: asyncio.Event, stop: asyncio.Event) -> None:
    waiting = [asyncio.create_task(event.wait()) for event in (news, stop)]
    await asyncio.wait(waiting, timeout=_FRESH_FOR, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
