"""The web side: health, readiness, figures for Prometheus, the webhook, and uvicorn around them."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from typing import Any

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from bot.errors import Misconfigured

Check = Callable[[], Awaitable[Mapping[str, Any]]]
Measure = Callable[[], Awaitable[None]]
_GRACE = 3  # seconds that a request may still take when we stop


def create(*, health: Check, ready: Check, measure: Measure, more: list[BaseRoute]) -> Starlette:
    """The application. `more`: the webhook, or the simulator's page."""

    async def show_health(_request: Request) -> Response:
        return _judged(await health())

    async def show_ready(_request: Request) -> Response:
        return _judged(await ready())

    async def show_metrics(_request: Request) -> Response:
        await measure()
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return Starlette(
        routes=[
            Route("/health", show_health),
            Route("/ready", show_ready),
            Route("/metrics", show_metrics),
            *more,
        ]
    )


def beside(app: Any) -> BaseRoute:
    """Another application on the same address, behind our own routes."""
    return Mount("/", app)


def _judged(facts: Mapping[str, Any]) -> Response:
    return JSONResponse(dict(facts), status_code=200 if facts.get("ok") else 503)


def listening(host: str, port: int) -> socket.socket:
    """The open socket. Raises Misconfigured when the address is taken or not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((host, port))
    except OSError as error:
        opened.close()
        raise Misconfigured(
            f"Cannot listen on {host}:{port} ({error.strerror}): another program may use it."
            " Stop that one, or set WEGWIJZER_LISTEN to another host:port."
        ) from None
    return opened


class _Quiet(uvicorn.Server):
    """Leaves signals to whoever runs it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.asynccontextmanager
async def serving(app: Any, opened: socket.socket) -> AsyncIterator[None]:
    """Serve `app` on an open socket as long as this lasts."""
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
    )
    server = _Quiet(config)
    running = asyncio.create_task(server.serve(sockets=[opened]))
    while not server.started and not running.done():  # noqa: ASYNC110 - uvicorn has a flag only
        await asyncio.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        await running
