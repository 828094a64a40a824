"""Hours of volunteers: what counts, what is open, who may say what, and until when. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from bot.errors import N_, Refused
from bot.volunteering.domain.shifts import minutes_of

__all__ = ["minutes_of"]

# States of a line. Derived: follows from a shift. Corrected: as the volunteer says.
DERIVED, CORRECTED = "derived", "corrected"
APPROVED, REFUSED = "approved", "refused"
OPEN: Final = (DERIVED, CORRECTED)

# Why a volunteer says something else than the list; never a text.
REASONS: Final = ("longer", "shorter", "other")

CORRECTED_WITHIN: Final = timedelta(days=60)
# So long an organisation has to confirm before a coordinator is asked to look at a shift.
ORGANISATION_FIRST: Final = timedelta(days=7)
DAY_MINUTES: Final = 24 * 60
WEEK_MINUTES: Final = 60 * 60
STEP: Final = 30  # of the buttons − and +

BY_COORDINATOR: Final = "coordinator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The hours of one shift, or of one week.

    minutes  what follows from the shift, or what was approved
    said     what the volunteer says, where nobody has decided yet
    """

    id: int
    volunteer: int
    assignment: int
    event: int | None
    worked_on: date
    minutes: int
    state: str
    said: int | None = None
    reason: str | None = None
    approved_via: str | None = None
    titles: Mapping[str, str] = field(default_factory=dict)
    written_in: str = ""
    organisation: str = ""
    office: str = ""

    @property
    def is_week(self) -> bool:
        """Structural volunteering: a whole week, known by its Monday."""
        return self.event is None

    @property
    def is_open(self) -> bool:
        """Has nobody approved or refused it yet?"""
        return self.state in OPEN

    @property
    def differs(self) -> bool:
        """Does the volunteer say something else than the organisation or the plan?"""
        return self.state != REFUSED and self.said is not None and self.said != self.minutes

    @property
    def wanted(self) -> int:
        """What the volunteer says, else what is known."""
        return self.minutes if self.said is None else self.said

    @property
    def is_final(self) -> bool:
        """Did a coordinator decide?"""
        return not self.is_open and self.approved_via == BY_COORDINATOR

    def may_correct(self, today: date) -> bool:
        """May its volunteer say something else?"""
        return not self.is_final and self.worked_on >= today - CORRECTED_WITHIN


@dataclass(frozen=True, slots=True)
class Sums:
    """Minutes: approved, and those that nobody has decided on."""

    approved: int = 0
    open: int = 0


def sums(lines: Iterable[Line]) -> Sums:
    """What counts. Approved hours count as they were approved, also while somebody disagrees."""
    approved = open_ = 0
    for line in lines:
        if line.state == APPROVED:
            approved += line.minutes
        elif line.is_open:
            open_ += line.wanted
    return Sums(approved, open_)


def week_of(day: date) -> date:
    """The Monday by which a week is known."""
    return day - timedelta(days=day.weekday())


class TooLate(Refused):
    """Nobody remembers that any more."""

    sentence = N_("That was too long ago to change here. Please ask your coordinator.")


class Decided(Refused):
    """A coordinator decided already."""

    sentence = N_("Your coordinator has decided about these hours. Please ask them.")


class NoHours(Refused):
    """Hours that are none."""

    sentence = N_("Please write the hours as a number, such as 3 or 2.5.")


class TooMany(Refused):
    """More than there are."""

    sentence = N_("{most} hours at most, please.")


class NotYet(Refused):
    """The week is not over."""

    sentence = N_("This week is not over yet.")
