"""A coordinator plans with a partner; its contact person and its web page tell the same."""

import re
from datetime import UTC, datetime

import aiohttp
import pytest

from tests.support.journeys import Phones, Story, left_and_right, on_both_databases
from tests.support.phone import Phone
from tests.support.wegwijzer import Clock

pytestmark = pytest.mark.journey

MONDAY = datetime(2027, 4, 12, 8, 0, tzinfo=UTC)  # 10:00 in Brussels
CRITERIA = (
    "Tells beforehand what to do",
    "Somebody guides newcomers",
    "Real contact with people",
    "Asks afterwards how it was",
    "Possibilities to move on",
    "Never newcomers alone together",
)
RIGHT, SKIP, DONE = "✅ Yes, that is right", "Skip this", "Done"


async def _coordinator(told: Story, language: str) -> Phone:
    await told.desk["Karen"].says("hello")
    karen = await told.known("Karen")
    await karen.waits()
    await told.desk.becomes("Karen", "coordinator")
    await karen.starts()
    await karen.chooses_language(language)
    return karen


async def _takes(phone: Phone, *labels: str) -> None:
    """Taps one button after the other, each on the screen that the one before brought."""
    for label in labels:
        await phone.taps(phone.text(label))
        await phone.waits()


async def _says(phone: Phone, *texts: str) -> None:
    for text in texts:
        await phone.says(text)
        await phone.waits()


async def _an_open_assignment(karen: Phone) -> None:
    await _says(karen, "/organisations")
    await _takes(karen, "➕ New organisation")
    await _says(karen, "De Centrale")
    await _takes(karen, "🎨 Arts and culture")
    await _says(karen, "9000")
    await _takes(karen, RIGHT)
    for criterion in CRITERIA:
        await karen.taps(f"▫️ {karen.text(criterion)}")
        await karen.waits()
    await _takes(karen, "⬅️ Back", "➕ New assignment")
    await karen.taps(re.compile("Nederlands|Dutch|هالندی"))
    await karen.waits()
    await _says(karen, "Helpen aan de bar", "Je schenkt drank.")
    await _takes(karen, "📅 Once or now and then", "Not needed", DONE, DONE)
    await _takes(karen, "From 16 years", DONE, SKIP, SKIP, RIGHT, "🟢 Open it")


async def _a_shift(karen: Phone) -> None:
    await _takes(karen, "➕ Shift")
    await _says(karen, "16/4/2027 18:30", "3", "4", "0")
    await _takes(karen, "✅ Yes", SKIP, RIGHT)


@left_and_right
@on_both_databases
async def test_an_assignment_is_planned_and_its_page_opens_without_an_account(
    told: Story, clock: Clock, language: str
) -> None:
    clock.moves_to(MONDAY)
    karen = await _coordinator(told, language)
    await _an_open_assignment(karen)
    await _a_shift(karen)
    await karen.sees("Helpen aan de bar")
    await _takes(karen, "🔗 Page for them")

    link = re.search(r"http://\S+/shift/\S+", karen.said("/shift/")[-1].text)
    assert link is not None, karen.transcript()
    async with aiohttp.ClientSession() as http, http.get(link[0]) as answer:
        page = await answer.text()

    assert answer.status == 200
    assert "Helpen aan de bar" in page
    assert "vrijdag 16 april 2027" in page


@left_and_right
async def test_a_contact_person_joins_by_a_link_that_works_once(
    told: Story, phone: Phones, clock: Clock, language: str
) -> None:
    clock.moves_to(MONDAY)
    karen = await _coordinator(told, "en")
    els = await phone("Els", language=language)
    stranger = await phone("Mallory")
    await _an_open_assignment(karen)
    await _a_shift(karen)
    await _says(karen, "/organisations")
    await karen.taps(re.compile("De Centrale"))
    await karen.waits()
    await _takes(karen, "➕ Contact person")
    await _says(karen, "Els")
    await _takes(karen, SKIP, SKIP, RIGHT, "🔗 Link with Telegram")
    code = re.search(r"start=(vorg_\S+)", karen.said("start=vorg_")[-1].text)
    assert code is not None

    await els.says(f"/start {code[1]}")
    await els.sees(
        els.text("🏢 Contact person of {organisation}", organisation="De Centrale")[-10:]
    )
    await stranger.says(f"/start {code[1]}")
    await stranger.sees(
        stranger.text("This link no longer works. Please ask the coordinator for a new one.")
    )
    await els.taps(re.compile("Helpen aan de bar"))
    await els.sees(els.text("<b>Who comes</b>"))
    await els.says("/my")
    await els.sees("De Centrale")
