"""The tables of a report: which rows and columns, and what stands in each place."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

from bot.reports.domain import (
    COLUMNS,
    FIGURE,
    MONTHS,
    NONE,
    SHARE,
    TOTAL,
    Cell,
    Report,
    Target,
)
from bot.reports.wording.sheets import HIDDEN
from bot.volunteering.domain import Kind

Value = str | int | float | None
_KINDS: Final = tuple(str(kind) for kind in Kind)
_MONTHS: Final = frozenset(one.key for one in MONTHS)


def offices(report: Report) -> list[Cell]:
    """A row for each office, the total last; of one office only, its own row."""
    if report.of_office is not None:
        return [report.whole]
    return [report.whole._replace(office=key) for key in (*_keys(report, "office"), TOTAL)]


def projects(report: Report) -> list[Cell]:
    """A row for each project, the total last; of one project only, its own row."""
    if report.of_project is not None:
        return [report.whole]
    return [report.whole._replace(project=key) for key in (*_keys(report, "project"), TOTAL)]


def kinds(report: Report) -> list[Cell]:
    """A row for each kind of volunteering, the total last."""
    return [report.whole._replace(kind=key) for key in (*_KINDS, TOTAL)]


def both(report: Report) -> list[Cell]:
    """A row for each office and project in which there is something; none for one project."""
    if report.of_project is not None:
        return []
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
    """Every count that is not nothing, and every total of a year."""
    for cell in sorted(report.counts):
        if not _is_of(report, cell):
            continue
        for key in FIGURE:
            is_total = cell == report.whole and key not in _MONTHS
            if not FIGURE[key].fits(cell) or not (is_total or report.count(cell, key)):
                continue
            if (value := told(report, cell, key)) is not None:
                yield cell, key, value


def _is_of(report: Report, cell: Cell) -> bool:
    is_office = report.of_office in (None, cell.office)
    return is_office and report.of_project in (None, cell.project)


def has_barriers(report: Report) -> bool:
    """Was anything counted of what keeps people away? It is counted by office only."""
    return report.of_project is None and report.count(report.whole, "barriers") > 0


def wanted(target: Target) -> float | int:
    """What a line of the policy plan aims at; of a share a number from 0 to 1."""
    return target.wanted / 100 if target.is_share else target.wanted


def reached(report: Report, target: Target) -> Value:
    """How far a line of the policy plan is; None: nobody filled it in, or too few answered."""
    if target.is_counted:
        return told(report, report.whole, target.key)
    return target.reached.get(report.year)


def still(target: Target, so_far: Value) -> Value:
    """What is left of a target; a star or nothing where that is what was reached."""
    if not isinstance(so_far, int | float):
        return so_far
    return max(0, round(wanted(target) - so_far, 4))


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
