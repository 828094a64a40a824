"""Filling a shift: who was asked, and what came of it. Values and refusals."""

from dataclasses import dataclass
from typing import Final, NamedTuple

from bot.errors import N_, Refused
from bot.events.domain import Event, Place, Taken

AT_ONCE: Final = 50  # asked with one tap


class Open(NamedTuple):
    """A shift that is ahead, in a coordinator's list."""

    event: Event
    organisation: str
    asked: int  # and silent so far


@dataclass(frozen=True, slots=True)
class Board:
    """A shift that is being filled: everybody who was asked or has a place."""

    event: Event
    organisation: str
    listed: tuple[Taken, ...]

    def of(self, *states: Place) -> tuple[Taken, ...]:
        """Who has one of these."""
        return tuple(one for one in self.listed if one.state in states)

    @property
    def coming(self) -> tuple[Taken, ...]:
        """Yes: has a place."""
        return self.of(Place.PLACED, Place.OFFERED, Place.ATTENDED, Place.ABSENT)

    @property
    def to_call(self) -> tuple[Taken, ...]:
        """Was asked, has not answered, and nobody can write to them."""
        return tuple(one for one in self.of(Place.ASKED) if one.person_id is None)


class Sent(NamedTuple):
    """What came of asking."""

    written: int
    to_call: int


class NothingPicked(Refused):
    """Nobody was ticked."""

    sentence = N_("Tap the people whom you want to ask first.")


class TooMany(Refused):
    """More than can be asked at once."""

    sentence = N_("You can ask {most} people at once.")

    def __init__(self) -> None:
        super().__init__(most=AT_ONCE)


class NotAsked(Refused):
    """The invitation does not count (any more)."""

    sentence = N_("This invitation is not open any more. Look at the list of shifts.")


class FitsNoMore(Refused):
    """Something the shift needs is not there (any more), or the person is no volunteer now."""

    sentence = N_(
        "This shift does not fit your profile any more. Please ask your coordinator about it."
    )
