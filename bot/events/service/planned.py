"""What is due later for an event: one row for each thing, by a key that is its own.

A place has one reminder planned at a time, the next one; its handler plans the one after it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from bot.events.domain import Event, EventId, Kind, Place, Registration
from bot.events.domain.rating import ASKED_AFTER
from bot.language.formats import BRUSSELS
from bot.schedule import due, reminders, timing
from bot.storage.transaction import Tx

FREE_KIND = "events.free"
LAPSE_KIND = "events.lapse"
REMIND_KIND = "events.remind"
AGAIN_KIND = "events.again"
TELL_KIND = "events.tell"
MISSED_KIND = "events.missed"
EVENING_KIND = "events.evening"
PLACED_KIND = "events.placed"
RATING_KIND = "events.rating"

_ASKED_AFTER = timedelta(hours=3)  # who did not come: time enough to correct a slip of the finger
_BEFORE_EVENING = timedelta(hours=2)  # the list comes at 18:00: there is still time to call
_BEFORE = timedelta(hours=2)


async def look(tx: Tx, *event_ids: EventId, at: datetime) -> None:
    """Have somebody look for whom a free place of these events is."""
    found = {due.Planned(f"event:{one}:free", FREE_KIND, str(one), at) for one in event_ids}
    await due.plan_at_latest(tx, found)


async def lapse(tx: Tx, offered: Registration, *, at: datetime) -> None:
    """An offer that is not answered ends then."""
    ref = str(offered.id)
    await due.plan(tx, key=f"place:{ref}:lapse", kind=LAPSE_KIND, ref=ref, at=at)


async def no_lapse(tx: Tx, offered: Registration) -> None:
    """The offer was answered."""
    await due.cancel(tx, f"place:{offered.id}:lapse")


async def reminder(tx: Tx, event: Event, place: Registration, *, now: datetime) -> None:
    """The next reminder of a place, or none where it is too late for all of them."""
    found = _reminder(event, place, now=now)
    if found is None:
        await no_reminder(tx, place)
    else:
        await due.plan_all(tx, [found])


async def reminder_of_all(
    tx: Tx, event: Event, places: Sequence[Registration], *, now: datetime
) -> None:
    """The same for many, in two statements."""
    found = {one.id: _reminder(event, one, now=now) for one in places}
    await due.plan_all(tx, [one for one in found.values() if one is not None])
    none = [f"place:{one}:remind" for one, planned in found.items() if planned is None]
    await due.cancel_all(tx, none)


def _reminder(event: Event, place: Registration, *, now: datetime) -> due.Planned | None:
    found = reminders.following(event.for_place(place).starts_at, after=now)
    return None if found is None else _row(place, found.name, found.at)


async def remind_at(tx: Tx, place: Registration, name: str, *, at: datetime) -> None:
    """This reminder, at a later moment: it is night, or it could not be sent."""
    await due.plan_all(tx, [_row(place, name, at)])


def _row(place: Registration, name: str, at: datetime) -> due.Planned:
    return due.Planned(f"place:{place.id}:remind", REMIND_KIND, f"{place.id}:{name}", at)


async def again(tx: Tx, place: Registration, chosen: datetime, *, at: datetime) -> None:
    """Somebody wants to hear of it again at the chosen moment; a new wish takes the place of an
    earlier one. `at`: when to look."""
    ref = f"{place.id}:{int(chosen.timestamp())}"
    await due.plan(tx, key=f"place:{place.id}:again", kind=AGAIN_KIND, ref=ref, at=at)


async def no_reminder(tx: Tx, place: Registration) -> None:
    """Nobody has to be reminded (any more)."""
    await due.cancel(tx, f"place:{place.id}:remind")


async def nothing(tx: Tx, place: Registration) -> None:
    """The place is given up: it is not reminded, and its offer does not end."""
    if place.state is Place.OFFERED:
        await no_lapse(tx, place)
    else:
        await no_reminder(tx, place)


async def news(tx: Tx, event_id: EventId, *, at: datetime) -> None:
    """Tell everybody concerned that the event changed, or that it is off."""
    ref = str(event_id)
    await due.plan(tx, key=f"event:{ref}:tell", kind=TELL_KIND, ref=ref, at=at)


async def placed(tx: Tx, event: Event, place: Registration, *, now: datetime) -> None:
    """Somebody has a place: they are reminded, and whoever wants to know hears of it apart from
    the turn in which it was taken."""
    ref = f"{place.id}:{int(now.timestamp())}"
    told = due.Planned(f"place:{place.id}:placed", PLACED_KIND, ref, now)
    reminded = _reminder(event, place, now=now)
    first = () if reminded is None else (reminded,)
    await due.plan_all(tx, [told, *first, *_rating(event)])
    if reminded is None:
        await no_reminder(tx, place)


async def absences(tx: Tx, event: Event, places: Sequence[int], *, now: datetime) -> None:
    """Ask each kindly what happened, unless it turns out that they came."""
    at = timing.considerate(max(now, event.ends_at) + _ASKED_AFTER)
    found = [due.Planned(f"place:{one}:missed", MISSED_KIND, str(one), at) for one in places]
    await due.plan_all(tx, found)


async def evening(tx: Tx, event: Event, *, now: datetime) -> None:
    """The list of who comes: the evening before, or two hours before where that is over."""
    found = _evening(event.id, event.starts_at, now)
    if found is None:
        await due.cancel(tx, f"event:{event.id}:evening")
    else:
        await due.plan_all(tx, [found])


async def evenings(tx: Tx, starts: Mapping[EventId, datetime], *, now: datetime) -> None:
    """The same for several that are new."""
    found = [_evening(one, starts_at, now) for one, starts_at in starts.items()]
    await due.plan_all(tx, [one for one in found if one is not None])


def _evening(event_id: EventId, starts_at: datetime, now: datetime) -> due.Planned | None:
    noon = datetime.combine(starts_at.astimezone(BRUSSELS).date(), time(12), BRUSSELS)
    wished = (timing.evening_before(noon) - _BEFORE_EVENING, starts_at - _BEFORE)
    at = next((one for one in wished if one > now), None)
    ref = str(event_id)
    return None if at is None else due.Planned(f"event:{ref}:evening", EVENING_KIND, ref, at)


async def rating(tx: Tx, event: Event, *, after: int = 0, at: datetime | None = None) -> None:
    """Ask who was there how it was; `after`: those up to this place were asked already."""
    await due.plan_all(tx, _rating(event, after=after, at=at))


def _rating(event: Event, *, after: int = 0, at: datetime | None = None) -> tuple[due.Planned, ...]:
    if event.kind not in tuple(Kind):
        return ()
    at = at or timing.considerate(event.ends_at + ASKED_AFTER)
    ref = f"{event.id}:{after}"
    return (due.Planned(f"event:{event.id}:rating", RATING_KIND, ref, at),)
