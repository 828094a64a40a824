"""Organisations that receive volunteers, and what they must do for newcomers. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NewType

from bot.errors import N_, NotAllowed, Refused

OrganisationId = NewType("OrganisationId", int)
ContactId = NewType("ContactId", int)

CONTACT_LINK_LASTS: Final = timedelta(days=14)

# What an organisation promises whoever it receives; an assignment cannot open without all of it.
CRITERIA: Final = (
    "briefing",  # newcomers are told beforehand what they will do
    "guidance",  # somebody is there for them
    "contact",  # real contact with people who live here
    "evaluation",  # afterwards it is asked how it went
    "growth",  # possibilities to move on
    "mixed",  # never volunteer work of newcomers among themselves only
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """Who receives volunteers."""

    id: OrganisationId
    name: str
    sector: str
    office: str
    town: str
    postcode: str
    latitude: float | None = None
    longitude: float | None = None
    criteria: frozenset[str] = frozenset()
    is_active: bool = True

    @property
    def lacks(self) -> tuple[str, ...]:
        """The criteria that were not checked yet, in their order."""
        return tuple(one for one in CRITERIA if one not in self.criteria)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Somebody of an organisation; person_id: in Telegram too."""

    id: ContactId
    organisation_id: OrganisationId
    name: str
    phone: str = ""
    mail: str = ""
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class ContactLink:
    """What stands behind a one-time link: whom it makes of its reader, and until when."""

    contact_id: ContactId
    expires_at: datetime


class NotYourOffice(NotAllowed):
    """Other coordinators look after this office."""

    sentence = N_("Other coordinators look after this office.")


class NameTaken(Refused):
    """An organisation of that name is known."""

    sentence = N_("There is an organisation called {name} already.")


class CriteriaMissing(Refused):
    """An assignment cannot open yet."""

    sentence = N_(
        "This cannot open yet: {organisation} does not meet all criteria for newcomers. Check them"
        " first."
    )


class NoSuchTown(Refused):
    """A town that nobody knows."""

    sentence = N_("I do not know the town {town}. Write its name or postcode.")


class ContactLinkSpent(Refused):
    """The link of a contact person is unknown, used or too old."""

    sentence = N_("This link no longer works. Please ask the coordinator for a new one.")


class NotAContact(NotAllowed):
    """Only contact persons of the organisation see this."""

    sentence = N_("Only contact persons of the organisation can see this.")


class NothingToOpen(Refused):
    """A text that everybody reads is missing."""

    sentence = N_("This cannot open yet: it has no title or no description.")
