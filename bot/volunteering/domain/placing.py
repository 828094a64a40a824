"""An assignment that lasts: somebody is interested, a coordinator decides. Values and refusals."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from bot.errors import N_, Refused
from bot.volunteering.domain.fitting import Fit

PROPOSED: Final = "proposed"
RUNNING: Final = "running"
DECLINED: Final = "declined"


class Asked(StrEnum):
    """How a volunteer stands with an assignment that lasts."""

    NOT = "not"
    PROPOSED = "proposed"
    RUNNING = "running"
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
