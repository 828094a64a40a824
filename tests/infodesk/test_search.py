"""Free text finds its topic, and danger and greetings are heard, in every language."""

from functools import partial

import pytest

from bot.infodesk import search
from bot.infodesk.domain import Decision, Library, Signals
from bot.infodesk.search import Phrases, Search
from tests.infodesk import questions
from tests.support import infodesk_makers as making
from tests.support.steps import steps_of

ASKED = [
    (language, slug, text)
    for language, topics in questions.QUESTIONS.items()
    for slug, texts in topics.items()
    for text in texts
]


@pytest.fixture(scope="module")
def shipped() -> Search:
    return making.shipped_search()


@pytest.mark.parametrize("language", list(questions.QUESTIONS))
def test_nine_in_ten_questions_find_their_topic(shipped: Search, language: str) -> None:
    asked = [(slug, text) for code, slug, text in ASKED if code == language]

    firsts = [shipped.find(text, language).slugs[:1] == (slug,) for slug, text in asked]
    threes = [slug in shipped.find(text, language).slugs for slug, text in asked]

    assert sum(firsts) / len(asked) >= 0.85
    assert sum(threes) / len(asked) >= 0.95


def test_answer_given_at_once_is_the_right_one(shipped: Search) -> None:
    sure = [
        (slug, found.slugs[0])
        for language, slug, text in ASKED
        if (found := shipped.find(text, language)).decision is Decision.SURE
    ]

    wrong = [pair for pair in sure if pair[0] != pair[1]]

    assert len(wrong) <= len(sure) * 0.02


@pytest.mark.parametrize(
    ("language", "text", "slug"),
    [
        ("fa_AF", "رد شدم", "asylum/appeal"),
        ("fa_AF", "چطور وکیل بگیرم", "legal/lawyer"),
        ("fa_AF", "طفلم مریض است", "health/emergency"),
        ("ps", "رد شوم", "asylum/appeal"),
        ("ps", "ماشوم مې ناروغ دی", "health/emergency"),
    ],
)
def test_short_plain_question_finds_its_topic(
    shipped: Search, language: str, text: str, slug: str
) -> None:
    assert shipped.find(text, language).slugs[:1] == (slug,)


def test_question_in_another_language_is_understood(shipped: Search) -> None:
    assert shipped.find("leefloon aanvragen bij ocmw", "en").slugs[0] == "money/welfare"


def test_question_beyond_the_topics_is_not_answered(shipped: Search) -> None:
    decisions = [shipped.find(text).decision for text in questions.OUT_OF_SCOPE]

    assert Decision.SURE not in decisions
    assert decisions.count(Decision.NONE) >= len(decisions) * 0.8


@pytest.mark.parametrize("text", questions.GREETINGS)
def test_greeting_is_no_question(shipped: Search, text: str) -> None:
    found = shipped.find(text)

    assert found.decision is Decision.GREETING
    assert not found.is_thanks


@pytest.mark.parametrize("text", questions.THANKS)
def test_thanks_are_told_from_greetings(shipped: Search, text: str) -> None:
    found = shipped.find(text)

    assert found.decision is Decision.GREETING
    assert found.is_thanks


def test_greeting_before_a_question_does_not_hide_it(shipped: Search) -> None:
    assert shipped.find("hello, i need a free lawyer").slugs[0] == "legal/lawyer"


@pytest.mark.parametrize(("text", "slug"), questions.EMERGENCIES)
def test_danger_is_heard(shipped: Search, text: str, slug: str) -> None:
    found = shipped.find(text)

    assert found.decision is Decision.EMERGENCY
    assert slug in found.slugs


@pytest.mark.parametrize("text", questions.NO_EMERGENCIES)
def test_harmless_words_are_no_danger(shipped: Search, text: str) -> None:
    assert shipped.find(text).decision is not Decision.EMERGENCY


def test_not_urgent_looks_the_words_up(shipped: Search) -> None:
    found = shipped.find("we have no place to sleep tonight", "en", calmly=True)

    assert found.decision is not Decision.EMERGENCY
    assert found.slugs[0] == "reception/no-place"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Hello,\tWORLD! ", "hello world"),
        ("كتابي ګران", "کتابی گران"),
        ("می\u200cکنم ۱۲", "میکنم 12"),
        ("об’єкт Ґанок Їжа", "обект ганок іжа"),
        ("cолo в школі", "cолo в школі".replace("c", "с").replace("o", "о")),
        ("crème brûlée", "creme brulee"),
        ("\u2067OCMW\u2069", "ocmw"),
    ],
)
def test_what_the_eye_does_not_see_is_folded(text: str, expected: str) -> None:
    assert search.normalised(text) == expected


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("مرا می‌کشد", "او مرا می کشد", True),
        ("نفس نمی‌کشد", "طفلم نفس نمی کشد", True),
        ("می‌خواهم بمیرم", "می خواهم بمیرم", True),
        ("می‌خواهم بمیرم", "میخواهم بمیرم", True),
        ("مرا می‌کشد", "او ماهی می کشد", False),
        ("not breathing", "he is not breathing", True),
        ("not breathing", "not really breathing", True),
        ("not breathing", "not at all breathing", False),
        ("where .. tonight", "where can i sleep here tonight", True),
        ("suicid*", "suicidal thoughts", True),
        ("die", "diet", False),
        ("don't want", "i dont want", True),
    ],
)
def test_phrases_allow_a_word_between(phrase: str, text: str, expected: bool) -> None:
    assert Phrases([phrase]).are_in(text) is expected


def test_empty_library_knows_nothing() -> None:
    empty = Search(Library((), {}, {"en": {}}, {}, {"en": Signals()}))

    assert empty.find("where is the town hall").decision is Decision.NONE
    assert empty.find("🙂").decision is Decision.GREETING


def test_search_looks_only_at_topics_that_know_a_word(shipped: Search) -> None:
    """Reading every topic for a question would be hundreds of thousands of steps; how long it
    takes is measured by `make bench`."""
    assert max(steps_of(partial(shipped.find, text)) for _, _, text in ASKED) < 20_000


@pytest.mark.parametrize("word", ["papers", "help", "money", "school"])
def test_single_word_is_never_answered_at_once(shipped: Search, word: str) -> None:
    assert shipped.find(word, "en").decision is not Decision.SURE
