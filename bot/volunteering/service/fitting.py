"""What fits whom: looked up in the index, and looked at once more in the rows before it is shown.

Who asks is read from the rows, so that what they changed a moment ago counts; who or what is found
comes from the index, which may be some seconds behind.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import and_, func, select

from bot.events import tables as events
from bot.events.domain import TAKES_A_PLACE, Place
from bot.language import formats
from bot.people import service as people
from bot.storage.transaction import Row, Tx
from bot.volunteering import matching, tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import State
from bot.volunteering.domain.assignments import Stage
from bot.volunteering.domain.fitting import Candidate, Fit
from bot.volunteering.domain.matching import Match, Span
from bot.volunteering.domain.placing import DECLINED, LIVE
from bot.volunteering.matching import Looker
from bot.volunteering.service import indexing

SHOWN: Final = 20  # assignments for a volunteer
ASKED_FROM: Final = 50  # volunteers for a shift

_SPARE = 20  # found too, in case that some are gone by now
_LONGEST = timedelta(days=7)  # of a shift
_MANY = 5000  # more ids than that no database takes gladly
_LOAD_OF = timedelta(days=90)  # before and after a shift

# Who has or had one of these at a shift is not shown it again.
_ANSWERED = (
    Place.PLACED,
    Place.OFFERED,
    Place.WAITING,
    Place.DECLINED,
    Place.GIVEN_BACK,
    Place.LAPSED,
)
_IS_THERE = (Place.OFFERED, Place.PLACED)
_PLACED = (*LIVE, DECLINED)  # placements

_registrations, _events = events.registrations, events.events


async def openings(
    desk: VolunteeringDesk, tx: Tx, volunteer: int, *, now: datetime, limit: int = SHOWN
) -> list[Fit]:
    """What fits a volunteer, best first; nothing for who is not approved."""
    seeker = await indexing.seeker(tx, volunteer)
    if seeker is None:
        return []
    await indexing.ready(desk.index, tx, now=now)
    busy, answered = await _own_places(tx, volunteer, now=now)
    placed = await _own_placements(tx, volunteer)
    found = await matching.best_openings(
        desk.index,
        Looker(seeker, busy, answered, placed),
        now=now,
        today=formats.day_of(now),
        limit=limit + _SPARE,
    )
    return (await _as_they_are(tx, found, now=now))[:limit]


async def candidates(
    desk: VolunteeringDesk, tx: Tx, event: int, *, now: datetime, limit: int = ASKED_FROM
) -> list[Candidate]:
    """Who fits a shift, best first: nobody who was asked, answered, or is somewhere else then."""
    opening = await indexing.opening(tx, event)
    if opening is None or opening.span is None:
        return []
    await indexing.ready(desk.index, tx, now=now)
    without = await _taken_up(tx, event, opening.span)
    most = limit + _SPARE
    near = await matching.near_the_best(desk.index, opening, without=without, limit=most)
    loads = await _loads(tx, opening.span, [one.seeker.id for one in near])
    best = matching.best_of(near, opening, loads=loads, limit=most)
    return (await _who_they_are(tx, best))[:limit]


async def _own_places(
    tx: Tx, volunteer: int, *, now: datetime
) -> tuple[list[Span], frozenset[int]]:
    """When they are somewhere, and to which events they have said something."""
    table = _registrations
    wanted = (
        select(_events.c.id, _events.c.starts_at, _events.c.ends_at, table.c.state)
        .join(_events, _events.c.id == table.c.event_id)
        .where(table.c.participant_id == volunteer, table.c.state.in_(_ANSWERED))
        .where(_events.c.ends_at > now, _events.c.cancelled_at.is_(None))
    )
    rows = await tx.all(wanted)
    there = [Span(row["starts_at"], row["ends_at"]) for row in rows if row["state"] in _IS_THERE]
    return there, frozenset(row["id"] for row in rows)


async def _own_placements(tx: Tx, volunteer: int) -> frozenset[int]:
    table = tables.placements
    own = and_(table.c.volunteer_id == volunteer, table.c.state.in_(_PLACED))
    return frozenset(row["assignment_id"] for row in await tx.all(select(table).where(own)))


async def _as_they_are(tx: Tx, found: Sequence[Match], *, now: datetime) -> list[Fit]:
    """With what the rows say now; without what is over, full or closed meanwhile."""
    shifts = await _shifts(tx, [one.opening.event for one in found if one.opening.event])
    asked = await assignments(tx, [one.opening.need.id for one in found])
    fits = []
    for one in found:
        row = asked.get(one.opening.need.id)
        if row is None:
            continue
        if one.opening.event is None:
            fits += [lasting(one, row)] if row["placed"] < row["wanted"] else []
            continue
        shift = shifts.get(one.opening.event)
        if shift is not None and shift["starts_at"] > now:
            fits += _at_a_time(one, row, shift)
    return fits


def lasting(match: Match, row: Row) -> Fit:
    """With what the assignment's row says; at no time yet."""
    return Fit(
        match=match,
        titles=row["titles"],
        texts=row["texts"],
        written_in=row["written_in"],
        kind=row["kind"],
        town=row["town"],
        organisation=row["name"],
    )


def _at_a_time(match: Match, row: Row, shift: Row) -> list[Fit]:
    is_full = shift["capacity"] is not None and shift["taken"] >= shift["capacity"]
    if is_full and not shift["has_waitlist"]:
        return []
    fit = replace(
        lasting(replace(match, is_full=is_full), row),
        town=shift["town"] or row["town"],
        starts_at=shift["starts_at"],
        ends_at=shift["ends_at"],
        is_full=is_full,
    )
    return [fit]


async def _shifts(tx: Tx, ids: Sequence[int]) -> dict[int, Row]:
    if not ids:
        return {}
    open_ = and_(_events.c.cancelled_at.is_(None), _events.c.is_open)
    rows = await tx.all(select(_events).where(_events.c.id.in_(ids), open_))
    return {row["id"]: row for row in rows}


async def assignments(tx: Tx, ids: Sequence[int]) -> dict[int, Row]:
    """Those that are open, with how many people they have."""
    if not ids:
        return {}
    table, hosts, placements = tables.assignments, tables.organisations, tables.placements
    placed = (
        select(func.count())
        .where(placements.c.assignment_id == table.c.id)
        .where(placements.c.state.in_(LIVE))
        .scalar_subquery()
        .label("placed")
    )
    wanted = (
        select(table, hosts.c.name, placed)
        .join(hosts, hosts.c.id == table.c.organisation_id)
        .where(table.c.id.in_(ids), table.c.state == Stage.OPEN, hosts.c.is_active)
    )
    return {row["id"]: row for row in await tx.all(wanted)}


async def _taken_up(tx: Tx, event: int, span: Span) -> frozenset[int]:
    """Who was asked or answered already, and who has a place elsewhere at that time."""
    table = _registrations
    here = select(table.c.participant_id).where(table.c.event_id == event)
    elsewhere = (
        select(table.c.participant_id)
        .join(_events, _events.c.id == table.c.event_id)
        .where(_events.c.starts_at.between(span.starts_at - _LONGEST, span.ends_at))
        .where(_events.c.starts_at < span.ends_at, _events.c.ends_at > span.starts_at)
        .where(_events.c.cancelled_at.is_(None), table.c.state.in_(_IS_THERE))
    )
    rows = await tx.all(here.union(elsewhere))
    return frozenset(row["participant_id"] for row in rows)


async def _loads(tx: Tx, span: Span, volunteers: Sequence[int]) -> Mapping[int, int]:
    """How many shifts these had lately or have soon."""
    table = _registrations
    wanted = (
        select(table.c.participant_id, func.count().label("shifts"))
        .join(_events, _events.c.id == table.c.event_id)
        .where(_events.c.starts_at.between(span.starts_at - _LOAD_OF, span.starts_at + _LOAD_OF))
        .where(_events.c.cancelled_at.is_(None), table.c.state.in_(TAKES_A_PLACE))
        .group_by(table.c.participant_id)
    )
    if len(volunteers) <= _MANY:
        wanted = wanted.where(table.c.participant_id.in_(volunteers))
    return {row["participant_id"]: row["shifts"] for row in await tx.all(wanted)}


async def _who_they_are(tx: Tx, found: Sequence[Match]) -> list[Candidate]:
    """With their names; without who left meanwhile."""
    known = await files(tx, [one.seeker for one in found])
    return [
        Candidate(
            match=one,
            name=known[one.seeker]["name"],
            town=known[one.seeker]["town"] or "",
            languages=known[one.seeker]["languages"],
            has_telegram=known[one.seeker]["person_id"] is not None,
        )
        for one in found
        if one.seeker in known
    ]


async def files(tx: Tx, ids: Collection[int]) -> dict[int, Row]:
    """The files of approved volunteers, each with a `name` and a `person_id`."""
    if not ids:
        return {}
    table, known = tables.volunteers, events.participants
    wanted = (
        select(table, known.c.name.label("own_name"), known.c.person_id)
        .join(known, known.c.id == table.c.id)
        .where(table.c.id.in_(ids), table.c.state == State.ACTIVE, table.c.stripped_at.is_(None))
    )
    rows = await tx.all(wanted)
    persons = [row["person_id"] for row in rows if row["person_id"] is not None]
    names = {int(id_): name for id_, name in (await people.staff_names(tx, persons)).items()}
    return {
        row["id"]: {**row, "name": row["own_name"] or names.get(row["person_id"] or 0, "—")}
        for row in rows
    }
