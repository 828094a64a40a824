"""Days on which nobody is in, besides the holidays: said by coordinators, in the audit log."""

import dataclasses
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete

from bot.duty import tables
from bot.duty.desk import DutyDesk
from bot.duty.domain import Closure
from bot.duty.domain.lines import Scope
from bot.duty.domain.refusals import ClosedAlready, NotClosed
from bot.duty.service import reading
from bot.duty.service.changing import locked
from bot.duty.service.reading import Office
from bot.errors import Outdated
from bot.people import service as people
from bot.people.domain import Person
from bot.storage.transaction import Tx

CLOSED, OPENED = "duty.closed", "duty.opened"


async def close(
    desk: DutyDesk, tx: Tx, person: Person, days: Sequence[date], scope: Scope, *, now: datetime
) -> Office:
    """Close these days. Raises ClosedAlready when they all are, just so."""
    office = await locked(desk, tx, person)
    standing = {(one.day, one.desk, one.language) for one in office.roster.closures}
    news = [day for day in days if (day, scope.desk, scope.language) not in standing]
    if not news:
        raise ClosedAlready(day=days[0])
    table = tables.duty_closures
    reason = scope.reason[: tables.REASON_LIMIT]
    values = [
        {"day": day, "desk": scope.desk, "language": scope.language, "reason": reason}
        for day in news
    ]
    await tx.execute(tx.insert(table).values(values))
    await _note(tx, person, CLOSED, news, scope, now=now)
    return office._replace(roster=await reading.read(tx, staff=office.team.names))


async def open_again(
    desk: DutyDesk, tx: Tx, person: Person, days: Sequence[date], scope: Scope, *, now: datetime
) -> Office:
    """Open these days again: every closure of them, or those of a desk or language only."""
    office = await locked(desk, tx, person)
    gone = [
        one
        for one in office.roster.closures
        if one.day in days
        and scope.desk in (None, one.desk)
        and scope.language in (None, one.language)
    ]
    if not gone:
        raise NotClosed(day=days[0])
    return await _opened(tx, person, office, gone, now=now)


async def open_one(
    desk: DutyDesk, tx: Tx, person: Person, closure_id: int, *, now: datetime
) -> Office:
    """Take back one closure, by a button. Raises Outdated when it is gone."""
    office = await locked(desk, tx, person)
    gone = [one for one in office.roster.closures if one.id == closure_id]
    if not gone:
        raise Outdated
    return await _opened(tx, person, office, gone, now=now)


async def _opened(
    tx: Tx, person: Person, office: Office, gone: Sequence[Closure], *, now: datetime
) -> Office:
    table = tables.duty_closures
    await tx.execute(delete(table).where(table.c.id.in_([one.id for one in gone])))
    for scope in dict.fromkeys(Scope(one.desk, one.language) for one in gone):
        days = [one.day for one in gone if (one.desk, one.language) == scope[:2]]
        await _note(tx, person, OPENED, days, scope, now=now)
    left = tuple(one for one in office.roster.closures if one not in gone)
    return office._replace(roster=dataclasses.replace(office.roster, closures=left))


async def _note(
    tx: Tx, person: Person, action: str, days: Sequence[date], scope: Scope, *, now: datetime
) -> None:
    detail = {
        "days": [f"{day:%Y-%m-%d}" for day in days],
        "desk": scope.desk,
        "language": scope.language,
    }
    await people.record(
        tx, at=now, actor=person.id, action=action, subject="duty:closures", detail=detail
    )
