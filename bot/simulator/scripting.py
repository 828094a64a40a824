"""Scripts for the simulated people: `user.says(…)`, `user.taps(…)`, `await user.sees(…)`.

Everything goes over the same HTTP control interface as the page, so what a script does can be
watched. Waiting follows the event stream; nothing pauses for a fixed time.
"""

from collections.abc import Iterable
from types import TracebackType
from typing import Any

import aiohttp

from bot.simulator.following import ChatView, Follower
from bot.simulator.phones import TIMEOUT, Group, Phone, Post, Quiet, Refused

__all__ = ["Group", "Phone", "Quiet", "Refused", "Simulation"]


class Faults:
    def __init__(self, post: Post, http: aiohttp.ClientSession) -> None:
        self._post = post
        self._http = http

    async def add(self, kind: str, **details: Any) -> dict[str, Any]:
        """429, 500, 502, 400, 403, timeout, garbage, drop_before, drop_after."""
        answer = await self._post("/sim/faults", {"kind": kind, **details})
        return dict(answer["fault"])

    async def clear(self) -> None:
        async with self._http.delete("/sim/faults"):
            pass


class Simulation:
    """A script's connection to a running simulator."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._http: aiohttp.ClientSession
        self.world: Follower
        self.faults: Faults

    async def __aenter__(self) -> "Simulation":
        self._http = aiohttp.ClientSession(
            self._base_url, read_bufsize=1 << 20, connector=aiohttp.TCPConnector(limit=0)
        )
        self.world = Follower(self._http)
        self.faults = Faults(self.post, self._http)
        await self.world.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.world.stop()
        await self._http.close()

    async def post(self, path: str, body: Any) -> dict[str, Any]:
        """One act; a refusal by the simulator is an error of the script."""
        given = {"data": body} if isinstance(body, aiohttp.FormData) else {"json": body}
        async with self._http.post(path, **given) as answer:
            found: dict[str, Any] = await answer.json()
            if answer.status >= 400:
                raise Refused(found.get("error", str(answer.status)))
        await self.world.caught_up(int(answer.headers["X-Simulator-Seq"]))
        return found

    async def person(
        self,
        first_name: str,
        *,
        language_code: str | None = None,
        role_hint: str = "newcomer",
        **names: str,
    ) -> Phone:
        """A new person, whose phone shows the private chat with the bot."""
        body = {
            "first_name": first_name,
            "language_code": language_code,
            "role_hint": role_hint,
            **names,
        }
        made = (await self.post("/sim/people", body))["person"]
        return Phone(self, made["id"], made["id"])

    async def group(
        self,
        title: str,
        *,
        members: Iterable[Phone] = (),
        admins: Iterable[Phone] = (),
        forum: bool = True,
        **options: Any,
    ) -> Group:
        """A group with the bot; see POST /sim/groups for bot_rights and is_super."""
        body = {
            "title": title,
            "is_forum": forum,
            "members": [phone.person for phone in members],
            "admins": [phone.person for phone in admins],
            **options,
        }
        made = (await self.post("/sim/groups", body))["chat"]
        return Group(self, made["id"])

    def known_person(self, first_name: str) -> Phone:
        """Somebody who is there already, e.g. in the demonstration's scene."""
        found = next(p for p in self.world.people.values() if p["first_name"] == first_name)
        return Phone(self, found["id"], found["id"])

    def known_group(self, title: str) -> Group:
        views: Iterable[ChatView] = self.world.chats.values()
        return Group(self, next(view.id for view in views if title in view.title))

    async def limits(self, *, on: bool = True, speed: float = 1.0) -> None:
        await self.post("/sim/limits", {"on": on, "speed": speed})

    async def redeliver(self, *, last: int = 0, update_id: int | None = None) -> list[int]:
        """The same updates a second time."""
        answer = await self.post("/sim/redeliver", {"last": last, "update_id": update_id})
        return list(answer["update_ids"])

    async def inject(self, update: dict[str, Any]) -> int:
        return int((await self.post("/sim/updates", update))["update_id"])

    async def calls(self, after: int = 0, method: str | None = None) -> list[dict[str, Any]]:
        """The Bot API calls so far, without successful polls."""
        found = (await self.get(f"/sim/calls?after={after}"))["calls"]
        return [call for call in found if method in (None, call["method"])]

    async def get(self, path: str) -> dict[str, Any]:
        async with self._http.get(path) as answer:
            return dict(await answer.json())

    async def is_quiet(self, quiet: Quiet | None = None, *, patience: float = TIMEOUT) -> None:
        """Waits until the bot has nothing left to do: no update unconfirmed, no call under way.

        Read twice with the bot's own idleness (`quiet`) in between, so silence is proven.
        """
        for _ in range(50):
            before = await self._quiet(patience)
            if quiet is not None:
                await quiet()
            after = await self._quiet(patience)
            if before["last_call_seq"] == after["last_call_seq"]:
                await self.world.caught_up(after["seq"])
                return
        raise AssertionError("The bot never stops talking.")

    async def _quiet(self, patience: float) -> dict[str, Any]:
        found = await self.get(f"/sim/quiet?wait={patience}")
        if found["unconfirmed"] or found["in_flight"]:
            raise AssertionError(f"The bot is still busy after {patience} s: {found}.")
        return found
