"""The coordinator's word on a sign-up: yes, first a talk, or no with a reason."""

from datetime import datetime

from sqlalchemy import update

from bot.delivery import outbox
from bot.delivery.messages import Outgoing, in_reading_order
from bot.errors import Outdated
from bot.people import service as people
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import State
from bot.volunteering.domain.enrolling import REASONS, AgeUnknown, Volunteer
from bot.volunteering.service import cards, offices, volunteers
from bot.volunteering.wording import approving as wording
from bot.volunteering.wording.approving import Screen


async def waiting_one(tx: Tx, person: Person, volunteer_id: int) -> Volunteer:
    """A sign-up that this coordinator may decide on. Raises Outdated when it was decided."""
    one = await volunteers.get(tx, volunteer_id)
    if one is None:
        await offices.require_office(tx, person, "")
        raise Outdated
    await offices.require_office(tx, person, one.office)
    if not one.waits:
        raise Outdated
    return one


async def approve(
    desk: VolunteeringDesk, tx: Tx, person: Person, volunteer_id: int, *, now: datetime
) -> Volunteer:
    """Taken on. Raises AgeUnknown, Outdated."""
    one = await waiting_one(tx, person, volunteer_id)
    if one.age_group is None:
        raise AgeUnknown
    await _decide(tx, person, one, State.ACTIVE, now=now)
    await _tell(desk, tx, one, wording.approved)
    await cards.update(desk, tx, one.id)
    return one


async def refuse(
    desk: VolunteeringDesk,
    tx: Tx,
    person: Person,
    volunteer_id: int,
    *,
    reason: str,
    now: datetime,
) -> Volunteer:
    """Not taken on; they hear why, in their own language."""
    one = await waiting_one(tx, person, volunteer_id)
    if reason not in REASONS:
        raise Outdated
    await _decide(tx, person, one, State.REFUSED, now=now, reason=reason)
    await _tell(desk, tx, one, lambda _: wording.refused(_, reason))
    await cards.update(desk, tx, one.id)
    return one


async def ask_to_talk(
    desk: VolunteeringDesk, tx: Tx, person: Person, volunteer_id: int, *, now: datetime
) -> Volunteer:
    """First a talk: they are asked to choose a moment."""
    one = await waiting_one(tx, person, volunteer_id)
    await volunteers.change(tx, one.id, now=now, talk="office")
    await _note(tx, person, one, "volunteer.talk", now=now)
    await _tell(desk, tx, one, wording.talk_first)
    await cards.update(desk, tx, one.id)
    return one


async def _decide(
    tx: Tx, person: Person, one: Volunteer, state: State, *, now: datetime, reason: str = ""
) -> None:
    """Of two who decide at once, one does. The number to call is needed no more."""
    table = tables.volunteers
    values: dict[str, object] = {"state": state, "decided_at": now, "decided_by": person.id}
    if one.person_id is not None:
        values["phone"] = None
    done = await tx.execute(
        update(table)
        .where(table.c.id == one.id, table.c.state == State.ENROLLED)
        .values(**values, left_reason=reason or None)
    )
    if done.rowcount != 1:
        raise Outdated
    await _note(tx, person, one, f"volunteer.{state}", now=now)


async def _note(tx: Tx, person: Person, one: Volunteer, action: str, *, now: datetime) -> None:
    subject = f"volunteer:{one.id}"
    await people.record(tx, at=now, actor=person.id, action=action, subject=subject)


async def _tell(desk: VolunteeringDesk, tx: Tx, one: Volunteer, says: wording.Says) -> None:
    found = await volunteers.words_for(desk, tx, one.id)
    if found is None:
        return
    _, chat = found
    said: Screen = says(_)
    post = Outgoing(to=chat, lane="notice", text=said[0], buttons=said[1], person_id=one.person_id)
    await outbox.put(tx, *in_reading_order([post], is_rtl=_.is_rtl))
