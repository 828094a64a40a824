"""How a place that lasts ends: who must hear it, and from whom.

Of a pair, the other side hears it from the coordinator, who is told at once. If nobody has told
them after two days, the bot does: nobody waits for somebody who does not come.
"""

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy import delete, select

from bot.errors import Outdated
from bot.language import formats
from bot.people.domain import Person
from bot.schedule import due
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.guiding import PAIR
from bot.volunteering.domain.placing import (
    BEGUN,
    ENDED,
    LIVE,
    PROPOSED,
    WITHDRAWN,
    Placement,
    Side,
)
from bot.volunteering.service import partners, placements, posting
from bot.volunteering.wording import lasting as wording

KIND: Final = "volunteering.ended"
UNTOLD_KIND: Final = "volunteering.untold"
_TOLD_WITHIN: Final = timedelta(days=2)

_table = tables.placements


async def end(tx: Tx, found: Placement, side: Side, reason: str, *, now: datetime) -> Placement:
    """It is over, by the word of that side; the coordinators are told in a moment."""
    ended = await _ended(tx, found, side, reason, now=now)
    await due.plan(tx, key=f"placement:{found.id}:ended", kind=KIND, ref=str(found.id), at=now)
    return ended


async def close(
    desk: VolunteeringDesk, tx: Tx, found: Placement, reason: str, *, now: datetime
) -> None:
    """It is over, by the word of the house: everybody who has it, wants it or is asked hears so."""
    await _ended(tx, found, Side.COORDINATOR, reason, now=now)
    has_begun = found.state in BEGUN
    says = partial(wording.ended if has_begun else wording.not_this_time, found=found)
    for side in (found.volunteer, found.partner):
        if side is not None:
            key = f"placement:{found.id}:closed:{side}"
            await posting.to_participant(desk, tx, side, says, key=key, now=now)


async def of_participant(tx: Tx, participant: int, reason: str, *, now: datetime) -> None:
    """Somebody leaves: whatever they have, want or are asked for ends, on either side."""
    for found in await placements.of_participant(tx, participant):
        side = found.side_of(participant)
        if found.state == PROPOSED or (found.partner is None and found.state not in BEGUN):
            await _ended(tx, found, side, WITHDRAWN, now=now)
        else:
            await end(tx, found, side, reason, now=now)


async def of_assignment(tx: Tx, assignment: int) -> list[int]:
    """The numbers of its places that are not over."""
    own = _table.c.assignment_id == assignment, _table.c.state.in_(LIVE)
    rows = await tx.all(select(_table.c.id).where(*own).order_by(_table.c.id))
    return [row["id"] for row in rows]


async def tell(desk: VolunteeringDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """The coordinators of the office: who has stopped, and who must hear it."""
    found = await placements.find(tx, int(ref))
    if found is None or found.state != ENDED:
        return
    key = f"placement:{found.id}:stopped"
    says = partial(wording.stopped_card, found=found)
    await posting.to_coordinators(desk, tx, found.office, says, key=key, now=now)
    if found.partner is not None and not found.is_told:
        at = now + _TOLD_WITHIN
        await due.plan(tx, key=f"placement:{found.id}:untold", kind=UNTOLD_KIND, ref=ref, at=at)


async def tell_at_last(desk: VolunteeringDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """Nobody has told the other side so far."""
    found = await placements.find(tx, int(ref))
    if found is not None and found.state == ENDED and not found.is_told:
        await _tell_other(desk, tx, found, now=now)


async def tell_now(
    desk: VolunteeringDesk, tx: Tx, person: Person, placement: int, *, now: datetime
) -> tuple[Placement, bool]:
    """A coordinator has the other side told. Did the bot do it? Else somebody has to call.
    Raises StaffOnly, NotYourOffice, Outdated when they know already."""
    found = await placements.seen(tx, person, placement, holds=True)
    if found.state != ENDED or found.is_told or found.partner is None:
        raise Outdated
    is_sent = await _tell_other(desk, tx, found, now=now)
    await placements.record(tx, person, found.id, "told", now=now)
    return await placements.change(tx, found.id, told_at=now), is_sent


async def _tell_other(desk: VolunteeringDesk, tx: Tx, found: Placement, *, now: datetime) -> bool:
    side = Side(found.ended_by)
    other = found.other(side)
    await placements.change(tx, found.id, told_at=now)
    if other is None:
        return False
    name = found.name if side is Side.VOLUNTEER else found.partner_name
    says = partial(wording.other_stopped, name=name)
    key = f"placement:{found.id}:other"
    return await posting.to_participant(desk, tx, other, says, key=key, now=now)


async def _ended(tx: Tx, found: Placement, side: Side, reason: str, *, now: datetime) -> Placement:
    until = formats.day_of(now) if found.state in BEGUN else None
    values = {"until": until, "ended_reason": reason, "ended_by": side}
    gone = {"volunteer_contact": None, "partner_contact": None}
    plans = tables.follow_ups
    own = plans.c.volunteer_id == found.volunteer, plans.c.what == f"{PAIR}{found.id}"
    await tx.execute(delete(plans).where(*own, plans.c.done_at.is_(None)))
    if found.partner is not None and side is Side.VOLUNTEER:
        await partners.waits_again(tx, found.partner, now=now)
    return await placements.move(tx, found, ENDED, **values, **gone)
