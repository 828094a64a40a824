"""Rows of places that last, as values; and the one way in which a place takes a step."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update

from bot.errors import Outdated
from bot.events.service import participants
from bot.people import service as people
from bot.people.domain import Person, Role, require
from bot.storage.transaction import Row, Tx
from bot.volunteering import tables
from bot.volunteering.domain.placing import LIVE, STEPS, NotNow, Placement, Side
from bot.volunteering.service import hour_rows
from bot.volunteering.service.offices import others, require_office

PAGE: Final = 8

_table, _jobs = tables.placements, tables.assignments


async def find(tx: Tx, placement: int, *, holds: bool = False) -> Placement | None:
    """One of them; `holds`: nobody else changes it until the transaction is over."""
    if holds and not tx.is_sqlite:  # there one writer is the rule anyway
        own = select(_table.c.id).where(_table.c.id == placement)
        await tx.execute(own.with_for_update())
    return next(iter(await _several(tx, _selected().where(_table.c.id == placement))), None)


async def seen(tx: Tx, person: Person, placement: int, *, holds: bool = False) -> Placement:
    """The same for a coordinator of its office. Raises StaffOnly, NotYourOffice, Outdated."""
    require(person, Role.COORDINATOR)
    found = await find(tx, placement, holds=holds)
    if found is None:
        raise Outdated
    await require_office(tx, person, found.office)
    return found


async def own(
    tx: Tx, person_id: int, placement: int, *, holds: bool = False
) -> tuple[Placement, Side]:
    """The same for one of its sides. Raises Outdated for anybody else."""
    found = await find(tx, placement, holds=holds)
    if found is None:
        raise Outdated
    return found, found.side_of(await participants.known(tx, person_id))


async def of_participant(tx: Tx, participant: int) -> list[Placement]:
    """The places that somebody has, wants or is asked for, on either side; the newest last."""
    mine = or_(_table.c.volunteer_id == participant, _table.c.partner_id == participant)
    live = _selected().where(mine, _table.c.state.in_(LIVE))
    return await _several(tx, live.order_by(_table.c.id))


async def has_any(tx: Tx, participant: int) -> bool:
    """Is there one of these?"""
    mine = or_(_table.c.volunteer_id == participant, _table.c.partner_id == participant)
    wanted = select(_table.c.id).where(mine, _table.c.state.in_(LIVE)).limit(1)
    return await tx.scalar(wanted) is not None


async def listed(
    tx: Tx, person: Person, *, page: int, assignment: int | None = None
) -> tuple[list[Placement], bool]:
    """A page of this coordinator's offices, the newest first, and whether there are more: what
    is asked, agreed or runs, and pairs of which one side does not know yet that it ended."""
    require(person, Role.COORDINATOR)
    elsewhere = await others(tx, person)
    wanted = _selected().where(or_(_table.c.state.in_(LIVE), _untold()))
    if elsewhere:
        wanted = wanted.where(_jobs.c.office.not_in(elsewhere))
    if assignment is not None:
        wanted = wanted.where(_table.c.assignment_id == assignment)
    wanted = wanted.order_by(_table.c.state == "proposed", _table.c.id.desc())
    found = await _several(tx, wanted.offset(page * PAGE).limit(PAGE + 1))
    return found[:PAGE], len(found) > PAGE


def _untold() -> ColumnElement[bool]:
    gone = and_(_table.c.state == "ended", _table.c.partner_id.is_not(None))
    return and_(gone, _table.c.since.is_not(None), _table.c.told_at.is_(None))


async def move(tx: Tx, found: Placement, to: str, **values: Any) -> Placement:
    """The step of a place, from the state that was seen; of two who take it at once one does.
    Raises NotNow."""
    if to not in STEPS[found.state]:
        raise NotNow
    own_row = _table.c.id == found.id, _table.c.state == found.state
    done = await tx.execute(update(_table).where(*own_row).values(state=to, **values))
    if done.rowcount != 1:
        raise NotNow
    await touch(tx, found.assignment)
    return await _again(tx, found.id)


async def change(tx: Tx, placement: int, **values: Any) -> Placement:
    """Other facts of one that is held."""
    await tx.execute(update(_table).where(_table.c.id == placement).values(**values))
    return await _again(tx, placement)


async def touch(tx: Tx, assignment: int) -> None:
    """Another number of its places is free: the index reads it anew."""
    own_row = update(_jobs).where(_jobs.c.id == assignment)
    await tx.execute(own_row.values(touched_at=func.now()))


async def record(
    tx: Tx, person: Person, placement: int, action: str, *, now: datetime, **detail: object
) -> None:
    """A line in the audit log."""
    subject = f"placement:{placement}"
    await people.record(
        tx, at=now, actor=person.id, action=f"placement.{action}", subject=subject, detail=detail
    )


async def _again(tx: Tx, placement: int) -> Placement:
    found = await find(tx, placement)
    assert found is not None, "just written"
    return found


def _selected() -> Select[Any]:
    hosts = tables.organisations
    return (
        select(
            _table,
            _jobs.c.titles,
            _jobs.c.written_in,
            _jobs.c.kind,
            _jobs.c.wanted,
            _jobs.c.office.label("assigned_to"),
            hosts.c.name.label("organisation"),
        )
        .join(_jobs, _jobs.c.id == _table.c.assignment_id)
        .join(hosts, hosts.c.id == _jobs.c.organisation_id)
    )


async def _several(tx: Tx, wanted: Select[Any]) -> list[Placement]:
    rows = await tx.all(wanted)
    ids = {row["volunteer_id"] for row in rows} | {row["partner_id"] for row in rows}
    names = await hour_rows.names(tx, [one for one in ids if one]) if rows else {}
    return [_placement(row, names) for row in rows]


def _placement(row: Row, names: dict[int, str]) -> Placement:
    same = (
        *("id", "state", "kind", "titles", "written_in", "organisation", "wanted"),
        *("volunteer_at", "partner_at", "accepted_at", "weekly_minutes", "days", "since"),
        *("until", "meets_at"),
    )
    texts = ("ended_reason", "ended_by", "volunteer_contact", "partner_contact")
    empty: dict[str, Any] = {name: row[name] or "" for name in texts}
    return Placement(
        assignment=row["assignment_id"],
        volunteer=row["volunteer_id"],
        partner=row["partner_id"],
        office=row["assigned_to"],
        name=names.get(row["volunteer_id"], "—"),
        partner_name=names.get(row["partner_id"] or 0, "—"),
        is_told=row["told_at"] is not None,
        **{name: row[name] for name in same},
        **empty,
    )
