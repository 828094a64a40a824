"""`[targets]` of the organisation file: the lines of the policy plan."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.errors import Misconfigured
from bot.reports.domain import FIGURES, LENGTHS, SHARE, Target

Wrong = Callable[[str, str], Misconfigured]

_COUNTED = "must be a number: how many you want in a year, such as enrolled = 100"
_PERCENT = "must be a percentage from 1 to 100, such as share_satisfied = 80"
_TYPED = (
    'must be { name = "…", target = 15, reached = { 2026 = 4 } }, because nothing here counts it;'
    " what is counted is named in docs/figures.md"
)
_LONGEST = 80


def read(table: object, wrong: Wrong) -> tuple[Target, ...]:
    """The targets in their order. Raises Misconfigured that names what is wrong."""
    if not isinstance(table, dict):
        raise wrong("[targets]", "must be a table, such as [targets] enrolled = 100")
    return tuple(_target(key, value, wrong) for key, value in table.items())


def _target(key: str, value: Any, wrong: Wrong) -> Target:
    name = f"targets.{key}"
    if key in SHARE:
        if not _is_number(value) or not 1 <= value <= 100:
            raise wrong(name, _PERCENT)
        return Target(key, value)
    if key in {one.key for one in FIGURES}:
        if not _is_number(value) or key in LENGTHS:
            raise wrong(name, _COUNTED)
        return Target(key, value)
    if not isinstance(value, dict) or not value.keys() <= {"name", "target", "reached"}:
        raise wrong(name, _TYPED)
    title, reached = value.get("name"), value.get("reached", {})
    is_named = isinstance(title, str) and 0 < len(title.strip()) <= _LONGEST
    if not is_named or not _is_number(value.get("target")) or not _are_years(reached):
        raise wrong(name, _TYPED)
    years: Mapping[int, int] = {int(year): count for year, count in reached.items()}
    return Target(key, value["target"], str(title).strip(), years)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _are_years(reached: object) -> bool:
    return isinstance(reached, dict) and all(
        len(year) == 4 and year.isdecimal() and _is_number(count) for year, count in reached.items()
    )
