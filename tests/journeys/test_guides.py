"""A newcomer looks for a place, reads the first days, and asks which paper this is."""

import pytest

from tests.support.journeys import Phones, every_language

pytestmark = pytest.mark.journey

TOWN = {"nl": "Gent", "en": "9000 Ghent", "uk": "Гент", "fa_AF": "گنت", "ps": "۹۰۰۰"}
PAPER = {
    "nl": "ik kreeg een bijlage 26 quater",
    "en": "what is an annex 26 quater",
    "uk": "додаток 26quater",
    "fa_AF": "ضمیمهٔ 26quater چیست",
    "ps": "ضمیمه ۲۶ quater",
}


@every_language
async def test_town_leads_to_a_place_with_its_number(phone: Phones, language: str) -> None:
    amina = await phone("Amina", language=language)

    await amina.says(TOWN[language])
    await amina.sees(amina.text("📍 <b>Near {town}</b>", town="Gent (9000)"))
    await amina.taps("Refu Interim · Gent")
    await amina.sees("Refu Interim")
    await amina.taps(amina.text("⬅️ Back"))
    await amina.sees(amina.text("📍 <b>Near {town}</b>", town="Gent (9000)"))
    await amina.taps(amina.text("💬 Ask a colleague"))

    await amina.sees(amina.text("Got it. Add more, or press Send."))


@every_language
async def test_first_days_are_read_screen_by_screen(phone: Phones, language: str) -> None:
    amina = await phone("Amina", language=language)

    await amina.says("/start first_days")
    for number in range(1, 5):
        await amina.sees(amina.text("🌱 First days: {number} of {count}", number=number, count=5))
        await amina.taps(amina.text("Next ▶"))
    await amina.sees(amina.text("🌱 First days: {number} of {count}", number=5, count=5))
    await amina.taps(amina.text("◀ Back"))

    await amina.sees(amina.text("🌱 First days: {number} of {count}", number=4, count=5))
    await amina.sees_nothing_more()


@every_language
async def test_paper_that_is_named_is_explained(phone: Phones, language: str) -> None:
    amina = await phone("Amina", language=language)

    await amina.says(PAPER[language])
    await amina.sees_buttons(amina.text("🪪 Which paper is this?"))
    await amina.taps(amina.text("🪪 Which paper is this?"))

    shown = await amina.sees(amina.text("<b>What to do:</b>"))
    assert "26quater" in shown.text
    await amina.sees_buttons(amina.text("💬 Ask a colleague"))
    await amina.sees_nothing_more()
