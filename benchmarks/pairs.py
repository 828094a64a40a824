"""Pairs of runs, interleaved A B B A, and the ratios of what belongs together."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pairs:
    """The same figure of both, run by run; `unit` says how to print it."""

    ours: tuple[float, ...]
    theirs: tuple[float, ...]
    unit: str

    @property
    def ratios(self) -> list[float]:
        """Pair by pair, smallest first."""
        return sorted(ours / theirs for ours, theirs in zip(self.ours, self.theirs, strict=True))

    @property
    def ratio(self) -> float:
        """The middle one."""
        return median(self.ratios)


def interleaved(
    count: int, ours: Callable[[], T], theirs: Callable[[], T]
) -> tuple[list[T], list[T]]:
    """`count` runs of each; who goes first changes, so that a drift of the machine hits both."""
    first: list[T] = []
    second: list[T] = []
    for number in range(count):
        if number % 2:
            second.append(theirs())
            first.append(ours())
        else:
            first.append(ours())
            second.append(theirs())
    return first, second


def of(ours: list[T], theirs: list[T], figure: Callable[[T], float], unit: str) -> Pairs:
    """One figure out of runs."""
    return Pairs(tuple(map(figure, ours)), tuple(map(figure, theirs)), unit)
