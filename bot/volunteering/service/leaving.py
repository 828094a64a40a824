"""Volunteers pause and stop by themselves."""

from datetime import datetime

from bot.delivery import outbox
from bot.delivery.messages import Outgoing
from bot.events.service import participants
from bot.language import formats
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import State
from bot.volunteering.domain.guiding import EXIT_TALK, NotActive
from bot.volunteering.service import guiding, volunteers
from bot.volunteering.wording import leaving as wording


async def pause(tx: Tx, person: Person, *, is_paused: bool, now: datetime) -> None:
    """A pause, or its end. Raises NotActive."""
    mine = await participants.known(tx, person.id)
    if mine is None:
        raise NotActive
    states = (State.ACTIVE, State.PAUSED) if is_paused else (State.PAUSED, State.ACTIVE)
    await guiding.turn(tx, mine, *states)
    action = "volunteer.paused" if is_paused else "volunteer.resumed"
    await guiding.record(tx, person, mine, action, now=now)


async def stop(
    desk: VolunteeringDesk,
    tx: Tx,
    person: Person,
    reason: str,
    *,
    wants_talk: bool,
    now: datetime,
) -> None:
    """Their places are free for others, and the team's group hears it. Who wants to talk about it
    stands in the worklist of the office at once. Raises NotActive."""
    one = await volunteers.of_person(tx, person.id)
    if one is None:
        raise NotActive
    await guiding.leave(tx, person, one.id, reason, now=now)
    if wants_talk:
        today = formats.day_of(now)
        values = {"volunteer_id": one.id, "due_on": today, "what": EXIT_TALK}
        await tx.execute(tx.insert(tables.follow_ups).values(values))
    if desk.group is not None:
        _ = desk.catalogs.words(desk.staff_language)
        office = desk.offices.get(one.office)
        name = await volunteers.called(tx, one)
        text = wording.card(_, name, office.name if office else "", wants_talk=wants_talk)
        post = Outgoing(to=desk.group, lane="notice", text=text, person_id=person.id)
        await outbox.put(tx, post)
