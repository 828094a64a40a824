"""A place that lasts, once it is agreed on: when it begins, how many hours a week, a pause, its
end; and what a volunteer takes back or stops.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy import select

from bot.errors import Outdated
from bot.events import tables as events_tables
from bot.events.domain import SHIFT, Event, EventId, ParticipantId, Place
from bot.events.service import listing, participants
from bot.language import formats
from bot.people.domain import Person
from bot.storage.transaction import Row, Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import hours, matching
from bot.volunteering.domain.guiding import LEAVING
from bot.volunteering.domain.placing import (
    ACCEPTED,
    ASKED,
    BEGUN,
    ENDED,
    PAUSED,
    PROPOSED,
    RUNNING,
    WITHDRAWN,
    NotNow,
    Placement,
    Side,
)
from bot.volunteering.service import ending, placements, posting
from bot.volunteering.wording import lasting as wording

_AHEAD: Final = timedelta(days=60)  # in which shifts at the same time are looked for


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When somebody comes each week: days (bit = weekday * 3 + part), how long, and from when."""

    days: int
    minutes: int
    since: date | None = None


async def mine(tx: Tx, person_id: int) -> tuple[int | None, list[Placement]]:
    """Who somebody is among participants, and their places on either side."""
    known = await participants.known(tx, person_id)
    return known, [] if known is None else await placements.of_participant(tx, known)


async def unreached(tx: Tx, found: Placement) -> list[Side]:
    """Which sides have no Telegram: a coordinator calls them."""
    sides = {Side.VOLUNTEER: found.volunteer, Side.PARTNER: found.partner}
    asked = {side: ParticipantId(one) for side, one in sides.items() if one is not None}
    known = await participants.people_of(tx, asked.values())
    return [side for side, one in asked.items() if one not in known]


async def clashes(tx: Tx, found: Placement, *, now: datetime) -> list[Event]:
    """Shifts that the volunteer has at the hours of this place; the soonest first."""
    if not found.days:
        return []
    event, place = events_tables.events.c, events_tables.registrations.c
    rows = await tx.all(
        select(event.id, event.starts_wall, event.starts_at, event.ends_at)
        .join(events_tables.registrations, place.event_id == event.id)
        .where(place.participant_id == found.volunteer)
        .where(place.state.in_((Place.PLACED, Place.OFFERED)), event.kind == SHIFT)
        .where(event.cancelled_at.is_(None), event.starts_at.between(now, now + _AHEAD))
        .order_by(event.starts_at, event.id)
    )
    met = [row["id"] for row in rows if found.days & _parts(row)]
    known = await listing.of_all(tx, met) if met else {}
    return [known[EventId(one)] for one in met]


def _parts(row: Row) -> int:
    starts = datetime.fromisoformat(row["starts_wall"])
    return matching.parts_of(starts, starts + (row["ends_at"] - row["starts_at"]))


# The coordinator


async def arrange(
    desk: VolunteeringDesk, tx: Tx, person: Person, placement: int, rhythm: Rhythm, *, now: datetime
) -> Placement:
    """Days and hours; a place of one person that was agreed on begins with it.

    Raises StaffOnly, NotYourOffice, Outdated, NotNow, TooMany.
    """
    found = await placements.seen(tx, person, placement, holds=True)
    if not 0 <= rhythm.minutes <= hours.WEEK_MINUTES:
        raise hours.TooMany(most=hours.WEEK_MINUTES // 60)
    values = {"days": rhythm.days, "weekly_minutes": rhythm.minutes}
    if found.state == ACCEPTED and not found.has_two_sides:
        since = rhythm.since or formats.day_of(now)
        found = await placements.move(tx, found, RUNNING, **values, since=since)
        says, action = wording.begins, "begun"
    elif found.state in BEGUN:
        found = await placements.change(tx, found.id, **values)
        says, action = wording.rearranged, "arranged"
    else:
        raise NotNow
    key = f"placement:{found.id}:{action}:{int(now.timestamp())}"
    for side in (found.volunteer, found.partner):
        if side is not None:
            news = partial(says, found=found)
            await posting.to_participant(desk, tx, side, news, key=f"{key}:{side}", now=now)
    await placements.record(tx, person, found.id, action, now=now)
    return found


async def pause(
    desk: VolunteeringDesk,
    tx: Tx,
    person: Person,
    placement: int,
    *,
    is_paused: bool,
    now: datetime,
) -> Placement:
    """Nobody is asked for hours for a while; or it goes on. Raises NotNow."""
    found = await placements.seen(tx, person, placement, holds=True)
    if found.state not in BEGUN:
        raise NotNow
    found = await placements.move(tx, found, PAUSED if is_paused else RUNNING)
    says = wording.paused if is_paused else wording.goes_on
    key = f"placement:{found.id}:{found.state}:{int(now.timestamp())}"
    for side in (found.volunteer, found.partner):
        if side is not None:
            news = partial(says, found=found)
            await posting.to_participant(desk, tx, side, news, key=f"{key}:{side}", now=now)
    action = "paused" if is_paused else "resumed"
    await placements.record(tx, person, found.id, action, now=now)
    return found


async def end(
    desk: VolunteeringDesk, tx: Tx, person: Person, placement: int, reason: str, *, now: datetime
) -> Placement:
    """A coordinator ends it, and both sides hear so; why, nobody hears. Raises NotNow."""
    found = await placements.seen(tx, person, placement, holds=True)
    if reason not in LEAVING:
        raise Outdated
    if found.state not in (ASKED, ACCEPTED, *BEGUN):
        raise NotNow
    await ending.close(desk, tx, found, reason, now=now)
    await placements.record(tx, person, found.id, "ended", now=now)
    return await placements.change(tx, found.id, told_at=now)


# Who has the place


async def withdraw(tx: Tx, person: Person, placement: int, *, now: datetime) -> Placement:
    """Not interested any more, before a coordinator has decided. Raises NotNow, Outdated."""
    found, side = await placements.own(tx, person.id, placement, holds=True)
    if found.state != PROPOSED or side is not Side.VOLUNTEER:
        raise NotNow
    values = {"ended_reason": WITHDRAWN, "ended_by": side}
    found = await placements.move(tx, found, ENDED, **values)
    await placements.record(tx, person, found.id, "withdrawn", now=now)
    return found


async def stop(tx: Tx, person: Person, placement: int, reason: str, *, now: datetime) -> Placement:
    """Either side stops. The coordinator hears it, and of a pair sees to it that the other side
    hears it too; the reason stands with the coordinator only. Raises NotNow, Outdated."""
    found, side = await placements.own(tx, person.id, placement, holds=True)
    if reason not in LEAVING:
        raise Outdated
    if found.state not in (ACCEPTED, *BEGUN):
        raise NotNow
    ended = await ending.end(tx, found, side, reason, now=now)
    await placements.record(tx, person, ended.id, "stopped", now=now)
    return ended


def open_to_stop(found: Sequence[Placement]) -> list[Placement]:
    """Those of somebody's places that they can stop."""
    return [one for one in found if one.state in (ACCEPTED, *BEGUN)]
