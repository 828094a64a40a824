"""Which counts are not told, so that nobody is recognised in them. Pure.

A count from one to four is hidden. So is what would give it away: where a total is told, at least
two of its parts are hidden and they are five or more together; and a part is hidden when what is
left of the whole would be under five.

What people said when they were asked is never told of fewer than five, by the same rule.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from bot.reports.domain import (
    BARRIERS,
    FIGURE,
    FIGURES,
    LENGTHS,
    MONTHS,
    OPINIONS,
    STATUSES,
    TOTAL,
    Cell,
    Counts,
    Figure,
    Place,
    of_month,
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
    own = [one for one in (*FIGURES, *MONTHS) if one.key not in _OF_THE_PEOPLE]
    further = (*_statuses(counts), *_barriers(counts))
    found = _closed(counts, own, further)
    people = [cell for cell, key in found if key == _PEOPLE]
    return frozenset(found | {(cell, key) for cell in people for key in _OF_THE_PEOPLE})


def untold(counts: Counts) -> frozenset[Place]:
    """What was said, where the answers are too few to tell it, or would follow from the others."""
    gone = _closed(counts, [FIGURE[key] for key in {*OPINIONS.values()}])
    return frozenset(
        (cell, key) for cell, whole in gone for key in OPINIONS if OPINIONS[key] == whole
    )


def _closed(counts: Counts, figures: Sequence[Figure], further: Sequence[_Line] = ()) -> set[Place]:
    """Small counts of these figures, and whatever would give them away."""
    found = {
        (cell, one.key) for one in figures for cell in counts if _is_telling(counts, cell, one)
    }
    lines = [*(line for one in figures for line in _sides(counts, one)), *further]
    while more := {one for line in lines if (one := _given_away(counts, line, found))}:
        found |= more
    return found


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


def _barriers(counts: Counts) -> Iterator[_Line]:
    """The months of a barrier, and the barriers of a month and of the year."""
    for cell in counts:
        for key in ("barriers", *BARRIERS):
            months = tuple((cell, of_month(key, month)) for month in range(1, 13))
            yield _Line(months, (cell, key))
        yield _Line(tuple((cell, key) for key in BARRIERS), (cell, "barriers"))
        for month in range(1, 13):
            parts = tuple((cell, of_month(key, month)) for key in BARRIERS)
            yield _Line(parts, (cell, of_month("barriers", month)))


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
