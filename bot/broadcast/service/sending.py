"""A message to many on its way: begun, fed to the outbox slice by slice, ended.

What is sent is decided by rows: who has not got it yet is `waiting`, whose copy lies in the outbox
is `posted`, and the receipt of each copy says how that ended. So it goes on after any crash, and
nobody gets two.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.broadcast.desk import BroadcastDesk
from bot.broadcast.domain import (
    APPROVAL_ABOVE,
    LOW,
    OVER,
    SLICE,
    Broadcast,
    Fate,
    NeedsApproval,
    NobodyMeant,
    Stage,
    until,
)
from bot.broadcast.service import composing, drafting, progress, receivers, rows, subscriptions
from bot.broadcast.service.composing import Press
from bot.broadcast.wording.frames import Reader
from bot.delivery import outbox
from bot.delivery.messages import Outgoing
from bot.delivery.outcomes import Receipt
from bot.people.domain import State
from bot.schedule import due, timing
from bot.storage.transaction import Row, Tx
from bot.volunteering.service import many

KIND: Final = "broadcast.feed"
PROGRESS_KIND: Final = "broadcast.progress"
_TICK = timedelta(seconds=2)  # a slice lasts seventeen

_FATES: Final = {
    "sent": Fate.SENT,
    "unreachable": Fate.BLOCKED,
    "uncertain": Fate.UNCERTAIN,
    "refused": Fate.REFUSED,
}


async def begin(desk: BroadcastDesk, tx: Tx, one: Broadcast, *, now: datetime) -> Broadcast:
    """Fix who gets it, and start. Raises NobodyMeant; NeedsApproval for many without a second
    colleague's yes to exactly this."""
    await receivers.fix(tx, one, now=now)
    total = sum((await rows.fates(tx, one.id)).values())
    if not total:
        raise NobodyMeant
    if total > APPROVAL_ABOVE and not one.is_approved:
        raise NeedsApproval(most=APPROVAL_ABOVE)
    values = {
        "stage": Stage.RUNNING,
        "started_at": now,
        "changed_at": now,
        "total": total,
        "expires_at": until(one.draft, timing.considerate(now)),
    }
    begun = await rows.write(tx, one.id, values)
    await progress.begin(desk, tx, begun, now=now)
    await wake(tx, begun, at=now)
    return begun


async def wake(tx: Tx, one: Broadcast, *, at: datetime) -> None:
    """Have it looked at then; how far it is, a little later."""
    await due.plan(tx, key=f"broadcast:{one.id}", kind=KIND, ref=str(one.id), at=at)
    key, later = f"broadcast:{one.id}:progress", at + progress.PAUSE
    await due.plan_unless_planned(tx, key=key, kind=PROGRESS_KIND, ref=str(one.id), at=later)


async def feed(desk: BroadcastDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """When due: the next slice, or its end. Judges anew what may be sent."""
    one = await rows.find_locked(tx, int(ref))
    if one is None or one.started_at is None:
        return
    if one.stage is Stage.RUNNING:
        await _go_on(desk, tx, one, now=now)
    if one.stage in OVER:  # the last copies that were in the air when it was stopped
        counts = await rows.fates(tx, one.id)
        over = await rows.write(tx, one.id, {"counts": dict(counts)})
        await progress.show(desk, tx, over, counts, now=now)
    elif not await receivers.is_any_open(tx, one.id):
        await end(desk, tx, one, Stage.DONE, now=now)
    elif one.stage is Stage.RUNNING:
        is_night = timing.is_quiet(now)
        await wake(tx, one, at=timing.morning_after(now) if is_night else now + _TICK)
        if is_night:
            await progress.show(desk, tx, one, await rows.fates(tx, one.id), now=now)


async def tell(desk: BroadcastDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """When due: how far it is."""
    one = await rows.find(tx, int(ref))
    if one is not None and one.stage is Stage.RUNNING:
        await progress.show(desk, tx, one, await rows.fates(tx, one.id), now=now)


async def _go_on(desk: BroadcastDesk, tx: Tx, one: Broadcast, *, now: datetime) -> None:
    if one.draft.expires_at is not None and one.draft.expires_at <= now:
        await receivers.mark_waiting(tx, one, Fate.EXPIRED)
    elif timing.is_quiet(now):
        await take_back(tx, one)
    else:
        await _post_slice(desk, tx, one, now=now)


async def end(
    desk: BroadcastDesk, tx: Tx, one: Broadcast, stage: Stage, *, now: datetime
) -> Broadcast:
    """It is over: what became of it stays as counts."""
    counts = await rows.fates(tx, one.id)
    values = {"stage": stage, "ended_at": now, "changed_at": now, "counts": dict(counts)}
    over = await rows.write(tx, one.id, values)
    for key in (f"broadcast:{one.id}", f"broadcast:{one.id}:progress"):
        await due.cancel(tx, key)
    await progress.show(desk, tx, over, counts, now=now)
    await progress.ended(desk, tx, over, counts)
    await drafting.note(tx, None, str(stage), one.id, now=now)
    return over


async def hear(tx: Tx, receipt: Receipt, *, now: datetime) -> None:
    """How one copy went. What came too late for today is sent tomorrow, if it is still useful."""
    id_, _, person = receipt.ref.partition(":")
    if receipt.state == "expired":
        fate = await _expired(tx, int(id_), int(person), now=now)
    else:
        fate = _FATES[receipt.state]
    if await receivers.hear(tx, int(id_), int(person), fate):
        await due.plan(tx, key=f"broadcast:{id_}", kind=KIND, ref=id_, at=now)


async def take_back(tx: Tx, one: Broadcast) -> None:
    """What lies in the outbox waits with us again. What may have arrived when the program stopped
    is never sent again."""
    names = {composing.key(one.id, person): person for person in await receivers.posted(tx, one)}
    taken = await outbox.take_back(tx, names)
    unsure = [names[key] for key, may_have_arrived in taken.items() if may_have_arrived]
    back = [names[key] for key, may_have_arrived in taken.items() if not may_have_arrived]
    await receivers.mark(tx, one, unsure, Fate.UNCERTAIN)
    await receivers.mark(tx, one, back, Fate.WAITING)


async def _expired(tx: Tx, id_: int, person: int, *, now: datetime) -> Fate:
    """A copy stays in the outbox until the evening only: is there another day for it?"""
    one = await rows.find(tx, id_)
    if one is None or one.stage in OVER or until(one.draft, now) <= now:
        return Fate.EXPIRED
    taken = await outbox.take_back(tx, [composing.key(id_, person)])
    return Fate.UNCERTAIN if any(taken.values()) else Fate.WAITING


async def _post_slice(desk: BroadcastDesk, tx: Tx, one: Broadcast, *, now: datetime) -> None:
    """As long as few copies wait in the outbox, the next five hundred people's."""
    if await receivers.count_posted(tx, one) >= LOW:
        return
    found = await receivers.next_ones(tx, one, SLICE)
    stopped = await subscriptions.unwilling(tx, one.draft.topic, [row["id"] for row in found])
    willing = [row for row in found if row["id"] not in stopped]
    reached = [row for row in willing if row["state"] == State.REACHABLE]
    blocked = {row["id"] for row in willing} - {row["id"] for row in reached}
    await outbox.put(tx, *await _copies(desk, tx, one, reached, now=now))
    await receivers.mark(tx, one, [row["id"] for row in reached], Fate.POSTED)
    await receivers.mark(tx, one, stopped, Fate.STOPPED)
    await receivers.mark(tx, one, blocked, Fate.BLOCKED)


async def _copies(
    desk: BroadcastDesk, tx: Tx, one: Broadcast, people: Sequence[Row], *, now: datetime
) -> list[Outgoing]:
    press, expires_at = Press(desk, one.draft), _leaves_until(one, now)
    given = await many.given(tx, [row["id"] for row in people], now=now)
    return [
        composing.addressed(
            press.copy(row["language"], Reader(row["first_name"], *given.get(row["id"], ()))),
            one,
            row["id"],
            to=row["telegram_id"],
            expires_at=expires_at,
        )
        for row in people
    ]


def _leaves_until(one: Broadcast, now: datetime) -> datetime:
    """Nothing leaves at night, not even what was ready before."""
    night = timing.night_after(now)
    return min(night, one.draft.expires_at or night)
