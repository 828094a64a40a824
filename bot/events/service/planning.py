"""Plan an event or a series of them, change it, call it off; who has a place hears of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from bot.events import tables
from bot.events.domain import TOLD, Draft, Event, EventId, repeating
from bot.events.domain import refusals as refused
from bot.events.service import planned, rows, slots
from bot.language import formats
from bot.language.formats import BRUSSELS
from bot.storage.transaction import Tx

events, series = tables.events, tables.series

_GATHERED = timedelta(minutes=2)  # who corrects a slip tells people once


async def create(tx: Tx, draft: Draft, *, now: datetime, is_open: bool = True) -> EventId:
    """Plan an event. Raises EndsBeforeItBegins."""
    if draft.ends_at <= draft.starts_at:
        raise refused.EndsBeforeItBegins
    values = {**rows.planned(draft), "created_at": now, "is_open": is_open}
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
        await planned.rating(tx, changed)
    if changed.has_room():
        await planned.look(tx, changed.id, at=now)
    return changed


async def cancel(tx: Tx, event_id: int, *, now: datetime, why: str = "", words: str = "") -> Event:
    """It does not take place; everybody concerned is told, and why. Raises Cancelled, Over,
    Outdated."""
    event = await rows.hold(tx, event_id)
    if event.cancelled_at is not None:
        raise refused.Cancelled
    if event.ends_at <= now:
        raise refused.Over
    off = {"cancelled_at": now, "off_why": why, "off_words": words}
    values = {**off, "changed_at": now, "sequence": event.sequence + 1}
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
    is_open: bool = True,
) -> list[EventId]:
    """Events by a rule of RFC 5545 ("FREQ=WEEKLY;BYDAY=TU"), the first one as the draft says, up to
    and with `until`; the hours on the wall stay. Raises BadRule, TooMany, EndsBeforeItBegins."""
    first, ends = formats.on_the_wall(draft.starts_at), formats.on_the_wall(draft.ends_at)
    found = repeating.dates(rule, first, until, skips_holidays=skips_holidays)
    if not found.walls:
        raise repeating.BadRule
    last = datetime(until.year, until.month, until.day, 23, 59, tzinfo=BRUSSELS)
    values = {"rule": rule[:200], "skips_holidays": skips_holidays, "made_until": last}
    series_id = (await tx.execute(tx.insert(series).values(values).returning(series.c.id))).scalar()
    made = [
        replace(draft, starts_at=moment(one), ends_at=moment(one + (ends - first)))
        for one in found.walls
    ]
    further = {"created_at": now, "series_id": series_id, "is_open": is_open}
    return await _create_all(tx, made, further, now=now)


async def _create_all(
    tx: Tx, drafts: Sequence[Draft], further: Mapping[str, Any], *, now: datetime
) -> list[EventId]:
    """As `create`, for many in one statement; in their order."""
    if any(one.ends_at <= one.starts_at for one in drafts):
        raise refused.EndsBeforeItBegins
    made = tx.insert(events).returning(events.c.id, sort_by_parameter_order=True)
    values = [{**rows.planned(one), **further} for one in drafts]
    ids = [EventId(one) for one in (await tx.execute(made, values)).scalars()]
    starts = {one: draft.starts_at for one, draft in zip(ids, drafts, strict=True)}
    await planned.evenings(tx, starts, now=now)
    return ids


async def following(tx: Tx, event: Event) -> Sequence[Event]:
    """Those of its series that come after it and take place, the soonest first."""
    if event.series_id is None:
        return []
    later = events.c.series_id == event.series_id, events.c.starts_at > event.starts_at
    wanted = select(events).where(*later, events.c.cancelled_at.is_(None), events.c.id != event.id)
    found = await tx.all(wanted.order_by(events.c.starts_at, events.c.id))
    return [rows.event(row) for row in found]


async def set_open(tx: Tx, event_id: int, *, is_open: bool) -> Event:
    """May people register? Who has a place keeps it. Raises Cancelled, Outdated."""
    event = await rows.hold(tx, event_id)
    if event.cancelled_at is not None:
        raise refused.Cancelled
    own = update(events).where(events.c.id == event_id).values(is_open=is_open)
    return await rows.written(tx, own.returning(events))


def moment(shown: datetime) -> datetime:
    """When a clock on the wall shows this: a time that does not exist moves forward, of one that
    exists twice it is the first."""
    return shown.replace(tzinfo=BRUSSELS, fold=0).astimezone(UTC)


def moved(draft: Draft, by: timedelta, length: timedelta | None = None) -> Draft:
    """The same so much later on the wall; `length`: how long it lasts there, where that is new."""
    if not by and length is None:
        return draft
    first, ends = formats.on_the_wall(draft.starts_at), formats.on_the_wall(draft.ends_at)
    starts = first + by
    lasts = ends - first if length is None else length
    starts_at = moment(starts) if by else draft.starts_at
    return replace(draft, starts_at=starts_at, ends_at=moment(starts + lasts))


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
