"""Before a first shift: the list, whom to tell with the notice in Dutch, and the starter kit."""

from datetime import timedelta

import pytest

from tests.journeys.test_shifts import FRIDAY, MONDAY
from tests.support.journeys import Phones, Story
from tests.support.shift_stories import Shifts
from tests.support.wegwijzer import Clock

pytestmark = pytest.mark.journey

TITLE = {"en": "Playing with children", "nl": "Spelen met kinderen"}
FIRST = "📋 <b>Before your first shift</b>"


@pytest.mark.parametrize("language", ["nl", "fa_AF"])
async def test_volunteer_goes_through_the_list_and_opens_the_starter_kit(
    phone: Phones, told: Story, clock: Clock, language: str
) -> None:
    shifts = Shifts(told.wegwijzer)
    amina = await phone("Amina", language=language)
    clock.moves_to(MONDAY)
    await shifts.approves(amina)
    event = await shifts.plans(FRIDAY, titles=TITLE, with_minors=True)
    await shifts.is_taken_by(event, amina)

    told.wegwijzer.wakes()
    await amina.sees(amina.text(FIRST))
    await amina.taps(amina.text("I know about the insurance"))
    await amina.taps(amina.text("Whom must I tell first?"))
    await amina.taps("OCMW")
    await amina.taps(amina.text("📝 Show the notice"))
    await amina.sees("Ik meld het u voor ik start.")
    await amina.taps(amina.text("✅ I have told them"))
    await amina.taps(amina.text("How do I get the extract?"))
    await amina.sees("596.2")

    await shifts.brings_in("starter_kit", "nl")
    await amina.says("/volunteer")
    await amina.taps(amina.text("📄 Documents"))
    await amina.taps(amina.text("Starter kit"))
    await amina.waits()
    [file] = [one for one in amina.said() if one.get("document")]
    assert file["document"]["file_name"] == "starter_kit_nl.pdf"

    clock.moves_to(FRIDAY - timedelta(days=1))
    await amina.sees(amina.text(FIRST))
