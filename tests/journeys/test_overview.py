"""Colleagues look around, count who comes by, and make a topic of a good answer."""

import pytest

from tests.support.desk import Desk
from tests.support.journeys import Phones, left_and_right

pytestmark = pytest.mark.journey

QUESTION = "xyzzy plugh frobnicate"
ANSWER = "Bring your card to the town hall."


@left_and_right
async def test_colleague_counts_looks_finds_and_reads_figures(
    phone: Phones, desk: Desk, language: str
) -> None:
    amina = await phone("Amina", language=language)
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case(language=language)
    karen = desk["Karen"]

    await karen.says("/log 40 door")
    await karen.sees(desk.text("Which language?"))
    await karen.taps("🌍 Andere taal")
    await karen.sees(desk.text("What is it about?"))
    await karen.taps("Wonen")
    await karen.sees(desk.text("✓ <b>Counted</b>"))
    await karen.taps("20")
    await karen.sees(desk.counted("{n} person", "{n} people", 20))

    await karen.says("/queue")
    await karen.sees(desk.counted("<b>{n} open question</b>", "<b>{n} open questions</b>", 1))
    await karen.says("/find FROBNICATE")
    await karen.sees(desk.counted("<b>{n} question found</b>", "<b>{n} questions found</b>", 1))
    await karen.taps(desk.text("✋ Claim #{number}", number=case.number))
    case.claimant = "Karen"
    await case.finds_its_topic_again()
    await case.answered(ANSWER)
    await amina.sees(ANSWER)

    await karen.says("/stats")
    stats = await karen.sees(desk.text("<b>Today</b>"))
    asked = "Questions: {opened} new · {answered} answered · {closed} closed"
    assert desk.text(asked, opened=1, answered=1, closed=0) in stats.text
    assert desk.counted("{n} person", "{n} people", 20) in stats.text
    await amina.sees_nothing_more()


@left_and_right
async def test_good_answer_becomes_a_topic_after_a_coordinators_mark(
    phone: Phones, desk: Desk, language: str
) -> None:
    amina = await phone("Amina", language=language)
    await amina.asks_a_colleague(f"{QUESTION}, I am Amina")
    case = await desk.sees_new_case(language=language)
    await case.claimed_by("Karen")
    await case.answered(ANSWER)
    await amina.sees(ANSWER)

    await desk["Karen"].taps(desk.text("⋯ More"), thread=case.thread)
    await desk["Karen"].taps(desk.text("💡 Close, make a topic"), thread=case.thread)
    await case.hold_passes()
    await amina.sees(amina.text("✅ Your question #{number} is closed.", number=case.number))
    draft = await desk["Joris"].sees(desk.text("💡 <b>Make this a topic?</b>"))

    assert "Amina" not in draft.text
    assert ANSWER in draft.text
    await desk["Karen"].taps(desk.text("✓ To the review sheet"))
    await desk["Karen"].sees_toast(desk.text("Only colleagues of the team can do this."))
    await desk["Joris"].says("I read it")  # the bot knows him from now on
    await amina.waits()
    await desk.becomes("Joris", "coordinator")
    await desk["Joris"].taps(desk.text("✓ To the review sheet"))
    done = "✓ A new topic was proposed, checked by {name}. It is on the review sheet."
    await desk["Joris"].sees(desk.text(done, name="Joris"))
    async with desk.wegwijzer.bot.database.reading() as tx:
        rows = await tx.raw("SELECT answer, state, case_id FROM topic_drafts")
    assert [tuple(row) for row in rows] == [(ANSWER, "checked", None)]
    await amina.sees_nothing_more()
