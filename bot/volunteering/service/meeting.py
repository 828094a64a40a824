"""A pair meets: the first time is arranged by the coordinator; how the two can reach each other
is passed on only when both have said it, and kept no longer.
"""

from datetime import datetime
from functools import partial

from bot.errors import Outdated
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.assignments import fitted
from bot.volunteering.domain.partners import REACH_LENGTH
from bot.volunteering.domain.placing import BEGUN, NotNow, Placement, Side
from bot.volunteering.service import placements, posting
from bot.volunteering.wording import proposing as wording


async def arrange(
    desk: VolunteeringDesk,
    tx: Tx,
    person: Person,
    placement: int,
    *,
    at: datetime,
    place: str,
    now: datetime,
) -> Placement:
    """When and where they meet first; both hear it. Raises StaffOnly, NotYourOffice, NotNow."""
    found = await placements.seen(tx, person, placement, holds=True)
    _require_pair(found)
    found = await placements.change(tx, found.id, meets_at=at)
    key = f"placement:{found.id}:meets:{int(now.timestamp())}"
    for side in (Side.VOLUNTEER, Side.PARTNER):
        to = found.volunteer if side is Side.VOLUNTEER else found.partner
        assert to is not None, "a pair has two sides"
        name = found.other_name(side)
        says = partial(wording.meets, name=name, at=at, place=place, by=person.first_name)
        await posting.to_participant(desk, tx, to, says, key=f"{key}:{side}", now=now)
    await placements.record(tx, person, found.id, "meets", now=now)
    return found


async def share(
    desk: VolunteeringDesk, tx: Tx, person: Person, placement: int, text: str, *, now: datetime
) -> bool:
    """How somebody can be reached. Is it passed on: has the other side said it too? Raises
    Outdated, NotNow, TooLong, EmptyText."""
    found, side = await placements.own(tx, person.id, placement, holds=True)
    return await _shared(desk, tx, found, side, text, now=now)


async def share_for(
    desk: VolunteeringDesk,
    tx: Tx,
    person: Person,
    placement: int,
    *,
    side: Side,
    text: str,
    now: datetime,
) -> bool:
    """The same for who has no Telegram, and agreed to it on the telephone. Raises StaffOnly too."""
    found = await placements.seen(tx, person, placement, holds=True)
    if side is Side.COORDINATOR:
        raise Outdated
    await placements.record(tx, person, found.id, "shared_for", now=now)
    return await _shared(desk, tx, found, side, text, now=now)


async def _shared(
    desk: VolunteeringDesk, tx: Tx, found: Placement, side: Side, text: str, *, now: datetime
) -> bool:
    _require_pair(found)
    said = {f"{side}_contact": fitted(text, REACH_LENGTH)}
    found = await placements.change(tx, found.id, **said)
    if not found.volunteer_contact or not found.partner_contact:
        return False
    key = f"placement:{found.id}:reach:{int(now.timestamp())}"
    for one in (Side.VOLUNTEER, Side.PARTNER):
        to = found.volunteer if one is Side.VOLUNTEER else found.partner
        assert to is not None, "a pair has two sides"
        reach = found.partner_contact if one is Side.VOLUNTEER else found.volunteer_contact
        says = partial(wording.reach, name=found.other_name(one), reach=reach)
        if not await posting.to_participant(desk, tx, to, says, key=f"{key}:{one}", now=now):
            name = found.name if one is Side.VOLUNTEER else found.partner_name
            says = partial(wording.reach_to_tell, to=name, name=found.other_name(one), reach=reach)
            await posting.to_coordinators(desk, tx, found.office, says, key=f"{key}:{one}", now=now)
    await placements.change(tx, found.id, volunteer_contact=None, partner_contact=None)
    return True


def _require_pair(found: Placement) -> None:
    if found.state not in BEGUN or found.partner is None:
        raise NotNow
