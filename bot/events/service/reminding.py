"""Reminders: three days, one day, two hours before; each once, never at night, never for nothing.

A place has one reminder planned. Its handler judges again: is there still a place, is it still
then? One that comes late (nobody ran the bot) is sent while no later one has come, and says so.
"""

from datetime import datetime, timedelta

import structlog

from bot.events.desk import EventsDesk
from bot.events.domain import Event, Place, Registration
from bot.events.service import news, participants, planned, rows
from bot.events.wording import reminders as wording
from bot.schedule import due, timing
from bot.storage.transaction import Tx

_LATE = timedelta(hours=1)

log = structlog.get_logger()


async def remind(desk: EventsDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """`ref`: the number of the place, and how many seconds before."""
    number, _, seconds = ref.partition(":")
    place = await rows.by_id(tx, int(number))
    if place is None or place.state is not Place.PLACED:
        return
    event = await rows.find(tx, place.event_id)
    if event is None or event.cancelled_at is not None or event.has_begun(now):
        log.info("reminder.dropped", place=place.id, why="over or cancelled")
        return
    await _remind(desk, tx, event, place, timedelta(seconds=int(seconds)), now=now)


async def _remind(
    desk: EventsDesk,
    tx: Tx,
    event: Event,
    place: Registration,
    before: timedelta,
    *,
    now: datetime,
) -> None:
    passed = [one for one in planned.reminder_moments(event) if one[1] <= now]
    if before not in dict(passed):  # it was moved to a later day
        await planned.reminder(tx, event, place, now=now)
        return
    last, at = passed[-1]
    if last != before:
        log.info("reminder.dropped", place=place.id, why="a later one is due")
    waits = timing.considerate(now, happens_at=event.starts_at)
    if waits > now:
        await _again(tx, event, place, last, waits)
        return
    await _send(desk, tx, event, place, last, is_late=now - at > _LATE, now=now)
    await planned.reminder(tx, event, place, now=now)


async def _again(
    tx: Tx, event: Event, place: Registration, before: timedelta, at: datetime
) -> None:
    """It is night: in the morning, while it is still good for something."""
    if at < event.starts_at:
        ref = f"{place.id}:{int(before.total_seconds())}"
        key = f"place:{place.id}:remind"
        await due.plan(tx, key=key, kind=planned.REMIND_KIND, ref=ref, at=at)
    else:
        log.info("reminder.dropped", place=place.id, why="it is night")


async def _send(
    desk: EventsDesk,
    tx: Tx,
    event: Event,
    place: Registration,
    before: timedelta,
    *,
    is_late: bool,
    now: datetime,
) -> None:
    person = await participants.person_of(tx, place.participant)
    if person is None:
        return
    later = planned.next_reminder(event, after=now)
    moment = f"{int(event.starts_at.timestamp())}:{int(before.total_seconds())}"
    await news.post(
        desk,
        tx,
        person,
        lambda _: wording.reminder(_, event, place, is_late=is_late, now=now),
        at=now,
        expires_at=event.starts_at if later is None else later[1],
        lane="reminder",
        key=f"remind:{place.id}:{moment}",
    )
