"""What organisations ask of volunteers: how, for whom, and in which words. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final, NewType

from bot.errors import N_, Refused
from bot.volunteering.domain import Kind
from bot.volunteering.domain.organisations import ContactId, OrganisationId

AssignmentId = NewType("AssignmentId", int)

# Kinds in which one volunteer and one other person belong together.
TWO_SIDED: Final = (Kind.BUDDY, Kind.MENTOR)

ADULT: Final = 18
YOUNGEST: Final = 16

TITLE_LENGTH: Final = 80
TEXT_LENGTH: Final = 1500

# Which flags a coordinator switches, and the column behind each.
FLAGS: Final[Mapping[str, str]] = {
    "dutch": "counts_as_dutch",
    "social": "counts_as_social",
    "licence": "needs_licence",
    "extract": "needs_record_extract",
}


class Stage(StrEnum):
    """May volunteers see it?"""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """One thing that volunteers can do at an organisation.

    titles, texts  what people read, by language; `written_in` is the one it was written in
    languages      what a volunteer must speak: code -> least level
    wanted         how many people a structural one is for
    """

    id: AssignmentId
    organisation_id: OrganisationId
    organisation: str
    contact_id: ContactId | None
    office: str
    project: str | None
    kind: Kind
    sector: str
    stage: Stage
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    written_in: str
    place: str
    town: str
    postcode: str
    latitude: float | None = None
    longitude: float | None = None
    languages: Mapping[str, int] = field(default_factory=dict)
    talents: tuple[str, ...] = ()
    needs_licence: bool = False
    needs_record_extract: bool = False
    least_age: int = YOUNGEST
    counts_as_dutch: bool = False
    counts_as_social: bool = False
    wanted: int = 1
    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def has_two_sides(self) -> bool:
        """Does a volunteer belong to one other person?"""
        return self.kind in TWO_SIDED

    @property
    def counts_for_trajectory(self) -> bool:
        """Do its hours count for the 40-hour trajectory: among Dutch speakers, and social?"""
        return self.counts_as_dutch and self.counts_as_social

    def title(self, language: str | None) -> str:
        """What it is called for a reader."""
        return in_words_of(self.titles, language, self.written_in)[0]

    def text(self, language: str | None) -> tuple[str, str]:
        """The description for a reader, and the language it is in."""
        return in_words_of(self.texts, language, self.written_in)


class TooLong(Refused):
    """A text does not fit."""

    sentence = N_("That is too long: {most} characters at most.")


class EmptyText(Refused):
    """Nothing is written."""

    sentence = N_("Please write a text.")


class KindStays(Refused):
    """Hours or places are counted by the kind."""

    sentence = N_(
        "Somebody has hours or a place here, and they are counted by its kind. Please make a new"
        " assignment for another kind."
    )


def in_words_of(texts: Mapping[str, str], language: str | None, written_in: str) -> tuple[str, str]:
    """The text for a reader of `language`, and the language it is in: the reader's own, else
    English, else as it was written, else any. ("", written_in) when there is none."""
    for code in (language or "", "en", written_in, *sorted(texts)):
        if texts.get(code):
            return texts[code], code
    return "", written_in


def fitted(text: str, most: int) -> str:
    """A text as it is kept. Raises TooLong, EmptyText."""
    tidy = text.strip()
    if not tidy:
        raise EmptyText
    if len(tidy) > most:
        raise TooLong(most=most)
    return tidy
