"""A year's report: as it was closed, else counted now."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from bot.language import formats
from bot.people.domain import Person, Role, require
from bot.reports.desk import ReportsDesk
from bot.reports.domain import FIGURE, Cell, Report
from bot.reports.domain.hiding import hidden, untold
from bot.reports.service import counting
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.service import freezing

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


async def close(desk: ReportsDesk, tx: Tx, year: int, *, now: datetime) -> bool:
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
    return await freezing.freeze(tx, year, counts, now=now)


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
