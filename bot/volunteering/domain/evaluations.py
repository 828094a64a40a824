"""What volunteers are asked about how it was, and when answers may be shown. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from bot.errors import N_, Refused

FIRST_SHIFT, ASSIGNMENT, SURVEY = "first_shift", "assignment", "survey"

SMILES: Final = ("mood", "welcome")  # 1 (bad) to 4 (very good)
BEST: Final = 4
SAID_YES: Final = ("learned", "met")
COMMENT_LENGTH: Final = 500

# Fewer answers than this would tell who gave them.
LEAST: Final = 5
ASKED_APART: Final = timedelta(days=14)  # nobody is asked twice in that time
ANSWERED_WITHIN: Final = timedelta(days=60)
KEPT: Final = timedelta(days=730)
SURVEY_MONTHS: Final = 24

OTHERS: Final = ""  # a part of results: groups that are too small, together


@dataclass(frozen=True, slots=True)
class Result:
    """Answers together: how many, the share of smiles (0 to 100), the share of yes."""

    count: int
    smiles: Mapping[str, int]
    yes: Mapping[str, int]


def result(answers: Sequence[Mapping[str, Any]]) -> Result | None:
    """What many said; None where they are too few to be shown."""
    if len(answers) < LEAST:
        return None
    smiles = {one: _percent((said[one] - 1 for said in answers), BEST - 1, len(answers))
              for one in SMILES}  # fmt: skip
    yes = {one: _percent((said[one] for said in answers), 1, len(answers)) for one in SAID_YES}
    return Result(len(answers), smiles, yes)


def parts(
    answers: Sequence[tuple[str, Mapping[str, Any]]],
) -> dict[str, Result]:
    """The same by office or language. Small groups are taken together; where even these are too
    few, nothing is shown apart: what is missing from the whole would be theirs."""
    sizes = Counter(key for key, _said in answers)
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for key, said in answers:
        groups.setdefault(key if sizes[key] >= LEAST else OTHERS, []).append(said)
    found = {key: result(said) for key, said in groups.items()}
    if len(found) < 2 or any(one is None for one in found.values()):
        return {}
    return {key: one for key, one in found.items() if one is not None}


def _percent(values: Iterable[int], most: int, count: int) -> int:
    return round(100 * sum(values) / (most * count))


class Answered(Refused):
    """Each is asked once."""

    sentence = N_("You have answered this already. Thank you!")


class TooLateToAnswer(Refused):
    """Asked long ago."""

    sentence = N_("This question is from long ago. Thank you all the same!")
