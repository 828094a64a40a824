"""A coordinator looks after a volunteer: a note, a call in three weeks, a pause, a thank-you."""

from datetime import UTC, datetime

import pytest

from tests.support.journeys import Phones, Story
from tests.support.phone import Phone, contains
from tests.support.tongues import foreign
from tests.support.volunteer_stories import ORGANISATION, Volunteering, opens, says, takes
from tests.support.wegwijzer import Clock

pytestmark = pytest.mark.journey

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # 10:00 in Brussels
IN_THREE_WEEKS = datetime(2026, 12, 14, 2, 0, tzinfo=UTC)  # in the night before
NOTE = "Zoekt een buddy in Gent."

both_ways = pytest.mark.parametrize("language", ["nl", "fa_AF"], ids=("nl", "fa_AF"))


async def _opens_the_file(karen: Phone, name: str) -> None:
    await opens(karen, "🗂 Coordinators’ desk", "📋 Worklist", "👥 All volunteers")
    await karen.taps(name)
    await karen.sees(karen.text("👤 <b>{name}</b>", name=name))


async def test_note_and_reminder_come_back_on_their_day(
    told: Story, phone: Phones, clock: Clock
) -> None:
    clock.moves_to(MONDAY)
    karen = await Volunteering(told).coordinator()
    nadia = await Volunteering(told).coordinator("Nadia", office="leuven")
    amina = await phone("Amina")
    await Volunteering(told).approves(amina)

    await _opens_the_file(karen, "Amina")
    await takes(karen, "📝 Note")
    await says(karen, NOTE)
    await karen.sees(NOTE)
    await takes(karen, "⏰ Remind me", "In three weeks")
    await says(karen, "Bellen: hoe gaat het?")
    await karen.sees("14 december: Bellen: hoe gaat het?")
    clock.moves_to(IN_THREE_WEEKS)
    await karen.waits()
    clock.moves_on(hours=8)
    await karen.sees(karen.text("☀️ Good morning! Your volunteers today:"))
    await takes(karen, "📋 Worklist")
    await karen.taps(karen.text("⏰ Today ({n})", n=1))
    await karen.taps("Amina")
    await karen.taps(karen.text("✔️ Done: {what}", what="Bellen: hoe gaat het?"))
    await karen.waits()
    await opens(karen, "🗂 Coordinators’ desk", "📋 Worklist")

    assert karen.text("⏰ Today ({n})", n=1) not in karen.said()[-1].labels
    assert NOTE not in nadia.transcript()
    assert not told.desk.holds(NOTE)
    await amina.asks_about_data()
    file = await amina.downloads(next(one for one in amina.said() if "document" in one))
    assert NOTE in file.decode()


@both_ways
async def test_volunteer_in_a_pause_is_left_alone_and_comes_back(
    told: Story, phone: Phones, clock: Clock, language: str
) -> None:
    clock.moves_to(MONDAY)
    karen = await Volunteering(told).coordinator()
    amina = await phone("Amina", language=language)
    await Volunteering(told).approves(amina)
    await _opens_the_file(karen, "Amina")
    await takes(karen, "⏸ Pause")
    await karen.sees_buttons(karen.text("▶️ Takes part again"))

    await opens(amina)
    paused = await amina.sees(amina.text("Your volunteering is paused."))
    assert amina.text("📅 Shifts to come") not in paused.labels
    await takes(amina, "⏸ Pause or stop", "▶️ I am back")
    await amina.sees(amina.text("You are a volunteer at {office}. Thank you!", office="Gent"))
    await takes(amina, "⏸ Pause or stop", "👋 Stop volunteering")
    await takes(amina, "Too little time", "✅ Yes", "✅ Yes, that is right")
    await amina.sees(amina.text("Your coordinator will get in touch with you."))
    await opens(karen, "🗂 Coordinators’ desk", "📋 Worklist")
    await karen.taps(karen.text("⏰ Today ({n})", n=1))
    await karen.taps("Amina")

    file = await karen.sees(karen.text("Reason: {reason}", reason=karen.text("Too little time")))
    assert contains(file, karen.text("would like to talk about stopping"))
    assert told.desk.holds("Amina (Gent)")
    assert not told.desk.holds(told.desk.text("Too little time"))
    assert foreign(amina, names=["Amina", ORGANISATION]) == []
