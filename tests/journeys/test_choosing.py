"""Somebody with two open questions says which one they write about."""

import pytest

from tests.support.desk import Desk
from tests.support.journeys import Phones, left_and_right

pytestmark = pytest.mark.journey

FIRST, SECOND = "xyzzy plugh frobnicate", "quux corge grault"
ASKED = "Which question is this about?\n\nNo colleague reads it before you choose."


@left_and_right
async def test_person_chooses_the_question_and_changes_their_mind(
    phone: Phones, desk: Desk, language: str
) -> None:
    amina = await phone("Amina", language=language)
    talks = []
    for question, answer in ((FIRST, "Which town?"), (SECOND, "How many rooms?")):
        await amina.asks_a_colleague(question)
        case = await desk.sees_new_case(language=language)
        await case.claimed_by("Joris")
        await case.answered(answer)
        await amina.sees(answer)
        talks.append(case)
    first, second = talks

    await amina.says("Gent, of course")
    await amina.sees(amina.text(ASKED))
    assert not desk.holds("Gent, of course")
    await amina.taps(f"#{first.number} · {FIRST}")
    await amina.sees(
        amina.text("↪️ Passed on with your question <b>#{number}</b>.", number=first.number)
    )
    await first.sees("Gent, of course")

    await amina.taps(amina.text("Another question"))
    await amina.sees(
        amina.text("↪️ Passed on with your question <b>#{number}</b>.", number=second.number)
    )
    await second.sees("Gent, of course")
    inside = desk.group.messages(first.thread)
    assert not any("Gent, of course" in message.text for message in inside)
    await amina.says("And near a school")
    await second.sees("And near a school")
    await amina.sees_nothing_more()
