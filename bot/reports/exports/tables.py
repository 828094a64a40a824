"""The tables of a report: which rows and columns, and what stands in each place."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

from bot.reports.domain import COLUMNS, FIGURE, NONE, SHARE, TOTAL, Cell, Report, Target
from bot.reports.wording.sheets import HIDDEN
from bot.volunteering.domain import Kind

Value = str | int | float | None
_KINDS: Final = tuple(str(kind) for kind in Kind)


def offices(report: Report) -> list[Cell]:
    """A row for each office, the total last; of one office only, its own row."""
    if report.of_office is not None:
        return [Cell(report.of_office)]
    return [Cell(office=key) for key in (*_keys(report, "office"), TOTAL)]


def projects(report: Report) -> list[Cell]:
    """A row for each project, the total last."""
    return [Cell(_whole(report), project=key) for key in (*_keys(report, "project"), TOTAL)]


def kinds(report: Report) -> list[Cell]:
    """A row for each kind of volunteering, the total last."""
    return [Cell(_whole(report), kind=key) for key in (*_KINDS, TOTAL)]


def both(report: Report) -> list[Cell]:
    """A row for each office and project in which there is something."""
    wanted = offices(report)
    pairs = product((one.office for one in wanted if one.office), _keys(report, "project"))
    return [
        cell
        for cell in (Cell(*pair) for pair in pairs)
        if any(report.counts.get(cell, {}).values())
    ]


def columns(cells: Sequence[Cell]) -> list[str]:
    """The figures and shares that can be told apart in such rows."""
    asked = cells[0]
    return [key for key in COLUMNS if _fits(key, asked)]


def told(report: Report, cell: Cell, key: str) -> Value:
    """What stands in one place: a number, a star, or nothing."""
    if report.is_hidden(cell, key):
        return HIDDEN
    return report.value(cell, key)


def everything(report: Report) -> Iterator[tuple[Cell, str, Value]]:
    """Every count that is not nothing, and every total."""
    for cell in sorted(report.counts):
        if report.of_office is not None and cell.office != report.of_office:
            continue
        for key in FIGURE:
            if FIGURE[key].fits(cell) and (report.count(cell, key) or cell == Cell()):
                yield cell, key, told(report, cell, key)


def reached(report: Report, target: Target) -> Value:
    """How far a line of the policy plan is; None: nobody filled it in."""
    if target.is_counted:
        return told(report, Cell(_whole(report)), target.key)
    return target.reached.get(report.year)


def still(target: Target, so_far: Value) -> Value:
    """What is left of a target; a star or nothing where that is what was reached."""
    if not isinstance(so_far, int | float):
        return so_far
    return max(0, round(target.wanted - so_far, 1))


def _fits(key: str, cell: Cell) -> bool:
    if key in SHARE:
        share = SHARE[key]
        is_once = share.kind == TOTAL or cell.kind == TOTAL
        return is_once and FIGURE[share.part].fits(cell) and FIGURE[share.whole].fits(cell)
    return FIGURE[key].fits(cell)


def _keys(report: Report, side: str) -> list[str]:
    """The keys of the organisation file in its order, then what rows still name besides."""
    known = list(report.offices if side == "office" else report.projects)
    used = {getattr(cell, side) for cell in report.counts} - {TOTAL}
    further = sorted(used - set(known) - {NONE})
    return [*known, *further, *([NONE] if NONE in used else [])]


def _whole(report: Report) -> str:
    return report.of_office or TOTAL
