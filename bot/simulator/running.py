"""Running the simulator: inside somebody's event loop, or as a process of its own."""

import asyncio
import contextlib
import signal
import socket
from types import TracebackType
from typing import Any

from uvicorn import Config
from uvicorn.server import ServerState

from bot.simulator import scene
from bot.simulator.server import Simulator, create_app
from bot.simulator.world import World

GRACE_SECONDS = 2.0


class RunningSimulator:
    """Starts and stops in milliseconds; with port 0 on a free port. Use as a context manager.

    uvicorn's own start and stop wait in steps of 0.1 s, so only its protocol is used.
    """

    def __init__(
        self, world: World | None = None, *, host: str = "127.0.0.1", port: int = 0
    ) -> None:
        self.world = world or World()
        self.app: Simulator = create_app(self.world)
        self._host = host
        self._port = port
        self._state = ServerState()
        self._server: asyncio.Server | None = None

    @property
    def port(self) -> int:
        return self._port

    @property
    def url(self) -> str:
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}"

    async def start(self) -> "RunningSimulator":
        config = Config(
            self.app,
            log_config=None,
            access_log=False,
            lifespan="off",
            http="h11",
            ws="none",
            timeout_keep_alive=75,
        )
        config.load()
        protocol: Any = config.http_protocol_class
        self._server = await asyncio.get_running_loop().create_server(
            lambda: protocol(config=config, server_state=self._state, app_state={}),
            self._host, self._port, backlog=2048,
        )  # fmt: skip
        listening: socket.socket = self._server.sockets[0]
        self._port = listening.getsockname()[1]
        return self

    async def stop(self) -> None:
        if self._server is None:
            return
        self._server.close()
        await self.app.close()
        for connection in list(self._state.connections):
            connection.shutdown()
        if self._state.tasks:
            await asyncio.wait(set(self._state.tasks), timeout=GRACE_SECONDS)
        for connection in list(self._state.connections):
            connection.transport.abort()
        await asyncio.sleep(0)
        self._server = None

    async def __aenter__(self) -> "RunningSimulator":
        return await self.start()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()


async def serve(
    host: str = "127.0.0.1",
    port: int = 8081,
    *,
    world: World | None = None,
    with_scene: bool = True,
) -> None:
    """Runs until it is told to stop (SIGINT, SIGTERM or cancellation)."""
    world = world or World()
    if with_scene and not world.people:
        scene.set_up(world)
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    # Windows has no such handlers, and only the main thread may set them: cancellation is left.
    with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stopping.set)
    async with RunningSimulator(world, host=host, port=port):
        await stopping.wait()
