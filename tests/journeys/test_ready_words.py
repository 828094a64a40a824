"""A colleague who does not speak the person's language answers with words that are ready."""

import re

import pytest

from tests.support.desk import Case, Desk
from tests.support.journeys import Phones, left_and_right
from tests.support.phone import Phone
from tests.support.wegwijzer import catalogs

pytestmark = pytest.mark.journey

RENT = "How do I find a house to rent?"
PHOTO = "Please send a photo of the letter."


async def _claimed(amina: Phone, desk: Desk, language: str) -> Case:
    await amina.asks_a_colleague(RENT)
    case = await desk.sees_new_case(language=language)
    return await case.claimed_by("Joris")


async def _taps(case: Case, msgid: str) -> None:
    await case.phone.taps(case.desk.text(msgid), thread=case.thread)


@left_and_right
async def test_phrase_and_its_answer_cross_two_languages(
    phone: Phones, desk: Desk, language: str
) -> None:
    amina = await phone("Amina", language=language)
    case = await _claimed(amina, desk, language)

    await _taps(case, "💬 Phrases")
    await case.sees(desk.text("💬 <b>Phrases</b> for #{number}: the person reads them in their own"
                              " language.", number=case.number))  # fmt: skip
    await _taps(case, "📄 Letters and photos")
    await case.sees(desk.text(PHOTO))
    await case.phone.taps("1", thread=case.thread)
    await case.sees(desk.text("👁 This goes to the person:"))
    await _taps(case, "📨 Send")
    await case.hold_passes()

    await amina.sees(amina.text(PHOTO))
    await amina.shares("photo", caption="here it is")
    await amina.sees(amina.text("↪️ Passed on to your colleague."))
    await case.sees("here it is")
    await amina.sees_nothing_more()


@left_and_right
async def test_reviewed_answer_is_read_in_the_persons_language(
    phone: Phones, desk: Desk, language: str
) -> None:
    amina = await phone("Amina", language=language)
    case = await _claimed(amina, desk, language)

    await _taps(case, "📚 Reviewed answer")
    titles = await case.sees(
        desk.text("📚 <b>Reviewed answer</b> for #{number}", number=case.number)
    )
    title = titles.labels[0]
    await case.phone.taps(title, thread=case.thread)
    await case.sees(title)
    await _taps(case, "📨 Send")
    await case.hold_passes()

    told = await amina.sees(amina.text("🔗 Where this comes from:"))
    assert amina.text("👍 Solved, thank you") in told.labels
    assert catalogs().words(language).code == language
    await amina.taps(amina.text("📚 All themes"))
    await amina.sees(amina.text("❓ <b>What is your question?</b>"))


async def test_own_canned_answer_goes_out_filled_in(phone: Phones, desk: Desk) -> None:
    amina = await phone("Amina", language="en")
    case = await _claimed(amina, desk, "en")
    await desk["Karen"].says("hello")
    await amina.waits()
    await desk.becomes("Karen", "coordinator")
    await desk["Karen"].says("/canned new bring-id")
    await desk["Karen"].sees("/canned edit bring-id en")
    await desk["Karen"].says(
        "/canned edit bring-id en Bring your card, says {name} about #{number}."
    )
    await desk["Karen"].sees("Bring your card, says Karen about #123.")

    await case.says("/canned")
    menu = await case.sees(re.compile(r"\d+\. bring-id"))
    place = re.search(r"(\d+)\. bring-id", menu.text)
    assert place is not None
    await case.phone.taps(place[1], thread=case.thread)
    await case.sees(f"Bring your card, says Joris about #{case.number}.")
    await _taps(case, "📨 Send")
    await case.hold_passes()

    await amina.sees(f"Bring your card, says Joris about #{case.number}.")
    await amina.sees_nothing_more()
