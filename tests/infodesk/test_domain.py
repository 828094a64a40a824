"""What is shown and how sure the search is."""

from datetime import timedelta

import pytest

from bot.infodesk import domain
from bot.infodesk.domain import Answer, Danger, Decision, Hit, Library, Thresholds, Topic
from tests.support.people_makers import NOW

LIMITS = Thresholds(sure=0.5, evidence=20, unsure=5)


def an_answer(slug: str = "asylum/apply", language: str = "en", **values: object) -> Answer:
    return Answer(slug, language, "Title", "Short", **values)  # type: ignore[arg-type]


def a_library(*answers: Answer) -> Library:
    known: dict[str, dict[str, Answer]] = {"ps": {}}
    for answer in answers:
        known.setdefault(answer.language, {})[answer.slug] = answer
    topics = {a.slug: Topic(a.slug, is_urgent=True) for a in answers}
    return Library((), topics, known, {})


@pytest.mark.parametrize(
    ("chance", "evidence", "expected"),
    [
        (None, 50.0, Decision.NONE),
        (0.9, 4.9, Decision.NONE),
        (0.9, 5.0, Decision.UNSURE),
        (0.9, 20.0, Decision.SURE),
        (0.49, 50.0, Decision.UNSURE),
    ],
)
def test_chance_and_evidence_decide_together(
    chance: float | None, evidence: float, expected: Decision
) -> None:
    hits = () if chance is None else (Hit("a/b", chance),)

    assert domain.decided(hits, evidence, LIMITS) is expected


@pytest.mark.parametrize(
    ("languages", "expected"), [(("en", "nl", "ps"), "ps"), (("nl", "en"), "en"), (("nl",), "nl")]
)
def test_missing_language_falls_back_to_english_then_dutch(
    languages: tuple[str, ...], expected: str
) -> None:
    library = a_library(*(an_answer(language=code) for code in languages))

    found = library.answer("asylum/apply", "ps")

    assert found is not None
    assert found.language == expected


def test_topic_without_any_answer_is_none() -> None:
    assert a_library().answer("asylum/apply", "en") is None


def test_urgent_topics_with_112_come_first() -> None:
    library = a_library(
        an_answer("reception/no-place", danger=Danger(("080099340",))),
        an_answer("health/emergency", danger=Danger(("112", "101"))),
    )

    found = [called for _, called in library.urgent_answers("en")]

    assert found == [("112", "101"), ("080099340",)]


def test_short_numbers_in_the_short_text_are_called_too() -> None:
    short = "Call 1813 or 106, since 1980, from 1.12 on; bring annex 19."
    answer = Answer("health/mental", "en", "Title", short)

    assert domain.numbers_to_call(answer) == ("1813", "106")


def test_only_the_last_five_answers_are_remembered() -> None:
    shown: list[str] = []
    for slug in ("a/1", "a/2", "a/3", "a/4", "a/5", "a/2", "a/6"):
        shown = domain.lately_shown(shown, slug)

    assert shown == ["a/3", "a/4", "a/5", "a/2", "a/6"]


def test_long_figures_are_masked_before_counting() -> None:
    text = "my number is 85.07.30-033.28 or 0470123456 and annex 26"

    assert domain.without_particulars(text.replace(".", "")) == "my number is # or # and annex 26"


def test_masking_is_no_more_work_for_one_endless_word() -> None:
    assert domain.without_particulars("123a" * 50_000)[:4] == "123a"
    assert domain.without_particulars("a" * 50_000 + "1234 b") == "# b"


def test_link_leads_to_a_slug_with_strokes_of_its_own() -> None:
    assert domain.slug_of("asylum-apply") == "asylum/apply"
    assert domain.slug_of("ukraine-temporary-protection") == "ukraine/temporary-protection"


def test_mark_without_a_date_has_no_day() -> None:
    assert domain.checked_on("AB") is None
    assert domain.checked_on(None) is None


def test_same_breath_ends_after_ten_minutes() -> None:
    assert domain.is_same_breath(NOW - timedelta(minutes=10), NOW)
    assert not domain.is_same_breath(NOW - timedelta(minutes=11), NOW)
    assert not domain.is_same_breath(None, NOW)
