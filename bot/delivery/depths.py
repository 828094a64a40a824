"""How deep the queues are, how old, and what ended badly."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot import clock
from bot.delivery.messages import LANE_OF
from bot.storage.transaction import Tx

_INBOX = "SELECT count(*), min(received_at) FROM inbox WHERE state = 'waiting'"
_ASIDE = "SELECT count(*) FROM inbox WHERE state IN ('aside', 'unread')"
_OUTBOX = (
    "SELECT lane, count(*), min(created_at) FROM outbox"
    " WHERE state IN ('waiting', 'sending') AND due_at <= ? GROUP BY lane"
)
_FAILED = (
    "SELECT state, count(*) FROM outbox"
    " WHERE state IN ('refused', 'unreachable', 'uncertain', 'expired') GROUP BY state"
)
_REASONS = (
    "SELECT error, count(*) FROM outbox WHERE state IN ('refused', 'uncertain')"
    " GROUP BY error ORDER BY count(*) DESC LIMIT 10"
)


@dataclass(frozen=True, slots=True)
class Depths:
    """What waits (ages in seconds), and what went wrong and is still kept."""

    inbox_waiting: int
    inbox_age: float
    inbox_aside: int
    outbox_waiting: Mapping[str, int]  # by lane
    outbox_age: float
    outbox_failed: Mapping[str, int]  # by state

    @property
    def are_empty(self) -> bool:
        """Is nothing waiting to be taken or sent?"""
        return not self.inbox_waiting and not any(self.outbox_waiting.values())


async def read(tx: Tx) -> Depths:
    """Look at both queues."""
    waiting, oldest = (await tx.raw(_INBOX))[0]
    lanes = await tx.raw(_OUTBOX, clock.now().timestamp())
    now = clock.now().timestamp()
    return Depths(
        inbox_waiting=waiting,
        inbox_age=max(0.0, now - oldest) if oldest else 0.0,
        inbox_aside=(await tx.raw(_ASIDE))[0][0],
        outbox_waiting={LANE_OF[lane]: count for lane, count, _ in lanes},
        outbox_age=max((now - created for _, _, created in lanes), default=0.0),
        outbox_failed=dict(await tx.raw(_FAILED)),
    )


async def reasons(tx: Tx) -> list[tuple[str, int]]:
    """Why sendings failed for good, most frequent first; Telegram's words, no texts."""
    return [(error or "", count) for error, count in await tx.raw(_REASONS)]


async def set_aside(tx: Tx) -> list[tuple[int, str]]:
    """Messages that could not be answered: number and where it broke."""
    rows = await tx.raw(
        "SELECT id, error FROM inbox WHERE state IN ('aside', 'unread') ORDER BY id DESC LIMIT 20"
    )
    return [(id_, error or "") for id_, error in rows]
