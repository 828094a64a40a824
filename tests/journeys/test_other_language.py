"""Whoever reads none of the languages reaches a person all the same."""

import pytest

from tests.support.desk import Desk
from tests.support.journeys import Phones

pytestmark = pytest.mark.journey

OTHER = "🌍 Other language"


async def test_other_language_goes_to_a_colleague_without_a_choice(
    phone: Phones, desk: Desk
) -> None:
    samuel = await phone("Samuel", language=None, telegram="ti")
    await samuel.starts()
    await samuel.taps(OTHER)
    await samuel.sees(
        samuel.text(
            "🌍 Write or say the name of your language, and your question."
            " A voice message is fine. Then press Send."
        )
    )

    await samuel.says("ትግርኛ")
    await samuel.shares("voice")
    await samuel.waits()
    await samuel.taps("📨 Send")
    await samuel.sees("#1")

    case = await desk.sees_new_case(containing="ትግርኛ")
    assert desk.text("🌍 In a language the bot does not speak") in case.card.text
    await case.claimed_by("Joris")
    await case.answered("ሰላም")
    await samuel.sees("ሰላም")
    await samuel.sees_nothing_more()


async def test_other_language_may_be_cancelled_again(phone: Phones, desk: Desk) -> None:
    samuel = await phone("Samuel", language=None)
    await samuel.starts()
    await samuel.taps(OTHER)
    await samuel.taps("Cancel")
    await samuel.sees(samuel.text("Nothing was sent. What you wrote here is deleted."))

    await samuel.says("hello?")

    await samuel.sees("Hello! Please choose your language.")
    await samuel.sees_nothing_more()


async def test_other_language_buttons_work_without_a_choice(phone: Phones, desk: Desk) -> None:
    samuel = await phone("Samuel", language=None, telegram="ti")
    await samuel.starts()
    await samuel.taps(OTHER)
    await samuel.says("ትግርኛ")
    await samuel.taps("📨 Send")
    await samuel.sees("#1")
    await samuel.taps("📍 Where is my question now")
    await samuel.sees(samuel.text("<b>My questions</b>"))

    case = await desk.sees_new_case(containing="ትግርኛ")
    await case.claimed_by("Joris")
    await case.answered("ሰላም")
    await samuel.sees("ሰላም")
    await samuel.taps("👍 Solved, thank you")
    await samuel.sees(samuel.text("🙏 Good to hear."))
    await samuel.taps("😊")

    await samuel.sees(samuel.text("🙏 Thank you. This helps us do better."))
