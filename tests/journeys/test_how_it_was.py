"""How was the cooperation? From the list of who came to what the coordinator reads."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.support.journeys import Phones, Story
from tests.support.shift_stories import Shifts
from tests.support.wegwijzer import Clock

pytestmark = pytest.mark.journey

FRIDAY = datetime(2027, 4, 16, 12, 0, tzinfo=UTC)  # 14:00
TITLE = {"nl": "Tafels dekken"}


@pytest.mark.parametrize("language", ["nl", "fa_AF"])
async def test_contact_person_says_how_it_was_and_the_coordinator_reads_the_words(
    told: Story, phone: Phones, clock: Clock, language: str
) -> None:
    shifts = Shifts(told.wegwijzer)
    clock.moves_to(FRIDAY - timedelta(days=1))
    amina, els = await phone("Amina"), await phone("Els", language=language)
    await told.desk["Karen"].says("hello")
    karen = await told.known("Karen")
    await karen.waits()
    await karen.starts()
    await karen.chooses_language("nl")
    await shifts.approves(amina)
    event = await shifts.plans(FRIDAY, titles=TITLE)
    await shifts.is_taken_by(event, amina)
    await shifts.has_contact(event, els)

    clock.moves_to(FRIDAY + timedelta(hours=5))
    await els.says("/my")
    await els.taps(els.text("🕒 Our shifts"))
    await els.taps(re.compile("Tafels dekken"))
    await els.taps(re.compile("▫️ Amina"))
    await els.taps(re.compile("✔️"))
    await els.sees(els.text("🙂 <b>How was the cooperation?</b>"))
    await els.taps(els.text("🙂 Answer"))
    clock.moves_to(FRIDAY + timedelta(days=3))
    await karen.waits()
    await told.desk.becomes("Karen", "coordinator")
    for label in ("😀", els.text("✅ Yes"), els.text("✅ Yes")):
        await els.taps(label)
        await els.waits()
    await els.says("Een fijne dag samen")
    await els.sees(els.text("💚 Thank you! This helps us."))

    await karen.sees("Een fijne dag samen")
    await amina.waits()
    assert not amina.said("Een fijne dag samen")
