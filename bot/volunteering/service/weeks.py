"""Structural volunteering: once a week somebody is asked how many hours it was."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import delete, select, update

from bot.delivery import outbox
from bot.delivery.messages import Outgoing, in_reading_order
from bot.errors import Outdated
from bot.events.domain import ParticipantId
from bot.events.service import participants
from bot.language import formats
from bot.schedule import due, timing
from bot.storage.transaction import Row, Tx
from bot.volunteering import tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import hours as domain
from bot.volunteering.domain.hours import Line
from bot.volunteering.domain.placing import ENDED, LEFT, RUNNING
from bot.volunteering.service import hour_rows as rows
from bot.volunteering.service import volunteers
from bot.volunteering.wording import weeks as wording

KIND = "volunteering.week"
# Also who stopped in that week is asked; who left altogether is not.
_ASKED = (RUNNING, ENDED)

_WEEK = timedelta(days=7)
_ASKED_AT = time(10)  # on the Monday after
_table = tables.placements


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A week of somebody who has a place at an assignment that lasts."""

    placement: int
    volunteer: int
    assignment: int
    monday: date
    usual: int
    titles: Mapping[str, str] = field(default_factory=dict)
    written_in: str = ""
    organisation: str = ""


async def plan(tx: Tx, *, now: datetime) -> None:
    """Every night: everybody with a running place is asked once this week is over."""
    monday = domain.week_of(formats.day_of(now))
    at = datetime.combine(monday + _WEEK, _ASKED_AT, formats.BRUSSELS).astimezone(now.tzinfo)
    wanted = select(_table.c.id).where(_table.c.state == RUNNING, _table.c.weekly_minutes > 0)
    for row in await tx.all(wanted.order_by(_table.c.id)):
        ref = f"{row['id']}:{monday.isoformat()}"
        await due.plan_unless_planned(tx, key=f"week:{ref}", kind=KIND, ref=ref, at=at)


async def ask(desk: VolunteeringDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """How many hours was it? Unless the place ended before, or they have said it already."""
    number, _, day = ref.partition(":")
    row = await _row(tx, int(number))
    monday = date.fromisoformat(day)
    if row is None or not _ran_in(row, monday):
        return
    if row["state"] not in _ASKED or row["ended_reason"] == LEFT:
        return
    week = _week(row, monday)
    person = await participants.person_of(tx, ParticipantId(week.volunteer))
    if person is None or await rows.of_week(tx, week.volunteer, week.assignment, monday):
        return
    words = desk.catalogs.words(person.language)
    text, buttons = wording.ask(words, week, week.usual)
    post = Outgoing(
        text=text,
        buttons=buttons,
        to=person.telegram_id,
        lane="reminder",
        key=f"week:{ref}",
        hold_until=timing.considerate(now),
        person_id=person.id,
    )
    await outbox.put(tx, *in_reading_order([post], is_rtl=words.is_rtl))


async def own(
    tx: Tx, person_id: int, placement: int, monday: date, *, now: datetime
) -> tuple[Week, Line | None]:
    """One's own week, and what was said of it. Raises Outdated, NotYet, TooLate."""
    mine, row = await volunteers.of_person(tx, person_id), await _row(tx, placement, holds=True)
    if row is None or mine is None or row["volunteer_id"] != mine.id:
        raise Outdated
    today = formats.day_of(now)
    if monday != domain.week_of(monday) or not _ran_in(row, monday):
        raise Outdated
    if monday + _WEEK > today:
        raise domain.NotYet
    if monday < today - domain.CORRECTED_WITHIN:
        raise domain.TooLate
    week = _week(row, monday)
    return week, await rows.of_week(tx, week.volunteer, week.assignment, monday)


async def say(
    tx: Tx, person_id: int, placement: int, monday: date, minutes: int, *, now: datetime
) -> Week:
    """So long it was; 0: not at all. Raises as `own`, TooMany, and Decided once a coordinator has
    approved it."""
    week, line = await own(tx, person_id, placement, monday, now=now)
    if not 0 <= minutes <= domain.WEEK_MINUTES:
        raise domain.TooMany(most=domain.WEEK_MINUTES // 60)
    if line is not None and not line.is_open:
        raise domain.Decided
    table = rows.table
    if line is not None and minutes == 0:
        await tx.execute(delete(table).where(table.c.id == line.id))
    elif line is not None:
        changed = {"minutes": minutes, "state": domain.CORRECTED, "changed_at": now}
        await tx.execute(update(table).where(table.c.id == line.id).values(changed))
    elif minutes:
        values = {"volunteer_id": week.volunteer, "assignment_id": week.assignment}
        said = {"worked_on": monday, "minutes": minutes, "state": domain.CORRECTED}
        stamped = {**values, **said, "created_at": now, "changed_at": now}
        await tx.execute(tx.insert(table).values(stamped))
    return week


def _ran_in(row: Row, monday: date) -> bool:
    """Did the place exist in that week?"""
    since, until = row["since"], row["until"]
    begun = since is not None and since < monday + _WEEK
    return begun and (until is None or until >= monday)


def _week(row: Row, monday: date) -> Week:
    return Week(
        placement=row["id"],
        volunteer=row["volunteer_id"],
        assignment=row["assignment_id"],
        monday=monday,
        usual=row["weekly_minutes"],
        titles=row["titles"],
        written_in=row["written_in"],
        organisation=row["organisation"],
    )


async def _row(tx: Tx, placement: int, *, holds: bool = False) -> Row | None:
    """`holds`: two taps at once make one line; there is no key that would refuse the second."""
    if holds and not tx.is_sqlite:
        own_row = select(_table.c.id).where(_table.c.id == placement)
        await tx.execute(own_row.with_for_update())
    assignments, hosts = tables.assignments, tables.organisations
    return await tx.one(
        select(
            _table,
            assignments.c.titles,
            assignments.c.written_in,
            hosts.c.name.label("organisation"),
        )
        .join(assignments, assignments.c.id == _table.c.assignment_id)
        .join(hosts, hosts.c.id == assignments.c.organisation_id)
        .where(_table.c.id == placement)
    )
