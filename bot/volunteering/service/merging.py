"""Two files come together: everything of the one that goes is the other's from then on."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, UniqueConstraint, and_, delete, exists, func, select, update

from bot.delivery import outbox
from bot.delivery.messages import Outgoing, in_reading_order
from bot.events.domain import ParticipantId
from bot.events.service import merging as events
from bot.people import service as people
from bot.people.domain import Person
from bot.schedule import timing
from bot.storage.transaction import Row, Tx
from bot.volunteering import tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import State
from bot.volunteering.domain import merging as domain
from bot.volunteering.domain.merging import Done, Double, NoDouble
from bot.volunteering.service import cards, doubles, hours, volunteers
from bot.volunteering.wording import merging as wording

_file = tables.volunteers


async def merge(
    desk: VolunteeringDesk, tx: Tx, person: Person, double_id: int, *, now: datetime
) -> Done:
    """They are one person. Raises StaffOnly, NotYourOffice, NoDouble, BothHaveTelegram."""
    found = await doubles.look(tx, person, double_id)
    if not await _take(tx, double_id):
        raise NoDouble
    keep, gone = ParticipantId(found.keep.id), ParticipantId(found.gone.id)
    rows = await _both(tx, found)
    same_hours = await _settle_hours(tx, keep, gone)
    had_two = await _settle_trajectories(tx, keep, gone)
    met = await events.merge(tx, keep, gone, now=now)
    await _move(tx, keep, gone)
    changed = domain.together(*rows)
    await tx.execute(delete(_file).where(_file.c.id == gone))
    values = {**changed, "touched_at": func.now()}
    await tx.execute(update(_file).where(_file.c.id == keep).values(values))
    await events.remove(tx, gone)
    await hours.look_at_trajectories(tx, [keep], now=now)
    await _record(tx, person, found, now=now)
    desk.index.seekers.pop(gone, None)  # elsewhere it goes with the next whole reading
    await _tell(desk, tx, keep, now=now)
    return Done(
        volunteer=keep,
        twice=tuple(one.draft.titles for one in met.twice),
        at_once=tuple((one.draft.titles, two.draft.titles) for one, two in met.at_once),
        hours=same_hours,
        had_two_trajectories=had_two,
        state=State(changed["state"]),
    )


async def _take(tx: Tx, double_id: int) -> bool:
    """Of two coordinators who decide at once, one does."""
    table = tables.doubles
    own = table.c.id == double_id, table.c.parted_at.is_(None)
    return bool((await tx.execute(delete(table).where(*own))).rowcount)


async def _both(tx: Tx, found: Double) -> tuple[Row, Row]:
    """The two files, held: (stays, goes)."""
    ids = (found.keep.id, found.gone.id)
    wanted = select(_file).where(_file.c.id.in_(ids)).order_by(_file.c.id).with_for_update()
    rows = {row["id"]: row for row in await tx.all(wanted)}
    if len(rows) != 2:
        raise NoDouble
    return rows[ids[0]], rows[ids[1]]


async def _settle_hours(tx: Tx, keep: int, gone: int) -> int:
    """Of lines of the same shift or week, the one that was decided further stays."""
    table = tables.hours
    rows = await tx.all(select(table).where(table.c.volunteer_id.in_((keep, gone))))
    key = ("assignment_id", "worked_on", "event_id")
    mine = {tuple(row[name] for name in key): row for row in rows if row["volunteer_id"] == keep}
    twice = [
        (mine[same], row)
        for row in rows
        if row["volunteer_id"] == gone and (same := tuple(row[name] for name in key)) in mine
    ]
    losers = [domain.loser(*pair, domain.LINES, "state") for pair in twice]
    if losers:
        await tx.execute(delete(table).where(table.c.id.in_(losers)))
    return len(losers)


async def _settle_trajectories(tx: Tx, keep: int, gone: int) -> bool:
    """There is one way to 40 hours: the one that is further, from its first day on."""
    table = tables.trajectories
    rows = await tx.all(select(table).where(table.c.volunteer_id.in_((keep, gone))))
    if len(rows) < 2:
        return False
    worse = domain.loser(rows[0], rows[1], domain.STATUSES, "status")
    best = next(row for row in rows if row["id"] != worse)
    await tx.execute(delete(table).where(table.c.id == worse))
    values: dict[str, Any] = {"started_at": min(row["started_at"] for row in rows)}
    if best["referrer"] is None:  # and the yes to tell them goes with the name
        other = next(row for row in rows if row["id"] == worse)
        values |= {name: other[name] for name in ("referrer", "report_back_at")}
    await tx.execute(update(table).where(table.c.id == best["id"]).values(values))
    return True


async def _move(tx: Tx, keep: int, gone: int) -> None:
    """Everything else that hangs on a file; of what may be there once only, the own one stays."""
    await _keep_answered(tx, keep, gone)
    for table, column in owned():
        other = table.alias()
        for names in _unique_with(table, column):
            same = [other.c[name] == table.c[name] for name in names]
            twice = exists().where(other.c[column.name] == keep, *same)
            await tx.execute(delete(table).where(column == gone, twice))
        await tx.execute(update(table).where(column == gone).values({column.name: keep}))


async def _keep_answered(tx: Tx, keep: int, gone: int) -> None:
    """Who answered once is not asked again."""
    table = tables.evaluation_requests
    other = table.alias()
    same = and_(other.c.about == table.c.about, other.c.ref == table.c.ref)
    answered = exists().where(other.c.volunteer_id == gone, other.c.answered_at.is_not(None), same)
    own = table.c.volunteer_id == keep, table.c.answered_at.is_(None)
    await tx.execute(delete(table).where(*own, answered))


def owned() -> Iterator[tuple[Table, Column[Any]]]:
    """Every column of this slice that names a volunteer or a participant, but the file itself."""
    found = {one.name: one for one in vars(tables).values() if isinstance(one, Table)}
    for table in found.values():
        for column in table.c:
            named = {key.target_fullname for key in column.foreign_keys}
            if table is not _file and named & {"volunteers.id", "participants.id"}:
                yield table, column


def _unique_with(table: Table, column: Column[Any]) -> Iterable[Sequence[str]]:
    """The other columns of each key in which the column is."""
    unique = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
    keys = [table.primary_key, *unique]
    for key in keys:
        names = [one.name for one in key.columns]
        if column.name in names:
            yield [name for name in names if name != column.name]


async def _record(tx: Tx, person: Person, found: Double, *, now: datetime) -> None:
    subject, detail = f"volunteer:{found.keep.id}", {"from": found.gone.id}
    action = "volunteer.merged"
    await people.record(tx, at=now, actor=person.id, action=action, subject=subject, detail=detail)


async def _tell(desk: VolunteeringDesk, tx: Tx, keep: int, *, now: datetime) -> None:
    """The person, at a decent hour; and the card of a sign-up that is decided by it."""
    await cards.update(desk, tx, keep)
    found = await volunteers.words_for(desk, tx, keep)
    if found is None:
        return
    _, chat = found
    text, buttons = wording.told(_)
    post = Outgoing(
        to=chat, lane="notice", text=text, buttons=buttons, hold_until=timing.considerate(now)
    )
    await outbox.put(tx, *in_reading_order([post], is_rtl=_.is_rtl))
