"""Volunteering: decisions and frozen values. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

# Sectors of partner organisations (Refu Interim's own list).
SECTORS: Final = (
    "culture",
    "festivals",
    "youth",
    "care",
    "sport",
    "education",
    "sociocultural",
    "nature",
    "other",
)

# What somebody is good at or likes to do, and what an assignment asks for.
TALENTS: Final = (
    "cooking",
    "crafts",
    "music",
    "sport",
    "children",
    "elderly",
    "languages",
    "computer",
    "garden",
    "driving",
    "organising",
    "speaking",
)

LEVELS: Final = (1, 2, 3)  # of a language: a little, enough to talk, well


class Kind(StrEnum):
    """How somebody volunteers: reported apart."""

    OCCASIONAL = "occasional"
    STRUCTURAL = "structural"
    BUDDY = "buddy"
    MENTOR = "mentor"
    SPEAKER = "speaker"


class State(StrEnum):
    """Where a volunteer stands."""

    ENROLLED = "enrolled"  # waits for the coordinator
    ACTIVE = "active"  # approved
    PAUSED = "paused"
    LEFT = "left"
    REFUSED = "refused"


class Status(StrEnum):
    """Where a 40-hour trajectory stands."""

    REGISTERED = "registered"
    INTAKE = "intake"
    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Office:
    """An office whose volunteers and figures are counted apart (organisation.toml).

    also  postcodes of further towns that are its own: an office may stand in two
    """

    key: str
    name: str
    postcode: str
    address: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """A project whose figures are counted apart (organisation.toml)."""

    key: str
    name: str
