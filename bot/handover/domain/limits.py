"""How much one person may ask of the team, and what happens when it is too much."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.errors import N_, NotAllowed, Outdated, Refused
from bot.handover.domain.cases import Case

# A group takes twenty calls a minute, for everybody's questions together. Ten short messages in a
# minute is what somebody types who is upset; with more, one person would have half the group.
FLOOD: Final = 10
FLOOD_WITHIN: Final = timedelta(minutes=1)
# What comes on top is brought together this much later: a hundred messages then cost one call.
BROUGHT_AFTER: Final = timedelta(seconds=30)
EDITS_PAUSE: Final = timedelta(seconds=15)  # between two words to a colleague of what was edited
TOLD_EVERY: Final = timedelta(hours=1)

# A family has a home, a school, a doctor and a letter to ask about at the same time. Who opens a
# sixth one asks the same thing again, mostly; as one question it is answered sooner.
OPEN_AT_MOST: Final = 5

# Long enough to calm down or to move an appointment; who is still abusive is muted again, by
# somebody who looked again.
MUTED_AT_LEAST: Final = timedelta(minutes=10)
MUTED_AT_MOST: Final = timedelta(days=30)
MUTE_TOLD_EVERY: Final = timedelta(minutes=1)
MUTE_KEPT: Final = timedelta(days=90)  # after its end: the reason, for who complains about it
REASON_LENGTH: Final = 500

_LENGTH = re.compile(r"(\d{1,4})\s*(m|min|h|u|d|w)", re.IGNORECASE)
_UNITS: Final = {
    "m": timedelta(minutes=1),
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "u": timedelta(hours=1),  # uur
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
_NUMBER = re.compile(r"#?(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Mute:
    """Until when what somebody writes does not reach the team, and why."""

    id: int
    person_id: int
    case_id: int | None
    number: int | None  # of the question at which it happened
    reason: str
    by: int | None
    made_at: datetime
    until: datetime
    lifted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MuteOrder:
    """What a coordinator wrote behind /mute."""

    number: int | None  # None: the question of the topic
    length: timedelta
    reason: str


@dataclass(frozen=True, slots=True)
class Full:
    """So many questions are open that a further one has to wait, or goes with one of them."""

    open: Sequence[Case]


def mute_order(text: str) -> MuteOrder:
    """ "123 3d keeps insulting us" as values. Raises NoMuteOrder, WrongLength."""
    words = text.split()
    number, words = _number(words)
    length = _LENGTH.fullmatch(words[0]) if words else None
    reason = " ".join(words[1:])
    if length is None or not reason:
        raise NoMuteOrder(example="/mute 123 3d …")
    asked = int(length[1]) * _UNITS[length[2].casefold()]
    if not MUTED_AT_LEAST <= asked <= MUTED_AT_MOST:
        raise WrongLength
    return MuteOrder(number, asked, reason[:REASON_LENGTH])


def unmute_number(text: str) -> int | None:
    """The number behind /unmute; None: the question of the topic."""
    return _number(text.split())[0]


def _number(words: list[str]) -> tuple[int | None, list[str]]:
    found = _NUMBER.fullmatch(words[0]) if words else None
    return (None, words) if found is None else (int(found[1]), words[1:])


class NoMuteOrder(Refused):
    """/mute without a time or a reason."""

    sentence = N_(
        "Write how long and why, for example {example}. Inside a topic the number is not needed."
        " Times: 30m, 12h, 3d, 2w."
    )


class WrongLength(Refused):
    """Longer or shorter than may be."""

    sentence = N_("Between 10 minutes and 30 days, please.")


class CoordinatorOnly(NotAllowed):
    """Somebody else's decision."""

    sentence = N_("Only coordinators can do this.")


class NotOfTheTeam(NotAllowed):
    """A colleague cannot be muted."""

    sentence = N_("This is a colleague of the team.")


class NobodyMuted(Outdated):
    """The person is not muted, or not any more."""

    sentence = N_("This person is not muted.")
