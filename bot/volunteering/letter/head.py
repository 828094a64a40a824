"""Who writes a letter."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes, and where the letter can be checked ("": by asking the organisation)."""

    organisation: str
    place: str = ""
    address: str = ""
