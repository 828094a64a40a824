"""The table of the subsidy report: counted, and kept when people and years go."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from bot.events import privacy as events_privacy
from bot.people import tables as people_tables
from bot.people.domain import PersonId
from bot.people.service import erasure
from bot.reports import service
from bot.reports.domain import COLUMNS, LEAST_ANSWERS, OPINIONS, Cell, Report
from bot.storage.transaction import Row, Tx
from bot.volunteering import privacy, tables
from bot.volunteering.service import evaluations, keeping
from bot.volunteering.service.freezing import YearNotOver
from tests.support.report_makers import (
    AFTER,
    YEAR,
    Counted,
    a_desk,
    a_year,
    by_hand,
    without_zeros,
)
from tests.support.shift_makers import a_volunteering_desk
from tests.support.volunteering_makers import NOW

DESK = a_desk()
_frozen = tables.frozen_figures.c


async def _look(tx: Tx) -> Report:
    return await service.look(DESK, tx, YEAR, now=NOW)


async def _erase(tx: Tx, count: int) -> None:
    """As /forget does, in its order."""
    people = people_tables.people.c
    rows = await tx.all(select(people.id).order_by(people.id).limit(count))
    for row in rows:
        await privacy.forget_person(tx, row["id"], now=NOW, office_towns=DESK.office_towns)
        await events_privacy.forget_person(tx, row["id"], now=NOW)
        await erasure.erase_row(tx, PersonId(row["id"]))
    assert len(rows) == count


async def test_every_figure_of_a_year_is_as_counted_by_hand(tx: Tx) -> None:
    year = a_year()
    await year.write(tx)

    report = await _look(tx)

    assert without_zeros(report.counts) == without_zeros(by_hand(year))
    parts = [report.count(Cell(office), "volunteered") for office in DESK.offices]
    assert sum(parts) > report.count(Cell(), "volunteered") > 500  # some work for two offices


async def test_erasing_fifty_people_changes_no_figure(tx: Tx) -> None:
    await a_year(300).write(tx)
    before = await _look(tx)

    await _erase(tx, 50)

    assert without_zeros((await _look(tx)).counts) == without_zeros(before.counts)


async def test_closed_year_stays_whatever_becomes_of_its_rows(tx: Tx) -> None:
    await a_year(120).write(tx)
    before = await service.look(DESK, tx, YEAR, now=AFTER)

    assert await service.close(DESK, tx, YEAR, now=AFTER)
    for table in (tables.hours, tables.trajectories, tables.letters, tables.volunteers):
        await tx.execute(delete(table))
    later = await service.look(DESK, tx, YEAR, now=AFTER + timedelta(days=90))

    assert later.is_closed
    assert later.at == AFTER
    assert without_zeros(later.counts) == _told(before)
    assert not await service.close(DESK, tx, YEAR, now=AFTER + timedelta(days=90))
    assert (await service.look(DESK, tx, YEAR, now=AFTER)).at == AFTER


async def test_year_without_anything_can_be_closed_too(tx: Tx) -> None:
    assert await service.close(DESK, tx, YEAR, now=AFTER)
    await a_year(40).write(tx)

    assert without_zeros((await _look(tx)).counts) == {}
    assert not await service.close(DESK, tx, YEAR, now=AFTER)


async def test_running_year_cannot_be_closed(tx: Tx) -> None:
    for moment in (NOW, NOW.replace(month=12, day=31, hour=22)):
        with pytest.raises(YearNotOver):
            await service.close(DESK, tx, YEAR, now=moment)
    assert await service.close(DESK, tx, YEAR, now=NOW.replace(month=12, day=31, hour=23))


async def test_other_years_have_none_of_it(tx: Tx) -> None:
    await a_year(60).write(tx)

    before = await service.look(DESK, tx, YEAR - 1, now=NOW)

    assert before.count(Cell(), "enrolled") > 0  # every seventh signed up then
    assert before.count(Cell(), "volunteered") == before.count(Cell(), "letters") == 0


async def test_closed_year_keeps_no_opinion_of_few(tx: Tx) -> None:
    await a_year(60).write(tx)
    before = await service.look(DESK, tx, YEAR, now=AFTER)
    await service.close(DESK, tx, YEAR, now=AFTER)

    after = await service.look(DESK, tx, YEAR, now=AFTER)

    told = [
        (cell, key)
        for cell in before.counts
        for key in (*COLUMNS, *OPINIONS)
        if before.value(cell, key) != after.value(cell, key)
    ]
    assert told == []
    kept = await tx.all(select(tables.frozen_figures).where(_frozen.figure.in_(OPINIONS)))
    assert kept
    wholes = [before.count(_cell(row), OPINIONS[row["figure"]]) for row in kept if row["count"]]
    assert min(wholes) >= LEAST_ANSWERS


async def test_what_a_closed_year_did_not_count_is_not_told_as_nothing(tx: Tx) -> None:
    await a_year(60).write(tx)
    await service.close(DESK, tx, YEAR, now=AFTER)
    await tx.execute(delete(tables.frozen_figures).where(_frozen.figure == "barriers"))

    later = await service.look(DESK, tx, YEAR, now=AFTER)

    assert later.value(Cell(), "barriers") is None
    assert later.value(Cell(), "enrolled") is not None


async def test_clean_up_of_every_night_leaves_a_closed_year_alone(tx: Tx) -> None:
    await a_year(120).write(tx)
    await service.close(DESK, tx, YEAR, now=AFTER)
    before = await service.look(DESK, tx, YEAR, now=AFTER)
    long_after = AFTER + timedelta(days=1000)

    for night in range(3):
        now = long_after + timedelta(days=night)
        await keeping.reduce(tx, now=now, office_towns=DESK.office_towns)
        await evaluations.look(a_volunteering_desk(DESK.catalogs), tx, now=now)
    await _erase(tx, 20)

    assert await tx.scalar(select(func.count()).select_from(tables.evaluations)) == 0
    later = await service.look(DESK, tx, YEAR, now=long_after)
    assert later.counts == before.counts


def _told(report: Report) -> Counted:
    """The counts without what too few said, which no closed year keeps."""
    return without_zeros(
        {
            cell: {key: count for key, count in row.items() if (cell, key) not in report.untold}
            for cell, row in report.counts.items()
        }
    )


def _cell(row: Row) -> Cell:
    return Cell(row["office"], row["project"], row["kind"])
