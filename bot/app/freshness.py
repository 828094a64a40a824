"""What is kept in memory stays in step with the rows, whichever replica changed them."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

_FRESH_FOR = 20.0  # seconds; another replica may have changed something

log = structlog.get_logger()


async def keep(
    what: str, look: Callable[[], Awaitable[None]], *, news: asyncio.Event, stop: asyncio.Event
) -> None:
    """Look now and then, and at once when this process has news, until `stop`."""
    while not stop.is_set():
        await _either(news, stop)
        news.clear()
        try:
            await look()
        except Exception:
            log.exception(f"{what}.unread")  # what was read before goes on being served


async def _either(news: asyncio.Event, stop: asyncio.Event) -> None:
    waiting = [asyncio.create_task(event.wait()) for event in (news, stop)]
    await asyncio.wait(waiting, timeout=_FRESH_FOR, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
