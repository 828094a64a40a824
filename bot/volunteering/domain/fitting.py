"""What somebody is shown of those that fit. Values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.volunteering.domain.assignments import in_words_of
from bot.volunteering.domain.matching import Match


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """An assignment that fits a volunteer, as its rows say it now.

    starts_at, ends_at  of the shift that fits best; None: it lasts, and is begun in agreement
    """

    match: Match
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    written_in: str
    kind: str
    town: str
    organisation: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    is_full: bool = False

    @property
    def assignment(self) -> int:
        """Of which assignment."""
        return self.match.opening.need.id

    @property
    def event(self) -> int | None:
        """Which shift."""
        return self.match.opening.event

    def title(self, language: str | None) -> str:
        """What it is called for a reader."""
        return in_words_of(self.titles, language, self.written_in)[0]

    def text(self, language: str | None) -> str:
        """What it is."""
        return in_words_of(self.texts, language, self.written_in)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A volunteer who fits a shift. `has_telegram`: else somebody has to call."""

    match: Match
    name: str
    town: str
    languages: Mapping[str, int]
    has_telegram: bool

    @property
    def id(self) -> int:
        """Which volunteer."""
        return self.match.seeker
