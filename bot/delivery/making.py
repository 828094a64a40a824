"""Files that are made when they are sent.

What takes long to draw is drawn in a thread, when no transaction is open: on SQLite one writer
serves everybody, and no turn waits for a letter.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.storage.engine import Database
from bot.storage.transaction import Tx


@dataclass(frozen=True, slots=True)
class Sketch:
    """All that a file needs, so that it can be drawn without rows.

    draw  values in, bytes out; called in a thread
    keep  stores them, in a transaction of its own, and returns what is stored: of two who draw the
          same at once, both send what the first one stored
    """

    draw: Callable[[], bytes]
    keep: Callable[[Tx, bytes], Awaitable[bytes]] | None = None


Maker = Callable[[Tx, str], Awaitable[bytes | Sketch]]


async def content(database: Database, maker: Maker, id_: str) -> bytes:
    """The file that `maker` makes of `id_`. What maker and `keep` raise goes through: `Refused`
    where there is nothing (any more) to send."""
    async with database.reading() as tx:
        found = await maker(tx, id_)
    if isinstance(found, bytes):
        return found
    drawn = await asyncio.to_thread(found.draw)
    if found.keep is None:
        return drawn
    async with database.writing() as tx:
        return await found.keep(tx, drawn)
