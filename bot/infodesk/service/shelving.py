"""The shelf follows what staff published, on this replica or on another."""

import asyncio
from collections.abc import Sequence
from typing import NamedTuple

from bot.infodesk import domain
from bot.infodesk.desk import Shelf
from bot.infodesk.domain import Override
from bot.infodesk.service import publishing
from bot.storage.transaction import Tx


class News(NamedTuple):
    """What stands in the database and not on the shelf."""

    version: int
    overrides: Sequence[Override]


async def news(shelf: Shelf, tx: Tx) -> News | None:
    """None when the shelf is up to date; that costs one small query."""
    version = await publishing.content_version(tx)
    if version == shelf.version:
        return None
    return News(version, await publishing.overrides(tx))


async def put(shelf: Shelf, found: News) -> None:
    """Build library and search outside the loop, then swap them in.

    What people ask stays what the files taught; a published text only changes what they read.
    """
    library = domain.overridden(shelf.baseline, found.overrides)
    search = await asyncio.to_thread(shelf.search.over, library)
    shelf.swap(library, search, found.version)
