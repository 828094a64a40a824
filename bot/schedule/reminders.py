"""Reminders of something that happens: one way for events, shifts, talks and the legal helpdesk.

Which reminders there are and when each comes is decided here (pure, moments are handed in). What
became of each is a row with a unique key (`note`), so that none is sent twice, whatever crashes,
and of one that was dropped there is a trace.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from sqlalchemy import delete, func, select, update

from bot.schedule import timing
from bot.schedule.tables import reminders
from bot.storage.transaction import Tx

DAYS, DAY, HOURS = "days", "day", "hours"
# How long before, the first one first; by the names under which people choose them.
BEFORE: Final[Mapping[str, timedelta]] = MappingProxyType(
    {DAYS: timedelta(days=3), DAY: timedelta(days=1), HOURS: timedelta(hours=2)}
)

LATE: Final = timedelta(hours=1)  # from here on a reminder says that it comes late
KEPT: Final = timedelta(days=60)


class Fate(StrEnum):
    """What became of a reminder."""

    SENT = "sent"
    LATE = "late"  # sent, because it was still useful
    OVERTAKEN = "overtaken"  # nobody ran the bot until a later one was due, too
    OVER = "over"  # nobody ran the bot until it had begun
    NIGHT = "night"  # it was night, and in the morning it would be over
    AWAY = "away"  # has no Telegram (any more), or blocked the bot
    REFUSED = "refused"  # Telegram did not take it


class Reminder(NamedTuple):
    """One of the reminders: its name, and when it comes."""

    name: str
    at: datetime


class Verdict(NamedTuple):
    """What becomes of a reminder whose time has come.

    sends      this one is sent now, …
    is_late    … and says that it is late
    waits      it is night: look again then
    fates      what became of those that are dropped
    """

    sends: Reminder | None = None
    is_late: bool = False
    waits: datetime | None = None
    fates: tuple[tuple[Reminder, Fate], ...] = ()


def all_of(happens_at: datetime, wanted: Collection[str] = tuple(BEFORE)) -> list[Reminder]:
    """The reminders of something that happens then, in the order in which they come."""
    return [
        Reminder(name, timing.reminds_at(happens_at, before))
        for name, before in BEFORE.items()
        if name in wanted
    ]


def following(happens_at: datetime, *, after: datetime) -> Reminder | None:
    """The first one after this moment, of all that somebody may want: who wants which is judged
    when it is due, so that a new wish counts at once."""
    return next((one for one in all_of(happens_at) if one.at > after), None)


def judge(happens_at: datetime, name: str, wanted: Collection[str], *, now: datetime) -> Verdict:
    """What becomes of this one and of those after it whose time has come, too.

    Only the last of them is sent. One that nobody wants, or that was moved to later, is nothing.
    """
    names = list(BEFORE)
    first = names.index(name) if name in names else 0
    passed = [one for one in all_of(happens_at, wanted) if one.at <= now]
    passed = [one for one in passed if names.index(one.name) >= first]
    if not passed:
        return Verdict()
    last, earlier = passed[-1], tuple((one, Fate.OVERTAKEN) for one in passed[:-1])
    if happens_at <= now:
        return Verdict(fates=(*earlier, (last, Fate.OVER)))
    if not timing.is_quiet(now):
        return Verdict(sends=last, is_late=now - last.at > LATE, fates=earlier)
    morning = timing.morning_after(now)
    if morning < happens_at:
        return Verdict(waits=morning)
    return Verdict(fates=(*earlier, (last, Fate.NIGHT)))


def useful_until(happens_at: datetime, *, now: datetime) -> datetime:
    """Until when a reminder that goes into the post now may still ring: the next one says the same,
    and no reminder rings at night, however long the post took."""
    later = following(happens_at, after=now)
    moments = (happens_at if later is None else later.at, timing.night_after(now))
    return min(moments)


async def note(tx: Tx, key: str, kind: str, fate: Fate, *, due_at: datetime, now: datetime) -> bool:
    """Write down what became of a reminder. False: that was written down before, do nothing."""
    values = {"key": key, "kind": kind, "fate": fate, "due_at": due_at, "at": now}
    statement = tx.insert(reminders).values(values).on_conflict_do_nothing(index_elements=["key"])
    return await tx.one(statement.returning(reminders.c.key)) is not None


async def change(tx: Tx, key: str, fate: Fate) -> None:
    """The post could not send what was written down as sent."""
    await tx.execute(update(reminders).where(reminders.c.key == key).values(fate=fate))


async def unsay(tx: Tx, key: str) -> bool:
    """It was written down as sent, but was never sent: it may be judged again. False: unknown."""
    gone = delete(reminders).where(reminders.c.key == key).returning(reminders.c.key)
    return await tx.one(gone) is not None


async def fates(tx: Tx, *, since: datetime) -> dict[str, Counter[Fate]]:
    """How many of each kind became what, for whoever runs the bot."""
    wanted = (
        select(reminders.c.kind, reminders.c.fate, func.count().label("n"))
        .where(reminders.c.at >= since)
        .group_by(reminders.c.kind, reminders.c.fate)
        .order_by(reminders.c.kind)
    )
    found: dict[str, Counter[Fate]] = {}
    for row in await tx.all(wanted):
        found.setdefault(row["kind"], Counter())[Fate(row["fate"])] += row["n"]
    return found


async def forget_old(tx: Tx, *, now: datetime) -> None:
    """At night: what became of reminders two months ago is of no use any more."""
    await tx.execute(delete(reminders).where(reminders.c.at < now - KEPT))
