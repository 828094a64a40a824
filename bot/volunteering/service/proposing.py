"""A coordinator proposes a place that lasts: to a volunteer, or to both sides of a pair. It is
theirs only when everybody who was asked has said yes.
"""

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy import and_, or_, select

from bot.errors import Outdated
from bot.language import formats
from bot.people.domain import Person
from bot.storage.transaction import Row, Tx
from bot.volunteering import tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import Kind, matching
from bot.volunteering.domain.assignments import TWO_SIDED
from bot.volunteering.domain.guiding import PAIR
from bot.volunteering.domain.matching import Opening
from bot.volunteering.domain.placing import (
    ACCEPTED,
    ASKED,
    BEGUN,
    DECLINED,
    LIVE,
    RUNNING,
    NotNow,
    PartnerTaken,
    Placement,
    SaidNo,
    Side,
)
from bot.volunteering.service import (
    fitting,
    indexing,
    partners,
    placements,
    placing,
    posting,
    preparing,
)
from bot.volunteering.service.offices import require_office
from bot.volunteering.wording import proposing as wording

# How a pair is doing is asked after so long.
_CALLED_AFTER: Final = (timedelta(weeks=1), timedelta(weeks=3))

_table = tables.placements


async def ask(
    desk: VolunteeringDesk,
    tx: Tx,
    person: Person,
    assignment: int,
    volunteer: int,
    *,
    partner: int | None = None,
    now: datetime,
) -> Placement:
    """Would you like this? Both sides of a pair are asked at the same time.

    Raises StaffOnly, NotYourOffice, Outdated, NotNow, NoPlaceLeft, SaidNo, PartnerTaken.
    """
    row = await _open(tx, person, assignment)
    await placing.hold(tx, assignment)
    if (row["kind"] in TWO_SIDED) is not (partner is not None) or partner == volunteer:
        raise Outdated
    await _require_fit(tx, row, volunteer)
    if partner is not None:
        await _require_free(tx, partner)
    waiting = await _before(tx, assignment, volunteer, partner)
    values = {"proposed_by": person.id, "partner_id": partner}
    if waiting is not None:
        found = await placements.move(tx, waiting, ASKED, **values)
    else:
        await placing.require_place(tx, assignment, row["wanted"])
        found = await _added(tx, assignment, volunteer, ASKED, now=now, **values)
    for side in (Side.VOLUNTEER, *((Side.PARTNER,) if partner is not None else ())):
        to = found.volunteer if side is Side.VOLUNTEER else found.partner
        assert to is not None, "asked a moment ago"
        says, key = partial(wording.asks, found=found, side=side), f"placement:{found.id}:{side}"
        await posting.to_participant(desk, tx, to, says, key=key, now=now)
    await placements.record(tx, person, found.id, "asked", now=now)
    return found


async def answer(
    desk: VolunteeringDesk,
    tx: Tx,
    person: Person,
    placement: int,
    *,
    is_yes: bool,
    now: datetime,
) -> Placement:
    """What one of those who were asked says. Raises Outdated, NotNow."""
    found, side = await placements.own(tx, person.id, placement, holds=True)
    return await _answered(desk, tx, found, side, is_yes=is_yes, now=now)


async def answer_for(
    desk: VolunteeringDesk,
    tx: Tx,
    person: Person,
    placement: int,
    side: Side,
    *,
    is_yes: bool,
    now: datetime,
) -> Placement:
    """What somebody without Telegram said on the telephone. Raises StaffOnly, NotYourOffice,
    Outdated, NotNow."""
    found = await placements.seen(tx, person, placement, holds=True)
    if side is Side.COORDINATOR or (side is Side.PARTNER and found.partner is None):
        raise Outdated
    await placements.record(tx, person, found.id, "answered_for", now=now)
    return await _answered(desk, tx, found, side, is_yes=is_yes, now=now)


async def _answered(
    desk: VolunteeringDesk,
    tx: Tx,
    found: Placement,
    side: Side,
    *,
    is_yes: bool,
    now: datetime,
) -> Placement:
    if found.state != ASKED or found.said_at(side) is not None:
        raise NotNow
    if not is_yes:
        return await _declined(desk, tx, found, side, now=now)
    said = {f"{side}_at": now}
    other = Side.PARTNER if side is Side.VOLUNTEER else Side.VOLUNTEER
    if found.has_two_sides and found.said_at(other) is None:
        return await placements.change(tx, found.id, **said)
    if not found.has_two_sides:
        found = await placements.move(tx, found, ACCEPTED, **said, accepted_at=now)
    else:
        found = await placements.move(tx, found, RUNNING, **said, since=formats.day_of(now))
        await _begun(desk, tx, found, now=now)
    await preparing.begin_lasting(desk, tx, found.volunteer, found.assignment, now=now)
    says, key = partial(wording.agreed, found=found), f"placement:{found.id}:agreed"
    await posting.to_coordinators(desk, tx, found.office, says, key=key, now=now)
    return found


async def _declined(
    desk: VolunteeringDesk, tx: Tx, found: Placement, side: Side, *, now: datetime
) -> Placement:
    """Who agreed to the assignment itself stays on the list of those who look for a partner; the
    other side hears that it does not come about, not whose word it was."""
    gone = await placements.move(tx, found, DECLINED, ended_by=side)
    stays = found.has_two_sides and (found.accepted_at or found.volunteer_at) is not None
    if side is Side.PARTNER and stays:
        await _added(tx, found.assignment, found.volunteer, ACCEPTED, now=now, accepted_at=now)
    other = found.other(side)
    if other is not None:
        says, key = partial(wording.not_this_time, found=gone), f"placement:{gone.id}:no"
        await posting.to_participant(desk, tx, other, says, key=key, now=now)
    says = partial(wording.said_no, found=gone, side=side)
    key = f"placement:{gone.id}:declined"
    await posting.to_coordinators(desk, tx, gone.office, says, key=key, now=now)
    return gone


async def _begun(desk: VolunteeringDesk, tx: Tx, found: Placement, *, now: datetime) -> None:
    """Both said yes: each hears the other's first name, and who arranges the first meeting; the
    coordinator who proposed it is reminded to ask how it goes."""
    for side in (Side.VOLUNTEER, Side.PARTNER):
        to = found.volunteer if side is Side.VOLUNTEER else found.partner
        assert to is not None, "a pair has two sides"
        says, key = partial(wording.both, found=found, side=side), f"placement:{found.id}:both:{to}"
        await posting.to_participant(desk, tx, to, says, key=key, now=now)
    assert found.partner is not None, "a pair has two sides"
    await partners.found_somebody(tx, found.partner, now=now)
    by = await tx.scalar(select(_table.c.proposed_by).where(_table.c.id == found.id))
    today = formats.day_of(now)
    values = {"volunteer_id": found.volunteer, "coordinator_id": by, "what": f"{PAIR}{found.id}"}
    for after in _CALLED_AFTER:
        await tx.execute(tx.insert(tables.follow_ups).values(**values, due_on=today + after))


async def _open(tx: Tx, person: Person, assignment: int) -> Row:
    """One that lasts and is open, of the coordinator's office. Raises StaffOnly, NotYourOffice,
    Outdated."""
    found = (await fitting.assignments(tx, [assignment])).get(assignment)
    await require_office(tx, person, found["office"] if found else "")
    if found is None or found["kind"] == Kind.OCCASIONAL:
        raise Outdated
    return found


async def _require_fit(tx: Tx, row: Row, volunteer: int) -> None:
    """Raises Outdated for who is not approved any more, or lacks something it needs."""
    seeker, need = await indexing.seeker(tx, volunteer), indexing.a_need(row)
    opening = Opening(need=need, spot=need.spot, parts=need.availability)
    if seeker is None or matching.obstacle(seeker, opening) is not None:
        raise Outdated


async def _require_free(tx: Tx, partner: int) -> None:
    """Raises PartnerTaken for who has somebody, or is asked about somebody."""
    if not tx.is_sqlite:  # there one writer is the rule anyway
        held = tables.partners.c.participant_id
        await tx.execute(select(held).where(held == partner).with_for_update())
    taken = _table.c.partner_id == partner, _table.c.state.in_((ASKED, *BEGUN))
    if await tx.scalar(select(_table.c.id).where(*taken).limit(1)) is not None:
        raise PartnerTaken


async def _before(tx: Tx, assignment: int, volunteer: int, partner: int | None) -> Placement | None:
    """Their place that waits for a partner; None: a new one is made. Raises SaidNo for who said no
    to the same before, NotNow where it stands already."""
    mine = and_(_table.c.assignment_id == assignment, _table.c.volunteer_id == volunteer)
    same = or_(_table.c.partner_id == partner, _table.c.partner_id.is_(None))
    rows = await tx.all(select(_table).where(mine, same).order_by(_table.c.id))
    waiting = None
    for row in rows:
        is_waiting = partner is not None and row["state"] == ACCEPTED and row["partner_id"] is None
        if is_waiting:
            waiting = row["id"]
        elif row["state"] == DECLINED and row["ended_by"] and row["partner_id"] == partner:
            raise SaidNo
        elif row["state"] in LIVE:
            raise NotNow
    return None if waiting is None else await placements.find(tx, waiting)


async def _added(
    tx: Tx, assignment: int, volunteer: int, state: str, *, now: datetime, **values: object
) -> Placement:
    row = {"assignment_id": assignment, "volunteer_id": volunteer, "state": state}
    made = tx.insert(_table).values(**row, created_at=now, **values).returning(_table.c.id)
    found = await placements.find(tx, int(await tx.scalar(made)))
    await placements.touch(tx, assignment)
    assert found is not None, "just written"
    return found
