"""A question that nobody takes: the team is called step by step, and the person hears of it."""

from datetime import timedelta

import pytest

from tests.support.desk import Desk
from tests.support.duty_makers import at
from tests.support.journeys import Phones, left_and_right
from tests.support.wegwijzer import Clock

pytestmark = pytest.mark.journey

QUESTION = "xyzzy plugh frobnicate"
FRIDAY, MONDAY, WEDNESDAY = "2026-11-27", "2026-11-30", "2026-12-02"
LONGER = "⏳ Your question <b>#{number}</b> takes longer than we hoped. We have not forgotten you."


async def test_friday_evening_in_dari_goes_up_to_the_coordinator(
    phone: Phones, desk: Desk, clock: Clock
) -> None:
    await desk["Joris"].says("Good morning")  # who is an administrator coordinates
    amina = await phone("Amina", language="fa_AF")
    clock.moves_to(at(FRIDAY, "16:50"))
    await amina.asks_a_colleague(QUESTION)
    await amina.waits()
    morning, nobody = "☀️ <b>Good morning</b>", "⏰ Nobody has claimed this yet."

    clock.moves_to(at(MONDAY, "08:58"))
    await amina.waits()
    assert desk.said(morning) == []
    clock.moves_to(at(MONDAY, "09:00"))
    await amina.waits()
    (digest,) = desk.said(morning)
    assert desk.counted("<b>{n} question waits</b>", "<b>{n} questions wait</b>", 1) in digest.text

    clock.moves_to(at(MONDAY, "11:00"))
    await amina.waits()
    assert len(desk.said(nobody)) == 1
    await amina.sees_nothing_more()

    clock.moves_to(at(MONDAY, "12:30"))
    await amina.sees(amina.text(LONGER, number=1))

    clock.moves_to(at(WEDNESDAY, "09:00"))
    await amina.waits()
    late = desk.text("📣 {names}: this has waited too long.", names="Joris")
    assert [late in one.text for one in desk.said(late)] == [True]
    clock.moves_to(at(WEDNESDAY, "20:00"))
    await amina.sees_nothing_more()


@left_and_right
async def test_danger_named_at_night_alarms_and_says_who_reads_it(
    phone: Phones, desk: Desk, clock: Clock, language: str
) -> None:
    amina = await phone("Amina", language=language)
    clock.moves_to(at(FRIDAY, "23:10"))
    await amina.asks_a_colleague(QUESTION)
    await amina.says("/questions")
    await amina.taps(amina.text("Add to #{number}", number=1))
    await amina.waits()

    await amina.says(amina.words_of_danger())

    await amina.sees(amina.text("🆘 No person reads this now. In danger call 112."))
    alarm = "🔴 <b>Urgent.</b> Nobody is on duty or on call."
    for told in (1, 2, 3):
        await amina.waits()
        assert len(desk.said(alarm)) == told
        clock.moves_on(seconds=timedelta(minutes=15).total_seconds())
    await amina.waits()
    assert len(desk.said(alarm)) == 3

    case = await desk.sees_new_case(language=language)
    await case.claimed_by("Karen")
    await amina.reads_on()
