"""40-hour trajectories: begun, moved, counted, reported back; barriers as counts of a month."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, insert, select, update

from bot.delivery import outbox
from bot.delivery.messages import Outgoing, in_reading_order
from bot.errors import Outdated
from bot.language import formats
from bot.people import service as people
from bot.people.domain import Person, Role, is_at_least, require
from bot.schedule import timing
from bot.storage.transaction import Row, Tx
from bot.volunteering import tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import Status
from bot.volunteering.domain import trajectories as domain
from bot.volunteering.domain.hours import APPROVED
from bot.volunteering.domain.trajectories import Progress, Trajectory
from bot.volunteering.service import hour_rows, offices
from bot.volunteering.wording import trajectories as wording

PAGE = 8
REPORT_BACK, CONSENT_VERSION = "report_back", "1"

_table, _files = tables.trajectories, tables.volunteers


async def begin(
    tx: Tx,
    person: Person,
    volunteer: int,
    *,
    referrer: str,
    may_report: bool,
    now: datetime,
) -> Trajectory:
    """A volunteer's trajectory begins. Raises StaffOnly, NotYourOffice, Outdated, HasOne."""
    office = await tx.scalar(select(_files.c.office).where(_files.c.id == volunteer))
    if office is None:
        raise Outdated
    await offices.require_office(tx, person, office)
    agreed = now if may_report and referrer else None
    values = {
        "volunteer_id": volunteer,
        "status": Status.REGISTERED,
        "referrer": referrer[: domain.REFERRER_LENGTH] or None,
        "report_back_at": agreed,
        "started_at": now,
        "changed_at": now,
    }
    made = tx.insert(_table).values(values).on_conflict_do_nothing(index_elements=["volunteer_id"])
    if await tx.one(made.returning(_table.c.id)) is None:
        raise domain.HasOne
    if agreed is not None:
        consent = {"document": REPORT_BACK, "version": CONSENT_VERSION, "via": "coordinator"}
        await tx.execute(insert(tables.consents).values(volunteer_id=volunteer, at=now, **consent))
    await _note(tx, person, volunteer, "trajectory.begun", now=now)
    return await look(tx, person, volunteer)


async def look(tx: Tx, person: Person, volunteer: int) -> Trajectory:
    """One of them. Raises StaffOnly, NotYourOffice, Outdated."""
    require(person, Role.COORDINATOR)
    row = await tx.one(_selected().where(_table.c.volunteer_id == volunteer))
    if row is None:
        raise Outdated
    await offices.require_office(tx, person, row["office"])
    return _trajectory(row, await hour_rows.names(tx, [volunteer]))


async def move(
    tx: Tx, person: Person, volunteer: int, to: str, *, before: str, now: datetime
) -> Trajectory:
    """To another status, from the one that was seen. Raises StaffOnly, NotYourOffice, Outdated,
    NoStep, ForAdmins, NotReached."""
    found = await look(tx, person, volunteer)
    needed = domain.TRANSITIONS[found.status].get(_status(to))
    if found.status != before:
        raise Outdated
    if needed is None:
        raise domain.NoStep
    if not is_at_least(person.role, needed):
        raise domain.ForAdmins
    if to == Status.COMPLETED:
        reached = await progress(tx, volunteer)
        if reached is None or not reached.is_reached:
            done = reached.minutes / 60 if reached else 0
            raise domain.NotReached(done=done, target=found.target / 60)
    own = _table.c.volunteer_id == volunteer, _table.c.status == before
    ended = {"completed_at": now if to == Status.COMPLETED else None}
    values = {"status": to, "changed_at": now, **ended}
    if (await tx.execute(update(_table).where(*own).values(values))).rowcount != 1:
        raise Outdated
    await _note(tx, person, volunteer, "trajectory.moved", now=now, detail={"to": to})
    return await look(tx, person, volunteer)


async def reported(tx: Tx, person: Person, volunteer: int, *, now: datetime) -> Trajectory:
    """The coordinator has told who referred them. Raises Outdated without consent."""
    found = await look(tx, person, volunteer)
    if not found.may_report:
        raise Outdated
    own = _table.c.volunteer_id == volunteer
    await tx.execute(update(_table).where(own).values(reported_at=now))
    await _note(tx, person, volunteer, "trajectory.reported", now=now)
    return await look(tx, person, volunteer)


async def progress(tx: Tx, volunteer: int) -> Progress | None:
    """Approved hours of assignments that count; None for who has no trajectory."""
    target = await tx.scalar(
        select(_table.c.target_minutes).where(_table.c.volunteer_id == volunteer)
    )
    if target is None:
        return None
    hours, assignments = tables.hours.c, tables.assignments.c
    counted = (
        select(func.coalesce(func.sum(hours.minutes), 0))
        .join(tables.assignments, assignments.id == hours.assignment_id)
        .where(hours.volunteer_id == volunteer, hours.state == APPROVED)
        .where(assignments.counts_as_dutch, assignments.counts_as_social)
    )
    return Progress(int(await tx.scalar(counted)), target)


async def listed(
    tx: Tx, person: Person, *, page: int
) -> tuple[list[Trajectory], bool, dict[str, int]]:
    """Trajectories of this coordinator's offices that run, those that ended lately below; whether
    there are more; and how many there are in each status."""
    require(person, Role.COORDINATOR)
    theirs = await offices.others(tx, person)
    own = (_files.c.office.not_in(theirs),) if theirs else ()
    is_over = _table.c.status.not_in(domain.RUNNING)
    order = is_over, _table.c.changed_at.desc(), _table.c.id
    wanted = _selected().where(*own).order_by(*order).offset(page * PAGE).limit(PAGE + 1)
    rows = await tx.all(wanted)
    names = await hour_rows.names(tx, [row["volunteer_id"] for row in rows])
    counted = (
        select(_table.c.status, func.count().label("n"))
        .join(_files, _files.c.id == _table.c.volunteer_id)
        .where(_files.c.stripped_at.is_(None), *own)
        .group_by(_table.c.status)
    )
    counts = {row["status"]: row["n"] for row in await tx.all(counted)}
    return [_trajectory(row, names) for row in rows[:PAGE]], len(rows) > PAGE, counts


async def candidates(tx: Tx, person: Person) -> list[tuple[int, str, str]]:
    """Volunteers of this coordinator's offices without a trajectory: number, name, town."""
    require(person, Role.COORDINATOR)
    theirs = await offices.others(tx, person)
    has_one = select(_table.c.volunteer_id)
    wanted = select(_files.c.id, _files.c.town).where(
        _files.c.stripped_at.is_(None),
        _files.c.state.in_(("enrolled", "active", "paused")),
        _files.c.id.not_in(has_one),
    )
    if theirs:
        wanted = wanted.where(_files.c.office.not_in(theirs))
    rows = await tx.all(wanted.order_by(_files.c.enrolled_at.desc()).limit(500))
    names = await hour_rows.names(tx, [row["id"] for row in rows])
    return [(row["id"], names.get(row["id"], "—"), row["town"] or "") for row in rows]


async def propose(desk: VolunteeringDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """Hours were approved: where the target is reached, the office's coordinators are told, once
    for each time the trajectory became active. They decide."""
    volunteer = int(ref)
    row = await tx.one(_selected().where(_table.c.volunteer_id == volunteer))
    found = None if row is None else await progress(tx, volunteer)
    if row is None or found is None or not found.is_reached or row["status"] != Status.ACTIVE:
        return
    names = await hour_rows.names(tx, [volunteer])
    stamp = int(row["changed_at"].timestamp())
    for person in await offices.coordinators(tx, row["office"]):
        _ = desk.catalogs.words(person.language)
        text, buttons = wording.reached(_, _trajectory(row, names), found)
        post = Outgoing(
            text=text,
            buttons=buttons,
            to=person.telegram_id,
            lane="notice",
            key=f"reached:{row['id']}:{stamp}:{person.id}",
            hold_until=timing.considerate(now),
        )
        await outbox.put(tx, *in_reading_order([post], is_rtl=_.is_rtl))


# Barriers


async def barriers(tx: Tx, person: Person, office: str, *, now: datetime) -> dict[str, int]:
    """This month's counts of an office. Raises StaffOnly, NotYourOffice."""
    await offices.require_office(tx, person, office)
    table = tables.barriers
    own = table.c.office == office, table.c.month == _month(now)
    rows = await tx.all(select(table.c.barrier, table.c["count"]).where(*own))
    return {row["barrier"]: row["count"] for row in rows}


async def count_barrier(
    desk: VolunteeringDesk,
    tx: Tx,
    person: Person,
    office: str,
    barrier: str,
    *,
    by: int,
    now: datetime,
) -> dict[str, int]:
    """One more, or one less after a slip of the finger. Raises as `barriers`, Outdated."""
    if barrier not in domain.BARRIERS or office not in desk.offices or by not in (1, -1):
        raise Outdated
    await offices.require_office(tx, person, office)
    table, count = tables.barriers, tables.barriers.c["count"]
    key = {"month": _month(now), "office": office, "barrier": barrier}
    if by > 0:
        made = tx.insert(table).values(**key, count=1)
        more = {"count": count + 1}
        await tx.execute(made.on_conflict_do_update(index_elements=list(key), set_=more))
    else:
        own = [table.c[name] == value for name, value in key.items()]
        await tx.execute(update(table).where(*own, count > 0).values(count=count - 1))
    return await barriers(tx, person, office, now=now)


def _month(now: datetime) -> str:
    return f"{formats.day_of(now):%Y-%m}"


def _status(said: str) -> Status:
    try:
        return Status(said)
    except ValueError:
        raise Outdated from None


def _selected() -> Select[Any]:
    return (
        select(_table, _files.c.office)
        .join(_files, _files.c.id == _table.c.volunteer_id)
        .where(_files.c.stripped_at.is_(None))
    )


def _trajectory(row: Row, names: Mapping[int, str]) -> Trajectory:
    return Trajectory(
        id=row["id"],
        volunteer=row["volunteer_id"],
        name=names.get(row["volunteer_id"], "—"),
        office=row["office"],
        status=Status(row["status"]),
        referrer=row["referrer"] or "",
        target=row["target_minutes"],
        report_back_at=row["report_back_at"],
        reported_at=row["reported_at"],
        completed_at=row["completed_at"],
    )


async def _note(
    tx: Tx,
    person: Person,
    volunteer: int,
    action: str,
    *,
    now: datetime,
    detail: Mapping[str, object] | None = None,
) -> None:
    subject = f"volunteer:{volunteer}"
    await people.record(tx, at=now, actor=person.id, action=action, subject=subject, detail=detail)
