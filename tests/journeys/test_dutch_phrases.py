"""A Dutch phrase every day: chosen, received, practised, and ended with one tap."""

from datetime import UTC, datetime

import pytest

from tests.support import shipped
from tests.support.journeys import Story, on_both_databases
from tests.support.phone import Phone
from tests.support.wegwijzer import Clock, Wegwijzer

pytestmark = pytest.mark.journey

COURSE = shipped.files().course
FIRST = COURSE.phrases[0]
MONDAY = datetime(2027, 4, 12, 5, 30, tzinfo=UTC)  # 7:30 in Brussels
HOME = "🗣 Dutch phrase of the day"
STOPPED = "All right. You get no more Dutch phrases."

dutch_and_dari = pytest.mark.parametrize("language", ["nl", "fa_AF"], ids=("nl", "fa_AF"))


async def _takes(phone: Phone, *labels: str) -> None:
    for label in labels:
        await phone.taps(phone.text(label))
        await phone.waits()


@dutch_and_dari
@on_both_databases
async def test_phrase_comes_at_eight_and_its_exercise_is_solved(
    told: Story, clock: Clock, wegwijzer: Wegwijzer, language: str
) -> None:
    clock.moves_to(MONDAY)
    amina = await told.phone(language=language)
    await amina.says("/my")
    await _takes(amina, HOME)
    await amina.taps("8:00")
    await amina.waits()

    clock.moves_to(MONDAY.replace(hour=6, minute=0))  # 8:00 in Brussels
    await amina.sees(COURSE.meaning(FIRST, language))
    assert len(amina.said(FIRST.text)) == 1

    await _takes(amina, "🧩 Exercise")
    choices = COURSE.choices(FIRST, language)
    wrong = next(place for place, one in enumerate(choices, start=1) if one is not FIRST)
    await amina.taps(str(wrong))
    await amina.sees(amina.text("🙂 <b>Almost. This is it:</b>"))
    await _takes(amina, "🔁 Try again")
    await amina.taps(str(choices.index(FIRST) + 1))
    await amina.waits()
    await _takes(amina, "🧩 Now the missing word")
    await amina.sees(FIRST.gap)
    await amina.taps(FIRST.word)
    await amina.sees(FIRST.text)

    await _takes(amina, "🔕 Stop")
    await amina.sees(amina.text(STOPPED))
    clock.moves_to(MONDAY.replace(day=13, hour=6, minute=30))
    await wegwijzer.is_idle()
    assert amina.said(COURSE.phrases[1].text) == []
