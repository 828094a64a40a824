"""The bot dies between the taps of somebody who signs up and takes a shift: real processes."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.behind import Behind
from tests.support.processes import BotProcess, SimulatedPhone, Simulation, simulated_telegram

pytestmark = [pytest.mark.journey]

PATIENCE = 60.0
KILLED = "☠"

# What is tapped (or written, after "="), and what is read then; the bot is killed after "☠".
SIGNING_UP = (
    ("=/volunteer", "Meet people"),
    ("✍️ Sign up", "What is your name?"),
    ("Amina", "Where do you live?"),
    ("☠=9000", "Which languages do you speak?"),
    ("English", "Which languages do you speak?"),
    ("➡️ Done, go on", "Let us talk first."),
    ("☠✉️ I would rather write", "How old are you?"),
    ("18 or older", "Your file"),
    ("✅ I agree", "Our code of conduct"),
    ("✅ I agree", "Our agreement"),
    ("✅ I agree", "That is all we need for now."),
)
TAKING = (
    ("=/volunteer", "You are a volunteer at Gent."),
    ("📅 Shifts to come", "1. Laying tables"),
    ("Laying tables", "1 place is free"),
    ("☠✋ I take this shift", "The place is yours."),
)
GIVING_BACK = (
    ("✖️ I cannot come", "Give your place back?"),
    ("☠Yes, give it back", "You are no longer on the list"),
)


@pytest.fixture
async def telegram(tmp_path: Path) -> AsyncIterator[str]:
    async with simulated_telegram(tmp_path) as url:
        yield url


async def test_nothing_is_lost_or_doubled_when_the_bot_dies_between_taps(
    telegram: str, tmp_path: Path
) -> None:
    address = f"sqlite:///{tmp_path}/live.sqlite"
    left = Behind(address)
    async with Simulation(telegram) as simulation:
        group = simulation.known_group("Wegwijzer — team")
        bot = BotProcess(telegram, address, tmp_path, group.chat)
        amina = await simulation.person("Amina", language_code="en")
        await bot.starts()
        await amina.starts()
        await amina.taps("English")
        await amina.sees("Welcome", timeout=PATIENCE)

        await _lives(amina, bot, SIGNING_UP)
        cards = [one for one in group.messages() if "Amina" in one.text]
        assert 1 <= len(cards) <= 2  # twice, where it was in the air
        tables = ("participants", "volunteers", "consents", "forms")
        assert list((await left.counts(*tables)).values()) == [1, 1, 3, 0]

        await left.approves_everybody()
        event = await left.plans_a_shift()
        await _lives(amina, bot, TAKING)
        assert await left.taken(event) == (1, 1)
        await _lives(amina, bot, GIVING_BACK)
        assert await left.taken(event) == (0, 0)
        await bot.is_killed()


async def _lives(
    phone: SimulatedPhone, bot: BotProcess, steps: tuple[tuple[str, str], ...]
) -> None:
    """One step after the other, each when the one before was answered."""
    for act, words in steps:
        wanted = act.removeprefix(KILLED)
        if wanted.startswith("="):
            await phone.says(wanted[1:])
        else:
            await phone.taps(wanted)
        if act.startswith(KILLED):
            await bot.is_killed()
            await bot.starts()
        await phone.sees(words, timeout=PATIENCE)
