"""A team of ten for the walk: made by its captain, joined by the link, reminded of its own time."""

import asyncio
import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.support.event_stories import a_walk
from tests.support.journeys import Phones, Story, every_language
from tests.support.phone import TELEGRAM_CODES, Phone
from tests.support.tongues import foreign
from tests.support.wegwijzer import Clock

pytestmark = pytest.mark.journey

MONDAY = datetime(2027, 4, 12, 8, 0, tzinfo=UTC)  # 10:00 in Brussels
SATURDAY = datetime(2027, 4, 17, 7, 0, tzinfo=UTC)  # 9:00
TITLES = {
    "nl": "Samen stappen",
    "en": "Walk along",
    "uk": "Спільна хода",
    "fa_AF": "پیاده‌روی مشترک",
    "ps": "ګډ پلی تګ",
}
TEAM = "7777"  # read alike in every script
FRIENDS = 9
SIZE = "For how many walkers is the team, you included? You can change it later."
READY = "🎉 <b>Team {name} is ready.</b> You are its captain."


async def _makes_a_team(captain: Phone, walk: int) -> str:
    """Of ten, at ten past nine; the invitation's payload."""
    await captain.starts(f"event_{walk}")
    await captain.taps(captain.text("👥 Make a team"))
    await captain.sees(captain.text("What is your team called?"))
    await captain.says(TEAM)
    await captain.sees(captain.text(SIZE))
    await captain.says("10")
    await captain.taps("09:10")
    await captain.taps(captain.text("✅ Yes, that is right"))
    await captain.sees(captain.text(READY, name=TEAM))
    await captain.taps(captain.text("🔗 Invite walkers"))
    invitation = await captain.sees("?start=team_")
    found = re.search(r"start=(team_[\w-]+)", invitation.text)
    assert found is not None
    return found[1]


async def _joins(friend: Phone, link: str, language: str) -> None:
    """Somebody who has never met the bot opens the link, chooses a language, and taps once."""
    await friend.starts(link)
    await friend.sees(friend.text("Hello! Please choose your language."))
    await friend.chooses_language(language)
    await friend.taps(friend.text("✅ I walk along"))
    await friend.sees(friend.text("✅ <b>You walk with team {name}.</b>", name=TEAM))


@every_language
async def test_ten_walk_together_by_one_link(
    told: Story, phone: Phones, clock: Clock, language: str
) -> None:
    clock.moves_to(MONDAY)
    walk = await a_walk(told, TITLES, SATURDAY)
    captain = await phone("1", language=language)
    link = await _makes_a_team(captain, walk)
    code = TELEGRAM_CODES[language]
    friends = [await phone(str(n), language=None, telegram=code) for n in range(2, FRIENDS + 2)]

    await asyncio.gather(*(_joins(friend, link, language) for friend in friends))

    clock.moves_on(minutes=11)
    await captain.sees("10")
    await captain.taps(captain.text("👥 My team"))
    await captain.sees(captain.text("<b>Walkers: {seats} of {size}</b>", seats=10, size=10))
    clock.moves_to(SATURDAY + timedelta(minutes=10) - timedelta(days=1))
    for one in (captain, friends[-1]):
        reminder = await one.sees(one.text("🔔 <b>Tomorrow</b>"))
        assert "09:10" in reminder.text
        assert one.text("👥 Your team: {name}", name=TEAM) in reminder.text
        assert foreign(one, names=("QR", *TITLES.values())) == []
