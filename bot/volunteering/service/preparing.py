"""Before the first shift of an assignment: the list goes out, is reminded of, and coordinators hear
what is open. Nobody is stopped by it; a person decides.

The list goes out soon after a place was taken, however it was taken. One reminder is planned at a
time; its handler judges again and plans the one after it.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec
from sqlalchemy import select

from bot.delivery import outbox
from bot.delivery.messages import Lane, Outgoing, in_reading_order
from bot.events import tables as events_tables
from bot.events.domain import Event, EventId, ParticipantId, Place
from bot.events.service import listing, participants, places
from bot.language.catalog import Words
from bot.people.domain import Person
from bot.schedule import due, timing
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import readiness as domain
from bot.volunteering.domain.assignments import Assignment
from bot.volunteering.domain.readiness import Item, Readiness
from bot.volunteering.service import assignments, offices, readiness
from bot.volunteering.wording import readiness as wording

KIND = "volunteering.ready"
TEAM_KIND = "volunteering.ready_team"

_JUST_NOW = timedelta(minutes=10)  # so soon after their own tap nobody minds the hour
_GATHERED = timedelta(minutes=30)  # coordinators hear once of everybody at a shift

_shifts = tables.shifts
_event, _taken = events_tables.events, events_tables.registrations


class First(NamedTuple):
    """The next shift of an assignment at which somebody has a place."""

    event: EventId
    starts_at: datetime


async def begin(
    desk: VolunteeringDesk,
    tx: Tx,
    event: Event,
    participant: ParticipantId,
    *,
    taken_at: datetime,
    now: datetime,
) -> None:
    """Somebody has a place at a shift: is it their first of this assignment?"""
    assignment = await _assignment_of(tx, event.id)
    if assignment is None:
        return
    one = await readiness.of(tx, participant, assignment, now=now)
    if one is None or not one.lines:
        return
    is_first = await readiness.begin(tx, participant, assignment, now=now)
    if not one.open:
        return
    is_asked = now - taken_at < _JUST_NOW
    waits = now if is_asked else timing.considerate(now, happens_at=event.starts_at)
    is_reminded = await _plan(tx, one, event.starts_at, now=now)
    if is_first or not is_reminded:
        key = f"ready:{one.volunteer}:{one.assignment}:{event.id}"
        await _post(desk, tx, one, event, key=key, at=waits, lane="notice")
    if one.must and not is_reminded:
        await tell_soon(tx, event.id, now=now)


async def begin_lasting(
    desk: VolunteeringDesk, tx: Tx, volunteer_id: int, assignment_id: int, *, now: datetime
) -> None:
    """The same for a place that lasts: there is no first shift to be reminded before."""
    one = await readiness.of(tx, volunteer_id, assignment_id, now=now)
    if one is None or not await readiness.begin(tx, volunteer_id, assignment_id, now=now):
        return
    if one.open:
        key = f"ready:{one.volunteer}:{one.assignment}"
        at = timing.considerate(now)
        await _post(desk, tx, one, None, key=key, at=at, lane="notice")


async def remind(desk: VolunteeringDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """Is something open still, and is the shift still then?"""
    volunteer, _, number = ref.partition(":")
    one = await readiness.of(tx, int(volunteer), int(number), now=now)
    first = await _first(tx, int(volunteer), int(number), now=now)
    if one is None or not one.open or first is None:
        return
    passed = [at for at in _moments(first.starts_at) if at <= now]
    if passed:
        event = await listing.get(tx, first.event)
        key = f"ready:{ref}:{int(passed[-1].timestamp())}"
        waits = timing.considerate(now, happens_at=event.starts_at)
        await _post(desk, tx, one, event, key=key, at=waits, lane="reminder")
        if one.must:
            await tell_soon(tx, event.id, now=now)
    await _plan(tx, one, first.starts_at, now=now)


async def next_shift(
    tx: Tx, volunteer_id: int, assignment_id: int, *, now: datetime
) -> Event | None:
    """The next shift of this assignment at which they have a place."""
    first = await _first(tx, volunteer_id, assignment_id, now=now)
    return None if first is None else await listing.find(tx, first.event)


async def tell_soon(tx: Tx, event_id: int, *, now: datetime) -> None:
    """Have the coordinators told what is open at a shift: once for everybody there."""
    key, ref = f"ready:event:{event_id}", str(event_id)
    at = now + _GATHERED
    await due.plan_unless_planned(tx, key=key, kind=TEAM_KIND, ref=ref, at=at)


async def tell_coordinators(desk: VolunteeringDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """Who has not told whom they must, and whose extract nobody has seen: to each coordinator of
    the office alone. Once it has begun only the extract counts."""
    event = await listing.find(tx, int(ref))
    if event is None or event.cancelled_at is not None:
        return
    is_over = event.has_begun(now)
    found = await lacking(tx, event, among=[Item.EXTRACT] if is_over else domain.MUST, now=now)
    if not found:
        return
    at = timing.considerate(now, happens_at=event.starts_at)
    for person in await offices.coordinators(tx, event.draft.office or ""):
        _ = desk.catalogs.words(person.language)
        text, buttons = wording.for_coordinators(_, event, found)
        post = Outgoing(text=text, buttons=buttons, lane="notice", hold_until=at)
        await _put(tx, _, person, post)


async def lacking(
    tx: Tx, event: Event, *, among: Collection[Item], now: datetime
) -> list[wording.Lacking]:
    """Who has a place and something of this open, by name."""
    known = await readiness.of_event(tx, event.id, now=now)
    placed = [one for one in await places.on_the_list(tx, event.id) if one.state is Place.PLACED]
    found = []
    for taken in placed:
        one = known.get(taken.participant)
        items = () if one is None else tuple(item for item in one.open if item in among)
        if one is not None and items:
            found.append(wording.Lacking(one.volunteer, one.assignment, taken.name, items))
    return found


async def _plan(tx: Tx, one: Readiness, starts_at: datetime, *, now: datetime) -> bool:
    """The next reminder; False where it is too late for all of them."""
    key = f"ready:{one.volunteer}:{one.assignment}"
    at = domain.rings(_moments(starts_at), after=now)
    if at is None:
        await due.cancel(tx, key)
        return False
    ref = f"{one.volunteer}:{one.assignment}"
    await due.plan_at_latest(tx, [due.Planned(key, KIND, ref, at)])
    return True


def _moments(starts_at: datetime) -> list[datetime]:
    return [timing.reminds_at(starts_at, before) for before in domain.REMINDERS]


async def _assignment_of(tx: Tx, event_id: int) -> int | None:
    found: int | None = await tx.scalar(
        select(_shifts.c.assignment_id).where(_shifts.c.event_id == event_id)
    )
    return found


async def _first(tx: Tx, volunteer: int, assignment: int, *, now: datetime) -> First | None:
    row = await tx.one(
        select(_event.c.id, _event.c.starts_at)
        .join(_taken, _taken.c.event_id == _event.c.id)
        .join(_shifts, _shifts.c.event_id == _event.c.id)
        .where(_taken.c.participant_id == volunteer, _taken.c.state == Place.PLACED)
        .where(_shifts.c.assignment_id == assignment, _event.c.starts_at > now)
        .where(_event.c.cancelled_at.is_(None))
        .order_by(_event.c.starts_at, _event.c.id)
        .limit(1)
    )
    return None if row is None else First(EventId(row["id"]), row["starts_at"])


async def _post(
    desk: VolunteeringDesk,
    tx: Tx,
    one: Readiness,
    event: Event | None,
    *,
    key: str,
    at: datetime,
    lane: Lane,
) -> None:
    """To the volunteer; who has no Telegram goes through it with a coordinator."""
    person = await participants.person_of(tx, ParticipantId(one.volunteer))
    if person is None:
        return
    _ = desk.catalogs.words(person.language)
    what: Assignment = await assignments.get(tx, one.assignment)
    text, buttons = wording.checklist(_, desk.checklist, one, what, event)
    post = Outgoing(
        text=text,
        buttons=buttons,
        lane=lane,
        key=key,
        hold_until=at,
        expires_at=None if event is None else event.starts_at,
    )
    await _put(tx, _, person, post)


async def _put(tx: Tx, _: Words, person: Person, post: Outgoing) -> None:
    own = msgspec.structs.replace(post, to=person.telegram_id, person_id=person.id)
    await outbox.put(tx, *in_reading_order([own], is_rtl=_.is_rtl))
