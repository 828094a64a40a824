"""Which counts are not told, so that nobody is recognised in them. Pure.

A count from one to four is hidden. So is what would give it away: where a total is told, at least
two of its parts are hidden and they are five or more together; and a part is hidden when what is
left of the whole would be under five.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from bot.reports.domain import (
    FIGURES,
    LENGTHS,
    STATUSES,
    TOTAL,
    Cell,
    Counts,
    Figure,
    Place,
)

FEWEST: Final = 5  # the smallest count that is told

# Told only where the people behind it are: a person's hours are as telling as the person.
_OF_THE_PEOPLE: Final = ("days", *LENGTHS)
_PEOPLE: Final = "volunteered"


class _Line(NamedTuple):
    """A total and what it is made of."""

    parts: tuple[Place, ...]
    total: Place


def hidden(counts: Counts) -> frozenset[Place]:
    """The counts of a year that are not told."""
    own = [one for one in FIGURES if one.key not in _OF_THE_PEOPLE]
    found = {(cell, one.key) for one in own for cell in counts if _is_telling(counts, cell, one)}
    lines = [*(line for one in own for line in _sides(counts, one)), *_statuses(counts)]
    while further := {one for line in lines if (one := _given_away(counts, line, found))}:
        found |= further
    people = [cell for cell, key in found if key == _PEOPLE]
    return frozenset(found | {(cell, key) for cell in people for key in _OF_THE_PEOPLE})


def _is_telling(counts: Counts, cell: Cell, figure: Figure) -> bool:
    count = counts[cell].get(figure.key, 0)
    if 0 < count < FEWEST:
        return True
    if figure.within is None:
        return False
    rest = counts[cell].get(figure.within, 0) - count
    return count > 0 and 0 < rest < FEWEST


def _sides(counts: Counts, figure: Figure) -> Iterator[_Line]:
    """Every row and column of every table of a figure, with its total."""
    for side in figure.by:
        members: dict[Cell, list[Place]] = defaultdict(list)
        for cell in counts:
            if figure.fits(cell) and getattr(cell, side) != TOTAL:
                members[cell._replace(**{side: TOTAL})].append((cell, figure.key))
        for total, parts in members.items():
            yield _Line(tuple(parts), (total, figure.key))


def _statuses(counts: Counts) -> Iterator[_Line]:
    for cell in counts:
        yield _Line(tuple((cell, key) for key in STATUSES), (cell, "trajectories"))


def _given_away(counts: Counts, line: _Line, found: set[Place]) -> Place | None:
    """What has to be hidden as well, so that the rest of the line says nothing; None: nothing."""
    gone = [one for one in line.parts if one in found]
    is_total_gone = line.total in found
    if not gone and not is_total_gone:
        return None
    is_safe = len(gone) > 1 and _sum(counts, gone) >= FEWEST
    if is_safe or (is_total_gone and gone):
        return None
    shown = [one for one in line.parts if one not in found and _sum(counts, [one]) > 0]
    if shown:
        return min(shown, key=lambda one: (_sum(counts, [one]), one))
    return None if is_total_gone or not _sum(counts, [line.total]) else line.total


def _sum(counts: Counts, places: Iterable[Place]) -> int:
    return sum(counts.get(cell, {}).get(key, 0) for cell, key in places)
