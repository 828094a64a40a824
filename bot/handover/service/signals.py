"""Tagging questions with themes for policy work, and the figures of a month."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import delete, func, select, update

from bot.errors import Outdated
from bot.handover import domain
from bot.handover.domain import Case, State
from bot.handover.domain.signals import THEMES, Cell, csv, month_before, month_named, published
from bot.handover.service import cases
from bot.handover.tables import signals
from bot.language import formats
from bot.people.domain import Person, require
from bot.storage.transaction import Tx

_NOT_THESE = (State.DRAFT, State.DROPPED, State.DELETED)


async def of_case(tx: Tx, person: Person, case_id: int) -> tuple[Case, frozenset[str]]:
    """A question and the themes it is tagged with, for a colleague who may have such a question."""
    require(person)
    case = await cases.hold(tx, case_id)
    if case.state in _NOT_THESE or case.person_id is None:
        raise domain.NoSuchQuestion
    if not domain.may_claim(case, person):
        raise domain.NeedsSkill
    return case, await _themes(tx, case)


async def toggle(
    tx: Tx, person: Person, case_id: int, theme: str, *, now: datetime
) -> tuple[Case, frozenset[str]]:
    """Tag a question with a theme; the same once more takes it off. Raises Outdated."""
    if theme not in THEMES:
        raise Outdated
    case, themes = await of_case(tx, person, case_id)
    if theme in themes:
        mine = (signals.c.case_id == case.id, signals.c.theme == theme)
        await tx.execute(delete(signals).where(*mine))
    else:
        month = formats.day_of(now).replace(day=1)
        values = {"theme": theme, "language": case.language, "month": month}
        statement = tx.insert(signals).values(case_id=case.id, **values)
        await tx.execute(statement.on_conflict_do_nothing(index_elements=["case_id", "theme"]))
    await cases.record(tx, "signal", case.id, actor=person, now=now, theme=theme)
    return case, await _themes(tx, case)


async def _themes(tx: Tx, case: Case) -> frozenset[str]:
    rows = await tx.all(select(signals.c.theme).where(signals.c.case_id == case.id))
    return frozenset(row["theme"] for row in rows)


async def lately(tx: Tx, person: Person, *, now: datetime) -> dict[date, Mapping[Cell, int]]:
    """This month and the last, as far as they name nobody."""
    require(person)
    this = formats.day_of(now).replace(day=1)
    return {month: await of_month(tx, month) for month in (this, month_before(this))}


async def of_month(tx: Tx, month: date) -> Mapping[Cell, int]:
    """The figures of one month, as far as they name nobody."""
    theme, language = signals.c.theme, signals.c.language
    wanted = (
        select(theme, language, func.count().label("n"))
        .where(signals.c.month == month)
        .group_by(theme, language)
        .order_by(theme, language)
    )
    rows = await tx.all(wanted)
    return published({(row["theme"], row["language"]): row["n"] for row in rows})


async def as_csv(tx: Tx, named: str) -> str:
    """A month ("2026-11") as a file. Raises NoSuchMonth."""
    month = month_named(named)
    return csv(month, await of_month(tx, month))


async def part_from(tx: Tx, case: Case) -> None:
    """From now on these are counts, and no row says of which question."""
    mine = signals.c.case_id == case.id
    await tx.execute(update(signals).where(mine).values(case_id=None))
