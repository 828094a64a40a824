"""An assignment that lasts: somebody has a place for a time, alone or with a partner. Values,
which step follows which, and refusals.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NamedTuple

from bot.errors import N_, Outdated, Refused
from bot.volunteering.domain.assignments import TWO_SIDED, in_words_of
from bot.volunteering.domain.fitting import Fit

PROPOSED: Final = "proposed"  # the volunteer is interested
ASKED: Final = "asked"  # a coordinator asks the volunteer, and the other side of a pair
ACCEPTED: Final = "accepted"  # agreed, and not begun; of a pair: the other side is looked for
RUNNING: Final = "running"
PAUSED: Final = "paused"
ENDED: Final = "ended"
DECLINED: Final = "declined"

# In these states a place is not free for somebody else.
LIVE: Final = (PROPOSED, ASKED, ACCEPTED, RUNNING, PAUSED)
BEGUN: Final = (RUNNING, PAUSED)

STEPS: Final[Mapping[str, tuple[str, ...]]] = {
    PROPOSED: (ACCEPTED, DECLINED, ENDED),
    ASKED: (ACCEPTED, RUNNING, DECLINED, ENDED),
    ACCEPTED: (RUNNING, ASKED, ENDED),
    RUNNING: (PAUSED, ENDED),
    PAUSED: (RUNNING, ENDED),
    ENDED: (),
    DECLINED: (),
}

WITHDRAWN: Final = "withdrawn"  # reason of a place that ended before it began
LEFT: Final = "left"  # … of who volunteers no more
CLOSED: Final = "closed"  # … where the assignment is closed


class Side(StrEnum):
    """Who of a place says something."""

    VOLUNTEER = "volunteer"
    PARTNER = "partner"
    COORDINATOR = "coordinator"


class Asked(StrEnum):
    """How a volunteer stands with an assignment that lasts."""

    NOT = "not"
    PROPOSED = "proposed"
    ASKED = "asked"
    ACCEPTED = "accepted"
    RUNNING = "running"
    PAUSED = "paused"
    DECLINED = "declined"
    FULL = "full"
    NO_FIT = "no_fit"


@dataclass(frozen=True, slots=True)
class Lasting:
    """What a volunteer sees of one that lasts."""

    fit: Fit
    standing: Asked


class Proposal(NamedTuple):
    """Somebody who is interested, as a card tells it: whom to call about what, and no more."""

    id: int
    volunteer: int
    name: str
    town: str
    office: str
    title: str
    organisation: str
    has_two_sides: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A place that lasts, with what its screens say.

    office          of the assignment
    partner         the other side of a pair; None: alone, or not found yet
    volunteer_at    when they said yes to a coordinator's question, as `partner_at`
    days            bit = weekday * 3 + part of the day
    is_told         the other side knows that it ended
    """

    id: int
    assignment: int
    volunteer: int
    state: str
    kind: str
    titles: Mapping[str, str]
    written_in: str
    organisation: str
    office: str
    wanted: int
    name: str
    partner: int | None = None
    partner_name: str = ""
    volunteer_at: datetime | None = None
    partner_at: datetime | None = None
    accepted_at: datetime | None = None
    weekly_minutes: int = 0
    days: int = 0
    since: date | None = None
    until: date | None = None
    ended_reason: str = ""
    ended_by: str = ""
    is_told: bool = False
    meets_at: datetime | None = None
    volunteer_contact: str = ""
    partner_contact: str = ""

    @property
    def has_two_sides(self) -> bool:
        """Does a volunteer belong to one other person here?"""
        return self.kind in TWO_SIDED

    def title(self, language: str | None) -> str:
        """What it is called for a reader."""
        return in_words_of(self.titles, language, self.written_in)[0]

    def side_of(self, participant: int | None) -> Side:
        """Which side somebody is. Raises Outdated for who is none."""
        if participant is not None and participant == self.volunteer:
            return Side.VOLUNTEER
        if participant is not None and participant == self.partner:
            return Side.PARTNER
        raise Outdated

    def other(self, side: Side) -> int | None:
        """Who is on the other side."""
        return self.partner if side is Side.VOLUNTEER else self.volunteer

    def other_name(self, side: Side) -> str:
        """The first name of who is on the other side."""
        return self.partner_name if side is Side.VOLUNTEER else self.name

    def said_at(self, side: Side) -> datetime | None:
        """When that side said yes."""
        return self.volunteer_at if side is Side.VOLUNTEER else self.partner_at


class NotApproved(Refused):
    """Has not signed up, or the coordinator has not said yes yet."""

    sentence = N_("You can ask for this as soon as your coordinator has approved your sign-up.")


class NotForYou(Refused):
    """Closed, full, asked for already, or something it needs is not there."""

    sentence = N_("You cannot ask for this assignment now. Please look at the list again.")


class NoPlaceLeft(Refused):
    """Others were approved meanwhile."""

    sentence = N_("All places of this assignment are taken.")


class DecidedAlready(Refused):
    """A colleague was faster."""

    sentence = N_("A colleague decided this already.")


class NotNow(Refused):
    """A place does not stand where this step begins (any more)."""

    sentence = N_("This is not possible any more: look how it stands now.")


class SaidNo(Refused):
    """Asked before; a no is remembered."""

    sentence = N_("This was asked before, and one of them said no.")


class PartnerTaken(Refused):
    """Somebody else is asked, or found already."""

    sentence = N_("This person has somebody, or is being asked about somebody now.")
