"""How an event was: one smiley, and a line for who likes. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.errors import N_, Refused

SMILES: Final = (3, 2, 1)  # good, so so, not good
LEAST: Final = 5  # fewer answers would tell who gave them
LINE: Final = 300  # letters of what somebody adds
ANSWERED_WITHIN: Final = timedelta(days=60)  # after the end
ASKED_AFTER: Final = timedelta(hours=1)
KEPT: Final = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Result:
    """What many said: how often each smiley, and the lines."""

    counts: dict[int, int]
    lines: Sequence[str] = ()

    @property
    def count(self) -> int:
        """How many answered."""
        return sum(self.counts.values())


def result(smiles: Iterable[int], lines: Iterable[str]) -> Result | None:
    """All answers of an event together; None where they are too few to be shown."""
    counts = Counter(smiles)
    if sum(counts.values()) < LEAST:
        return None
    return Result({one: counts[one] for one in SMILES}, sorted(lines))


class Answered(Refused):
    """Each is asked once."""

    sentence = N_("You have answered this already. Thank you!")


class TooLateToAnswer(Refused):
    """It was long ago."""

    sentence = N_("This was long ago. Thank you all the same!")
