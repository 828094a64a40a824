"""The questions of `make evaluate`: apart from what the search is taught, and its figures."""

import json
from collections.abc import Iterator
from functools import cache

import pytest

from bot.infodesk.importing import hearing
from bot.infodesk.search import normalised
from bot.infodesk.search.lessons import lessons
from evaluation.__main__ import RESULTS
from evaluation.measuring import Figures, figures, judged
from evaluation.questions import Question, questions
from tests.support import infodesk_makers as making

LANGUAGES = ("nl", "en", "uk", "fa_AF", "ps")
TOPIC_WORDS = 3  # shorter ones may well be said by two people
STALE = 0.01


@cache
def today() -> Figures:
    return figures(judged(making.shipped_search(), questions()))


def taught() -> Iterator[str]:
    heard = hearing.heard(making.LOCALES, making.shipped(), [])
    return (normalised(one.text) for one in lessons(making.shipped(), heard))


def is_telling(question: Question) -> bool:
    return len(question.text.split()) > TOPIC_WORDS


def test_no_telling_question_was_taught() -> None:
    """A question that is copied into the lessons measures nothing any more."""
    known = set(taught())

    copied = [
        one.text
        for one in questions()
        if one.kind != "greeting" and is_telling(one) and normalised(one.text) in known
    ]

    assert copied == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_is_asked_about_four_times(language: str) -> None:
    asked = [one.slug for one in questions() if (one.language, one.kind) == (language, "topic")]

    assert {slug for slug in making.shipped().topics if asked.count(slug) < 4} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_most_questions_find_their_topic(language: str) -> None:
    found = today()[language]

    assert found["top-1"] >= 0.89
    assert found["top-3"] >= 0.97
    assert found["of these right"] >= 0.95
    assert found["false answers"] <= 0.05
    assert found["emergencies"] >= 0.95
    assert found["false alarms in topics"] <= 0.025


def test_figures_kept_are_those_of_today() -> None:
    """Run `make evaluate` after a change of answers, lessons or search, and look at the diff."""
    kept = json.loads(RESULTS.read_text(encoding="utf-8"))

    moved = [
        (language, figure, share, kept[language][figure])
        for language, found in today().items()
        for figure, share in found.items()
        if abs(kept[language][figure] - share) > STALE
    ]

    assert moved == []
