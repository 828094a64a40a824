"""What follows from an outcome: the row's end, the slot, and who hears of it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

import structlog

from bot import clock
from bot.delivery import queue, slots
from bot.delivery.measures import WAITED_SECONDS
from bot.delivery.messages import LANE_OF, LANES
from bot.delivery.outcomes import (
    Moved,
    NotSent,
    Outcome,
    Receipt,
    Refusal,
    RefusedKind,
    Sent,
    Uncertain,
    Unreachable,
    Waiting,
)
from bot.delivery.queue import Row
from bot.storage.engine import is_conflict
from bot.storage.transaction import Tx

_PAUSES = (1, 2, 4, 8, 15, 30, 60)  # seconds between tries; the last one repeats
_UNREPEATED = (LANES["broadcast"], LANES["mark"])

log = structlog.get_logger()


class ReceiptHandler(Protocol):
    """A slice's function that hears how its message went."""

    async def __call__(self, tx: Tx, receipt: Receipt, *, now: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class News:
    """Who hears of what. Names of receipts are in the rows; the rest is for everybody.

    unreachable  (tx, chat id): the person blocked the bot
    moved        (tx, old id, new id): a group became a supergroup
    """

    receipts: Mapping[str, ReceiptHandler] = field(default_factory=dict)
    unreachable: tuple[Callable[[Tx, int], Awaitable[None]], ...] = ()
    moved: tuple[Callable[[Tx, int, int], Awaitable[object]], ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """A row, how its sending went, the topic it was for, and the places its slots had."""

    row: Row
    outcome: Outcome
    topic: str | int | None = None
    places: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_plain(self) -> bool:
        """Was it sent, with nothing to remember and nobody to tell?"""
        is_asked_for = self.row.slot is not None or self.row.receipt is not None
        return isinstance(self.outcome, Sent) and not is_asked_for


async def write_all(tx: Tx, landed: Sequence[Result], news: News) -> None:
    """Write down what landed; messages that nobody asks about, in one statement."""
    plain = [one for one in landed if one.is_plain]
    await queue.close_sent(tx, [(one.row.id, _ids(one.outcome)) for one in plain])
    for result in plain:
        _count_wait(result.row)
    for result in landed:
        if not result.is_plain:
            await write(tx, result, news)


async def write(tx: Tx, result: Result, news: News) -> None:
    """Write down one result and tell who asked for it."""
    row, outcome = result.row, result.outcome
    match outcome:
        case Sent(ids):
            await _sent(tx, row, ids, news)
        case Waiting(pause):
            retry_at = clock.wall() + pause.total_seconds()
            await queue.postpone(tx, row.id, retry_at, reason="429")
        case NotSent(reason):
            pause_seconds = _PAUSES[min(row.tries, len(_PAUSES) - 1)]
            await queue.postpone(tx, row.id, clock.wall() + pause_seconds, reason=reason)
        case Uncertain(reason):
            await _uncertain(tx, row, reason, news)
        case Refusal():
            await _refused(tx, result, outcome, news)
        case Unreachable(reason):
            await _unreachable(tx, row, reason, news)
        case Moved(new_chat_id):
            await _moved(tx, row, new_chat_id, news)


async def _moved(tx: Tx, row: Row, new_chat_id: int, news: News) -> None:
    await queue.postpone(tx, row.id, clock.wall() + _PAUSES[-1], reason="the group moved")
    for hear in news.moved:  # who follows the move lets what waits go at once
        await _safely(tx, hear(tx, row.chat_id, new_chat_id), "moved")


async def expire(tx: Tx, row: Row, news: News) -> None:
    """It would come too late. Marks are given up on purpose when there is much to say."""
    is_mark = row.lane == LANES["mark"]
    await queue.close(tx, row.id, "cancelled" if is_mark else "expired")
    await _tell(tx, row, "expired", news)


async def refuse_unreadable(tx: Tx, row: Row, news: News) -> None:
    """Written by a version that this one does not understand."""
    reason = "a body that this version cannot read"
    await queue.close(tx, row.id, "refused", reason=reason)
    await _tell(tx, row, "refused", news, reason=reason)


async def refuse_dependant(tx: Tx, row: Row, missing: str, news: News) -> None:
    """What it depends on was never sent, or is gone."""
    reason = f"{missing} does not exist"
    await queue.close(tx, row.id, "refused", reason=reason)
    kind: RefusedKind = "topic_gone" if missing.endswith(":topic") else "gone"
    await _tell(tx, row, "refused", news, reason=reason, kind=kind)


async def _sent(tx: Tx, row: Row, ids: tuple[int, ...], news: News) -> None:
    await queue.close_sent(tx, [(row.id, ids)])
    _count_wait(row)
    if row.slot and ids:
        await slots.fill(tx, row.slot, row.chat_id, ids[0], now=clock.now().timestamp())
    await _tell(tx, row, "sent", news, ids=ids)


def _ids(outcome: Outcome) -> tuple[int, ...]:
    return outcome.ids if isinstance(outcome, Sent) else ()


def _count_wait(row: Row) -> None:
    waited = clock.now().timestamp() - row.created_at
    WAITED_SECONDS.labels(LANE_OF[row.lane]).observe(max(0.0, waited))


async def _uncertain(tx: Tx, row: Row, reason: str, news: News) -> None:
    if row.repeats == 0 and row.lane not in _UNREPEATED:
        await tx.raw("UPDATE outbox SET repeats = 1 WHERE id = ?", row.id)
        await queue.postpone(tx, row.id, clock.wall() + 1, reason=reason)
        return
    await queue.close(tx, row.id, "uncertain", reason=reason)
    await _tell(tx, row, "uncertain", news, reason=reason)


async def _refused(tx: Tx, result: Result, refusal: Refusal, news: News) -> None:
    row = result.row
    log.warning("send.refused", outbox_id=row.id, reason=refusal.reason)
    await queue.close(tx, row.id, "refused", reason=refusal.reason)
    await _tell(tx, row, "refused", news, reason=refusal.reason, kind=refusal.kind)
    if refusal.kind == "topic_gone" and result.topic is not None:
        await _forget_topic(tx, row.chat_id, result)


async def _forget_topic(tx: Tx, chat_id: int, result: Result) -> None:
    topic = result.topic
    thread = result.places.get(topic) if isinstance(topic, str) else topic
    if thread is not None:
        await slots.forget_at(tx, chat_id, thread)


async def _unreachable(tx: Tx, row: Row, reason: str, news: News) -> None:
    await queue.close(tx, row.id, "unreachable", reason=reason)
    await _tell(tx, row, "unreachable", news, reason=reason)
    for hear in news.unreachable:
        await _safely(tx, hear(tx, row.chat_id), "unreachable")


async def _tell(
    tx: Tx,
    row: Row,
    state: Literal["sent", "uncertain", "refused", "unreachable", "expired"],
    news: News,
    *,
    ids: tuple[int, ...] = (),
    reason: str = "",
    kind: RefusedKind = "other",
) -> None:
    if row.receipt is None or row.receipt not in news.receipts:
        return
    receipt = Receipt(row.ref or "", state, row.chat_id, ids, reason, kind)
    hear = news.receipts[row.receipt]
    await _safely(tx, hear(tx, receipt, now=clock.now()), row.receipt)


async def _safely(tx: Tx, hearing: Awaitable[Any], what: str) -> None:
    """A slice that fails to hear must not make the sender send again."""
    try:
        async with tx.savepoint():
            await hearing
    except Exception as error:
        if is_conflict(error):
            raise  # the round is repeated, and nothing has been written twice
        log.exception("receipt.failed", receipt=what)
