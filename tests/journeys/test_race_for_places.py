"""Five hundred people tap for fifty places of one shift, at the same moment."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.place_race import PLACES, SPEED, a_race
from tests.support.processes import BotProcess, balancer, simulated_telegram

pytestmark = [pytest.mark.journey]


@pytest.fixture
async def telegram(tmp_path: Path) -> AsyncIterator[str]:
    async with simulated_telegram(tmp_path) as url:
        yield url


async def test_one_bot_gives_fifty_places_to_five_hundred(telegram: str, tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/live.sqlite"
    async with a_race(telegram, address) as race:
        bot = BotProcess(telegram, address, tmp_path, race.group, speed=SPEED)
        await bot.starts()
        event = await race.arrives()

        await race.taps_at_once(event)

        await race.was_fair(event)
        await bot.is_killed()


@pytest.mark.postgres
async def test_two_replicas_give_fifty_places_to_five_hundred(
    telegram: str, tmp_path: Path, fresh_postgres_address: str
) -> None:
    address = fresh_postgres_address
    async with a_race(telegram, address) as race:
        bots = [BotProcess(telegram, address, tmp_path, race.group, speed=SPEED) for _ in range(2)]
        async with balancer(bots) as door:
            for bot in bots:
                bot.public_url = door
                await bot.starts()
            event = await race.arrives()
            before = [(await bot.figures())["wegwijzer_turns_total"] for bot in bots]

            await race.taps_at_once(event)

            await race.was_fair(event)
            after = [(await bot.figures())["wegwijzer_turns_total"] for bot in bots]
            shares = [now - then for now, then in zip(after, before, strict=True)]
            assert min(shares) > PLACES, "both had a part in it"
            for bot in bots:
                await bot.is_killed()
