"""Two files that may be of one person: what counts of both when they come together. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.errors import N_, Refused
from bot.volunteering.domain import State, Status

# Why two files may be of one person.
NAME, PHONE, LINK = "name", "phone", "link"

# The state, the line of hours and the trajectory that say more stay.
STATES: Final = (State.ACTIVE, State.PAUSED, State.ENROLLED, State.LEFT, State.REFUSED)
LINES: Final = ("approved", "corrected", "derived", "refused")
STATUSES: Final = (
    Status.COMPLETED,
    Status.ACTIVE,
    Status.PAUSED,
    Status.INTAKE,
    Status.REGISTERED,
    Status.STOPPED,
)

# Of a file: taken from the other one where it is empty.
_FILLED: Final = (
    "project",
    "postcode",
    "town",
    "latitude",
    "longitude",
    "sectors",
    "talents",
    "wishes",
    "availability",
    "motivation",
    "motivation_voice",
    "mobility",
    "max_km",
    "has_licence",
    "brings_children",
    "age_group",
    "guardian",
    "referred_by",
    "mail",
    "phone",
    "first_shift_called_at",
    "surveyed_at",
    "talk",
    "no_thanks_at",
)


class BothHaveTelegram(Refused):
    """Two accounts: nobody knows which one should go."""

    sentence = N_(
        "Both files belong to somebody’s own Telegram. Ask the person to delete one with /delete."
    )


class NoDouble(Refused):
    """They were put together, or told apart, meanwhile."""

    sentence = N_("Somebody has decided on these two files already.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two files, as a coordinator compares them."""

    id: int
    name: str
    town: str
    office: str
    state: State
    source: str
    enrolled_at: datetime
    has_telegram: bool
    phone: str = ""
    age_group: str | None = None
    shifts: int = 0
    minutes: int = 0
    letters: int = 0
    notes: int = 0
    status: Status | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Double:
    """Two files that may be of one person; `keep` stays when they come together."""

    id: int
    reason: str
    keep: Side
    gone: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of it, for who decided.

    twice    titles of events at which both had something
    at_once  titles of events at the same time: somebody must choose
    hours    lines of hours that were there twice
    had_two_trajectories, changed_state  what was chosen of two
    """

    volunteer: int
    twice: tuple[Mapping[str, str], ...] = ()
    at_once: tuple[tuple[Mapping[str, str], Mapping[str, str]], ...] = ()
    hours: int = 0
    had_two_trajectories: bool = False
    state: State = State.ACTIVE


def keeps(one: Side, other: Side) -> tuple[Side, Side]:
    """(stays, goes): the one with Telegram, else the older. Raises BothHaveTelegram."""
    if one.has_telegram and other.has_telegram:
        raise BothHaveTelegram
    first, second = sorted((one, other), key=lambda side: (side.enrolled_at, side.id))
    return (second, first) if second.has_telegram else (first, second)


def is_same_name(one: str, other: str) -> bool:
    """The same first name, whatever follows it. Both are folded."""
    return bool(one) and one.partition(" ")[0] == other.partition(" ")[0]


def together(keep: Mapping[str, Any], gone: Mapping[str, Any]) -> dict[str, Any]:
    """What changes in the file that stays. Whoever has Telegram needs no number to be called."""
    filled = {name: gone[name] for name in _FILLED if not keep[name] and gone[name]}
    languages = {**gone["languages"], **keep["languages"]}
    best = min((keep, gone), key=lambda file: STATES.index(State(file["state"])))
    known = [file["seen_at"] for file in (keep, gone) if file["seen_at"] is not None]
    return {
        **filled,
        "languages": languages,
        "state": best["state"],
        "decided_at": best["decided_at"],
        "decided_by": best["decided_by"],
        "left_at": best["left_at"],
        "left_reason": best["left_reason"],
        "enrolled_at": min(keep["enrolled_at"], gone["enrolled_at"]),
        "seen_at": max(known, default=None),
    }


def loser(one: Mapping[str, Any], other: Mapping[str, Any], order: tuple[str, ...], at: str) -> int:
    """Of two rows the number of the one that says less; of equal ones the older."""
    worse, _best = sorted((one, other), key=lambda row: (-order.index(row[at]), row["changed_at"]))
    return int(worse["id"])
