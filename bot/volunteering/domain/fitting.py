"""What somebody is shown of those that fit. Values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

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
        return said(self.titles, language, self.written_in)

    def text(self, language: str | None) -> str:
        """What it is."""
        return said(self.texts, language, self.written_in)


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


def said(texts: Mapping[str, str], language: str | None, written_in: str) -> str:
    """In the reader's language, else in English, else as it was written."""
    return next((texts[one] for one in (language or "", "en", written_in) if texts.get(one)), "")
