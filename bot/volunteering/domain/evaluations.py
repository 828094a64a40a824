"""What volunteers and organisations are asked about how it was, and when answers may be shown.
Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from bot.errors import N_, Refused
from bot.events.domain import Event
from bot.volunteering.domain.assignments import Assignment

FIRST_SHIFT, ASSIGNMENT, SURVEY = "first_shift", "assignment", "survey"
BY_VOLUNTEERS: Final = (FIRST_SHIFT, ASSIGNMENT, SURVEY)
BY_ORGANISATION: Final = "organisation"

# When an organisation is asked.
SHIFT, END = "shift", "end"

SMILES: Final = ("mood", "welcome")  # 1 (bad) to 4 (very good)
BEST: Final = 4
SATISFIED: Final = 3  # from this smile on
SAID_YES: Final = ("learned", "met")
COMMENT_LENGTH: Final = 500

# An organisation speaks of the cooperation, never of somebody: after a shift about real contact, at
# the end about possibilities to move on. Both are criteria that it promised to meet.
ASKED: Final[Mapping[str, tuple[str, ...]]] = {
    SHIFT: ("contact", "again"),
    END: ("growth", "again"),
}

# Fewer answers than this would tell who gave them.
LEAST: Final = 5
# Nobody is asked twice in that time: who helps at every festival of a summer has a question a month
# at most, and the end of a place is still fresh when its turn comes.
ASKED_APART: Final = timedelta(days=30)
ENDED_LATELY: Final = ASKED_APART + timedelta(days=15)
WORKED_LATELY: Final = timedelta(days=183)  # before the end; who left long ago is not asked
ANSWERED_WITHIN: Final = timedelta(days=60)
KEPT: Final = timedelta(days=730)
SURVEY_MONTHS: Final = 24

OTHERS: Final = ""  # a part of results: groups that are too small, together


class Questions(NamedTuple):
    """Which answers are a smile, and which are yes or no."""

    smiles: tuple[str, ...]
    yes: tuple[str, ...]


OF_VOLUNTEERS: Final = Questions(SMILES, SAID_YES)
OF_ORGANISATIONS: Final = Questions(("mood",), ("contact", "growth", "again"))

# Whose answers are shown, what they were asked, and by what they are told apart (first: usually).
VOLUNTEERS, ORGANISATIONS = "v", "o"
QUESTIONS: Final[Mapping[str, Questions]] = {
    VOLUNTEERS: OF_VOLUNTEERS,
    ORGANISATIONS: OF_ORGANISATIONS,
}
SIDES: Final[Mapping[str, tuple[str, ...]]] = {
    VOLUNTEERS: ("about", "office", "project", "organisation", "kind", "language"),
    ORGANISATIONS: ("office", "project", "organisation", "kind"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What an organisation was asked. event: the shift; None: at the assignment's end."""

    id: int
    about: str
    assignment: Assignment
    asked_at: datetime
    event: Event | None = None
    is_answered: bool = False

    def is_over(self, now: datetime) -> bool:
        """Is it too long ago?"""
        return self.asked_at < now - ANSWERED_WITHIN

    @property
    def until(self) -> date:
        """The last day on which it can surely be answered."""
        return (self.asked_at + ANSWERED_WITHIN - timedelta(days=1)).date()

    @property
    def questions(self) -> tuple[str, ...]:
        """What is asked with yes or no, after the smile."""
        return ASKED[self.about]


@dataclass(frozen=True, slots=True)
class Result:
    """Answers together: how many, the share of smiles (0 to 100), the share of yes. A question that
    too few were asked has none."""

    count: int
    smiles: Mapping[str, int]
    yes: Mapping[str, int]


def result(
    answers: Sequence[Mapping[str, Any]], questions: Questions = OF_VOLUNTEERS
) -> Result | None:
    """What many said; None where they are too few to be shown."""
    if len(answers) < LEAST:
        return None
    smiles = {one: [said[one] - 1 for said in answers if one in said] for one in questions.smiles}
    yes = {one: [said[one] for said in answers if one in said] for one in questions.yes}
    return Result(len(answers), _percents(smiles, BEST - 1), _percents(yes, 1))


def parts(
    answers: Sequence[tuple[str, Mapping[str, Any]]], questions: Questions = OF_VOLUNTEERS
) -> dict[str, Result]:
    """The same by office or language. Small groups are taken together; where even these are too
    few, nothing is shown apart: what is missing from the whole would be theirs."""
    sizes = Counter(key for key, _said in answers)
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for key, said in answers:
        groups.setdefault(key if sizes[key] >= LEAST else OTHERS, []).append(said)
    found = {key: result(said, questions) for key, said in groups.items()}
    if len(found) < 2 or any(one is None for one in found.values()):
        return {}
    return _alike({key: one for key, one in found.items() if one is not None})


def _alike(found: dict[str, Result]) -> dict[str, Result]:
    """Only questions that every part can tell: one part alone would follow from the others."""
    told = set.intersection(*(set(one.yes) for one in found.values()))
    return {
        key: replace(one, yes={name: part for name, part in one.yes.items() if name in told})
        for key, one in found.items()
    }


def fitting(about: str, answers: Mapping[str, Any]) -> dict[str, int] | None:
    """An organisation's answers, if they are all there and make sense."""
    asked = {"mood": range(1, BEST + 1), **dict.fromkeys(ASKED[about], range(2))}
    found = {one: answers.get(one) for one in asked}
    if any(type(said) is not int or said not in asked[one] for one, said in found.items()):
        return None
    return {one: int(str(said)) for one, said in found.items()}


def _percents(said: Mapping[str, Sequence[int]], most: int) -> dict[str, int]:
    return {
        one: _percent(values, most, len(values))
        for one, values in said.items()
        if len(values) >= LEAST
    }


def _percent(values: Iterable[int], most: int, count: int) -> int:
    return round(100 * sum(values) / (most * count))


class Answered(Refused):
    """Each is asked once."""

    sentence = N_("You have answered this already. Thank you!")


class TooLateToAnswer(Refused):
    """Asked long ago."""

    sentence = N_("This question is from long ago. Thank you all the same!")


class Unanswered(Refused):
    """A question was left out."""

    sentence = N_("Please answer each question. You need not write anything.")
