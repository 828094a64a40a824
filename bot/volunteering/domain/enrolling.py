"""Signing up: who a volunteer is to the rest of the house, what is agreed to, who may. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NewType

from bot.errors import N_, Refused
from bot.volunteering.domain import State

VolunteerId = NewType("VolunteerId", int)

ADULT, YOUNG, CHILD = "adult", "16_17", "younger"

# What is agreed to, and its version: another version asks again. A file that staff bring in for it
# has a version of its own.
PRIVACY, CONDUCT, AGREEMENT, GUARDIAN = "privacy", "conduct", "agreement", "guardian"
VERSIONS: Final[Mapping[str, str]] = {PRIVACY: "1", CONDUCT: "1", AGREEMENT: "1"}
FILES: Final[Mapping[str, str]] = {"code_of_conduct": CONDUCT, "agreement": AGREEMENT}

# How a guardian's yes became known. What somebody under 18 writes themself is only a name.
BY_PHONE, IN_PERSON, ON_PAPER, THEMSELVES = "phone", "in_person", "paper", "guardian"
CONFIRMED: Final = (BY_PHONE, IN_PERSON, ON_PAPER, THEMSELVES)
CALLED: Final = (BY_PHONE, IN_PERSON)  # as a coordinator notes it

# Languages that people here speak, by the names their speakers give them.
LANGUAGES: Final[tuple[tuple[str, str], ...]] = (
    ("nl", "Nederlands"),
    ("en", "English"),
    ("fr", "Français"),
    ("uk", "Українська"),
    ("ru", "Русский"),
    ("fa_AF", "دری"),
    ("ps", "پښتو"),
    ("fa", "فارسی"),
    ("ar", "العربية"),
    ("tr", "Türkçe"),
    ("ku", "Kurdî"),
    ("ti", "ትግርኛ"),
    ("so", "Soomaali"),
    ("es", "Español"),
)
SPEAKS: Final = 2  # the level of a language somebody says they speak

# Why somebody is not taken on; told in their own language.
REASONS: Final = ("no_match", "no_answer", "later", "other")

CALL, WRITE = "call", "write"  # instead of a talk at the office


class TooYoung(Refused):
    """Volunteers must be 16."""

    sentence = N_("You can volunteer with us from 16 years on.")


class NoPhone(Refused):
    """No telephone number."""

    sentence = N_("I do not see a phone number in that. Please write it so: {example}")

    def __init__(self) -> None:
        super().__init__(example="0470 12 34 56")


class NoName(Refused):
    """Nothing that can be a name."""

    sentence = N_("Please write your name.")


class NotSignedUp(Refused):
    """Has no file as a volunteer."""

    sentence = N_("You have not signed up as a volunteer yet. Tap 🤝 Volunteer in the menu.")


class AgeUnknown(Refused):
    """Nobody is taken on whose age group is not known."""

    sentence = N_("First it must be known if this person is 16 or older.")


class NotAgreed(Refused):
    """A coordinator enters a yes; what is missing first, said as it is."""

    _SENTENCES: Final[Mapping[str, str]] = {
        "age": N_("First it must be known if this person is 16 or older."),
        PRIVACY: N_("First the person must accept how we keep their file: let them sign it."),
        CONDUCT: N_("First the person must accept the code of conduct: let them sign it."),
        AGREEMENT: N_("First the person must accept the agreement: let them sign it."),
        GUARDIAN: N_("First the guardian must say yes: note it in the file."),
    }

    def __init__(self, missing: Sequence[str]) -> None:
        self.sentence = self._SENTENCES.get(missing[0], self._SENTENCES[AGREEMENT])
        super().__init__()


class Busy(Refused):
    """Something else is at that time."""

    sentence = N_("You have something else at that time. Please choose another moment.")


class NotTheGuardian(Refused):
    """Who is under 18, or is the volunteer, says no yes for them."""

    sentence = N_("This link is for your father, mother or guardian. Please send it to them.")


class LinkSpent(Refused):
    """The code is unknown, used, or too old."""

    sentence = N_("This QR code no longer works. Please ask your coordinator for a new one.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Volunteer:
    """A volunteer's file, as screens and cards need it. `file`: the row."""

    id: VolunteerId
    name: str
    person_id: int | None
    state: State
    office: str
    town: str
    enrolled_at: datetime
    age_group: str | None
    talk: str | None  # "call", "write", "office"; None: not asked
    phone: str | None
    languages: Mapping[str, int] = field(default_factory=dict)
    file: Mapping[str, Any] = field(default_factory=dict)

    @property
    def waits(self) -> bool:
        """Has nobody decided yet?"""
        return self.state is State.ENROLLED


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUp:
    """What somebody said in four taps, or a coordinator for them."""

    name: str
    town: str
    postcode: str
    latitude: float
    longitude: float
    office: str
    languages: Mapping[str, int]
    talk: str | None = None
    phone: str | None = None
    source: str = "telegram"
    age_group: str | None = None
    slot: int | None = None  # the talk's event
