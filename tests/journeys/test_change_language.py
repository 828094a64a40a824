"""The language of the replies is chosen by button, and can be changed at any time."""

import pytest

from tests.support.journeys import LANGUAGES, Phones, every_language, own_name
from tests.support.wegwijzer import Wegwijzer

pytestmark = pytest.mark.journey


@every_language
async def test_telegrams_language_decides_which_comes_first(phone: Phones, language: str) -> None:
    amina = await phone(language=None, telegram=language.partition("_")[0])
    await amina.starts()

    labels = await amina.sees_buttons(*map(own_name, LANGUAGES))

    assert labels[0] == own_name(language)
    assert len(labels) == len(LANGUAGES) + 1


async def test_first_screen_speaks_every_language(phone: Phones) -> None:
    amina = await phone(language=None)
    await amina.starts()

    screen = await amina.sees("Hello! Please choose your language.")
    for language in LANGUAGES:
        amina.language = language
        assert amina.text("Hello! Please choose your language.") in screen.text


async def test_language_changes_by_button_not_by_typing(phone: Phones) -> None:
    amina = await phone(language="fa_AF")
    await amina.says("where do I ask for asylum")
    await amina.sees(amina.title("asylum/apply"))

    await amina.presses(amina.text("🌐 Language"))
    await amina.taps(own_name("ps"))
    amina.language = "ps"

    await amina.sees(amina.text("From now on I write in this language."))
    await amina.says("/menu")
    await amina.sees(
        amina.text("How can I help you? Write your question, or choose a button below.")
    )
    await amina.sees_nothing_more()


async def test_labels_of_an_older_language_are_understood(phone: Phones) -> None:
    amina = await phone(language="nl")

    for language in LANGUAGES:
        amina.language = language
        label = amina.text("🗂 My things")
        amina.language = "nl"
        await amina.says(label)
        await amina.sees(amina.text("<b>My things</b>"))
    await amina.sees_nothing_more()


async def test_question_before_the_choice_is_answered_after_it(phone: Phones) -> None:
    amina = await phone(language=None)
    amina.language = "en"
    question = amina.question_about("asylum/apply")
    await amina.says(question)
    await amina.sees("Hello! Please choose your language.")

    await amina.chooses_language("uk")

    await amina.sees(amina.title("asylum/apply"))
    await amina.sees_nothing_more()


async def test_choice_of_language_survives_a_restart(phone: Phones, wegwijzer: Wegwijzer) -> None:
    amina = await phone(language="ps")
    await wegwijzer.restarts()

    await amina.says("/menu")

    await amina.sees(
        amina.text("How can I help you? Write your question, or choose a button below.")
    )
