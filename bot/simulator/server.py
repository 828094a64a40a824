"""The simulator as an ASGI application: Bot API, file downloads, control interface, page."""

import asyncio
import contextlib
import json
from collections.abc import Coroutine
from typing import Any

from bot.simulator import bodies, dispatch
from bot.simulator.errors import ApiError, bad_request
from bot.simulator.faults import GARBAGE, Fault
from bot.simulator.pages import Pages, is_a_program, is_from_here
from bot.simulator.webhook import Courier
from bot.simulator.world import World

HELD_SECONDS = 90.0
JSON = b"application/json"
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def create_app(world: World) -> "Simulator":
    """Plain ASGI: serve it alone or beside another application on one address."""
    return Simulator(world)


class Simulator:
    """Sends each request to where it belongs; holds nothing but the world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._pages = Pages(world)
        self._courier = Courier(world, self._call_back)
        self._closing = asyncio.Event()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
            return
        if scope["type"] != "http":
            return
        path = _own_path(scope)
        if path.startswith(("/bot", "/file/bot")) and not is_a_program(_headers(scope)):
            await _reply(send, 403, b'{"error":"No page may speak as the bot."}')
        elif path.startswith("/bot"):
            await self._bot_api(scope, path, receive, send)
        elif path.startswith("/file/bot"):
            await self._download(path, send)
        elif is_from_here(_headers(scope)):
            await self._pages.app({**scope, "path": path, "root_path": ""}, receive, send)
        else:
            await _reply(send, 403, b'{"error":"Only this machine may look in here."}')

    def serves(self, path: str) -> bool:
        """Whether a request for this path is one for the simulator, when an address is shared."""
        return path.startswith(("/bot", "/file/bot", "/sim/"))

    async def close(self) -> None:
        """Ends waiting polls, event streams, held answers and webhook deliveries."""
        self._closing.set()
        self.world.updates.close()
        self.world.journal.close()
        await self._courier.close()

    async def _lifespan(self, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _call_back(self, order: dict[str, Any]) -> None:
        """A method named in the answer to a webhook delivery."""
        parameters = {key: value for key, value in order.items() if key != "method"}
        await dispatch.answer(self.world, self.world.token, str(order["method"]), parameters)

    async def _bot_api(self, scope: Any, path: str, receive: Any, send: Any) -> None:
        token, _, name = path.removeprefix("/bot").partition("/")
        is_poll = name.lower() == "getupdates"
        self.world.in_flight += not is_poll
        try:
            given = await _parameters(scope, receive)
            answer = await self._answered(token, name, given, receive, is_poll=is_poll)
            if answer.fault is not None:
                await self._suffer(answer, answer.fault, receive, send)
                return
            await _reply(send, answer.status, _encode(answer.body).encode())
        except ConnectionError:
            return
        except ApiError as refusal:
            await _reply(send, refusal.code, _encode(refusal.as_json()).encode())
        finally:
            self.world.in_flight -= not is_poll
            self.world.updates.settled.ring()

    async def _answered(
        self, token: str, name: str, given: dict[str, Any], receive: Any, *, is_poll: bool
    ) -> dispatch.Answer:
        work = dispatch.answer(self.world, token, name, given)
        return await _unless_gone(work, receive) if is_poll else await work

    async def _suffer(self, answer: dispatch.Answer, fault: Fault, receive: Any, send: Any) -> None:
        if fault.kind == "timeout":
            await self._hold(fault.delay or HELD_SECONDS, receive)
        elif fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.kind in ("timeout", "drop_before", "drop_after"):
            await _hang_up(send)
        elif fault.kind == "garbage":
            await _reply(send, 200, GARBAGE, b"text/html")
        else:
            await _reply(send, answer.status, _encode(answer.body).encode())

    async def _hold(self, seconds: float, receive: Any) -> None:
        """No answer until the other side gives up, or the time is over."""
        gone = asyncio.ensure_future(_disconnected(receive))
        closing = asyncio.ensure_future(self._closing.wait())
        await asyncio.wait({gone, closing}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for task in (gone, closing):
            task.cancel()

    async def _download(self, path: str, send: Any) -> None:
        token, _, name = path.removeprefix("/file/bot").partition("/")
        stored = self.world.files.by_path.get(name)
        is_known = token == self.world.token or self.world.accepts_any_token
        if stored is None or not is_known:
            await _reply(send, 404, b'{"ok":false,"error_code":404,"description":"Not Found"}')
            return
        await _reply(send, 200, stored.content, b"application/octet-stream")


async def _parameters(scope: Any, receive: Any) -> dict[str, Any]:
    body = await bodies.read_body(receive) if scope["method"] == "POST" else b""
    kind = _headers(scope).get("content-type", "")
    try:
        return bodies.parameters(scope["query_string"], kind, body)
    except bodies.Unreadable as wrong:
        raise bad_request(str(wrong)) from None


async def _unless_gone(work: Coroutine[Any, Any, dispatch.Answer], receive: Any) -> dispatch.Answer:
    """A poll ends when its caller hangs up, so that it takes no update with it."""
    task = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_disconnected(receive))
    await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        gone.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await gone
        return task.result()
    task.cancel()
    raise ConnectionError


async def _disconnected(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _hang_up(send: Any) -> None:
    """Cuts the connection. Where the server hides it, half an answer has the same effect."""
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is not None:
        transport.abort()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return
    headers = [(b"content-type", JSON), (b"content-length", b"1000")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    raise ConnectionAbortedError("A fault was ordered: the answer ends here.")


async def _reply(send: Any, status: int, body: bytes, kind: bytes = JSON) -> None:
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status or 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _headers(scope: Any) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


def _own_path(scope: Any) -> str:
    """The path below the place where the application is mounted."""
    path, root = str(scope["path"]), str(scope.get("root_path", ""))
    return path.removeprefix(root) if root and path.startswith(root + "/") else path
