"""The voice recordings of the phrases, made when they are sent."""

import asyncio
from pathlib import Path

from bot.dutch.domain import Course
from bot.storage.transaction import Tx


async def recording(course: Course, tx: Tx, key: str) -> bytes:
    """The recording of a phrase; its button is shown only where there is one."""
    return await asyncio.to_thread(Path(course.recordings[key]).read_bytes)
