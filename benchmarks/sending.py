"""Sends many messages, sixteen in the air, and prints what one cost this process."""

import asyncio
import json
import os
import time
from collections.abc import Awaitable, Callable

IN_FLIGHT = 16
TEXT = "You can ask for asylum at the registration centre in Brussels. " * 8
_WARM_UP = 300

Send = Callable[[int], Awaitable[None]]


async def measure(send: Send) -> None:
    """Warm up, then measure."""
    await _send(send, _WARM_UP)
    count = int(os.environ["BENCH_COUNT"])
    cpu, wall = time.process_time(), time.monotonic()
    await _send(send, count)
    cpu, wall = time.process_time() - cpu, time.monotonic() - wall
    print(json.dumps({"cpu": cpu / count, "rate": count / wall, "count": count}), flush=True)


async def _send(send: Send, count: int) -> None:
    left = iter(range(count))

    async def one_after_another() -> None:
        for number in left:
            await send(1000 + number % 500)

    await asyncio.gather(*(one_after_another() for _ in range(IN_FLIGHT)))
