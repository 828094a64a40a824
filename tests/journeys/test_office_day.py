"""A small day at the desk, with Telegram's limits on: the large one is a benchmark."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support import ledger
from tests.support.office_day import OfficeDay, an_office_day
from tests.support.processes import BotProcess, balancer, simulated_telegram

pytestmark = [pytest.mark.journey]

SPEED = 40.0
HOLD = 0.3
QUESTIONS = 14


@pytest.fixture
async def telegram(tmp_path: Path) -> AsyncIterator[str]:
    async with simulated_telegram(tmp_path) as url:
        yield url


async def _is_as_it_should_be(day: OfficeDay, database_url: str, *, kills: int) -> None:
    found = await ledger.read(database_url)

    assert day.faults(doubles=kills * 3) == []
    assert found.faults == []
    assert found.states == {"closed": len(day.questions)}
    refused = [call for call in await day.simulation.calls() if call.get("error_code") == 429]
    assert refused == []


async def test_day_of_one_bot_that_is_killed_twice(telegram: str, tmp_path: Path) -> None:
    async with an_office_day(telegram, seed=11, length=8.0, hold=HOLD, speed=SPEED) as day:
        url = f"sqlite:///{tmp_path}/live.sqlite"
        bot = BotProcess(telegram, url, tmp_path, day.groups[0].id, speed=SPEED, hold=HOLD)
        await bot.starts()
        await day.opens(people=10, team=4)

        passing = asyncio.create_task(day.passes(QUESTIONS))
        for _ in range(2):
            await asyncio.sleep(day.dice.uniform(2, 4))  # the day goes on in real time
            await bot.is_killed()
            await bot.starts()
        await passing
        await day.is_quiet([bot])

        await _is_as_it_should_be(day, url, kills=2)
        await bot.is_killed()


@pytest.mark.postgres
async def test_day_of_two_replicas_and_two_groups(
    telegram: str, tmp_path: Path, fresh_postgres_address: str
) -> None:
    async with an_office_day(
        telegram, seed=12, length=8.0, hold=HOLD, speed=SPEED, groups=2
    ) as day:
        first, second = day.groups
        own = f"en={second.id},fa_AF={second.id}"
        bots = [
            BotProcess(
                telegram, fresh_postgres_address, tmp_path, first.id,
                own_groups=own, speed=SPEED, hold=HOLD,
            )
            for _ in range(2)
        ]  # fmt: skip
        async with balancer(bots) as address:
            for bot in bots:
                bot.public_url = address
                await bot.starts()
            await day.opens(people=10, team=4)

            passing = asyncio.create_task(day.passes(QUESTIONS))
            await asyncio.sleep(day.dice.uniform(2, 4))
            await bots[0].is_killed()
            await bots[0].starts()
            await passing
            await day.is_quiet(bots)

            await _is_as_it_should_be(day, fresh_postgres_address, kills=1)
            for bot in bots:
                await bot.is_killed()
