"""A volunteer asks their own coordinators: what the team reads above the question."""

from sqlalchemy import select

from bot.errors import Outdated
from bot.events.domain import SHIFT
from bot.events.service import listing
from bot.handover.domain import ToCoordinators
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import State
from bot.volunteering.domain.enrolling import NotSignedUp, Volunteer
from bot.volunteering.service import volunteers
from bot.volunteering.wording import questions as wording


async def asker(tx: Tx, person: Person) -> Volunteer:
    """The file of who asks. Raises NotSignedUp: strangers ask any colleague."""
    one = await volunteers.of_person(tx, person.id)
    if one is None or one.state in (State.LEFT, State.REFUSED):
        raise NotSignedUp
    return one


async def general(
    desk: VolunteeringDesk, tx: Tx, person: Person, *, subject: str = ""
) -> ToCoordinators:
    """About volunteering as such, or one of the known subjects."""
    one, _ = await asker(tx, person), desk.catalogs.words(desk.staff_language)
    return _to(desk, one, wording.subject(_, subject))


async def of_shift(desk: VolunteeringDesk, tx: Tx, person: Person, event_id: int) -> ToCoordinators:
    """About one shift. Raises Outdated when it is gone, or no shift."""
    one, _ = await asker(tx, person), desk.catalogs.words(desk.staff_language)
    event = await listing.get(tx, event_id)
    if event.kind != SHIFT:
        raise Outdated
    return _to(desk, one, wording.shift(_, event))


async def of_placement(
    desk: VolunteeringDesk, tx: Tx, person: Person, placement_id: int
) -> ToCoordinators:
    """About one's own lasting place. Raises Outdated for anybody else's."""
    one, _ = await asker(tx, person), desk.catalogs.words(desk.staff_language)
    placed, assignments = tables.placements, tables.assignments
    titles = await tx.scalar(
        select(assignments.c.titles)
        .join(placed, placed.c.assignment_id == assignments.c.id)
        .where(placed.c.id == placement_id, placed.c.volunteer_id == one.id)
    )
    if titles is None:
        raise Outdated
    return _to(desk, one, titles.get(_.code) or next(iter(titles.values()), ""))


def _to(desk: VolunteeringDesk, one: Volunteer, what: str) -> ToCoordinators:
    _ = desk.catalogs.words(desk.staff_language)
    office = desk.offices.get(one.office)
    return ToCoordinators(one.office, wording.about(_, office.name if office else "", what))
