"""A year's report: as it was closed, else counted now."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from bot.errors import Refused
from bot.language import formats
from bot.people.domain import Person, PersonId, Role, require
from bot.reports.desk import ReportsDesk
from bot.reports.domain import FIGURE, Cell, Report
from bot.reports.domain.hiding import hidden, untold
from bot.reports.service import counting
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.service import closing, freezing
from bot.volunteering.service.closing import closed_at

_frozen = tables.frozen_figures


async def look(
    desk: ReportsDesk,
    tx: Tx,
    year: int,
    *,
    now: datetime,
    office: str | None = None,
    project: str | None = None,
    hides: bool = False,
) -> Report:
    """The report of a year. `office`, `project`: only these. `hides`: small counts are not told;
    what too few said is not told in any case."""
    report = await _closed(desk, tx, year) or await _counted(desk, tx, year, now=now)
    kept = hidden(report.counts) if hides else frozenset()
    return replace(
        report,
        of_office=office,
        of_project=project,
        hidden=kept,
        untold=untold(report.counts),
        is_hiding=hides,
    )


def look_for(person: Person) -> None:
    """May this person have the report? Raises StaffOnly."""
    require(person, Role.COORDINATOR)


async def can_close(tx: Tx, person: Person, year: int, *, now: datetime) -> bool:
    """Is there something to close in a year that is over, and may this person do it?"""
    try:
        await require_may_close(tx, person, year, now=now)
    except Refused:
        return False
    return await closed_at(tx, year) is None and await closing.has_figures(tx, year)


async def require_may_close(tx: Tx, person: Person, year: int, *, now: datetime) -> None:
    """Raises StaffOnly, NotForAll, YearNotOver."""
    await closing.require_for_all(tx, person)
    freezing.require_over(year, formats.day_of(now))


async def close(
    desk: ReportsDesk, tx: Tx, year: int, *, now: datetime, actor: PersonId | None = None
) -> bool:
    """Keep the counts of a year as they stand; False: it was closed before.

    Raises YearNotOver.
    """
    freezing.require_over(year, formats.day_of(now))
    if await _closed(desk, tx, year) is not None:
        return False
    counted = await counting.of_year(tx, year, office_towns=desk.office_towns, now=now)
    too_few = untold(counted)
    counts = {
        (*cell, key): found.get(key, 0)
        for cell, found in counted.items()
        for key in (FIGURE if cell == Cell() else found)
        if (cell, key) not in too_few
    }
    return await freezing.freeze(tx, year, counts, now=now, actor=actor)


async def _counted(desk: ReportsDesk, tx: Tx, year: int, *, now: datetime) -> Report:
    counts = await counting.of_year(tx, year, office_towns=desk.office_towns, now=now)
    return Report(
        year=year,
        counts=counts,
        at=now,
        offices=desk.offices,
        projects=desk.projects,
        targets=desk.targets,
    )


async def _closed(desk: ReportsDesk, tx: Tx, year: int) -> Report | None:
    rows = await tx.all(select(_frozen).where(_frozen.c.year == year))
    if not rows:
        return None
    counts: counting.Counted = {}
    for row in rows:
        cell = Cell(row["office"], row["project"], row["kind"])
        counts.setdefault(cell, {})[row["figure"]] = row["count"]
    return Report(
        year=year,
        counts=counts,
        at=rows[0]["frozen_at"],
        is_closed=True,
        offices=desk.offices,
        projects=desk.projects,
        targets=desk.targets,
    )
