"""A live copy of the simulated world on the side of a script, kept by the event stream."""

import asyncio
import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import aiohttp

from bot.simulator.bell import Bell

Raw = dict[str, Any]
T = TypeVar("T")


@dataclass(slots=True)
class ChatView:
    """What a chat looks like now, and every message event in it."""

    id: int
    title: str
    messages: dict[int, Raw] = field(default_factory=dict)
    topics: dict[int, Raw] = field(default_factory=dict)
    keyboards: dict[int, Raw | None] = field(default_factory=dict)
    events: list[tuple[int, Raw]] = field(default_factory=list)


class Follower:
    """Reads the stream in a task; whoever waits for something is woken at every event."""

    def __init__(self, http: aiohttp.ClientSession) -> None:
        self._http = http
        self._task: asyncio.Task[None] | None = None
        self._news = Bell()
        self.seq = 0
        self.bot = 0
        self.chats: dict[int, ChatView] = {}
        self.people: dict[int, Raw] = {}
        self.toasts: list[Raw] = []

    async def start(self) -> None:
        async with self._http.get("/sim/state") as answer:
            state = await answer.json()
        self.seq, self.bot = state["seq"], state["bot"]["id"]
        for person in state["people"]:
            self.people[person["id"]] = person
        for chat in state["chats"]:
            self._take_chat(chat)
        stream = await self._http.get(
            "/sim/events",
            params={"after": self.seq},
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=10),
        )
        self._task = asyncio.ensure_future(self._follow(stream))

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def until(self, look: Callable[[], T | None], timeout: float) -> T | None:  # noqa: ASYNC109
        """What `look` finds, as soon as it finds something; None when the time is over."""
        deadline = asyncio.get_running_loop().time() + timeout
        while (found := look()) is None:
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0 or not await self._news.wait(left):
                return look()
        return found

    async def caught_up(self, seq: int) -> None:
        await self.until(lambda: True if self.seq >= seq else None, 10)

    async def _follow(self, stream: aiohttp.ClientResponse) -> None:
        async with stream:
            while line := await stream.content.readuntil(b"\n\n"):
                data = line.partition(b"data: ")[2]
                if data:
                    self._take(json.loads(data))

    def _take(self, event: Raw) -> None:
        self.seq = event["seq"]
        apply = getattr(self, f"_on_{event['kind']}", None)
        if apply is not None:
            apply(event)
        self._news.ring()

    def _take_chat(self, state: Raw) -> None:
        view = self.chats.setdefault(state["id"], ChatView(state["id"], state["title"]))
        for message in state["messages"]:
            if view.messages.get(message["message_id"]) != message:
                view.messages[message["message_id"]] = message
                view.events.append((self.seq, message))
        view.topics = {topic["thread"]: topic for topic in state["topics"]}
        view.keyboards |= {int(key): value for key, value in state["reply_keyboard"].items()}

    def _on_person(self, event: Raw) -> None:
        self.people[event["person"]["id"]] = event["person"]

    def _on_chat(self, event: Raw) -> None:
        self._take_chat(event["state"])

    def _on_message(self, event: Raw) -> None:
        view = self.chats[event["chat"]]
        view.messages[event["message"]["message_id"]] = event["message"]
        view.events.append((event["seq"], event["message"]))

    _on_edited = _on_message

    def _on_deleted(self, event: Raw) -> None:
        for number in event["message_ids"]:
            self.chats[event["chat"]].messages.pop(number, None)

    def _on_reaction(self, event: Raw) -> None:
        message = self.chats[event["chat"]].messages.get(event["message_id"])
        if message is not None:
            message["reactions"] = event["reactions"]

    def _on_topic(self, event: Raw) -> None:
        topics = self.chats[event["chat"]].topics
        if event["topic"].get("deleted"):
            topics.pop(event["topic"]["thread"], None)
        else:
            topics[event["topic"]["thread"]] = event["topic"]

    def _on_keyboard(self, event: Raw) -> None:
        self.chats[event["chat"]].keyboards[event["person"]] = event["keyboard"]

    def _on_toast(self, event: Raw) -> None:
        self.toasts.append(event)
