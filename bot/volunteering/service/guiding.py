"""A volunteer's file for the coordinator: what is known, notes, what to do when, pause and stop."""

from datetime import date, datetime

from sqlalchemy import case, delete, func, select, update

from bot.errors import Outdated
from bot.events import tables as events_tables
from bot.events.domain import SHIFT, ParticipantId, Place
from bot.events.service import listing, participants, places
from bot.people import service as people
from bot.people.domain import Person
from bot.storage.transaction import Row, Tx
from bot.volunteering import tables
from bot.volunteering.domain import State, Status
from bot.volunteering.domain.guiding import LEAVING, File, FollowUp, NotActive, Note
from bot.volunteering.domain.placing import LEFT
from bot.volunteering.domain.trajectories import RUNNING
from bot.volunteering.service import ending
from bot.volunteering.service.offices import require_office

_SHOWN_NOTES = 4
_SHOWN_PLANS = 5
_STOPS = (State.ENROLLED, State.ACTIVE, State.PAUSED)

_table, _notes, _plans = tables.volunteers, tables.notes, tables.follow_ups
_event, _place = events_tables.events.c, events_tables.registrations.c


async def file(tx: Tx, person: Person, volunteer_id: int, *, now: datetime) -> File:
    """Everything a coordinator of the office may read. Raises StaffOnly, NotYourOffice, Outdated
    when the file is gone."""
    row = await theirs(tx, person, volunteer_id)
    who = await participants.people_of(tx, [ParticipantId(volunteer_id)])
    done = await _done(tx, volunteer_id, now=now)
    return File(
        id=volunteer_id,
        name=await participants.name_of(tx, volunteer_id),
        state=State(row["state"]),
        office=row["office"],
        town=row["town"] or "",
        enrolled_at=row["enrolled_at"],
        languages=dict(row["languages"]),
        phone=row["phone"] or "",
        has_telegram=bool(who),
        shifts=done["shifts"] or 0,
        minutes=done["minutes"] or 0,
        next_at=done["next_at"],
        must_be_called=bool(done["shifts"]) and row["first_shift_called_at"] is None,
        left_reason=row["left_reason"] or "" if row["state"] == State.LEFT else "",
        notes=tuple(await _written(tx, volunteer_id)),
        follow_ups=tuple(await _planned(tx, volunteer_id)),
        profile=row,
    )


async def theirs(tx: Tx, person: Person, volunteer_id: int) -> Row:
    """The row, for a coordinator of its office. Raises StaffOnly, NotYourOffice, Outdated."""
    row = await tx.one(select(_table).where(_table.c.id == volunteer_id))
    if row is None or row["stripped_at"] is not None:
        await require_office(tx, person, "")
        raise Outdated
    await require_office(tx, person, row["office"])
    return row


async def note(tx: Tx, person: Person, volunteer_id: int, text: str, *, now: datetime) -> None:
    """Write something down; only coordinators of the office read it."""
    await theirs(tx, person, volunteer_id)
    values = {"volunteer_id": volunteer_id, "author_id": person.id, "text": text, "at": now}
    await tx.execute(tx.insert(_notes).values(values))
    await record(tx, person, volunteer_id, "volunteer.noted", now=now)


async def remind(
    tx: Tx, person: Person, volunteer_id: int, on: date, what: str, *, now: datetime
) -> None:
    """From that day on it stands in this coordinator's worklist."""
    await theirs(tx, person, volunteer_id)
    values = {"volunteer_id": volunteer_id, "coordinator_id": person.id, "due_on": on}
    await tx.execute(tx.insert(_plans).values(**values, what=what))
    await record(tx, person, volunteer_id, "volunteer.follow_up", now=now)


async def tick_off(tx: Tx, person: Person, follow_up_id: int, *, now: datetime) -> int:
    """Done; returns whose it was. A second tap changes nothing. Raises what `theirs` does."""
    row = await tx.one(select(_plans).where(_plans.c.id == follow_up_id))
    if row is None:
        await require_office(tx, person, "")
        raise Outdated
    await theirs(tx, person, row["volunteer_id"])
    open_one = _plans.c.id == follow_up_id, _plans.c.done_at.is_(None)
    await tx.execute(update(_plans).where(*open_one).values(done_at=now))
    return int(row["volunteer_id"])


async def called(tx: Tx, person: Person, volunteer_id: int, *, now: datetime) -> None:
    """Somebody asked how the first shift was."""
    await theirs(tx, person, volunteer_id)
    own = _table.c.id == volunteer_id, _table.c.first_shift_called_at.is_(None)
    done = await tx.execute(update(_table).where(*own).values(first_shift_called_at=now))
    if done.rowcount:
        await record(tx, person, volunteer_id, "volunteer.called", now=now)


async def pause(tx: Tx, person: Person, volunteer_id: int, *, now: datetime) -> None:
    """Nothing is offered for a while; shifts already taken stay. Raises NotActive."""
    await theirs(tx, person, volunteer_id)
    await turn(tx, volunteer_id, State.ACTIVE, State.PAUSED)
    await record(tx, person, volunteer_id, "volunteer.paused", now=now)


async def resume(tx: Tx, person: Person, volunteer_id: int, *, now: datetime) -> None:
    """Takes part again. Raises NotActive."""
    await theirs(tx, person, volunteer_id)
    await turn(tx, volunteer_id, State.PAUSED, State.ACTIVE)
    await record(tx, person, volunteer_id, "volunteer.resumed", now=now)


async def stop(tx: Tx, person: Person, volunteer_id: int, reason: str, *, now: datetime) -> None:
    """A coordinator enters that somebody stops. Raises NotActive, and what `theirs` does."""
    await theirs(tx, person, volunteer_id)
    await leave(tx, person, volunteer_id, reason, now=now)


async def record(tx: Tx, person: Person, volunteer_id: int, action: str, *, now: datetime) -> None:
    """A line in the audit log: never what was written."""
    subject = f"volunteer:{volunteer_id}"
    await people.record(tx, at=now, actor=person.id, action=action, subject=subject)


async def leave(tx: Tx, person: Person, volunteer_id: int, reason: str, *, now: datetime) -> None:
    """Of two who say so at once, one does; their places are free for others. Raises NotActive."""
    if reason not in LEAVING:
        raise Outdated
    left = {"state": State.LEFT, "left_at": now, "left_reason": reason}
    own = _table.c.id == volunteer_id, _table.c.state.in_(_STOPS), _table.c.stripped_at.is_(None)
    if (await tx.execute(update(_table).where(*own).values(left))).rowcount != 1:
        raise NotActive
    who = ParticipantId(volunteer_id)
    for event, _ in await listing.ahead(tx, who, now=now):
        if not event.has_begun(now):
            await places.give_back(tx, who, event.id, now=now)
    await ending.of_participant(tx, volunteer_id, LEFT, now=now)
    await _stop_trajectory(tx, person, volunteer_id, now=now)
    open_ones = _plans.c.volunteer_id == volunteer_id, _plans.c.done_at.is_(None)
    await tx.execute(delete(_plans).where(*open_ones))
    await record(tx, person, volunteer_id, "volunteer.left", now=now)


async def _stop_trajectory(tx: Tx, person: Person, volunteer_id: int, *, now: datetime) -> None:
    """The way to 40 hours ends with it, unless it has ended before."""
    path = tables.trajectories
    own = path.c.volunteer_id == volunteer_id, path.c.status.in_(RUNNING)
    stopped = update(path).where(*own).values(status=Status.STOPPED, changed_at=now)
    if (await tx.execute(stopped)).rowcount:
        await record(tx, person, volunteer_id, "trajectory.moved", now=now)


async def turn(tx: Tx, volunteer_id: int, before: State, after: State) -> None:
    """From one state to another. Raises NotActive."""
    own = _table.c.id == volunteer_id, _table.c.state == before, _table.c.stripped_at.is_(None)
    if (await tx.execute(update(_table).where(*own).values(state=after))).rowcount != 1:
        raise NotActive


async def _done(tx: Tx, volunteer_id: int, *, now: datetime) -> Row:
    hours = tables.hours.c
    mine = _place.participant_id == volunteer_id
    minutes = select(func.sum(hours.minutes)).where(
        hours.volunteer_id == volunteer_id, hours.state != "refused"
    )
    is_next = (_place.state == Place.PLACED) & (_event.starts_at > now)
    row = await tx.one(
        select(
            func.count(case((_place.state == Place.ATTENDED, 1))).label("shifts"),
            func.min(case((is_next, _event.starts_at))).label("next_at"),
            minutes.scalar_subquery().label("minutes"),
        )
        .join(events_tables.events, _event.id == _place.event_id)
        .where(mine, _event.kind == SHIFT, _event.cancelled_at.is_(None))
    )
    assert row is not None
    return row


async def _written(tx: Tx, volunteer_id: int) -> list[Note]:
    own = select(_notes).where(_notes.c.volunteer_id == volunteer_id)
    rows = await tx.all(own.order_by(_notes.c.at.desc(), _notes.c.id.desc()).limit(_SHOWN_NOTES))
    authors = await people.staff_names(tx, [row["author_id"] for row in rows if row["author_id"]])
    return [
        Note(at=row["at"], author=authors.get(row["author_id"], "—"), text=row["text"])
        for row in rows
    ]


async def _planned(tx: Tx, volunteer_id: int) -> list[FollowUp]:
    own = _plans.c.volunteer_id == volunteer_id, _plans.c.done_at.is_(None)
    wanted = select(_plans).where(*own).order_by(_plans.c.due_on, _plans.c.id)
    rows = await tx.all(wanted.limit(_SHOWN_PLANS))
    return [FollowUp(id=row["id"], due_on=row["due_on"], what=row["what"]) for row in rows]
