"""Shifts as volunteers see and take them, and the list of who comes. Places are events' affair."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.errors import Outdated
from bot.events import tables as events_tables
from bot.events.domain import SHIFT, Event, EventId, ParticipantId, Place, Registration
from bot.events.service import listing, participants, places
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.domain import State, taking
from bot.volunteering.service import enrolling, volunteers

PAGE = 6

_shifts, _assignments = tables.shifts, tables.assignments
_ADULT = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A shift as one volunteer sees it.

    mine      what they have there; None: nothing
    position  on the waitlist; 0: does not wait
    """

    event: Event
    organisation: str
    mine: Registration | None = None
    position: int = 0


async def take(tx: Tx, person_id: int, event_id: int, *, now: datetime) -> Seen:
    """A place, or one on the waitlist, for who may have it.

    Raises NotAVolunteer, NotApproved, MustAgree, Paused, TooYoung, and whatever `places.take`
    raises.
    """
    mine = await _who_may(tx, person_id, event_id)
    event, place = await places.claim(tx, mine, event_id, now=now)
    position = await listing.position(tx, place)
    return Seen(event=event, organisation="", mine=place, position=position)


async def _who_may(tx: Tx, person_id: int, event_id: int) -> ParticipantId:
    """The volunteer that this person is, if they may come to this shift."""
    wanted = (
        select(_assignments.c.least_age)
        .join(_shifts, _shifts.c.assignment_id == _assignments.c.id)
        .where(_shifts.c.event_id == event_id)
    )
    one = await volunteers.of_person(tx, person_id, least_age=wanted.scalar_subquery())
    if one is None:
        raise taking.NotAVolunteer
    least_age = one.file["least_age"]
    if least_age is None:
        raise Outdated
    if one.state in (State.LEFT, State.PAUSED):
        raise taking.Paused
    if one.state is not State.ACTIVE:
        raise taking.NotApproved
    if least_age >= _ADULT and one.age_group == "16_17":
        raise taking.TooYoung(least_age)
    if await enrolling.missing(tx, one):
        raise taking.MustAgree
    return ParticipantId(one.id)


async def seen(tx: Tx, person_id: int, event_id: int) -> Seen:
    """One shift. Raises Outdated when it is gone, or no shift."""
    event, _mine, place = await listing.seen_by(tx, person_id, event_id)
    if event.kind != SHIFT:
        raise Outdated
    position = 0 if place is None else await listing.position(tx, place)
    names = await _organisations(tx, [event.id])
    return Seen(event=event, organisation=names.get(event.id, ""), mine=place, position=position)


async def own(tx: Tx, person_id: int, *, now: datetime) -> list[Seen]:
    """The shifts that somebody has before them, wants or is asked for; the soonest first."""
    mine = await participants.known(tx, person_id)
    if mine is None:
        return []
    ahead = await listing.ahead(tx, mine, now=now, kinds=[SHIFT])
    names = await _organisations(tx, [event.id for event, _ in ahead])
    positions = await listing.positions(tx, [place for _, place in ahead])
    return [
        Seen(
            event=event,
            organisation=names.get(event.id, ""),
            mine=place,
            position=positions.get(place.id, 0),
        )
        for event, place in ahead
    ]


async def open_ones(tx: Tx, person_id: int, *, page: int, now: datetime) -> tuple[list[Seen], bool]:
    """A page of the shifts to come, and whether there are more; without those that are full and
    have no waitlist, and those to which this person said no."""
    events, table = events_tables.events, events_tables.registrations
    mine = await participants.known(tx, person_id)
    said_no = select(table.c.event_id).where(
        table.c.participant_id == (mine or 0), table.c.state == Place.DECLINED
    )
    is_free = (
        events.c.has_waitlist | events.c.capacity.is_(None) | (events.c.taken < events.c.capacity)
    )
    found = await tx.all(
        select(events.c.id)
        .where(events.c.kind == SHIFT, events.c.starts_at > now, events.c.is_open)
        .where(events.c.cancelled_at.is_(None), is_free, events.c.id.not_in(said_no))
        .order_by(events.c.starts_at, events.c.id)
        .offset(page * PAGE)
        .limit(PAGE + 1)
    )
    ids = [EventId(row["id"]) for row in found[:PAGE]]
    known, names = await listing.of_all(tx, ids), await _organisations(tx, ids)
    held = {} if mine is None or not ids else await listing.of_events(tx, mine, ids)
    positions = await listing.positions(tx, held.values())
    shown = [
        Seen(
            event=known[one],
            organisation=names.get(one, ""),
            mine=held.get(one),
            position=positions.get(held[one].id, 0) if one in held else 0,
        )
        for one in ids
    ]
    return shown, len(found) > PAGE


async def _organisations(tx: Tx, ids: list[EventId]) -> dict[EventId, str]:
    if not ids:
        return {}
    hosts = tables.organisations
    found = await tx.all(
        select(_shifts.c.event_id, hosts.c.name)
        .join(_assignments, _assignments.c.id == _shifts.c.assignment_id)
        .join(hosts, hosts.c.id == _assignments.c.organisation_id)
        .where(_shifts.c.event_id.in_(ids))
    )
    return {EventId(row["event_id"]): row["name"] for row in found}
