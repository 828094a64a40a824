"""A running simulator, a script in it, and python-telegram-bot's own Bot against it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.simulator.phones import Group, Phone
from bot.simulator.running import RunningSimulator
from bot.simulator.scripting import Simulation
from bot.simulator.world import World

RawCall = Callable[..., Awaitable[dict[str, Any]]]


@dataclass
class Calendar:
    """A clock that a test may move."""

    now: float = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Team:
    """A forum with the bot as administrator, and its owner's phone in it."""

    group: Group
    joris: Phone
    karen: Phone


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def world(calendar: Calendar) -> World:
    return World(clock=calendar)


@pytest.fixture
async def simulator(world: World) -> AsyncIterator[RunningSimulator]:
    async with RunningSimulator(world) as running:
        yield running


@pytest.fixture
async def simulation(simulator: RunningSimulator) -> AsyncIterator[Simulation]:
    async with Simulation(simulator.url) as script:
        yield script


@pytest.fixture
async def bot(simulator: RunningSimulator, world: World) -> AsyncIterator[Bot]:
    made = Bot(
        world.token,
        base_url=f"{simulator.url}/bot",
        base_file_url=f"{simulator.url}/file/bot",
        request=HTTPXRequest(connection_pool_size=20),
        get_updates_request=HTTPXRequest(connection_pool_size=4),
    )
    async with made:
        yield made


@pytest.fixture
async def http(simulator: RunningSimulator) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(simulator.url) as session:
        yield session


@pytest.fixture
def call(http: aiohttp.ClientSession, world: World) -> RawCall:
    """A call as any HTTP client makes it; gives the whole answer."""

    async def raw(method: str, **parameters: Any) -> dict[str, Any]:
        async with http.post(f"/bot{world.token}/{method}", json=parameters) as answer:
            return {**await answer.json(), "status": answer.status}

    return raw


@pytest.fixture
async def amina(simulation: Simulation) -> Phone:
    phone = await simulation.person("Amina", language_code="fa")
    await phone.starts()
    return phone


@pytest.fixture
async def team(simulation: Simulation) -> Team:
    joris = await simulation.person("Joris", language_code="nl", role_hint="staff")
    karen = await simulation.person("Karen", language_code="nl", role_hint="staff")
    rights = dict.fromkeys(
        ("can_manage_topics", "can_pin_messages", "can_delete_messages", "can_restrict_members",
         "can_invite_users"),
        True,
    )  # fmt: skip
    group = await simulation.group("Team", members=[joris, karen], bot_rights=rights)
    return Team(group, joris.at(group), karen.at(group))


@pytest.fixture
async def no_updates(bot: Bot, amina: Phone, team: Team) -> int:
    """Confirms what the set-up caused; gives the next offset."""
    updates = await bot.get_updates(timeout=0)
    offset = updates[-1].update_id + 1
    await bot.get_updates(offset=offset, timeout=0)
    return offset
