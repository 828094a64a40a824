"""Who walks together, and when they set off. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.errors import N_, Outdated, Refused
from bot.events.domain.events import Event
from bot.events.domain.places import (
    HAS_A_PLACE,
    EventId,
    ParticipantId,
    Place,
    Registration,
    SlotId,
    TeamId,
)

SMALLEST: Final = 2
LARGEST: Final = 60  # walkers of one team
LONGEST_NAME: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A moment at which walkers set off. `walkers`, `most_teams`: None for no limit."""

    id: SlotId
    event_id: EventId
    starts_at: datetime
    walkers: int | None = None
    most_teams: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRoom:
    """A slot and what is taken of it: a team takes as many as it is made for, also while it is
    not complete, so that it can set off together."""

    slot: Slot
    walkers: int = 0
    teams: int = 0

    @property
    def free(self) -> int | None:
        """Walkers for whom there is room; None: no limit."""
        return None if self.slot.walkers is None else max(0, self.slot.walkers - self.walkers)

    def has_room(self, size: int, *, is_team: bool) -> bool:
        """May so many set off then?"""
        most = self.slot.most_teams
        if is_team and most is not None and self.teams >= most:
            return False
        return self.free is None or self.free >= size


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Who walks together.

    size      for how many walkers it is made
    captain   None: a team of a list, which nobody leads in Telegram
    token     of the invitation; whoever has it may join
    seats     who has joined already
    """

    id: TeamId
    event_id: EventId
    name: str
    size: int
    captain: ParticipantId | None = None
    slot: SlotId | None = None
    token: str | None = None
    cancelled_at: datetime | None = None
    seats: int = 0
    starts_at: datetime | None = None

    @property
    def free(self) -> int:
        """How many may still join."""
        return max(0, self.size - self.seats)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One walker of a team, as the others see them: a first name and nothing else."""

    registration: Registration
    name: str
    is_captain: bool = False
    has_telegram: bool = False

    @property
    def has_place(self) -> bool:
        """Will they be there, or were they?"""
        return self.registration.state in HAS_A_PLACE

    @property
    def is_here(self) -> bool:
        """Were they checked in?"""
        return self.registration.state is Place.ATTENDED


@dataclass(frozen=True, slots=True)
class Roll:
    """A team, and its members."""

    team: Team
    members: Sequence[Member]


@dataclass(frozen=True, slots=True)
class Walk:
    """Everybody at a walk.

    rolls   teams in the order in which they set off
    alone   who walks without a team
    """

    event: Event
    slots: Sequence[SlotRoom]
    rolls: Sequence[Roll]
    alone: Sequence[Member]

    @property
    def everybody(self) -> list[Member]:
        """With and without a team."""
        return [*(member for roll in self.rolls for member in roll.members), *self.alone]

    @property
    def walkers(self) -> int:
        """Who has a place, companions among them."""
        return sum(one.registration.size for one in self.everybody if one.has_place)

    @property
    def came(self) -> int:
        """Who has been checked in."""
        return sum(one.registration.size for one in self.everybody if one.is_here)

    @property
    def to_come(self) -> int:
        """Who has a place, and nobody has said yet whether they came."""
        coming = [one for one in self.everybody if one.registration.state is Place.PLACED]
        return sum(one.registration.size for one in coming)

    @property
    def waiting(self) -> int:
        """Who is on the waitlist, or was offered a place."""
        waits = (Place.WAITING, Place.OFFERED)
        return sum(
            one.registration.size for one in self.everybody if one.registration.state in waits
        )

    @property
    def seekers(self) -> list[Member]:
        """Who would like a team."""
        return [one for one in self.alone if one.registration.wants_team]


class TeamGone(Outdated):
    """The team was dissolved, or its invitation renewed."""

    sentence = N_("This invitation does not count any more. Ask the captain for a new link.")


class NoTeam(Outdated):
    """The person is in no team here (any more)."""

    sentence = N_("You are not in this team any more.")


class TeamFull(Refused):
    """As many have joined as the team was made for."""

    sentence = N_(
        "This team is complete: {size} walkers. The captain can make the team bigger, or you walk"
        " alone or with another team."
    )

    def __init__(self, size: int) -> None:
        super().__init__(size=size)


class InTeam(Refused):
    """Walks with a team already."""

    sentence = N_("You already walk with team {name}. Leave it first if you want to change.")

    def __init__(self, name: str) -> None:
        super().__init__(name=name)


class NotCaptain(Refused):
    """Only the captain may."""

    sentence = N_("Only the captain of the team can do this.")


class TooSmall(Refused):
    """More have joined already."""

    sentence = N_("{seats} walkers have joined already; the team cannot be smaller.")

    def __init__(self, seats: int) -> None:
        super().__init__(seats=seats)


class SlotFull(Refused):
    """There is no room for so many at that time."""

    sentence = N_("There is no room for {size} at this start time. Please choose another one.")

    def __init__(self, size: int) -> None:
        super().__init__(size=size)


class SlotUsed(Refused):
    """Somebody sets off then."""

    sentence = N_("Walkers have chosen this start time. Give them another one first.")


class SlotTooSmall(Refused):
    """More have chosen it already."""

    sentence = N_("{walkers} walkers have chosen this start time already; there cannot be fewer.")

    def __init__(self, walkers: int) -> None:
        super().__init__(walkers=walkers)


class OutsideEvent(Refused):
    """Nobody sets off before the walk begins or after it is over."""

    sentence = N_("Start times lie between the beginning and the end of the walk.")


class SlotThere(Refused):
    """There is a slot at that time."""

    sentence = N_("There is a start time at that moment already.")
