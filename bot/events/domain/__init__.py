"""Events, places and waitlist: decisions and frozen values. Pure.

repeating how an event repeats
places    what somebody may have at an event, how long an offer lasts
events    an event, and a draft of one
refusals  what cannot be
teams     who walks together, and when they set off
"""

from bot.events.domain.events import (
    SHIFT,
    TALK,
    TOLD,
    Audience,
    Draft,
    Event,
    Guest,
    Kind,
    Role,
    Why,
    reminders,
)
from bot.events.domain.places import (
    FIRST_TAP,
    HAS_A_PLACE,
    REASONS,
    TAKES_A_PLACE,
    WALKS_ALONG,
    EventId,
    ParticipantId,
    Place,
    Registration,
    SlotId,
    Taken,
    TeamId,
    offer_ends,
    offer_lasts,
)

__all__ = [
    "FIRST_TAP",
    "HAS_A_PLACE",
    "REASONS",
    "SHIFT",
    "TAKES_A_PLACE",
    "TALK",
    "TOLD",
    "WALKS_ALONG",
    "Audience",
    "Draft",
    "Event",
    "EventId",
    "Guest",
    "Kind",
    "ParticipantId",
    "Place",
    "Registration",
    "Role",
    "SlotId",
    "Taken",
    "TeamId",
    "Why",
    "offer_ends",
    "offer_lasts",
    "reminders",
]
