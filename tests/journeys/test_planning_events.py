"""A coordinator plans a series of events by dialog, moves the rest of it, and calls one off."""

from datetime import UTC, datetime

import pytest

from tests.support.journeys import Story
from tests.support.phone import Phone
from tests.support.shift_stories import Shifts
from tests.support.wegwijzer import Clock, Wegwijzer

pytestmark = pytest.mark.journey

MONDAY = datetime(2027, 4, 12, 8, 0, tzinfo=UTC)  # 10:00 in Brussels
SKIP, DONE, YES = "Skip this", "➡️ Done, go on", "✅ Yes"


async def _taps(phone: Phone, *labels: str) -> None:
    for label in labels:
        await phone.taps(phone.text(label))
        await phone.waits()


async def _says(phone: Phone, *words: str) -> None:
    for said in words:
        await phone.says(said)
        await phone.waits()


async def _coordinator(told: Story, language: str) -> Phone:
    await told.desk["Karen"].says("hello")
    await (await told.known("Karen")).waits()
    await told.desk.becomes("Karen", "coordinator")
    karen = await told.known("Karen")
    await karen.starts()
    await karen.chooses_language(language)
    return karen


async def _plans(karen: Phone) -> None:
    await _says(karen, "/volunteer")
    await _taps(karen, "🗂 Coordinators’ desk", "📅 Events", "➕ New event", "Workshop")
    await _says(karen, "Samen koken", "20/4/2027 14:00", "17:00")
    await _taps(karen, "Every week")
    await _says(karen, "11/5/2027")
    await _taps(karen, "❌ No", "📍 At a place")
    await _says(karen, "Gent", "De Centrale, Kraankindersstraat 2")
    await karen.taps("Gent")
    await karen.waits()
    await _says(karen, "12")
    await _taps(karen, YES, SKIP, DONE, "🧒 Children welcome", DONE, SKIP, SKIP, SKIP)
    await _taps(karen, "Everybody", YES)
    await karen.sees("Samen koken")
    await _taps(karen, "✅ Plan it")


@pytest.mark.parametrize("language", ["nl", "fa_AF"])
async def test_series_is_planned_moved_and_called_off_in_ones_own_language(
    told: Story, clock: Clock, wegwijzer: Wegwijzer, language: str
) -> None:
    clock.moves_to(MONDAY)
    karen = await _coordinator(told, language)
    amina = await told.phone(language="ps" if language == "fa_AF" else "uk")
    await _plans(karen)
    await karen.sees(karen.counted("✅ {n} event is planned.", "✅ {n} events are planned.", 4))
    await Shifts(wegwijzer).is_taken_by(3, amina)  # of four, the third

    await _taps(karen, "✏️ Change")
    await karen.taps(karen.counted("This one and {n} after it", "This one and {n} after it", 3))
    await karen.waits()
    await _taps(karen, "✏️ Change something")
    await karen.taps(f"{karen.text('Begins')}:")
    await karen.waits()
    await _says(karen, "21/4/2027 15:30")
    await _taps(karen, "✅ Save")
    await karen.sees(karen.counted("✅ {n} event is changed.", "✅ {n} events are changed.", 4))
    clock.moves_on(minutes=3)
    await amina.sees(amina.text("✏️ <b>Something has changed.</b> This is how it is now:"))
    assert "15:30" in amina.said()[-1].text

    await _taps(karen, "❌ Call it off")
    await karen.taps(karen.counted("This one and {n} after it", "This one and {n} after it", 3))
    await karen.waits()
    await _taps(karen, "Somebody is ill", SKIP, "❌ Yes, call it off")
    await amina.sees(amina.text("❌ <b>This does not take place:</b>"))
    assert amina.text("Somebody who leads it is ill.") in amina.said()[-1].text
