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
    """An office whose volunteers and figures are counted apart (organisation.toml)."""

    key: str
    name: str
    postcode: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """A project whose figures are counted apart (organisation.toml)."""

    key: str
    name: str
