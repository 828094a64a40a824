"""Who may come in: programs as the bot, this machine's browser on the page."""

import aiohttp
import pytest

from bot.simulator.running import RunningSimulator
from bot.simulator.world import World

FOREIGN = [
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=["origin", "null", "image"])
async def test_no_page_speaks_as_the_bot(
    simulator: RunningSimulator, world: World, headers: dict[str, str]
) -> None:
    address = f"{simulator.url}/bot{world.token}/getMe"

    async with aiohttp.ClientSession() as http:
        async with http.get(address) as program:
            assert program.status == 200
        async with http.get(address, headers=headers) as page:
            assert page.status == 403


@pytest.mark.parametrize("path", ["/sim/quiet?wait=x", "/sim/calls?after=%C2%B2"])
async def test_number_that_is_none_is_no_crash(simulator: RunningSimulator, path: str) -> None:
    async with aiohttp.ClientSession() as http, http.get(simulator.url + path) as answer:
        assert answer.status in (200, 400)
