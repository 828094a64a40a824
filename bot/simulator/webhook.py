"""Delivery of updates to the bot's webhook, queue by queue, with retries.

As in Telegram's own server (WebhookActor.cpp, Client.cpp): updates of one chat go one after the
other, taps of one person too, different queues side by side; anything but 2xx is tried again
with growing pauses until the update expires.
"""

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import Awaitable, Callable, Hashable
from typing import Any

import aiohttp

from bot.simulator.updates import Update
from bot.simulator.world import World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
ANSWER_SECONDS = 60
LONGEST_PAUSE = 60.0
LONGEST_RETRY_AFTER = 3600.0

CallBack = Callable[[dict[str, Any]], Awaitable[None]]


class Courier:
    """One worker per queue while it has updates; none when all is delivered."""

    def __init__(self, world: World, call_back: CallBack) -> None:
        self._world = world
        self._call_back = call_back
        self._queues: dict[Hashable, deque[Update]] = {}
        self._workers: dict[Hashable, asyncio.Task[None]] = {}
        self._session: aiohttp.ClientSession | None = None
        self._places = asyncio.Semaphore(40)
        world.updates.listeners.append(self.take)
        world.wake_webhook = self.restart

    def take(self, update: Update) -> None:
        if not self._world.webhook.url:
            return
        self._queues.setdefault(update.key, deque()).append(update)
        if update.key not in self._workers:
            self._workers[update.key] = asyncio.ensure_future(self._work(update.key))

    def restart(self) -> None:
        """The webhook was set, changed or deleted: whatever waits goes to the new address."""
        self._stop_workers()
        self._places = asyncio.Semaphore(self._world.webhook.max_connections)
        self._world.updates.pending()
        for update in list(self._world.updates.waiting):
            self.take(update)

    def _stop_workers(self) -> None:
        for worker in self._workers.values():
            worker.cancel()
        self._workers.clear()
        self._queues.clear()

    async def close(self) -> None:
        workers = list(self._workers.values())
        self._stop_workers()
        await asyncio.gather(*workers, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    async def _work(self, key: Hashable) -> None:
        queue = self._queues[key]
        while queue:
            await self._deliver(queue[0])
            queue.popleft()
        del self._queues[key], self._workers[key]

    async def _deliver(self, update: Update) -> None:
        """Until it is accepted or has expired; the first retry comes at once."""
        pause = 0.0
        while update.expires_at > self._world.clock():
            async with self._places:
                retry_after = await self._post(update)
            if retry_after is None:
                self._world.updates.confirm(update)
                return
            await asyncio.sleep(max(pause, retry_after) / self._world.limits.speed)
            pause = min(max(2.0, pause * 2), LONGEST_PAUSE)

    async def _post(self, update: Update) -> float | None:
        """None when delivered, otherwise the seconds that the bot asked to wait."""
        hook = self._world.webhook
        headers = {SECRET_HEADER: hook.secret_token} if hook.secret_token else {}
        body = json.dumps(update.as_api, ensure_ascii=False).encode()
        headers["Content-Type"] = "application/json"
        try:
            async with self._http().post(hook.url, data=body, headers=headers) as answer:
                text = await answer.read()
                if 200 <= answer.status < 300:
                    await self._answered(text)
                    return None
                self._failed(f"Wrong response from the webhook: {answer.status} {answer.reason}")
                return _seconds(answer.headers.get("Retry-After"))
        except TimeoutError:
            self._failed("Read timeout expired")
        except (aiohttp.ClientError, OSError) as error:
            refused = isinstance(error, aiohttp.ClientConnectorError)
            self._failed("Connection refused" if refused else "Connection closed")
        return 0.0

    async def _answered(self, text: bytes) -> None:
        """One method may be called in the answer itself; its outcome stays unknown."""
        with contextlib.suppress(ValueError):
            order = json.loads(text) if text[:1] == b"{" else {}
            if isinstance(order, dict) and "method" in order:
                await self._call_back(order)

    def _failed(self, reason: str) -> None:
        self._world.webhook.last_error_at = self._world.now
        self._world.webhook.last_error = reason

    def _http(self) -> aiohttp.ClientSession:
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
            self._session = aiohttp.ClientSession(timeout=timeout)
        return self._session


def _seconds(header: str | None) -> float:
    return min(float(header), LONGEST_RETRY_AFTER) if header and header.isdigit() else 0.0
