"""What somebody may have at an event, and what becomes of a place that is free. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NewType

EventId = NewType("EventId", int)
ParticipantId = NewType("ParticipantId", int)
TeamId = NewType("TeamId", int)
SlotId = NewType("SlotId", int)


class Place(StrEnum):
    """What somebody has at an event."""

    ASKED = "asked"  # invited, has not answered
    WAITING = "waiting"  # on the waitlist
    OFFERED = "offered"  # a place is kept until `offered_until`
    PLACED = "placed"
    GIVEN_BACK = "given_back"
    DECLINED = "declined"  # said no; is not asked again for this event
    LAPSED = "lapsed"  # an offer that was not answered in time
    ATTENDED = "attended"
    ABSENT = "absent"


# States in which a place is used up.
TAKES_A_PLACE: Final = (Place.OFFERED, Place.PLACED, Place.ATTENDED, Place.ABSENT)
# States in which somebody walks with a team, or will when a place is free.
WALKS_ALONG: Final = (Place.WAITING, *TAKES_A_PLACE)
# States in which somebody will be there, or was.
HAS_A_PLACE: Final = (Place.PLACED, Place.ATTENDED, Place.ABSENT)

# From here on nobody is offered a place alone: who taps first has it.
FIRST_TAP: Final = timedelta(hours=12)
_SHORTEST: Final = timedelta(minutes=30)
# (at least so long until it begins, so many waking hours to answer)
_LASTS: Final = (
    (timedelta(days=7), timedelta(hours=24)),
    (timedelta(days=3), timedelta(hours=12)),
    (timedelta(days=2), timedelta(hours=6)),
    (timedelta(days=1), timedelta(hours=3)),
)
_LAST: Final = timedelta(hours=1)

# Why a place was given back, and why somebody did not come; counted, never told on.
REASONS: Final = ("ill", "transport", "work", "other", "there")


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What one participant has at one event.

    slot, own_start  of a walk: of who walks alone, the slot; when they set off, also in a team
    wants_team       would like a coordinator to find a team
    """

    id: int
    event_id: EventId
    participant: ParticipantId
    state: Place
    companions: int = 0
    queued_at: datetime | None = None
    offered_until: datetime | None = None
    confirmed_at: datetime | None = None
    reason: str = ""
    is_excused: bool = False
    team: TeamId | None = None
    slot: SlotId | None = None
    own_start: datetime | None = None
    wants_team: bool = False

    @property
    def size(self) -> int:
        """How many places it takes."""
        return 1 + self.companions


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A line of the list of one event.

    name       first name, as the list shows it
    person_id  None: has no Telegram (any more), so somebody has to call
    """

    registration: Registration
    name: str
    person_id: int | None

    @property
    def participant(self) -> ParticipantId:
        """Who it is."""
        return self.registration.participant

    @property
    def state(self) -> Place:
        """What they have."""
        return self.registration.state

    @property
    def is_confirmed(self) -> bool:
        """Did they say that they come?"""
        return self.registration.confirmed_at is not None


def offer_lasts(left: timedelta) -> timedelta:
    """How many waking hours somebody has to answer an offer, so long before it begins."""
    return next((lasts for at_least, lasts in _LASTS if left >= at_least), _LAST)


def offer_ends(opens: datetime, wished: datetime, starts_at: datetime) -> datetime:
    """An offer that opens then ends as wished, but before the hours in which the first tap wins;
    half an hour is left to everybody."""
    return max(opens + _SHORTEST, min(wished, starts_at - FIRST_TAP))
