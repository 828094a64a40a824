"""Long polling: one process asks Telegram for updates and stores them before it confirms them."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import structlog
from telegram.error import Conflict, TelegramError

from bot import clock, errors
from bot.transport.answers import Flooded, TokenRefused
from bot.transport.patience import Patience
from bot.transport.reading import ALLOWED_UPDATES

HOLD = 50  # seconds that Telegram may hold an empty poll open; it allows no more
_GRACE = 10.0  # for the answer to come after that
_LIMIT = 100
_GREATEST = 2**62  # a number that no database stores would be sent to us for ever

Update = dict[str, Any]
Put = Callable[[list[Update]], Awaitable[None]]

T = TypeVar("T")
log = structlog.get_logger()


class Line(Protocol):
    """The part of `connection.Telegram` that polling needs."""

    async def call(
        self, method: str, params: dict[str, Any] | None = None, *, read_timeout: float = ...
    ) -> Any: ...


@dataclass(slots=True)
class Pulse:
    """For the health page. `last_success` is a pacing moment, None before the first."""

    last_success: float | None = None
    trouble: str = ""

    def beats(self) -> None:
        self.last_success = clock.pacing()
        self.trouble = ""

    def silence(self) -> float | None:
        """Seconds since Telegram last gave a proper answer."""
        return None if self.last_success is None else clock.pacing() - self.last_success


class _Garbled(Exception):
    """getUpdates gave something that is no list of updates."""


@dataclass(slots=True, kw_only=True)
class _Poller:
    telegram: Line
    put: Put
    stop: asyncio.Event
    pulse: Pulse
    hold: int
    offset: int | None = None  # asking with it confirms every update before it
    is_ready: bool = False

    async def turn(self) -> None:
        """One poll. The offset moves on only when the updates are safe."""
        updates = await _unless(self.stop, self._fetch())
        if updates is None:
            return
        if updates:
            await self.put(updates)
            self.offset = max(update["update_id"] for update in updates) + 1
        self.pulse.beats()

    def _hold(self) -> int:
        """The first poll is answered at once: it tells whether Telegram serves us."""
        return 0 if self.pulse.last_success is None else self.hold

    async def _fetch(self) -> list[Update]:
        if not self.is_ready:
            await self.telegram.call("deleteWebhook")  # what waits there stays waiting
            self.is_ready = True
        params: dict[str, Any] = {
            "timeout": self._hold(),
            "limit": _LIMIT,
            "allowed_updates": ALLOWED_UPDATES,
        }
        if self.offset is not None:
            params["offset"] = self.offset
        found = await self.telegram.call("getUpdates", params, read_timeout=self.hold + _GRACE)
        updates = [one for one in found if is_update(one)] if isinstance(found, list) else []
        if not updates and found != []:
            raise _Garbled("getUpdates gave no list of updates")
        return updates


async def poll(
    telegram: Line,
    put: Put,
    *,
    stop: asyncio.Event,
    pulse: Pulse | None = None,
    hold: int = HOLD,
    patience: Patience | None = None,
) -> None:
    """Fetch updates and hand them to `put` until `stop`, whatever happens on the way.

    When `put` fails, or the process dies, the same updates come again: `put` must not mind.
    """
    pulse = pulse or Pulse()
    patience = patience or Patience()
    poller = _Poller(telegram=telegram, put=put, stop=stop, pulse=pulse, hold=hold)
    pauses = patience.pauses()
    while not stop.is_set():
        try:
            await poller.turn()
            pauses = patience.pauses()
        except Exception as error:
            pulse.trouble = _trouble(error)
            await _pause(stop, max(next(pauses), _wanted(error)))


def is_update(found: Any) -> bool:
    """Has it the one field that every update has?"""
    number = found.get("update_id") if isinstance(found, dict) else None
    return type(number) is int and abs(number) <= _GREATEST


def _trouble(error: Exception) -> str:
    """Say in the log what is wrong, and what to do where somebody can do something."""
    if not isinstance(error, TelegramError | _Garbled):
        log.exception("polling.not_stored", advice="the updates stay at Telegram and come again")
        return errors.kinds(error)  # anybody may read this, and a database quotes what it refuses
    reason = f"{type(error).__name__}: {error}"
    if isinstance(error, Conflict):
        log.error(
            "polling.conflict",
            reason=reason,
            advice="another process uses this bot's token (polling or webhook): stop one of them",
        )
    elif isinstance(error, TokenRefused):
        log.critical("polling.token_refused", advice="Telegram refuses the token: put a valid one")
    else:
        log.warning("polling.failed", reason=reason)
    return reason


def _wanted(error: Exception) -> float:
    return error.pause.total_seconds() if isinstance(error, Flooded) else 0.0


async def _unless(stop: asyncio.Event, asking: Coroutine[Any, Any, T]) -> T | None:
    """What `asking` brings, or None when `stop` comes first: asking is dropped, and since
    nothing was confirmed nothing is lost."""
    working = asyncio.ensure_future(asking)
    stopping = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        stopping.cancel()
        working.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
