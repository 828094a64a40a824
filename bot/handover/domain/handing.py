"""To whom a question can be handed over. Pure."""

from dataclasses import dataclass
from typing import Final

from bot.errors import N_, Outdated, Refused, number_in
from bot.handover.domain.cases import INFODESK, LEGAL, VOLUNTEERING, Case
from bot.people.domain import Person, PersonId

HAND_NOTE_LIMIT: Final = 500
HANDED_TO_AT_MOST: Final = 10  # colleagues in the menu
HANDED_BETWEEN: Final = (INFODESK, LEGAL, VOLUNTEERING)  # minors' questions find their own way


class CannotTakeIt(Refused):
    """The colleague left, or was not trained for such a question."""

    sentence = N_("{name} cannot take this question. Please choose somebody else.")


class NotOpen(Outdated):
    """Only what is open can be handed over."""

    sentence = N_("This question is closed. /reopen opens it again.")


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who is meant: one colleague, whoever speaks a language, or a desk. Exactly one is set."""

    person_id: PersonId | None = None
    language: str | None = None
    desk: str | None = None

    @property
    def token(self) -> str:
        """As it stands in a button."""
        if self.person_id is not None:
            return f"c{self.person_id}"
        return f"d{self.desk}" if self.desk is not None else f"l{self.language}"


@dataclass(frozen=True, slots=True)
class Choice:
    """A colleague in the menu."""

    person: Person
    is_on_duty: bool = False
    speaks: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """What the menu offers for one question."""

    case: Case
    colleagues: tuple[Choice, ...] = ()
    desks: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What was done: the question, and the name of the colleague it is for, if one was named."""

    case: Case
    to: Receiver
    name: str = ""


def receiver_in(token: str) -> Receiver:
    """From a button. Raises Outdated for anything that no button of ours holds."""
    kind, rest = token[:1], token[1:]
    if kind == "c":
        return Receiver(person_id=PersonId(number_in(rest)))
    if kind == "d" and rest in HANDED_BETWEEN:
        return Receiver(desk=rest)
    if kind == "l" and rest:
        return Receiver(language=rest)
    raise Outdated
