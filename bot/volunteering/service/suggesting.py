"""Whom a coordinator could ask for a place that lasts: best first, with why. The rules are those
of every match: nothing counts but distance, hours, languages, talents, sector, kind, and how many
places somebody has already."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import func, select

from bot.errors import Outdated
from bot.people.domain import Person
from bot.storage.transaction import Row, Tx
from bot.volunteering import matching, tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import Kind
from bot.volunteering.domain.assignments import TWO_SIDED
from bot.volunteering.domain.matching import Match, Opening
from bot.volunteering.domain.partners import SUGGESTED, Partner, Suggested
from bot.volunteering.domain.placing import ACCEPTED, ASKED, BEGUN, DECLINED, LIVE, PROPOSED
from bot.volunteering.service import fitting, indexing, partners
from bot.volunteering.service.offices import require_office

_SPARE: Final = 6  # found too, in case that some are gone by now

_placed = tables.placements


async def for_partner(
    desk: VolunteeringDesk,
    tx: Tx,
    person: Person,
    partner: int,
    assignment: int,
    *,
    now: datetime,
) -> tuple[Partner, list[Suggested]]:
    """Volunteers for somebody who would like a buddy. Raises StaffOnly, NotYourOffice, Outdated."""
    found = await partners.seen(tx, person, partner)
    row = await _open(tx, person, assignment)
    if row["kind"] not in TWO_SIDED:
        raise Outdated
    await indexing.ready(desk.index, tx, now=now)
    best = await matching.best_for(
        desk.index,
        indexing.a_need(row),
        found,
        loads=await _loads(tx),
        without=await _without(tx, assignment, partner),
        only=await _approved(tx, assignment) if row["placed"] >= row["wanted"] else None,
        limit=SUGGESTED + _SPARE,
    )
    return found, await _who_they_are(tx, best)


async def for_assignment(
    desk: VolunteeringDesk, tx: Tx, person: Person, assignment: int, *, now: datetime
) -> tuple[Row, list[Suggested]]:
    """Volunteers for a place of one person, none where all are taken. Raises as `for_partner`."""
    row = await _open(tx, person, assignment)
    if row["kind"] in (*TWO_SIDED, Kind.OCCASIONAL):
        raise Outdated
    if row["placed"] >= row["wanted"]:
        return row, []
    await indexing.ready(desk.index, tx, now=now)
    need = indexing.a_need(row)
    opening = Opening(need=need, spot=need.spot, parts=need.availability)
    mine = _placed.c.assignment_id == assignment, _placed.c.state.in_((DECLINED, *LIVE))
    asked = await tx.all(select(_placed.c.volunteer_id).where(*mine))
    best = await matching.best_seekers(
        desk.index,
        opening,
        loads=await _loads(tx),
        without={one["volunteer_id"] for one in asked},
        limit=SUGGESTED + _SPARE,
    )
    return row, await _who_they_are(tx, best)


async def _open(tx: Tx, person: Person, assignment: int) -> Row:
    found = (await fitting.assignments(tx, [assignment])).get(assignment)
    await require_office(tx, person, found["office"] if found else "")
    if found is None:
        raise Outdated
    return found


async def _loads(tx: Tx) -> Mapping[int, int]:
    """How many places volunteers have already."""
    live = _placed.c.state.in_((ASKED, *BEGUN))
    counted = select(_placed.c.volunteer_id, func.count().label("n")).where(live)
    rows = await tx.all(counted.group_by(_placed.c.volunteer_id))
    return {row["volunteer_id"]: row["n"] for row in rows}


async def _without(tx: Tx, assignment: int, partner: int) -> set[int]:
    """Who is not asked: the person, whoever said no to them or heard it, and who waits for a
    decision."""
    asked = _placed.c.partner_id == partner, _placed.c.state.in_((DECLINED, *LIVE))
    waits = _placed.c.assignment_id == assignment, _placed.c.state == PROPOSED
    told = select(_placed.c.volunteer_id).where(*asked)
    rows = await tx.all(told.union(select(_placed.c.volunteer_id).where(*waits)))
    return {partner, *(row["volunteer_id"] for row in rows)}


async def _approved(tx: Tx, assignment: int) -> set[int]:
    """Who was approved for it and has no partner: of a full assignment only these are asked."""
    mine = _placed.c.assignment_id == assignment, _placed.c.state == ACCEPTED
    rows = await tx.all(select(_placed.c.volunteer_id).where(*mine))
    return {row["volunteer_id"] for row in rows}


async def _who_they_are(tx: Tx, best: Iterable[Match]) -> list[Suggested]:
    """With their names; without who left meanwhile."""
    found = list(best)
    files = await fitting.files(tx, [one.seeker for one in found])
    known = [
        Suggested(
            match=one,
            name=files[one.seeker]["name"],
            town=files[one.seeker]["town"] or "",
            has_telegram=files[one.seeker]["person_id"] is not None,
        )
        for one in found
        if one.seeker in files
    ]
    return known[:SUGGESTED]
