"""An event from the list to how it was, in every language: found, taken with a companion, reminded
of, given back, passed on, ticked at the door, and judged by a smiley."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.support.event_stories import a_workshop
from tests.support.journeys import Phones, Story, every_language
from tests.support.phone import Phone
from tests.support.wegwijzer import Clock

pytestmark = pytest.mark.journey

MONDAY = datetime(2027, 4, 12, 8, 0, tzinfo=UTC)  # 10:00 in Brussels
FRIDAY = datetime(2027, 4, 16, 12, 0, tzinfo=UTC)  # 14:00
MINUTE = timedelta(minutes=1)
TITLES = {
    "nl": "Fietsen herstellen",
    "en": "Mending bicycles",
    "uk": "Ремонт велосипедів",
    "fa_AF": "ترمیم بایسکل",
    "ps": "د بایسکل ترمیم",
}
REMINDED = {3: "🔔 <b>In {n} day</b>", 1: "🔔 <b>Tomorrow</b>", 0: "🔔 <b>Today</b>"}


async def _takes(phone: Phone, *labels: str) -> None:
    for label in labels:
        await phone.taps(phone.text(label))
        await phone.waits()


async def _finds(phone: Phone, title: str) -> None:
    """📅 in the menu, and the title in the list."""
    await phone.presses(phone.text("📅 Events"))
    await phone.sees(title)
    await phone.taps(phone.text("{number}. {name}", number=1, name=title))
    await phone.waits()


async def _is_reminded(phone: Phone, clock: Clock, days: int, at: datetime) -> None:
    """Not a minute before, and then in the person's own words."""
    clock.moves_to(at - MINUTE)
    await phone.sees_nothing_more()
    clock.moves_to(at)
    plural = REMINDED[3], "🔔 <b>In {n} days</b>"
    head = phone.counted(*plural, days) if days > 1 else phone.text(REMINDED[days])
    await phone.sees(head)


async def _code_of(phone: Phone) -> str:
    """What stands below the picture that is shown at the door."""
    await phone.taps(phone.text("🎟 My code for the door"))
    picture = await phone.sees(re.compile(r"[A-Z2-9]{4} [A-Z2-9]{4}"))
    assert picture["photo"]
    found = re.search(r"([A-Z2-9]{4}) ([A-Z2-9]{4})", picture["caption"])
    assert found
    return found[1] + found[2]


@every_language
async def test_event_is_found_taken_passed_on_ticked_and_judged(
    told: Story, phone: Phones, clock: Clock, language: str
) -> None:
    clock.moves_to(MONDAY)
    await told.desk["Karen"].says("hello")
    title = TITLES[language]
    await a_workshop(told, TITLES, FRIDAY)
    amina = await phone("Amina", language=language)
    olena = await phone("Olena", language=language)

    await _finds(amina, title)
    await _takes(amina, "👥 I come with others")
    await amina.taps("1")
    await amina.sees(amina.text("✅ <b>You are signed up.</b> We look forward to seeing you!"))
    await _finds(olena, title)
    await _takes(olena, "⏳ Join the waitlist")
    await olena.sees(
        olena.text("⏳ <b>You are on the waitlist, number {position}.</b>", position=1)
    )

    await _is_reminded(amina, clock, 3, FRIDAY - timedelta(days=3))
    await _takes(amina, "✖️ I cannot come", "Yes, give it back")
    await amina.reads_on()
    await olena.sees(olena.text("🎉 <b>A place is free, and you are next.</b>"))
    await _takes(olena, "✅ Yes, I take it")
    await olena.sees(olena.text("✅ <b>The place is yours.</b> Thank you!"))
    await _is_reminded(olena, clock, 1, FRIDAY - timedelta(days=1))
    await _is_reminded(olena, clock, 0, FRIDAY - timedelta(hours=2))
    code = await _code_of(olena)

    clock.moves_to(FRIDAY - timedelta(minutes=10))
    karen = await told.known("Karen")
    await karen.starts()
    await karen.chooses_language("en")
    await karen.starts(f"checkin_{code}")
    await karen.sees("Olena is in.")

    clock.moves_to(FRIDAY + timedelta(hours=4))
    await olena.sees(title)
    await _takes(olena, "😀 Good")
    await olena.says("❤️")
    await olena.sees(olena.text("💚 Thank you! This helps us."))
    await amina.sees_nothing_more()
