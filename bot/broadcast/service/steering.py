"""Whoever is on duty pauses a message to many, lets it go on, or stops it for good."""

from datetime import datetime

from bot.broadcast.desk import BroadcastDesk
from bot.broadcast.domain import Broadcast, ChangedSince, Fate, Stage, TooLate
from bot.broadcast.service import drafting, progress, receivers, rows, sending
from bot.people.domain import Person, Role, require
from bot.storage.transaction import Tx


async def start(
    desk: BroadcastDesk, tx: Tx, person: Person, id_: int, sign: str, *, now: datetime
) -> Broadcast:
    """A message to few, by who wrote it. Raises StaffOnly, TooLate, ChangedSince, NeedsApproval,
    NobodyMeant."""
    require(person, Role.COORDINATOR)
    one = await rows.locked(tx, id_)
    if one.stage is not Stage.DRAFT:
        raise TooLate
    if one.draft.sign != sign:
        raise ChangedSince
    await drafting.note(tx, person, "begun", id_, now=now)
    if one.author is None:  # the bot's own draft
        one = await rows.write(tx, id_, {"author_id": person.id})
    return await sending.begin(desk, tx, one, now=now)


async def pause(
    desk: BroadcastDesk, tx: Tx, person: Person, id_: int, *, now: datetime
) -> Broadcast:
    """What lies in the outbox is taken back. Raises StaffOnly, TooLate."""
    one = await _moving(tx, person, id_, Stage.RUNNING)
    await sending.take_back(tx, one)
    return await _changed(desk, tx, person, one, Stage.PAUSED, now=now)


async def resume(
    desk: BroadcastDesk, tx: Tx, person: Person, id_: int, *, now: datetime
) -> Broadcast:
    """It goes on; at night, in the morning. Raises StaffOnly, TooLate."""
    one = await _moving(tx, person, id_, Stage.PAUSED)
    await sending.wake(tx, one, at=now)
    return await _changed(desk, tx, person, one, Stage.RUNNING, now=now)


async def cancel(
    desk: BroadcastDesk, tx: Tx, person: Person, id_: int, *, now: datetime
) -> Broadcast:
    """Who has not got it does not get it. Raises StaffOnly, TooLate."""
    one = await _moving(tx, person, id_, Stage.RUNNING, Stage.PAUSED)
    await sending.take_back(tx, one)
    await receivers.mark_waiting(tx, one, Fate.CANCELLED)
    await drafting.note(tx, person, "stopped", id_, now=now)
    return await sending.end(desk, tx, one, Stage.CANCELLED, now=now)


async def _moving(tx: Tx, person: Person, id_: int, *stages: Stage) -> Broadcast:
    require(person, Role.COORDINATOR)
    one = await rows.locked(tx, id_)
    if one.stage not in stages:
        raise TooLate
    return one


async def _changed(
    desk: BroadcastDesk, tx: Tx, person: Person, one: Broadcast, stage: Stage, *, now: datetime
) -> Broadcast:
    moved = await rows.write(tx, one.id, {"stage": stage, "changed_at": now})
    await drafting.note(tx, person, str(stage), one.id, now=now)
    await progress.show(desk, tx, moved, await rows.fates(tx, one.id), now=now)
    return moved
