"""Lines of a file with organisations, assignments and shifts; what can be wrong in one. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Final

from bot.errors import N_, Refused
from bot.events.domain.files import At, Fault

ORGANISATIONS, ASSIGNMENTS, SHIFTS = "organisations", "assignments", "shifts"

# Column -> other headings that mean it; those of _NEEDED must be there.
COLUMNS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    ORGANISATIONS: {
        "name": ("naam",),
        "sector": (),
        "town": ("gemeente", "postcode"),
        "office": ("kantoor",),
        "criteria": (),
        "contact": ("contactpersoon",),
        "phone": ("telefoon",),
        "mail": ("e-mail", "email"),
    },
    ASSIGNMENTS: {
        "organisation": ("organisatie",),
        "title": ("titel",),
        "description": ("beschrijving",),
        "kind": ("soort",),
        "written_in": ("taal", "language"),
        "project": (),
        "town": ("gemeente", "postcode"),
        "place": ("plaats", "adres"),
        "contact": ("contactpersoon",),
        "languages": ("talen",),
        "talents": ("talenten",),
        "licence": ("rijbewijs",),
        "record_extract": ("uittreksel",),
        "least_age": ("leeftijd",),
        "dutch": ("nederlandstalig",),
        "social": ("sociaal",),
        "wanted": ("aantal",),
        "open": (),
    },
    SHIFTS: {
        "organisation": ("organisatie",),
        "assignment": ("opdracht",),
        "date": ("datum",),
        "start": ("begin", "van"),
        "end": ("einde", "tot"),
        "places": ("plaatsen", "capacity"),
        "minimum": (),
        "waitlist": ("wachtlijst",),
        "place": ("plaats", "adres"),
        "contact": ("contactpersoon",),
    },
}
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    ORGANISATIONS: ("name", "sector", "town"),
    ASSIGNMENTS: ("organisation", "title", "description", "kind"),
    SHIFTS: ("organisation", "assignment", "date", "start", "end"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationLine:
    """An organisation, and perhaps its contact person."""

    at: At
    name: str
    sector: str
    town: str
    office: str | None = None
    criteria: tuple[str, ...] | None = None  # None: the file does not say
    contact: str = ""
    phone: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentLine:
    """An assignment; `facts` are columns of its row that the file gives."""

    at: At
    organisation: str
    title: str
    text: str
    kind: str
    written_in: str
    town: str = ""
    contact: str = ""
    is_open: bool | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftLine:
    """A shift, in the time of Brussels; an end before the start is of the next day."""

    at: At
    organisation: str
    assignment: str
    day: date
    starts: time
    ends: time
    places: int | None = None
    minimum: int = 0
    has_waitlist: bool = True
    place: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """A whole file, read; with faults it is not brought in."""

    organisations: tuple[OrganisationLine, ...] = ()
    assignments: tuple[AssignmentLine, ...] = ()
    shifts: tuple[ShiftLine, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that a file may use.

    offices, projects  folded name or key -> key
    languages          folded name or code -> code
    written_in         in which language descriptions are when the file does not say
    read_day           a date as people write it
    """

    offices: Mapping[str, str]
    projects: Mapping[str, str]
    languages: Mapping[str, str]
    written_in: str
    read_day: Callable[[str], date | None]


class UnknownSheet(Refused):
    """Headings that fit none of the three."""

    sentence = N_("These columns are neither organisations, nor assignments, nor shifts.")


class NoOrganisation(Refused):
    """A line about an organisation that nobody knows."""

    sentence = N_("There is no organisation “{name}”, here or in this file.")


class NoAssignment(Refused):
    """A line about an assignment that nobody knows."""

    sentence = N_("{organisation} has no assignment “{title}”, here or in this file.")


class NoContact(Refused):
    """A contact person whom the organisation does not have."""

    sentence = N_("{organisation} has no contact person “{name}”.")


class InThePast(Refused):
    """A new shift that has begun already."""

    sentence = N_("This shift would begin in the past.")
