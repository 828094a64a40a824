"""Hours about which a volunteer and an organisation do not agree."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.support.journeys import Story
from tests.support.phone import Phone, contains
from tests.support.tongues import foreign
from tests.support.volunteer_stories import (
    ORGANISATION,
    RIGHT,
    TITLES,
    Page,
    Volunteering,
    amount,
    day,
    finds_the_page,
    opens,
    says,
    takes,
)
from tests.support.wegwijzer import Clock

pytestmark = pytest.mark.journey

MONDAY = datetime(2027, 4, 12, 8, 0, tzinfo=UTC)
FRIDAY = datetime(2027, 4, 16, 12, 0, tzinfo=UTC)  # 14:00 in Brussels

both_ways = pytest.mark.parametrize("language", ["nl", "fa_AF"], ids=("nl", "fa_AF"))

DISPUTED = "Thank you. You say {hours}. Your coordinator looks at it."
APPROVED = "⏱ Your hours of {day} ({title}): {hours} are approved."
DECIDED = "✅ {hours}, approved."
SIX = {"nl": "6", "fa_AF": "۶"}


async def _was_there(told: Story, amina: Phone, karen: Phone) -> str:
    """A shift of four hours that is over. Returns the path of its page."""
    volunteering = Volunteering(told)
    await volunteering.approves(amina)
    work = await volunteering.assignment()
    await volunteering.shift(karen, work, FRIDAY)
    path = await finds_the_page(karen, TITLES["nl"], FRIDAY)
    await opens(amina, "📅 Shifts to come")
    await amina.taps(TITLES[amina.language or ""])
    await takes(amina, "✋ I take this shift")
    told.wegwijzer.clock.moves_to(FRIDAY + timedelta(hours=5))
    await amina.reads_on()
    return path


async def _says_six(amina: Phone) -> None:
    await opens(amina, "⏱ My hours")
    await amina.taps(day(amina, FRIDAY))
    await takes(amina, "✏️ This is not right")
    await amina.says("a lot")
    await amina.sees(amina.text("Please write the hours as a number, such as 3 or 2.5."))
    await says(amina, SIX[amina.language or ""])
    await takes(amina, "I stayed longer", RIGHT)
    await amina.sees(amina.text(DISPUTED, hours=amount(amina, 6)))


@both_ways
async def test_contact_holds_on_to_four_hours_and_a_coordinator_decides(
    told: Story, clock: Clock, language: str
) -> None:
    clock.moves_to(MONDAY)
    volunteering = Volunteering(told)
    karen = await volunteering.coordinator()
    amina = await told.phone("Amina", language=language)
    path = await _was_there(told, amina, karen)
    async with volunteering.browser() as browser:
        page = Page(browser, path)
        await page.is_filled_in({"Amina": 4})
        await _says_six(amina)
        await page.is_filled_in({"Amina": 4}, corrects=True)  # no: it was four

    await opens(karen, "🗂 Coordinators’ desk", "⏱ Hours to check")
    await karen.taps("Amina")
    dispute = await karen.sees(karen.text("❗ The volunteer says: {hours}", hours=amount(karen, 6)))
    assert contains(dispute, karen.text("Approved: {hours}", hours=amount(karen, 4)))
    await karen.taps(karen.text("✅ Approve {hours}", hours=amount(karen, 4)))
    await karen.sees(karen.text("⏱ <b>Hours to check</b>\n\nNothing is open. Well done!"))

    told_ = await amina.sees(TITLES[language])
    assert contains(told_, amount(amina, 4))
    await takes(amina, "⏱ My hours")
    await amina.taps(day(amina, FRIDAY))
    line = await amina.sees(amina.text(DECIDED, hours=amount(amina, 4)))
    assert amina.text("✏️ This is not right") not in line.labels
    assert foreign(amina, names=["Amina", "Karen", ORGANISATION]) == []


@both_ways
async def test_hours_that_nobody_confirmed_are_refused_kindly(
    told: Story, clock: Clock, language: str
) -> None:
    clock.moves_to(MONDAY)
    volunteering = Volunteering(told)
    karen = await volunteering.coordinator()
    pieter = await told.phone("Pieter", language="nl")
    amina = await told.phone("Amina", language=language)
    await volunteering.approves(amina)
    work = await volunteering.assignment(contact=pieter)
    await volunteering.shift(karen, work, FRIDAY)
    await opens(amina, "📅 Shifts to come")
    await amina.taps(TITLES[language])
    await takes(amina, "✋ I take this shift")
    clock.moves_to(FRIDAY + timedelta(hours=5))
    await pieter.taps(pieter.text("☑️ Who came?"))
    await pieter.taps("▫️ Amina")  # ticked, and never confirmed
    await pieter.waits()
    await amina.reads_on()
    clock.moves_on(days=8)

    await opens(karen, "🗂 Coordinators’ desk", "⏱ Hours to check")
    await karen.taps("Amina")
    await takes(karen, "❌ Does not count")
    await amina.sees(TITLES[language])
    await takes(amina, "⏱ My hours")
    await amina.taps(day(amina, FRIDAY))

    refused = "❌ {hours}: not approved. If that is not right, please ask your coordinator."
    await amina.sees(amina.text(refused, hours=amount(amina, 4)))
    assert foreign(amina, names=["Amina", "Karen", ORGANISATION]) == []
