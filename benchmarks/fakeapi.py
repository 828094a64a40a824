"""The fake Bot API, a process of its own: `python -m benchmarks.fakeapi`.

It hands out updates by getUpdates or pushes them to a webhook, at once or at a rate, and notes
which chat got how many messages when. Everything below /bench/ is for the harness.
"""

import asyncio
import random
import sys
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import msgspec

from benchmarks import wire
from benchmarks.wire import Request

CONNECTIONS = 40  # of a webhook; Telegram's own default
_PER_POLL = 100
_SPREAD = 0.25  # of the distance between two trickled updates
_JSON = msgspec.json.Encoder()

_ME = {
    "id": 1234567,
    "is_bot": True,
    "first_name": "Bench",
    "username": "bench_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": True,
    "supports_inline_queries": False,
}
_EMPTY: dict[str, Any] = {
    "getMe": _ME,
    "getMyCommands": [],
    "getMyName": {"name": ""},
    "getMyDescription": {"description": ""},
    "getMyShortDescription": {"short_description": ""},
}


def _done(result: Any) -> bytes:
    return b'{"ok":true,"result":%b}' % _JSON.encode(result)


_TRUE = _done(True)


@dataclass(slots=True)
class Fed:
    """What was handed out and what came back since the last feed."""

    waits: dict[int, deque[float]] = field(default_factory=dict)  # by chat: when each was fed
    latencies: list[float] = field(default_factory=list)
    count: int = 0
    extra: int = 0  # messages to a chat that was owed none
    began_at: float = 0.0
    last_at: float = 0.0


class FakeTelegram:
    """The state of the fake: one bot."""

    def __init__(self, first_update: int) -> None:
        self.next_update = first_update
        self.pending: deque[tuple[int, bytes]] = deque()
        self.polls: list[Request] = []
        self.fed = Fed()
        self.calls: Counter[str] = Counter()
        self.hook: tuple[str, str] = ("", "")
        self.pushing: set[asyncio.Task[None]] = set()
        self.refused = 0  # pushes that were not answered by 200
        self.first_poll_at = 0.0
        self.last_call_at = time.monotonic()
        self.next_message = 1

    def answer(self, request: Request) -> None:
        """Whatever comes in on a connection."""
        name = request.path.rsplit("/", 1)[1].partition("?")[0]
        if request.path.startswith("/bench/"):
            request.reply(_JSON.encode(getattr(self, f"bench_{name}")(**request.params())))
            return
        self.calls[name] += 1
        if name == "getUpdates":
            self._poll(request)
            return
        self.last_call_at = time.monotonic()
        reply = _METHODS.get(name)
        request.reply(reply(self, request) if reply else _done(_EMPTY.get(name, True)))

    # What the bot asks

    def _poll(self, request: Request) -> None:
        self.first_poll_at = self.first_poll_at or time.monotonic()
        offset = int(request.params().get("offset") or 0)
        while self.pending and self.pending[0][0] < offset:
            self.pending.popleft()
        self.polls.append(request)
        hold = float(request.params().get("timeout") or 0)
        asyncio.get_running_loop().call_later(hold, self._give_up, request)
        self._hand_out()

    def _give_up(self, poll: Request) -> None:
        if poll in self.polls:
            self.polls.remove(poll)
            poll.reply(_done([]))

    def _hand_out(self) -> None:
        while self.pending and self.polls:
            poll = self.polls.pop()
            if poll.connection.is_open:
                ready = [self.pending[i][1] for i in range(min(_PER_POLL, len(self.pending)))]
                poll.reply(b'{"ok":true,"result":[%b]}' % b",".join(ready))
                return

    def _send(self, request: Request) -> bytes:
        self._note(int(request.params()["chat_id"]))
        return self._message(request)

    def _message(self, request: Request) -> bytes:
        params = request.params()
        chat = int(params["chat_id"])
        self.next_message += 1
        return _done(
            {
                "message_id": self.next_message,
                "date": 1_800_000_000,
                "chat": {"id": chat, "type": "private", "first_name": "N"},
                "from": _ME,
                "text": params.get("text", ""),
            }
        )

    def _note(self, chat: int) -> None:
        now, fed = time.monotonic(), self.fed
        owed = fed.waits.get(chat)
        if not owed:
            fed.extra += 1
            return
        fed.latencies.append(now - owed.popleft())
        fed.last_at = now

    def _set_hook(self, request: Request) -> bytes:
        params = request.params()
        self.hook = (str(params["url"]), str(params.get("secret_token", "")))
        return _TRUE

    def _hook_info(self, _request: Request) -> bytes:
        url = self.hook[0]
        info = {"url": url, "has_custom_certificate": False, "pending_update_count": 0}
        return _done(info)

    # What the harness asks

    def bench_feed(self, updates: list[list[Any]], rate: float = 0.0) -> dict[str, Any]:
        """Take [chat, kind, value] in: at once, or `rate` a second."""
        self.fed = Fed(began_at=time.monotonic(), count=len(updates))
        made = [(chat, self._update(chat, kind, value)) for chat, kind, value in updates]
        self.last_call_at = time.monotonic()
        self._begin(self._feed(made, rate))
        return {}

    def bench_stats(self, *, whole: bool = False) -> dict[str, Any]:
        """How far it is; `whole` adds every latency."""
        fed = self.fed
        return {
            "fed": fed.count,
            "answered": len(fed.latencies),
            "extra": fed.extra,
            "seconds": fed.last_at - fed.began_at,
            "quiet": time.monotonic() - self.last_call_at,
            "first_poll_at": self.first_poll_at,
            "is_hooked": bool(self.hook[0]),
            "refused": self.refused,
            "calls": dict(self.calls),
            "latencies": fed.latencies if whole else [],
        }

    def _begin(self, work: Any) -> None:
        task: asyncio.Task[None] = asyncio.create_task(work)
        self.pushing.add(task)
        task.add_done_callback(self.pushing.discard)

    def _update(self, chat: int, kind: str, value: str) -> tuple[int, bytes]:
        number = self.next_update
        self.next_update += 1
        return number, _JSON.encode({"update_id": number, **_KINDS[kind](chat, number, value)})

    async def _feed(self, made: list[tuple[int, tuple[int, bytes]]], rate: float) -> None:
        chance = random.Random(1)  # the same moments for everybody
        start = time.monotonic()
        for place, (chat, update) in enumerate(made):
            if rate:
                at = start + (place + chance.uniform(-_SPREAD, _SPREAD)) / rate
                await asyncio.sleep(max(0.0, at - time.monotonic()))
            self.fed.waits.setdefault(chat, deque()).append(time.monotonic())
            self.pending.append(update)
            if rate:
                self._hand_out()
        if self.hook[0]:
            await asyncio.gather(*(self._push() for _ in range(CONNECTIONS)))
        else:
            self._hand_out()

    async def _push(self) -> None:
        """One of the webhook's connections; what is not answered by 200 is pushed again."""
        url, secret = self.hook
        parts = urlsplit(url)
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        head = (
            f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {secret}\r\nContent-Type: application/json\r\n"
        ).encode()
        while self.pending:
            _, body = self.pending.popleft()
            request = b"%bContent-Length: %d\r\n\r\n%b" % (head, len(body), body)
            while await wire.post(reader, writer, request) != 200:
                self.refused += 1
                await asyncio.sleep(0.05)
        writer.close()


_METHODS: dict[str, Callable[[FakeTelegram, Request], bytes]] = {
    "sendMessage": FakeTelegram._send,
    "editMessageText": FakeTelegram._message,
    "setWebhook": FakeTelegram._set_hook,
    "getWebhookInfo": FakeTelegram._hook_info,
}


def _person(chat: int) -> dict[str, Any]:
    return {"id": chat, "is_bot": False, "first_name": "N", "language_code": "en"}


def _said(chat: int, number: int, text: str) -> dict[str, Any]:
    entities = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    message = {
        "message_id": number,
        "date": int(time.time()),
        "chat": {"id": chat, "type": "private", "first_name": "N"},
        "from": _person(chat),
        "text": text,
    }
    return {"message": message | ({"entities": entities} if text.startswith("/") else {})}


def _tapped(chat: int, number: int, data: str) -> dict[str, Any]:
    message = {
        "message_id": number,
        "date": int(time.time()),
        "chat": {"id": chat, "type": "private", "first_name": "N"},
        "from": _ME,
        "text": "?",
    }
    query = {"id": str(number), "from": _person(chat), "chat_instance": "1", "data": data}
    return {"callback_query": query | {"message": message}}


_KINDS: dict[str, Callable[[int, int, str], dict[str, Any]]] = {"said": _said, "tapped": _tapped}


async def _serve(first_update: int) -> None:
    loop = asyncio.get_running_loop()
    fake = FakeTelegram(first_update)
    server = await loop.create_server(lambda: wire.Connection(fake.answer), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
