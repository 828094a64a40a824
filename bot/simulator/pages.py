"""The web side of the control interface: routes, the event stream, the page, who may come in."""

import json
from collections.abc import AsyncIterator, Mapping
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.simulator import bodies, control
from bot.simulator.errors import ApiError, ControlError
from bot.simulator.world import World

SEQ_HEADER = "X-Simulator-Seq"
LONGEST_PATIENCE = 60.0
LOOPBACK = ("127.0.0.1", "localhost", "::1")
TYPES = {
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "woff2": "font/woff2",
    "webmanifest": "application/manifest+json",
}
POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:;"
    " style-src 'self' 'unsafe-inline'; frame-ancestors 'none'"
)


def is_from_here(headers: Mapping[str, str]) -> bool:
    """Only this machine's browser on this machine's own page: no rebinding, no foreign site."""
    host = headers.get("host", "")
    if _hostname(f"//{host}") not in LOOPBACK:
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == host


def is_a_program(headers: Mapping[str, str]) -> bool:
    """Bots talk to Telegram, pages do not: the demonstration's token is known to every page."""
    return "origin" not in headers and "sec-fetch-site" not in headers


def _hostname(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


class Pages:
    """Answers for /sim/* and the page."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.app = Starlette(routes=self._routes(), exception_handlers={ControlError: _refused})
        self._static = resources.files("bot.simulator").joinpath("static")

    def _routes(self) -> list[Route]:
        return [
            Route("/sim/state", self.state),
            Route("/sim/events", self.events),
            Route("/sim/quiet", self.quiet),
            Route("/sim/calls", self.calls),
            Route("/sim/files/{file_id}", self.file),
            Route("/sim/faults", self.clear_faults, methods=["DELETE"]),
            Route("/sim/chats/{chat}/topics/{thread:int}", self.topic, methods=["POST"]),
            Route("/sim/chats/{chat}/{action}", self.in_chat, methods=["POST"]),
            Route("/sim/{action}", self.outside, methods=["POST"]),
            Route("/", self.page),
            Route("/static/{path:path}", self.page),
            Route("/{path:path}", self.page),
        ]

    async def state(self, request: Request) -> Response:
        return JSONResponse(control.state(self.world))

    async def quiet(self, request: Request) -> Response:
        wanted = control.real(dict(request.query_params), "wait", 0.0)
        return JSONResponse(await control.quiet(self.world, min(wanted, LONGEST_PATIENCE)))

    async def calls(self, request: Request) -> Response:
        return JSONResponse(control.calls(self.world, _after(request)))

    async def clear_faults(self, request: Request) -> Response:
        return self._done(control.clear_faults(self.world))

    async def in_chat(self, request: Request) -> Response:
        action = control.IN_CHAT.get(request.path_params["action"])
        if action is None:
            raise ControlError("There is no such action.", 404)
        body = await _body(request)
        chat = self.world.chat(_whole(request.path_params["chat"]))
        return self._done(action(self.world, chat, body))

    async def topic(self, request: Request) -> Response:
        body = await _body(request)
        chat = self.world.chat(_whole(request.path_params["chat"]))
        return self._done(
            control.act_on_topic(self.world, chat, request.path_params["thread"], body)
        )

    async def outside(self, request: Request) -> Response:
        action = control.OUTSIDE.get(request.path_params["action"])
        if action is None:
            raise ControlError("There is no such action.", 404)
        return self._done(action(self.world, await _body(request)))

    def _done(self, answer: dict[str, Any]) -> Response:
        """Tells with the answer which event it led to, so that a script can wait for it."""
        return JSONResponse(answer, headers={SEQ_HEADER: str(self.world.journal.seq)})

    async def events(self, request: Request) -> Response:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        stream = self._stream(_after(request))
        return StreamingResponse(stream, media_type="text/event-stream", headers=headers)

    async def _stream(self, seq: int) -> AsyncIterator[bytes]:
        yield b": here\n\n"
        while found := await self.world.journal.next(seq):
            seq = found[-1]["seq"]
            yield b"".join(map(_event, found))

    async def file(self, request: Request) -> Response:
        """What a phone would show; never as a page of ours."""
        stored = self.world.files.find(request.path_params["file_id"])
        if stored is None:
            raise ControlError("There is no such file.", 404)
        shown = stored.mime_type.startswith(
            ("image/png", "image/jpeg", "image/webp", "image/gif", "audio/", "video/")
        )
        kind = stored.mime_type if shown else "application/octet-stream"
        safety = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        return Response(stored.content, media_type=kind, headers=safety)

    async def page(self, request: Request) -> Response:
        """A file of the page; the names are looked up among the files that are there."""
        name = request.path_params.get("path") or "index.html"
        names = {item.name for item in self._static.iterdir()} if self._static.is_dir() else set()
        if name not in names:
            return Response("There is no such page.", status_code=404, media_type="text/plain")
        kind = TYPES.get(name.rpartition(".")[2], "application/octet-stream")
        headers = {
            "Content-Security-Policy": POLICY,
            "Cache-Control": "no-cache",
            "X-Content-Type-Options": "nosniff",
            "Content-Type": kind,
        }
        return Response(self._static.joinpath(name).read_bytes(), headers=headers)


def _event(event: dict[str, Any]) -> bytes:
    data = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
    return f"id: {event['seq']}\ndata: {data}\n\n".encode()


def _after(request: Request) -> int:
    """The last number that the other side has; without one, from now on."""
    value = request.headers.get("last-event-id") or request.query_params.get("after", "0")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 20 else 0


def _whole(text: str) -> int | None:
    return int(text) if text.removeprefix("-").isdecimal() else None


async def _body(request: Request) -> dict[str, Any]:
    raw = await request.body()
    try:
        return bodies.parameters(b"", request.headers.get("content-type", ""), raw)
    except bodies.Unreadable as wrong:
        raise ControlError(f"The body could not be read: {wrong}.") from None
    except ApiError as wrong:
        raise ControlError(wrong.description, wrong.code) from None


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, ControlError)
    return JSONResponse({"error": error.sentence}, status_code=error.status)
