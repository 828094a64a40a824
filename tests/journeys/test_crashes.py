"""Real processes, killed under load: nothing is lost, and what is doubled was in the air."""

import asyncio
import random
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.crowd import Crowd, a_crowd
from tests.support.processes import BotProcess, balancer, simulated_telegram

pytestmark = [pytest.mark.journey]

KILLS = 3


@pytest.fixture
async def telegram(tmp_path: Path) -> AsyncIterator[str]:
    async with simulated_telegram(tmp_path) as url:
        yield url


async def _crowd_is_answered(crowd: Crowd, *, kills: int) -> None:
    """Each question of each person has its answer, in order; doubles only where one was in the
    air when the bot died: at most one a person and kill."""
    await crowd.has_every_answer()
    for person in crowd.people:
        assert person.answers_in_order() == person.expected
        assert person.doubles() <= kills


@pytest.mark.parametrize("seed", [1, 2], ids=["one night", "another night"])
async def test_nothing_is_lost_when_the_bot_is_killed(
    telegram: str, tmp_path: Path, seed: int
) -> None:
    dice = random.Random(seed)
    async with a_crowd(telegram, people=6, questions=6, dice=dice) as crowd:
        bot = BotProcess(telegram, f"sqlite:///{tmp_path}/live.sqlite", tmp_path, crowd.group)
        await bot.starts()
        await crowd.arrives()

        asking = asyncio.create_task(crowd.asks_everything())
        for _ in range(KILLS):
            await crowd.has_answers(dice.randint(2, 6))
            await bot.is_killed()
            await bot.starts()
        await asking

        await _crowd_is_answered(crowd, kills=KILLS)
        figures = await bot.figures()
        assert figures["wegwijzer_inbox_waiting"] == 0
        assert figures["wegwijzer_inbox_aside"] == 0
        await bot.is_killed()


@pytest.mark.parametrize("farewell", [signal.SIGTERM, signal.SIGHUP])
async def test_bot_stops_within_ten_seconds_and_goes_on(
    telegram: str, tmp_path: Path, farewell: signal.Signals
) -> None:
    dice = random.Random(7)
    async with a_crowd(telegram, people=4, questions=5, dice=dice) as crowd:
        bot = BotProcess(telegram, f"sqlite:///{tmp_path}/live.sqlite", tmp_path, crowd.group)
        await bot.starts()
        await crowd.arrives()

        asking = asyncio.create_task(crowd.asks_everything())
        await crowd.has_answers(3)
        seconds = await bot.is_asked_to_stop(farewell)
        await bot.starts()
        await asking

        assert seconds < 10
        await _crowd_is_answered(crowd, kills=0)
        await bot.is_asked_to_stop()


async def test_second_bot_on_the_same_file_is_refused(telegram: str, tmp_path: Path) -> None:
    async with a_crowd(telegram, people=1, questions=1, dice=random.Random(1)) as crowd:
        url = f"sqlite:///{tmp_path}/live.sqlite"
        first = BotProcess(telegram, url, tmp_path, crowd.group)
        second = BotProcess(telegram, url, tmp_path, crowd.group)
        await first.starts()

        with pytest.raises(AssertionError, match="Another bot is running"):
            await second.starts()

        await first.is_killed()


@pytest.mark.postgres
async def test_two_replicas_share_the_work_in_order(
    telegram: str, tmp_path: Path, fresh_postgres_address: str
) -> None:
    dice = random.Random(3)
    async with a_crowd(telegram, people=8, questions=5, dice=dice) as crowd:
        bots = [
            BotProcess(telegram, fresh_postgres_address, tmp_path, crowd.group) for _ in range(2)
        ]
        async with balancer(bots) as address:
            for bot in bots:
                bot.public_url = address
                await bot.starts()
            await crowd.arrives()

            asking = asyncio.create_task(crowd.asks_everything())
            await crowd.has_answers(8)
            taken = [(await bot.figures())["wegwijzer_turns_total"] for bot in bots]
            await bots[0].is_killed()
            await crowd.has_answers(10)
            await bots[0].starts()
            await asking

            await _crowd_is_answered(crowd, kills=1)
            assert min(taken) > 0  # both had a share before one of them died
            for bot in bots:
                await bot.is_killed()
