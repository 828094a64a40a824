"""Quiet hours, and days as people count them: when something may ring. Pure; moments are handed in.

Nothing rings between 21:00 and 08:00 in Brussels, unless what it is about happens then.
"""

from datetime import datetime, time, timedelta
from typing import Final

from bot.language.formats import BRUSSELS

QUIET_FROM: Final = time(21)
QUIET_UNTIL: Final = time(8)
EVENING: Final = time(20)  # when that comes which would have fallen into the night after

_DAY = timedelta(days=1)
_SOON = timedelta(minutes=30)
_AFTER_WORK, _AFTER_BREAKFAST = time(19), time(9)


def is_quiet(moment: datetime) -> bool:
    """Is it night?"""
    local = moment.astimezone(BRUSSELS).time()
    return local >= QUIET_FROM or local < QUIET_UNTIL


def morning_after(moment: datetime) -> datetime:
    """08:00 after the night in which this moment lies."""
    local = moment.astimezone(BRUSSELS)
    day = local.date() + (_DAY if local.time() >= QUIET_UNTIL else timedelta())
    return datetime.combine(day, QUIET_UNTIL, BRUSSELS).astimezone(moment.tzinfo)


def night_after(moment: datetime) -> datetime:
    """21:00 of the day in which this moment lies; at night, of the day after."""
    local = considerate(moment).astimezone(BRUSSELS)
    return datetime.combine(local.date(), QUIET_FROM, BRUSSELS).astimezone(moment.tzinfo)


def evening_before(moment: datetime) -> datetime:
    """20:00 before the night in which this moment lies; of a moment by day, the day before."""
    local = moment.astimezone(BRUSSELS)
    day = local.date() - (timedelta() if local.time() >= QUIET_FROM else _DAY)
    return datetime.combine(day, EVENING, BRUSSELS).astimezone(moment.tzinfo)


def considerate(
    now: datetime, *, happens_at: datetime | None = None, reach: timedelta = timedelta()
) -> datetime:
    """When news may ring: now, or in the morning. What happens before then (or within `reach` of
    it) cannot wait."""
    if not is_quiet(now):
        return now
    morning = morning_after(now)
    return now if happens_at is not None and happens_at <= morning + reach else morning


def reminds_at(happens_at: datetime, before: timedelta) -> datetime:
    """So long before; whole days keep the hour on the wall, also when the clock is changed. What
    falls into the night comes the evening before it, also when it is about the early morning."""
    if before % _DAY:
        wished = happens_at - before
    else:
        local = happens_at.astimezone(BRUSSELS) - before
        wished = local.astimezone(happens_at.tzinfo)
    return evening_before(wished) if is_quiet(wished) else wished


def later(now: datetime, happens_at: datetime) -> dict[str, datetime]:
    """When somebody who says "later" can be reminded again, by name: in an hour, this evening,
    tomorrow morning; what is at night or too near is left out."""
    today = now.astimezone(BRUSSELS).date()
    wished = {
        "hour": now + timedelta(hours=1),
        "evening": datetime.combine(today, _AFTER_WORK, BRUSSELS),
        "morning": datetime.combine(today + _DAY, _AFTER_BREAKFAST, BRUSSELS),
    }
    return {
        name: at.astimezone(now.tzinfo)
        for name, at in wished.items()
        if not is_quiet(at) and now + _SOON <= at <= happens_at - _SOON
    }


def after_waking(start: datetime, length: timedelta) -> datetime:
    """When so many hours are over in which people are awake."""
    moment = considerate(start)
    while True:
        night = datetime.combine(moment.astimezone(BRUSSELS).date(), QUIET_FROM, BRUSSELS)
        if moment + length <= night:
            return moment + length
        length -= night - moment
        moment = morning_after(night).astimezone(start.tzinfo)
