"""The 40-hour trajectory: where it stands, and who may move it where. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.errors import N_, NotAllowed, Refused
from bot.people.domain import Role
from bot.volunteering.domain import Status

TARGET_MINUTES: Final = 40 * 60
MILESTONE_MINUTES: Final = 10 * 60
REFERRER_LENGTH: Final = 120

_COORDINATOR, _ADMIN = Role.COORDINATOR, Role.ADMIN

# From where to where, and who may do it. What has ended is opened again by an admin only.
TRANSITIONS: Final[Mapping[Status, Mapping[Status, Role]]] = {
    Status.REGISTERED: {
        Status.INTAKE: _COORDINATOR,
        Status.ACTIVE: _COORDINATOR,
        Status.STOPPED: _COORDINATOR,
    },
    Status.INTAKE: {Status.ACTIVE: _COORDINATOR, Status.STOPPED: _COORDINATOR},
    Status.ACTIVE: {
        Status.PAUSED: _COORDINATOR,
        Status.COMPLETED: _COORDINATOR,
        Status.STOPPED: _COORDINATOR,
    },
    Status.PAUSED: {Status.ACTIVE: _COORDINATOR, Status.STOPPED: _COORDINATOR},
    Status.COMPLETED: {Status.ACTIVE: _ADMIN},
    Status.STOPPED: {Status.ACTIVE: _ADMIN},
}
RUNNING: Final = (Status.REGISTERED, Status.INTAKE, Status.ACTIVE, Status.PAUSED)

# What keeps people from volunteering: counted by month and office, never of somebody.
BARRIERS: Final = ("language", "stress", "mobility", "unknown", "obligation")


@dataclass(frozen=True, slots=True)
class Progress:
    """Approved minutes that count, of those that are asked."""

    minutes: int
    target: int

    @property
    def is_reached(self) -> bool:
        """Is it enough?"""
        return self.minutes >= self.target


def milestone(minutes: int, target: int) -> int:
    """The last milestone on the way, in minutes: every ten hours, and the target; 0 before."""
    return target if minutes >= target else minutes - minutes % MILESTONE_MINUTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Trajectory:
    """One volunteer's way to 40 hours.

    report_back_at  since when the volunteer agrees that who referred them is told
    """

    id: int
    volunteer: int
    name: str
    office: str
    status: Status
    referrer: str
    target: int
    report_back_at: datetime | None = None
    reported_at: datetime | None = None
    completed_at: datetime | None = None

    @property
    def may_report(self) -> bool:
        """May who referred them be told how it ended?"""
        is_over = self.status in (Status.COMPLETED, Status.STOPPED)
        return is_over and self.report_back_at is not None and bool(self.referrer)


class NoStep(Refused):
    """From here it does not go there."""

    sentence = N_("That does not go from here. Look at the trajectory again.")


class NotReached(Refused):
    """Too few hours."""

    sentence = N_("This trajectory has {done} of {target} approved hours: it is not complete yet.")


class HasOne(Refused):
    """There is one already."""

    sentence = N_("This volunteer has a trajectory already.")


class ForAdmins(NotAllowed):
    """What has ended is opened again by an admin."""

    sentence = N_("Only an admin can open this again.")
