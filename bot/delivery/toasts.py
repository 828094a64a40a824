"""Toasts: answers to taps, sent at once by the process that took the turn, never retried.

A tap that is not answered within a second shows a turning clock on the phone: it is then answered
empty, and the text of its toast becomes a message.
"""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot import clock
from bot.delivery.incoming import Tapped
from bot.delivery.messages import Toast
from bot.delivery.outcomes import Outcome

PATIENCE = 1.0  # seconds until a tap is answered empty

log = structlog.get_logger()

SendToast = Callable[[Toast], Awaitable[Outcome]]


class Toaster:
    """Answers taps outside the outbox."""

    def __init__(self, send: SendToast, *, patience: float = PATIENCE) -> None:
        self._send = send
        self._patience = patience
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._answered: set[str] = set()
        self._sending: set[asyncio.Task[None]] = set()

    def expect(self, tap: Tapped) -> None:
        """A turn for this tap begins: answer it empty if the turn takes too long."""
        loop = asyncio.get_running_loop()
        if tap.query_id not in self._timers:
            self._timers[tap.query_id] = loop.call_later(
                self._patience, self._answer_empty, tap.chat_id, tap.query_id
            )

    def is_late(self, tap: Tapped, began: float) -> bool:
        """Has the empty answer gone out, or is it about to?"""
        return tap.query_id in self._answered or clock.pacing() - began >= self._patience

    def answer(self, toast: Toast) -> bool:
        """Send a toast now; False: the tap was answered before, and this one is dropped."""
        query = toast.query_id or ""
        if (timer := self._timers.pop(query, None)) is not None:
            timer.cancel()
        if query in self._answered:
            self._answered.discard(query)
            return False
        task = asyncio.create_task(self._sent(toast))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)
        return True

    async def drain(self) -> None:
        """Wait for what is under way."""
        for timer in self._timers.values():
            timer.cancel()
        if self._sending:
            await asyncio.wait(self._sending, timeout=2)

    def _answer_empty(self, chat_id: int, query_id: str) -> None:
        self.answer(Toast(to=chat_id, query_id=query_id))
        if len(self._answered) > 1000:  # their turns never came back; nothing waits for them
            self._answered.clear()
        self._answered.add(query_id)

    async def _sent(self, toast: Toast) -> None:
        try:
            await self._send(toast)
        except Exception:  # never retried: in a moment nobody looks at it any more
            log.exception("toast.failed")
