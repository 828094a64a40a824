"""Real processes: the simulated Telegram, and bots that may be killed at any moment."""

import asyncio
import itertools
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from aiohttp import web

from bot.simulator.phones import Phone as SimulatedPhone
from bot.simulator.scripting import Simulation

__all__ = [
    "BotProcess",
    "SimulatedPhone",
    "Simulation",
    "answers",
    "balancer",
    "simulated_telegram",
]

ROOT = Path(__file__).parents[2]
TOKEN = "5000000001:AAFakeTokenOfTheSimulatorOnly00000"
_PATIENCE = 90.0  # a busy machine with little to spare starts a bot slowly
_bots: list[asyncio.subprocess.Process] = []


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return int(opened.getsockname()[1])


async def _started(
    arguments: Sequence[str], log: Path, *, module: str = "bot", **environment: str
) -> asyncio.subprocess.Process:
    given = {name: value for name, value in os.environ.items() if not name.startswith("WEGWIJZER_")}
    with log.open("ab") as output:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", module, *arguments,
            cwd=ROOT, env={**given, **environment}, stdout=output, stderr=output,
        )  # fmt: skip


async def answers(url: str, *, process: asyncio.subprocess.Process, log: Path) -> None:
    """Wait until an address answers 200. Fails with the log when the process ended instead."""
    deadline = asyncio.get_running_loop().time() + _PATIENCE
    async with aiohttp.ClientSession() as http:
        while asyncio.get_running_loop().time() < deadline:
            assert process.returncode is None, log.read_text()
            try:
                async with http.get(url) as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.05)  # there is nothing to wait on before it listens
    raise AssertionError(f"{url} does not answer\n{log.read_text()}")


@asynccontextmanager
async def simulated_telegram(folder: Path) -> AsyncIterator[str]:
    """The simulator as a process of its own; yields its address."""
    port, log = free_port(), folder / "simulator.log"
    process = await _started(["simulator", "--listen", f"127.0.0.1:{port}"], log)
    url = f"http://127.0.0.1:{port}"
    try:
        await answers(f"{url}/sim/state", process=process, log=log)
        yield url
    finally:
        for left in (*_bots, process):  # a test that failed leaves its bots behind
            if left.returncode is None:
                left.kill()
                await left.wait()
        _bots.clear()


@dataclass
class BotProcess:
    """One bot that is started, killed and started again on the same database."""

    telegram: str
    database_url: str
    folder: Path
    staff_group: int
    public_url: str = ""
    own_groups: str = ""
    speed: float = 1.0  # how much faster Telegram's limits pass
    later: float = 0.0  # seconds that its calendar is ahead
    hold: float = 0.2
    port: int = field(default_factory=free_port)
    process: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        """Where its web side listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """Everything it wrote, over all its lives."""
        return self.folder / f"bot-{self.port}.log"

    async def starts(self) -> None:
        """Start it and wait until it serves."""
        is_fast = self.speed != 1.0 or bool(self.later)
        self.process = await _started(
            [] if is_fast else ["run"],
            self.log,
            module="tests.support.fast_bot" if is_fast else "bot",
            FAST_BOT_SPEED=str(self.speed),
            FAST_BOT_LATER=str(self.later),
            WEGWIJZER_TELEGRAM_TOKEN=TOKEN,
            WEGWIJZER_TELEGRAM_API=self.telegram,
            WEGWIJZER_DATABASE_URL=self.database_url,
            WEGWIJZER_LISTEN=f"127.0.0.1:{self.port}",
            WEGWIJZER_TRIAL="1",
            WEGWIJZER_STAFF_GROUP=str(self.staff_group),
            WEGWIJZER_OWN_GROUPS=self.own_groups,
            WEGWIJZER_STAFF_HOLD=str(self.hold),
            WEGWIJZER_STAFF_BUNDLE="0.2",
            WEGWIJZER_PUBLIC_URL=self.public_url,
        )
        _bots.append(self.process)
        await answers(f"{self.url}/ready", process=self.process, log=self.log)

    async def is_killed(self) -> None:
        """kill -9: no farewell."""
        assert self.process is not None
        self.process.kill()
        await self.process.wait()

    async def is_asked_to_stop(self, how: signal.Signals = signal.SIGTERM) -> float:
        """SIGTERM, or a closed terminal; returns how many seconds it took."""
        assert self.process is not None
        began = asyncio.get_running_loop().time()
        self.process.send_signal(how)
        assert await asyncio.wait_for(self.process.wait(), _PATIENCE) == 0
        return asyncio.get_running_loop().time() - began

    async def figures(self) -> dict[str, float]:
        """Its figures for Prometheus, by name."""
        async with aiohttp.ClientSession() as http, http.get(f"{self.url}/metrics") as answer:
            lines = (await answer.text()).splitlines()
        pairs = (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
        return {name: float(value) for name, value in pairs}


@asynccontextmanager
async def balancer(bots: Sequence[BotProcess]) -> AsyncIterator[str]:
    """One address in front of several bots, in turn; a dead one is an error, as with a real one."""
    turns = itertools.cycle(bots)
    session = aiohttp.ClientSession()

    async def passed_on(request: web.Request) -> web.Response:
        body, headers = await request.read(), dict(request.headers)
        headers.pop("Host", None)
        try:
            url = next(turns).url + request.path
            async with session.post(url, data=body, headers=headers) as answer:
                return web.Response(status=answer.status)
        except aiohttp.ClientError:
            return web.Response(status=502)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", passed_on)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        await runner.cleanup()
        await session.close()
