"""Where volunteers stand before the first shift of an assignment, and who ticks what.

Kept is only that a line is done, when, and which coordinator said so; never which benefit somebody
gets, and never an extract from the criminal record.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, delete, exists, literal, select

from bot.errors import Outdated
from bot.events import tables as events_tables
from bot.events.domain import HAS_A_PLACE, Place
from bot.people import service as people
from bot.people.domain import Person, Role, require
from bot.storage.transaction import Row, Tx
from bot.volunteering import tables
from bot.volunteering.domain import readiness as domain
from bot.volunteering.domain.enrolling import YOUNG
from bot.volunteering.domain.organisations import NotYourOffice
from bot.volunteering.domain.readiness import SENT, Item, Readiness, Tick, Via
from bot.volunteering.service import offices, volunteers

_items, _assignments = tables.checklist_items, tables.assignments
_file, _shifts, _hosts = tables.volunteers, tables.shifts, tables.organisations
_taken = events_tables.registrations


async def of(tx: Tx, volunteer_id: int, assignment_id: int, *, now: datetime) -> Readiness | None:
    """Where one volunteer stands before one assignment; None when either is gone."""
    there = _file.join(_assignments, _assignments.c.id == assignment_id)
    rows = await tx.all(_pairs(there).where(_file.c.id == volunteer_id))
    return next(iter(await _standing(tx, rows, now=now)), None)


async def of_event(
    tx: Tx, event_id: int, *, only: int | None = None, now: datetime
) -> Mapping[int, Readiness]:
    """The same for all volunteers with a place at a shift, or for one of them. That they came to
    this very shift does not make it their second."""
    there = (
        _taken.join(_file, _file.c.id == _taken.c.participant_id)
        .join(_shifts, _shifts.c.event_id == _taken.c.event_id)
        .join(_assignments, _assignments.c.id == _shifts.c.assignment_id)
    )
    here = _taken.c.event_id == event_id, _taken.c.state.in_(HAS_A_PLACE)
    wanted = _pairs(there, but=event_id).where(*here)
    if only is not None:
        wanted = wanted.where(_taken.c.participant_id == only)
    rows = await tx.all(wanted)
    return {one.volunteer: one for one in await _standing(tx, rows, now=now)}


async def begun(tx: Tx, volunteer_id: int, *, now: datetime) -> list[tuple[Readiness, str]]:
    """The lists of one volunteer that were sent and have something open, the newest first, each
    with the name of the organisation."""
    mine = and_(_items.c.volunteer_id == volunteer_id, _items.c.item == SENT)
    there = (
        _items.join(_file, _file.c.id == _items.c.volunteer_id)
        .join(_assignments, _assignments.c.id == _items.c.assignment_id)
        .join(_hosts, _hosts.c.id == _assignments.c.organisation_id)
    )
    named = _pairs(there).add_columns(_hosts.c.name).where(mine)
    rows = await tx.all(named.order_by(_items.c.at.desc(), _assignments.c.id))
    found = zip(await _standing(tx, rows, now=now), rows, strict=True)
    return [(one, row["name"]) for one, row in found if one.open]


async def lacking_extract(
    tx: Tx, event_id: int, *, only: int | None = None, now: datetime
) -> frozenset[int]:
    """Who has a place at a shift with minors, and no coordinator has seen the extract."""
    found = await of_event(tx, event_id, only=only, now=now)
    return frozenset(one.volunteer for one in found.values() if one.lacks_extract)


async def require_extract(tx: Tx, event_id: int, participant: int, *, now: datetime) -> None:
    """Before it is said that somebody came. Raises ExtractNotSeen."""
    if await lacking_extract(tx, event_id, only=participant, now=now):
        raise domain.ExtractNotSeen


async def begin(tx: Tx, volunteer_id: int, assignment_id: int, *, now: datetime) -> bool:
    """The list goes out; of two that want it, one hears True."""
    values = {"volunteer_id": volunteer_id, "assignment_id": assignment_id}
    row = tx.insert(_items).values(**values, item=SENT, at=now)
    made = row.on_conflict_do_nothing().returning(_items.c.item)
    return await tx.one(made) is not None


# The volunteer


async def own(tx: Tx, person_id: int, assignment_id: int, *, now: datetime) -> Readiness:
    """The list of this person for one assignment. Raises Outdated for who was sent none
    and has no place there."""
    mine = await volunteers.of_person(tx, person_id)
    if mine is None or not await _concerns(tx, mine.id, assignment_id):
        raise Outdated
    found = await of(tx, mine.id, assignment_id, now=now)
    if found is None:
        raise Outdated
    return found


async def tick(
    tx: Tx, person_id: int, assignment_id: int, item: str, *, is_done: bool, now: datetime
) -> Readiness:
    """The volunteer says that a line is done, or not after all; what a coordinator has ticked
    stays. Raises Outdated, OnlyCoordinators."""
    before = await own(tx, person_id, assignment_id, now=now)
    line = _line(before, item)
    if line is Item.EXTRACT:
        raise domain.OnlyCoordinators
    if is_done:
        await _write(tx, before, line, Tick(at=now))
    else:
        own_tick = and_(_is(before, line), _items.c.via == Via.SELF)
        await tx.execute(delete(_items).where(own_tick))
    return await own(tx, person_id, assignment_id, now=now)


# Coordinators


async def seen(
    tx: Tx, person: Person, volunteer_id: int, assignment_id: int, *, now: datetime
) -> Readiness:
    """For a coordinator of the volunteer's office, or of the assignment's. Raises StaffOnly,
    NotYourOffice, Outdated."""
    require(person, Role.COORDINATOR)
    there = _file.join(_assignments, _assignments.c.id == assignment_id)
    one_row = select(_file.c.office, _assignments.c.office.label("of_assignment")).select_from(
        there
    )
    row = await tx.one(one_row.where(_file.c.id == volunteer_id, _file.c.stripped_at.is_(None)))
    found = await of(tx, volunteer_id, assignment_id, now=now)
    if row is None or found is None:
        raise Outdated
    if {row["office"], row["of_assignment"]} <= await offices.others(tx, person):
        raise NotYourOffice
    return found


async def mark(
    tx: Tx,
    person: Person,
    volunteer_id: int,
    assignment_id: int,
    item: str,
    *,
    via: Via,
    now: datetime,
) -> Readiness:
    """A coordinator has seen it, did it with the volunteer, or decides that it is not needed. Of
    two who say so, the first one stands. Raises what `seen` does."""
    before = await seen(tx, person, volunteer_id, assignment_id, now=now)
    line = _line(before, item)
    if await _write(tx, before, line, Tick(at=now, via=via, by=person.id)):
        await _note(tx, person, before, f"ready.{via}", line, now=now)
    return await seen(tx, person, volunteer_id, assignment_id, now=now)


async def take_back(
    tx: Tx, person: Person, volunteer_id: int, assignment_id: int, item: str, *, now: datetime
) -> Readiness:
    """It was a slip of the finger. Raises what `seen` does."""
    before = await seen(tx, person, volunteer_id, assignment_id, now=now)
    line = _line(before, item)
    if (await tx.execute(delete(_items).where(_is(before, line)))).rowcount:
        await _note(tx, person, before, "ready.taken_back", line, now=now)
    return await seen(tx, person, volunteer_id, assignment_id, now=now)


async def _concerns(tx: Tx, volunteer_id: int, assignment_id: int) -> bool:
    own_row = _items.c.volunteer_id == volunteer_id, _items.c.assignment_id == assignment_id
    is_sent = exists().where(*own_row, _items.c.item == SENT)
    has_place = (
        exists(literal(1))
        .select_from(_taken.join(_shifts, _shifts.c.event_id == _taken.c.event_id))
        .where(_taken.c.participant_id == volunteer_id, _taken.c.state.in_(HAS_A_PLACE))
        .where(_shifts.c.assignment_id == assignment_id)
    )
    return bool(await tx.scalar(select(is_sent | has_place)))


async def _write(tx: Tx, one: Readiness, line: Item, tick: Tick) -> bool:
    values = {"volunteer_id": one.volunteer, "assignment_id": one.assignment, "item": line}
    row = tx.insert(_items).values(**values, at=tick.at, via=tick.via, by=tick.by)
    made = row.on_conflict_do_nothing().returning(_items.c.item)
    return await tx.one(made) is not None


def _is(one: Readiness, line: Item) -> ColumnElement[bool]:
    return and_(
        _items.c.volunteer_id == one.volunteer,
        _items.c.assignment_id == one.assignment,
        _items.c.item == line,
    )


def _line(one: Readiness, item: str) -> Item:
    """The line that a button names. Raises Outdated where it does not apply (any more)."""
    found = next((line for line in one.lines if line == item), None)
    if found is None:
        raise Outdated
    return found


async def _note(
    tx: Tx, person: Person, one: Readiness, action: str, line: Item, *, now: datetime
) -> None:
    subject = f"volunteer:{one.volunteer}"
    detail = {"assignment": one.assignment, "item": str(line)}
    await people.record(tx, at=now, actor=person.id, action=action, subject=subject, detail=detail)


# Rows


def _pairs(there: FromClause, *, but: int = 0) -> Select[Any]:
    """A volunteer and an assignment in a row. but: the shift that does not count as done."""
    before, shift = _taken.alias("before"), _shifts.alias("shift_before")
    was_there = (
        exists(literal(1))
        .select_from(before.join(shift, shift.c.event_id == before.c.event_id))
        .where(before.c.participant_id == _file.c.id, before.c.state == Place.ATTENDED)
        .where(shift.c.assignment_id == _assignments.c.id, before.c.event_id != but)
    )
    return select(
        _file.c.id.label("volunteer"),
        _file.c.age_group,
        _assignments.c.id.label("assignment"),
        _assignments.c.organisation_id,
        _assignments.c.needs_record_extract,
        was_there.label("was_there"),
    ).select_from(there)


async def _standing(tx: Tx, rows: Iterable[Row], *, now: datetime) -> list[Readiness]:
    found = list(rows)
    done = await _done(tx, {row["volunteer"] for row in found})
    return [
        Readiness(
            volunteer=row["volunteer"],
            assignment=row["assignment"],
            lines=domain.lines(
                needs_extract=row["needs_record_extract"],
                is_adult=row["age_group"] != YOUNG,
                was_there=bool(row["was_there"]),
            ),
            ticks=_ticks(row, done.get(row["volunteer"], ()), now=now),
        )
        for row in found
    ]


async def _done(tx: Tx, whose: set[int]) -> Mapping[int, list[Row]]:
    """What these volunteers have ticked, for whatever assignment."""
    if not whose:
        return {}
    wanted = select(_items, _assignments.c.organisation_id).join(
        _assignments, _assignments.c.id == _items.c.assignment_id
    )
    mine = _items.c.volunteer_id.in_(whose), _items.c.item != SENT
    done: dict[int, list[Row]] = {}
    for row in await tx.all(wanted.where(*mine).order_by(_items.c.at)):
        done.setdefault(row["volunteer_id"], []).append(row)
    return done


def _ticks(pair: Row, done: Iterable[Row], *, now: datetime) -> dict[Item, Tick]:
    """Their ticks here; an extract that the same organisation saw this year counts here too."""
    return {
        Item(row["item"]): Tick(
            at=row["at"],
            via=Via(row["via"]),
            by=row["by"],
            is_elsewhere=row["assignment_id"] != pair["assignment"],
        )
        for row in sorted(done, key=lambda one: bool(one["assignment_id"] == pair["assignment"]))
        if row["assignment_id"] == pair["assignment"] or _counts_here(row, pair, now=now)
    }


def _counts_here(row: Row, pair: Row, *, now: datetime) -> bool:
    is_seen = row["item"] == Item.EXTRACT and row["via"] == Via.COORDINATOR
    is_recent = row["at"] > now - domain.EXTRACT_COUNTS
    return bool(is_seen and is_recent and row["organisation_id"] == pair["organisation_id"])
