"""What a volunteer goes through before the first shift of an assignment. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.errors import N_, Refused

# How long before the first shift somebody is reminded of what is open.
REMINDERS: Final = (timedelta(days=3), timedelta(days=1))

# Who showed an extract to an organisation need not show it there again so long.
EXTRACT_COUNTS: Final = timedelta(days=365)

# Whom to tell first: what somebody may tick, in the order of the buttons. It is never kept.
PAYERS: Final = ("unemployment", "sickness", "welfare", "reception")


class Item(StrEnum):
    """One line of the list."""

    INSURANCE = "insurance"
    INFORMATION = "information"
    NOTICE = "notice"  # tell whoever pays a benefit, or the reception centre
    EXTRACT = "extract"  # from the criminal record; only a coordinator can say that it was seen


# The row that says that the list was sent; no line of it.
SENT: Final = "sent"

# What the law asks of the volunteer: while it is open, coordinators hear of it.
MUST: Final = (Item.NOTICE, Item.EXTRACT)


class Via(StrEnum):
    """Who said that a line is done."""

    SELF = "self"
    COORDINATOR = "coordinator"
    WAIVED = "waived"  # a coordinator decided that this person needs none


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A line that is done.

    by            the coordinator who said so, as far as they are still known
    is_elsewhere  ticked for another assignment of the same organisation
    """

    at: datetime
    via: Via = Via.SELF
    by: int | None = None
    is_elsewhere: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """Where one volunteer stands before one assignment.

    lines  what applies to them, in order
    ticks  what is done of it
    """

    volunteer: int
    assignment: int
    lines: tuple[Item, ...]
    ticks: Mapping[Item, Tick] = field(default_factory=dict)

    @property
    def open(self) -> tuple[Item, ...]:
        """What is still to do."""
        return tuple(one for one in self.lines if one not in self.ticks)

    @property
    def must(self) -> tuple[Item, ...]:
        """What a coordinator has to know is open."""
        return tuple(one for one in self.open if one in MUST)

    @property
    def lacks_extract(self) -> bool:
        """Must a coordinator see an extract before it can be said that they came?"""
        return Item.EXTRACT in self.open


class ExtractNotSeen(Refused):
    """Nobody works with minors whose extract no coordinator has seen."""

    sentence = N_(
        "This person works with children or young people. First a coordinator has to see the"
        " extract from the criminal record."
    )


class OnlyCoordinators(Refused):
    """The extract is ticked by who has seen it."""

    sentence = N_("Your coordinator ticks this after seeing the extract.")


def lines(*, needs_extract: bool, is_adult: bool, was_there: bool) -> tuple[Item, ...]:
    """What applies: the extract to adults among minors, the rest before the first shift only."""
    first = () if was_there else (Item.INSURANCE, Item.INFORMATION, Item.NOTICE)
    return (*first, *((Item.EXTRACT,) if needs_extract and is_adult else ()))


def chosen(mask: int) -> tuple[str, ...]:
    """Whom somebody ticked; a button carries it, no row does."""
    return tuple(one for at, one in enumerate(PAYERS) if mask >> at & 1)


def rings(moments: Sequence[datetime], *, after: datetime) -> datetime | None:
    """The next of the moments at which somebody is reminded."""
    return next((one for one in moments if one > after), None)
