"""Rows of hours as the values that screens and decisions are made of."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, or_, select

from bot.events import tables as events_tables
from bot.people import service as people
from bot.storage.transaction import Row, Tx
from bot.volunteering import tables
from bot.volunteering.domain import hours as domain
from bot.volunteering.domain.hours import Line

table = tables.hours


async def one(tx: Tx, hours_id: int, *, holds: bool = False) -> Line | None:
    """A line; `holds`: nobody else changes it until the transaction is over."""
    return next(iter(await several(tx, [hours_id], holds=holds)), None)


async def several(tx: Tx, ids: Sequence[int], *, holds: bool = False) -> list[Line]:
    """Some lines, in the order of their ids."""
    own = table.c.id.in_(set(ids))
    if holds and not tx.is_sqlite:  # there one writer is the rule anyway
        held = select(table.c.id).where(own).order_by(table.c.id)
        await tx.execute(held.with_for_update())
    return [_line(row) for row in await tx.all(_selected().where(own).order_by(table.c.id))]


async def of_week(tx: Tx, volunteer: int, assignment: int, monday: date) -> Line | None:
    """What somebody said of a week."""
    row = await tx.one(
        _selected().where(
            table.c.volunteer_id == volunteer,
            table.c.assignment_id == assignment,
            table.c.event_id.is_(None),
            table.c.worked_on == monday,
        )
    )
    return None if row is None else _line(row)


async def of_volunteer(tx: Tx, volunteer: int) -> list[Line]:
    """All lines of somebody, the newest first."""
    own = _selected().where(table.c.volunteer_id == volunteer)
    rows = await tx.all(own.order_by(table.c.worked_on.desc(), table.c.id.desc()))
    return [_line(row) for row in rows]


async def to_check(
    tx: Tx, *, not_of: set[str], today: date, page: int, size: int
) -> tuple[list[Line], bool]:
    """What a coordinator should look at, the oldest first, and whether there is more: weeks, what
    a volunteer says otherwise, and shifts that no organisation confirmed in time."""
    said, state = table.c.said_minutes, table.c.state
    is_late = table.c.worked_on <= today - domain.ORGANISATION_FIRST
    is_open = and_(state.in_(domain.OPEN), or_(table.c.event_id.is_(None), is_late))
    is_said = and_(said.is_not(None), said != table.c.minutes, state != domain.REFUSED)
    wanted = _selected().where(or_(is_open, is_said))
    if not_of:
        wanted = wanted.where(tables.assignments.c.office.not_in(not_of))
    wanted = wanted.order_by(table.c.worked_on, table.c.id).offset(page * size).limit(size + 1)
    rows = await tx.all(wanted)
    return [_line(row) for row in rows[:size]], len(rows) > size


async def names(tx: Tx, volunteers: Sequence[int]) -> dict[int, str]:
    """First names, also of who has no Telegram."""
    who = events_tables.participants.c
    rows = await tx.all(select(who.id, who.name, who.person_id).where(who.id.in_(set(volunteers))))
    ids = [row["person_id"] for row in rows if row["person_id"] is not None]
    known = await people.staff_names(tx, ids) if ids else {}
    return {row["id"]: row["name"] or known.get(row["person_id"], "—") for row in rows}


def _selected() -> Select[Any]:
    assignments, hosts = tables.assignments, tables.organisations
    return (
        select(
            table,
            assignments.c.titles,
            assignments.c.written_in,
            assignments.c.office,
            hosts.c.name.label("organisation"),
        )
        .join(assignments, assignments.c.id == table.c.assignment_id)
        .join(hosts, hosts.c.id == assignments.c.organisation_id)
    )


def _line(row: Row) -> Line:
    return Line(
        id=row["id"],
        volunteer=row["volunteer_id"],
        assignment=row["assignment_id"],
        event=row["event_id"],
        worked_on=row["worked_on"],
        minutes=row["minutes"],
        state=row["state"],
        said=row["said_minutes"],
        reason=row["reason"],
        approved_via=row["approved_via"],
        titles=row["titles"],
        written_in=row["written_in"],
        organisation=row["organisation"],
        office=row["office"],
    )
