"""Exactly one process sends, and only that one looks at what is due."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any

import structlog

from bot.storage.engine import CHANNEL, Database, Leader

SENDER_LOCK = 0x57_45_47_57  # any number, the same on every replica
_LOOK_EVERY = 1.0

log = structlog.get_logger()

Lead = Callable[[Leader, asyncio.Event], Awaitable[None]]


async def lead(
    database: Database, work: Lead, *, ring: Callable[[], None], stop: asyncio.Event
) -> None:
    """Run `work(leader, stop)` whenever this process is the leader, until `stop`.

    A failure, or the loss of the leader's connection, ends the work; it is taken up again here or
    by another replica a second later.
    """
    while not stop.is_set():
        try:
            async with database.leading(SENDER_LOCK) as leader:
                if leader is not None:
                    await _lead(leader, work, ring, stop)
        except Exception:
            log.exception("leader.failed")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), _LOOK_EVERY)


async def _lead(leader: Leader, work: Lead, ring: Callable[[], None], stop: asyncio.Event) -> None:
    log.info("leader.begins")

    def heard(*_: Any) -> None:
        ring()

    if leader.driver is not None:
        await leader.driver.add_listener(CHANNEL, heard)
    try:
        await work(leader, stop)
    finally:
        if leader.driver is not None and not leader.driver.is_closed():
            await leader.driver.remove_listener(CHANNEL, heard)
