"""A tiny Bot API on a real port: answers as told, remembers what it was asked."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TOKEN = "700:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"
ME = {"id": 700, "is_bot": True, "first_name": "Wegwijzer", "username": "wegwijzerbot"}

CUT = object()  # read the request, then close the connection without an answer
HANG = object()  # read the request, then say nothing


@dataclass(frozen=True)
class Answer:
    """An answer as it goes over the line."""

    status: int
    body: bytes


def ok(result: Any) -> Answer:
    """What Telegram says when all is well."""
    return Answer(200, json.dumps({"ok": True, "result": result}).encode())


def error(status: int, description: str, **parameters: Any) -> Answer:
    """What Telegram says when something is not."""
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = parameters
    return Answer(status, json.dumps(body).encode())


@dataclass
class FakeApi:
    """`answers` go out first to last; after the last one, `otherwise` by method."""

    url: str = ""
    answers: list[Any] = field(default_factory=list)
    otherwise: dict[str, Any] = field(default_factory=lambda: {"getMe": ok(ME)})
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    hanging: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    async def reply(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        self.asked.append((method, await _parameters(request)))
        answer = self.answers.pop(0) if self.answers else self.otherwise.get(method, HANG)
        if answer is HANG:
            self.hanging.set()
            await self.released.wait()
        if not isinstance(answer, Answer):
            assert request.transport is not None
            request.transport.close()
            return web.Response()
        return web.Response(status=answer.status, body=answer.body)

    @property
    def methods(self) -> list[str]:
        """The methods asked for, in order."""
        return [method for method, _ in self.asked]


@asynccontextmanager
async def fake_api(*answers: Any) -> AsyncIterator[FakeApi]:
    """Run a fake Bot API for one test."""
    api = FakeApi(answers=list(answers))
    app = web.Application()
    app.router.add_route("*", f"/bot{TOKEN}/{{method}}", api.reply)
    app.router.add_route("GET", f"/file/bot{TOKEN}/{{folder}}/{{method}}", api.reply)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    api.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield api
    finally:
        api.released.set()
        await runner.cleanup()


async def _parameters(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        found: dict[str, Any] = await request.json()
        return found
    values: dict[str, Any] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            values[name] = (value.filename, value.file.read())
        else:
            values[name] = value
    return values
