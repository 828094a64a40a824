"""Waking whoever waits for the bot to be done."""

import asyncio


class Bell:
    """`ring` wakes all who wait; they look for themselves whether it was what they waited for."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)

    async def wait(self, seconds: float | None = None) -> bool:
        """Whether it rang within that time."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            done, _ = await asyncio.wait({waiter}, timeout=seconds)
        finally:
            self._waiting.discard(waiter)
        return bool(done)
