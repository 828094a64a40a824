"""Figures per language and kind, from what the search decides about each question."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from bot.infodesk.domain import Decision, Found
from bot.infodesk.search import Search
from evaluation.questions import Question

_ANSWERED = frozenset({Decision.SURE})
_SILENT = frozenset({Decision.NONE, Decision.GREETING})


class Judged(NamedTuple):
    """A question, and what was made of it."""

    question: Question
    found: Found


Figures = dict[str, dict[str, float]]  # language (and "all") -> figure -> share


def judged(search: Search, asked: Iterable[Question]) -> list[Judged]:
    """Each question, looked up."""
    return [Judged(one, search.find(one.text, one.language)) for one in asked]


def figures(answers: Iterable[Judged]) -> Figures:
    """The table."""
    by_language: defaultdict[str, list[Judged]] = defaultdict(list)
    for one in answers:
        by_language[one.question.language].append(one)
        by_language["all"].append(one)
    return {language: _figures(ones) for language, ones in by_language.items()}


def _figures(answers: list[Judged]) -> dict[str, float]:
    of: defaultdict[str, list[Judged]] = defaultdict(list)
    for one in answers:
        of[one.question.kind].append(one)
    topics, sure = of["topic"], [one for one in of["topic"] if _is_sure(one)]
    return {
        "top-1": _share(_is_first(one) for one in topics),
        "top-3": _share(one.question.slug in one.found.slugs for one in topics),
        "answered at once": _share(map(_is_sure, topics)),
        "of these right": _share(_is_first(one) for one in sure),
        "taken for none": _share(one.found.decision in _SILENT for one in topics),
        "false answers": _share(map(_is_sure, of["out_of_scope"])),
        "false titles": _share(one.found.decision is Decision.UNSURE for one in of["out_of_scope"]),
        "greetings": _share(one.found.decision is Decision.GREETING for one in of["greeting"]),
        "emergencies": _share(map(_is_emergency, of["emergency"])),
        "false alarms": _share(map(_is_emergency, of["not_emergency"])),
        "false alarms in topics": _share(
            _is_emergency(one) and not _is_first(one) for one in topics
        ),
    }


def _is_first(one: Judged) -> bool:
    return one.found.slugs[:1] == (one.question.slug,)


def _is_sure(one: Judged) -> bool:
    return one.found.decision in _ANSWERED


def _is_emergency(one: Judged) -> bool:
    return one.found.decision is Decision.EMERGENCY


def _share(hits: Iterable[bool]) -> float:
    counted = list(hits)
    return round(sum(counted) / len(counted), 4) if counted else 0.0
