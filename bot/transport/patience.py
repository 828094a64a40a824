"""Growing pauses: soon at first, then ever rarer, for as long as it takes."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """Pauses in seconds that double from `first` up to `longest`."""

    first: float = 1.0
    longest: float = 60.0

    def pauses(self) -> Iterator[float]:
        """Without end."""
        pause = self.first
        while True:
            yield pause
            pause = min(2 * pause, self.longest)
