"""Phrases, their exercises, and the day of the next one."""

from datetime import date, datetime

import pytest

from bot.dutch import domain
from bot.dutch.domain import Course, Learner, Phrase, Theme
from bot.language.formats import BRUSSELS
from tests.support import shipped

COURSE = shipped.files().course
FRIDAY = date(2026, 11, 20)
LANGUAGES = ("nl", "en", "uk", "fa_AF", "ps")


def _at(hour: int, minute: int = 0, *, day: date = FRIDAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BRUSSELS)


def test_first_phrase_comes_today_when_the_hour_is_ahead() -> None:
    day = domain.first_day(_at(8, 30), 9, only_weekdays=False, last_on=None)

    assert day == FRIDAY


@pytest.mark.parametrize(("hour", "last_on"), [(8, None), (9, None), (20, FRIDAY)])
def test_nobody_gets_a_second_phrase_on_one_day(hour: int, last_on: date | None) -> None:
    day = domain.first_day(_at(9, 0), hour, only_weekdays=False, last_on=last_on)

    assert day == date(2026, 11, 21)


def test_after_friday_comes_monday_for_who_wants_weekdays_only() -> None:
    assert domain.day_after(FRIDAY, True) == date(2026, 11, 23)
    saturday = domain.first_day(_at(8, day=date(2026, 11, 21)), 9, only_weekdays=True, last_on=None)
    assert saturday == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("hour", "open_hours"), [(7, ()), (8, (8,)), (9, (8, 9)), (20, (19, 20)), (21, ()), (3, ())]
)
def test_an_hour_that_was_missed_is_open_a_little_longer(
    hour: int, open_hours: tuple[int, ...]
) -> None:
    assert domain.hours_open(_at(hour, 59)) == open_hours


def test_missed_day_is_shown_as_the_day_that_really_comes() -> None:
    learner = Learner(1, 9, next_on=date(2026, 11, 17))

    assert domain.coming(learner, _at(8)) == FRIDAY
    assert domain.coming(learner, _at(12)) == date(2026, 11, 21)


def test_after_the_last_phrase_the_first_comes_again() -> None:
    assert len(COURSE) == 60
    assert COURSE.after(59) == COURSE.phrases[-1]
    assert COURSE.after(60) == COURSE.phrases[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_three_meanings_differ_and_one_is_right(language: str) -> None:
    for phrase in COURSE.phrases:
        choices = COURSE.choices(phrase, language)

        assert phrase in choices
        assert len({COURSE.meaning(one, language) for one in choices}) == 3
        assert len({one.theme for one in choices}) == 3
        assert choices == COURSE.choices(phrase, language)


def test_right_answer_does_not_always_stand_in_one_place() -> None:
    for right in (
        {COURSE.choices(phrase, "en").index(phrase) for phrase in COURSE.phrases},
        {phrase.words.index(phrase.word) for phrase in COURSE.phrases},
    ):
        assert right == {0, 1, 2}


def test_sentence_with_a_gap_hides_its_word() -> None:
    phrase = Phrase("a", Theme.SHOP, "Hoeveel kost dit?", "kost", ("koopt", "eet"))

    assert phrase.gap == "Hoeveel ____ dit?"
    assert sorted(phrase.words) == ["eet", "koopt", "kost"]


def test_three_phrases_of_one_theme_are_enough_for_an_exercise() -> None:
    phrases = tuple(Phrase(key, Theme.SHOP, key, key, ("x", "y")) for key in "abc")

    assert set(Course(phrases).choices(phrases[0], "en")) == set(phrases)


def test_missing_meaning_is_said_in_english() -> None:
    phrase = COURSE.phrases[0]

    assert COURSE.meaning(phrase, "xq") == COURSE.meaning(phrase, "en")
