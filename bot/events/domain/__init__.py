"""Events, places and waitlist: decisions and frozen values. Pure."""

from enum import StrEnum
from typing import Final, NewType

EventId = NewType("EventId", int)
ParticipantId = NewType("ParticipantId", int)

SHIFT: Final = "shift"
TALK: Final = "talk"  # an intake or exit talk: one place, a coordinator on the other side


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
