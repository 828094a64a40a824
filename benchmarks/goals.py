"""The aims, from goals.toml."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class Goal:
    """One metric's aim. Every value is a ratio ours / baseline."""

    name: str
    baseline: str
    better: Literal["lower", "higher"]
    goal: float
    moonshot: float
    floor: float

    def verdict(self, ratio: float) -> str:
        """How a ratio compares with the aims."""
        if self._reaches(ratio, self.moonshot):
            return "moonshot"
        if self._reaches(ratio, self.goal):
            return "aim reached"
        return "short of the aim" if self.is_passed(ratio) else "BELOW THE FLOOR"

    def is_passed(self, ratio: float) -> bool:
        """Is it above the floor?"""
        return self._reaches(ratio, self.floor)

    def _reaches(self, ratio: float, aim: float) -> bool:
        return ratio <= aim if self.better == "lower" else ratio >= aim


def read() -> dict[str, Goal]:
    """By the metric's name, as suites name it."""
    found = tomllib.loads(Path(__file__).with_name("goals.toml").read_text("utf-8"))
    return {
        f"{suite}.{figure}": Goal(**given)
        for suite, figures in found.items()
        for figure, given in figures.items()
    }
