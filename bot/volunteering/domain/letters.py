"""Letters about what somebody did: what they say, who may have which. Pure."""

import base64
import hashlib
import hmac
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NamedTuple

import msgspec

from bot.errors import N_, Refused


class Paper(StrEnum):
    """Which letter."""

    LETTER = "letter"
    CERTIFICATE = "certificate"  # of the 40 hours; not the official one
    PROOF = "proof"  # data for the Agency's proof of participation, to be signed


class Stage(StrEnum):
    """Where a letter stands."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


NAMES: Final = {
    Paper.LETTER: N_("Reference letter"),
    Paper.CERTIFICATE: N_("Certificate of volunteering hours"),
    Paper.PROOF: N_("Data for the proof of participation"),
}

TARGET: Final = 40 * 60  # minutes, where a trajectory does not say otherwise
LONGEST_NAME: Final = 80
_SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is taken for another


class Work(msgspec.Struct, frozen=True):
    """One assignment, and the time that was confirmed for it."""

    title: str
    organisation: str
    town: str
    minutes: int


class Facts(msgspec.Struct, frozen=True):
    """What a letter says. `did`, `praise` and `signed` are the coordinator's, in Dutch."""

    name: str
    since: date
    until: date
    works: tuple[Work, ...]
    did: str = ""
    praise: str = ""
    signed: str = ""

    @property
    def minutes(self) -> int:
        """The confirmed time of all of it."""
        return sum(work.minutes for work in self.works)


class Letter(NamedTuple):
    """A letter as its row says.

    facts        None when they were erased
    unasked      a coordinator began it, the volunteer did not ask
    replaces     the number of the letter in which a mistake is corrected
    replaced_by  the number of the one that counts instead of this one
    """

    number: str
    paper: Paper
    stage: Stage
    volunteer: int | None
    office: str
    language: str
    facts: Facts | None
    edition: int
    asked_at: datetime
    approved_at: datetime | None = None
    unasked: bool = False
    replaces: str = ""
    replaced_by: str = ""


class Overview(NamedTuple):
    """A volunteer's letters, for a coordinator of the office."""

    volunteer: int
    name: str
    minutes: int
    letters: list[Letter]
    target: int | None
    is_reachable: bool
    counted: int = 0

    @property
    def waits(self) -> bool:
        """Is there one that nobody has decided on?"""
        return any(one.stage is Stage.ASKED for one in self.letters)


class Written(NamedTuple):
    """What a coordinator writes into a letter. `name`: "" leaves it as it is."""

    did: str = ""
    praise: str = ""
    signed: str = ""
    name: str = ""


class NoHours(Refused):
    """A letter tells of hours that were confirmed."""

    sentence = N_(
        "There are no confirmed hours yet. After your first shift the organisation confirms them;"
        " then you can ask for a letter."
    )


class NothingConfirmed(Refused):
    """The same, as coordinators read it."""

    sentence = N_(
        "No hours of this volunteer are confirmed yet. A letter tells of confirmed hours."
    )


class CannotBeOffered(Refused):
    """Nobody would read it."""

    sentence = N_(
        "This volunteer cannot be reached here. You can write the letter: then you get it to print."
    )


class NotEnough(Refused):
    """A certificate of 40 hours needs 40 hours."""

    sentence = N_("This certificate is for later: {hours} of {target} hours are confirmed now.")


class AlreadyAsked(Refused):
    """One of a kind waits."""

    sentence = N_("You have asked for this already. A colleague is still reading it.")


class LatinLetters(Refused):
    """Who reads the letter here reads no other script."""

    sentence = N_(
        "Please write your name in Latin letters, as it stands on your Belgian papers:"
        " Maryam Alizadeh."
    )


def full_name(text: str) -> str:
    """A name as it may stand on a letter. Raises LatinLetters."""
    name = " ".join(text.split())
    letters = [sign for sign in name if sign.isalpha()]
    latin = all(unicodedata.name(sign, "").startswith("LATIN ") for sign in letters)
    if len(letters) < 2 or not latin or any(sign.isdigit() for sign in name):
        raise LatinLetters
    return name


def short_name(name: str) -> str:
    """First name and initial: Maryam A."""
    first, *others = name.split()
    return f"{first} {others[-1][0]}." if others else first


def number(year: int, chance: bytes) -> str:
    """A letter's number, as people read it out: 2026-K7QF3D."""
    return f"{year}-" + "".join(_SIGNS[one % len(_SIGNS)] for one in chance[:6])


def code(key: bytes, letter: str) -> str:
    """What opens the page that confirms a letter: nobody makes it without our key. Letters and
    figures only, which somebody can type from paper: a hyphen at the end of a line gets lost."""
    made = hmac.digest(key, f"letter:{letter}".encode(), "sha256")
    return base64.b32encode(made[:15]).decode().lower()


def code_hash(opened: str) -> str:
    """What is stored of a code."""
    return hashlib.sha256(opened.encode()).hexdigest()


def papers_for(counted: int, target: int | None) -> list[Paper]:
    """The certificate is for who has the hours, the page of data for who is on the way.

    counted  minutes that count for the 40 hours
    target   of a trajectory
    """
    papers = [Paper.LETTER]
    if counted >= (target or TARGET):
        papers.append(Paper.CERTIFICATE)
    return [*papers, Paper.PROOF] if target and counted else papers


def organisations(works: Sequence[Work]) -> list[str]:
    """Their names, each once."""
    return list(dict.fromkeys(work.organisation for work in works))
