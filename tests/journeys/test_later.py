"""A reminder with its buttons: later, yes, and fewer of them."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.support.journeys import Phones, left_and_right, on_both_databases
from tests.support.reminder_stories import has_a_place
from tests.support.wegwijzer import Wegwijzer

pytestmark = pytest.mark.journey

MONDAY = datetime(2027, 4, 12, 8, 0, tzinfo=UTC)  # 10:00 in Brussels
STARTS = MONDAY + timedelta(days=1, minutes=5)
TOMORROW, TODAY = "🔔 <b>Tomorrow</b>", "🔔 <b>Today</b>"


@left_and_right
@on_both_databases
async def test_reminder_comes_back_later_and_takes_a_yes(
    phone: Phones, wegwijzer: Wegwijzer, language: str
) -> None:
    wegwijzer.clock.moves_to(MONDAY)
    amina = await phone(language=language)
    await has_a_place(wegwijzer, amina.person, starts_at=STARTS)

    wegwijzer.clock.moves_on(minutes=6)
    await amina.sees(amina.text(TOMORROW))
    await amina.taps(amina.words.label("⏰ Later"))
    asked = await amina.sees(amina.text("⏰ <b>When shall I remind you again?</b>"))
    [evening] = [one for one in asked.labels if "19:00" in one]
    await amina.taps(evening)
    await amina.sees("19:00")

    await wegwijzer.restarts()
    wegwijzer.clock.moves_to(MONDAY + timedelta(hours=9, minutes=1))
    await amina.sees(amina.text(TOMORROW))
    await amina.taps(amina.words.label("✅ Yes, I come"))
    await amina.sees(amina.text("👍 <b>Good, see you then!</b>"))


@left_and_right
async def test_who_wants_no_reminders_gets_none(
    phone: Phones, wegwijzer: Wegwijzer, language: str
) -> None:
    wegwijzer.clock.moves_to(MONDAY)
    amina = await phone(language=language)
    await has_a_place(wegwijzer, amina.person, starts_at=STARTS)
    await amina.says("/my")
    await amina.taps(amina.words.label("🔔 Reminders"))
    await amina.taps(amina.words.label("🔕 No reminders"))
    await amina.sees_buttons(amina.words.label("🔔 The usual reminders"))
    await amina.waits()
    amina.reads()

    for moment in (MONDAY + timedelta(minutes=6), STARTS - timedelta(hours=1)):
        wegwijzer.clock.moves_to(moment)
        await amina.sees_nothing_more()
