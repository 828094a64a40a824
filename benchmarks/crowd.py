"""`python -m benchmarks.crowd PORT PEOPLE ASKING`: the simulator, limits on, and many people who
have started the bot. Some of them ask `/help`, five a second; how long each waits is kept.

POST /bench/found says what arrived; POST /bench/ask begins or ends the asking.
"""

import asyncio
import json
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from bot.simulator import acts, scene
from bot.simulator.chats import Person
from bot.simulator.limits import Limits
from bot.simulator.running import RunningSimulator
from bot.simulator.world import World

_A_SECOND = 5.0
_DICE = random.Random(7)


class Watched(Limits):
    """Telegram's limits, which remember what they let through and how often they said no."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[float] = []
        self.refused = 0

    def take(self, method: str, chat: int | None, messages: int = 1) -> None:
        """As Telegram would."""
        try:
            super().take(method, chat, messages)
        except Exception:
            self.refused += 1
            raise

    def _count(self, chat: int, now: float, messages: int) -> None:
        super()._count(chat, now, messages)
        self.taken.append(now)


@dataclass
class Crowd:
    """Who gets messages, who asks, and what they saw."""

    world: World
    readers: list[Person]
    askers: list[Person]
    is_asking: bool = False
    waits: list[float] = field(default_factory=list)
    asked: dict[int, float] = field(default_factory=dict)

    async def asks(self) -> None:
        """Five a second, at uneven moments."""
        turn = 0
        while True:
            await asyncio.sleep(_DICE.uniform(0.5, 1.5) / _A_SECOND)
            if not self.is_asking:
                continue
            who = self.askers[turn % len(self.askers)]
            turn += 1
            if who.id not in self.asked:  # still waits: it is counted as long as it lasts
                self.asked[who.id] = time.monotonic()
                acts.say(self.world, self.world.chats[who.id], who, "/help")

    async def hears(self) -> None:
        """When each got an answer."""
        seq = self.world.journal.seq
        while True:
            for event in await self.world.journal.next(seq):
                seq = event["seq"]
                if event["kind"] == "message" and event["message"]["from"]["is_bot"]:
                    since = self.asked.pop(event["chat"], None)
                    if since is not None:
                        self.waits.append(time.monotonic() - since)

    def found(self) -> dict[str, Any]:
        """Copies by reader, moments of all that Telegram counted, how often it said 429."""
        copies = Counter(len(self.world.chats[one.id].messages) for one in self.readers)
        assert isinstance(self.world.limits, Watched)
        return {
            "copies": dict(copies),
            "taken": self.world.limits.taken,
            "refused": self.world.limits.refused,
            "waits": self.waits,
            "now": time.monotonic(),
        }


class App:
    """The simulator, and beside it what the benchmark asks."""

    def __init__(self, simulator: Any, crowd: Crowd) -> None:
        self._simulator, self._crowd = simulator, crowd

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        path = scope.get("path", "")
        if not path.startswith("/bench/"):
            await self._simulator(scope, receive, send)
            return
        if path == "/bench/ask":
            self._crowd.is_asking = not self._crowd.is_asking
            self._crowd.asked.clear()
        body = json.dumps(self._crowd.found() if path == "/bench/found" else {}).encode()
        headers = [(b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def __getattr__(self, name: str) -> Any:
        return getattr(self._simulator, name)


def _crowd(readers: int, askers: int) -> Crowd:
    world = World()
    scene.set_up(world)
    world.limits = Watched()
    people = [world.add_person(f"Person {n}", "en") for n in range(readers + askers)]
    for one in people:
        world.chats[one.id].started = True
    world.limits.set(on=True)
    return Crowd(world, people[:readers], people[readers:])


async def _serve(port: int, crowd: Crowd) -> None:
    running = RunningSimulator(crowd.world, port=port)
    running.app = App(running.app, crowd)  # type: ignore[assignment]  # the same, and a bit more
    async with running:
        first = crowd.readers[0].id
        group = next(chat.id for chat in crowd.world.chats.values() if not chat.is_private)
        print(json.dumps({"first": first, "group": group}), flush=True)
        await asyncio.gather(crowd.asks(), crowd.hears())


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), _crowd(int(sys.argv[2]), int(sys.argv[3]))))
