"""Free text finds its topic, and danger and greetings are heard, in every language."""

import pytest

from bot.infodesk import search
from bot.infodesk.domain import Decision, Library, Signals
from bot.infodesk.search import Phrases, Search
from tests.infodesk import questions
from tests.support import infodesk_makers as making


@pytest.fixture(scope="module")
def shipped() -> Search:
    return making.shipped_search()


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


@pytest.mark.parametrize("text", ["i have a legal question", "کمک مالی می‌خواهم"])
def test_question_in_the_words_of_a_greeting_is_no_greeting(shipped: Search, text: str) -> None:
    assert shipped.find(text).decision is not Decision.GREETING


@pytest.mark.parametrize(("text", "slug"), questions.EMERGENCIES)
def test_danger_is_heard(shipped: Search, text: str, slug: str) -> None:
    found = shipped.find(text)

    assert found.decision is Decision.EMERGENCY
    assert slug in found.slugs


@pytest.mark.parametrize("text", questions.NO_EMERGENCIES)
def test_harmless_words_are_no_danger(shipped: Search, text: str) -> None:
    assert shipped.find(text).decision is not Decision.EMERGENCY


@pytest.mark.parametrize("text", ["3 4", "7 11", "۱۴ ۱۷", "16/4/2027 18:30", "0470 12 34 56"])
def test_figures_alone_are_no_danger(shipped: Search, text: str) -> None:
    assert shipped.find(text).decision is not Decision.EMERGENCY
    assert shipped.danger(text) is None


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


@pytest.mark.parametrize("word", ["papers", "help", "money", "school"])
def test_single_word_is_never_answered_at_once(shipped: Search, word: str) -> None:
    assert shipped.find(word, "en").decision is not Decision.SURE
