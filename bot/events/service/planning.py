"""Plan an event or a series of them, change it, call it off; who has a place hears of it."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from dateutil import rrule
from sqlalchemy import update

from bot.duty.domain import is_holiday
from bot.errors import N_, Refused
from bot.events import tables
from bot.events.domain import TOLD, Draft, Event, EventId
from bot.events.domain import refusals as refused
from bot.events.service import planned, rows, slots
from bot.language.formats import BRUSSELS
from bot.storage.transaction import Tx

events, series = tables.events, tables.series

_AT_MOST = 200  # events of a series that are made at once
_GATHERED = timedelta(minutes=2)  # who corrects a slip tells people once


class BadRule(Refused):
    """A rule that nobody can follow."""

    sentence = N_("I do not understand how often this repeats.")


class TooMany(Refused):
    """A series with no end in sight."""

    sentence = N_("That would be more than {most} times. Please choose an earlier last day.")

    def __init__(self) -> None:
        super().__init__(most=_AT_MOST)


async def create(tx: Tx, draft: Draft, *, now: datetime, series_id: int | None = None) -> EventId:
    """Plan an event. Raises EndsBeforeItBegins."""
    if draft.ends_at <= draft.starts_at:
        raise refused.EndsBeforeItBegins
    values = {**rows.planned(draft), "created_at": now, "series_id": series_id}
    made = tx.insert(events).values(values).returning(events)
    event = await rows.written(tx, made)
    await planned.evening(tx, event, now=now)
    return event.id


async def change(tx: Tx, event_id: int, draft: Draft, *, now: datetime) -> Event:
    """Have it be so from now on; `event.draft` with what is new replaced.

    Who has a place, was offered one or waits hears what changed, soon and once.
    Raises TooFewPlaces, EndsBeforeItBegins, Cancelled, Outdated.
    """
    event = await rows.hold(tx, event_id)
    _check_change(event, draft)
    if draft == event.draft:
        return event
    values: dict[str, Any] = {
        **rows.planned(draft),
        "changed_at": now,
        "sequence": event.sequence + 1,
    }
    is_news = any(getattr(draft, name) != getattr(event.draft, name) for name in TOLD)
    if is_news:
        values["before"] = event.before or told(event.draft)
    own = update(events).where(events.c.id == event_id).values(values).returning(events)
    changed = await rows.written(tx, own)
    await slots.shift(tx, event, changed, now=now)
    if is_news:
        await planned.news(tx, changed.id, at=now + _GATHERED)
        await planned.evening(tx, changed, now=now)
    if changed.has_room():
        await planned.look(tx, changed.id, at=now)
    return changed


async def cancel(tx: Tx, event_id: int, *, now: datetime) -> Event:
    """It does not take place; everybody concerned is told. Raises Cancelled, Over, Outdated."""
    event = await rows.hold(tx, event_id)
    if event.cancelled_at is not None:
        raise refused.Cancelled
    if event.ends_at <= now:
        raise refused.Over
    values = {"cancelled_at": now, "changed_at": now, "sequence": event.sequence + 1}
    own = update(events).where(events.c.id == event_id).values(values).returning(events)
    cancelled = await rows.written(tx, own)
    await planned.news(tx, event.id, at=now)
    return cancelled


async def make_series(
    tx: Tx,
    rule: str,
    draft: Draft,
    *,
    now: datetime,
    until: date,
    skips_holidays: bool = True,
) -> list[EventId]:
    """Events by a rule of RFC 5545 ("FREQ=WEEKLY;BYDAY=TU"), the first one as the draft says, up to
    and with `until`; the hour on the wall stays. Raises BadRule, TooMany, EndsBeforeItBegins."""
    last = datetime(until.year, until.month, until.day, 23, 59, tzinfo=BRUSSELS)
    values = {"rule": rule[:200], "skips_holidays": skips_holidays, "made_until": last}
    series_id = (await tx.execute(tx.insert(series).values(values).returning(series.c.id))).scalar()
    drafts = list(_occurrences(rule, draft, until, skips_holidays=skips_holidays))
    if not drafts:
        raise BadRule
    return [await create(tx, one, now=now, series_id=series_id) for one in drafts]


async def erase_contact(tx: Tx, event_ids: Iterable[int]) -> None:
    """Whom to call for these events is forgotten; nobody is told of that."""
    own = events.c.id.in_(set(event_ids))
    await tx.execute(update(events).where(own).values(contact="", before=None))


def told(draft: Draft) -> dict[str, str]:
    """What people know of it, as it is kept until they hear of the change."""
    values = {name: getattr(draft, name) for name in TOLD}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
    }


def _check_change(event: Event, draft: Draft) -> None:
    if event.cancelled_at is not None:
        raise refused.Cancelled
    if draft.ends_at <= draft.starts_at:
        raise refused.EndsBeforeItBegins
    if draft.capacity is not None and draft.capacity < event.taken:
        raise refused.TooFewPlaces(event.taken)


def _occurrences(rule: str, draft: Draft, until: date, *, skips_holidays: bool) -> Iterator[Draft]:
    start = draft.starts_at.astimezone(BRUSSELS).replace(tzinfo=None)
    length = draft.ends_at - draft.starts_at
    try:
        walls = rrule.rrulestr(rule, dtstart=start)
    except (ValueError, TypeError, AttributeError):
        raise BadRule from None
    for count, wall in enumerate(walls):
        if wall.date() > until:
            return
        if count >= _AT_MOST:
            raise TooMany
        if skips_holidays and is_holiday(wall.date()):
            continue
        yield _moved(draft, wall.replace(tzinfo=BRUSSELS), length)


def _moved(draft: Draft, starts_at: datetime, length: timedelta) -> Draft:
    zone = draft.starts_at.tzinfo
    begins = starts_at.astimezone(zone)
    values = {name: getattr(draft, name) for name in rows.PLANNED}
    return Draft(**{**values, "starts_at": begins, "ends_at": begins + length})
