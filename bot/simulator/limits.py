"""Telegram's flood limits: 30 a second overall, 1 a second per private chat, 20 a minute per group.

Figures: Bot FAQ; edits and new topics share the group's limit (tdlib/td issue 2592). The burst
of 4 in a private chat is assumed. `speed` makes all of it pass that many times faster.
"""

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable
from typing import Any

from bot.simulator.errors import too_many_requests

OVERALL = 30
PRIVATE_BURST = 4
GROUP = 20
GROUP_WINDOW = 60.0
COUNTED = frozenset(
    {
        "sendmessage", "sendphoto", "sendvoice", "senddocument", "sendvideo", "sendvideonote",
        "sendaudio", "sendsticker", "sendanimation", "sendlocation", "sendcontact",
        "sendmediagroup", "copymessage", "copymessages", "forwardmessage", "forwardmessages",
        "editmessagetext", "editmessagecaption", "editmessagereplymarkup", "editmessagemedia",
        "createforumtopic", "editforumtopic", "closeforumtopic", "reopenforumtopic",
        "unpinallforumtopicmessages",
    }
)  # fmt: skip


class Limits:
    def __init__(self, pace: Callable[[], float] = time.monotonic) -> None:
        self.on = False
        self.speed = 1.0
        self._pace = pace
        self._overall: deque[float] = deque()
        self._groups: defaultdict[int, deque[float]] = defaultdict(deque)
        self._private: dict[int, tuple[float, float]] = {}

    @property
    def as_state(self) -> dict[str, Any]:
        return {"on": self.on, "speed": self.speed}

    def set(self, *, on: bool, speed: float = 1.0) -> None:
        self.on, self.speed = on, max(speed, 0.001)
        self._overall.clear()
        self._groups.clear()
        self._private.clear()

    def take(self, method: str, chat: int | None, messages: int = 1) -> None:
        """Counts a call, or raises 429 with the seconds after which it would be accepted."""
        if not self.on or chat is None or method not in COUNTED:
            return
        now = self._pace() * self.speed
        wait = max(self._overall_wait(now), self._chat_wait(chat, now, messages))
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait / self.speed)))
        self._count(chat, now, messages)

    def _overall_wait(self, now: float) -> float:
        return _window_wait(self._overall, now, OVERALL, 1.0, 1)

    def _chat_wait(self, chat: int, now: float, messages: int) -> float:
        if chat < 0:
            return _window_wait(self._groups[chat], now, GROUP, GROUP_WINDOW, messages)
        tokens = self._tokens(chat, now)
        return max(0.0, min(messages, PRIVATE_BURST) - tokens)

    def _tokens(self, chat: int, now: float) -> float:
        tokens, at = self._private.get(chat, (float(PRIVATE_BURST), now))
        return min(float(PRIVATE_BURST), tokens + (now - at))

    def _count(self, chat: int, now: float, messages: int) -> None:
        self._overall.append(now)
        if chat < 0:
            self._groups[chat].extend([now] * messages)
        else:
            self._private[chat] = (self._tokens(chat, now) - messages, now)


def _window_wait(times: deque[float], now: float, most: int, window: float, more: int) -> float:
    while times and times[0] <= now - window:
        times.popleft()
    over = len(times) + min(more, most) - most
    return times[over - 1] + window - now if over > 0 else 0.0
