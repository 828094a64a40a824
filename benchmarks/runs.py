"""One run: start a bot, warm it up, feed it, see that all went well, take the figures."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import contestants, processes
from benchmarks.contestants import CHATS, FIRST_CHAT, Contestant
from benchmarks.processes import Api, Started

WARM_UP = 300
_FIRST_UPDATE = 1_000_000  # above those that made the template
_PATIENCE = 60.0  # seconds without progress
_TAIL = 0.5  # after the last message: marking rows belongs to the price
_IDLE = 2.0

Update = tuple[int, str, str]


class Void(Exception):
    """Something was lost, doubled or left undone: this run measures nothing."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run showed. `cpu` and the latencies in seconds."""

    cpu: float
    rate: float
    median: float
    p99: float


@dataclass(frozen=True, slots=True)
class Rest:
    """How a bot comes up. `start` in seconds, `memory` in bytes."""

    start: float
    memory: float


def said(count: int, texts: Sequence[str]) -> list[Update]:
    """Messages from all chats in turn."""
    return [
        (FIRST_CHAT + number % CHATS, "said", texts[number % len(texts)]) for number in range(count)
    ]


def run(contestant: Contestant, updates: Sequence[Update], *, rate: float = 0.0) -> Figures:
    """Figures of one run. Raises Void."""
    with TemporaryDirectory() as place, processes.fake_api(_FIRST_UPDATE) as api:
        folder = Path(place)
        given = contestant.settings(api, folder)
        before = contestants.states(folder) if contestant.template else {}
        warm_up = updates[: min(WARM_UP, int(rate * 8) or WARM_UP)]
        with processes.started(contestant.arguments, folder, given) as bot:
            _until_up(api, bot, folder)
            _through(api, bot, folder, warm_up, rate)
            time.sleep(_TAIL)
            cpu = bot.cpu()
            found = _through(api, bot, folder, updates, rate)
            time.sleep(_TAIL)
            cpu = bot.cpu() - cpu
        if contestant.is_ours:
            _check(before, contestants.states(folder), len(warm_up) + len(updates))
    return _figures(found, cpu)


def rest(contestant: Contestant) -> Rest:
    """From start to the first getUpdates, and the memory when nothing happens."""
    with TemporaryDirectory() as place, processes.fake_api(_FIRST_UPDATE) as api:
        folder = Path(place)
        given = contestant.settings(api, folder)
        with processes.started(contestant.arguments, folder, given) as bot:
            up_at = _until_up(api, bot, folder)
            time.sleep(_IDLE)
            return Rest(up_at - bot.at, bot.memory())


def make_template(folder: Path) -> Path:
    """A database in which every chat has said hello and chosen English."""
    hello: list[Update] = []
    for chat in range(FIRST_CHAT, FIRST_CHAT + CHATS):
        hello += [(chat, "said", "/start"), (chat, "tapped", "lang:en")]
    contestant = contestants.ours()
    with processes.fake_api() as api:
        given = contestant.settings(api, folder)
        with processes.started(contestant.arguments, folder, given) as bot:
            _until_up(api, bot, folder)
            api.feed(hello)
            _until_all_chose(api, bot, folder)
    counted = contestants.states(folder)
    if counted.get("inbox done") != len(hello) or set(counted) != {"inbox done", "outbox sent"}:
        raise Void(f"the introduction went wrong: {counted}\n{_log(folder)}")
    return contestants.database(folder)


def _until_up(api: Api, bot: Started, folder: Path) -> float:
    """When the bot began to listen (a monotonic moment)."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        stats = api.stats()
        if stats["is_hooked"] or stats["first_poll_at"]:
            break
        if not bot.is_running() or time.monotonic() > deadline:
            raise Void(f"the bot does not come up\n{_log(folder)}")
        time.sleep(0.02)
    _until_quiet(api)
    return float(stats["first_poll_at"])


def _until_all_chose(api: Api, bot: Started, folder: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while api.stats()["calls"].get("answerCallbackQuery", 0) < CHATS:
        if not bot.is_running() or time.monotonic() > deadline:
            raise Void(f"not every chat could choose a language\n{_log(folder)}")
        time.sleep(0.1)
    _until_quiet(api)


def _until_quiet(api: Api) -> None:
    while api.stats()["quiet"] < 1.0:
        time.sleep(0.1)


def _through(
    api: Api, bot: Started, folder: Path, updates: Sequence[Update], rate: float
) -> dict[str, Any]:
    """Feed, and wait until each update has its message."""
    api.feed(updates, rate)
    progress, seen_at = -1, time.monotonic()
    while True:
        stats = api.stats()
        if stats["answered"] >= stats["fed"]:
            break
        if stats["answered"] > progress:
            progress, seen_at = stats["answered"], time.monotonic()
        if not bot.is_running() or time.monotonic() - seen_at > _PATIENCE:
            raise Void(f"{stats['answered']} of {stats['fed']} answered\n{_log(folder)}")
        time.sleep(0.05)
    found = api.stats(whole=True)
    if found["extra"] or found["refused"]:
        raise Void(f"{found['extra']} too many, {found['refused']} pushes refused")
    return found


def _check(before: dict[str, int], after: dict[str, int], fed: int) -> None:
    """The gates: inbox done = outbox sent = updates fed, and nothing in any other state."""
    grown = {state: count - before.get(state, 0) for state, count in after.items()}
    if grown != {"inbox done": fed, "outbox sent": fed}:
        raise Void(f"{fed} were fed, the database says {grown}")


def _figures(found: dict[str, Any], cpu: float) -> Figures:
    latencies = sorted(found["latencies"])
    return Figures(
        cpu=cpu / found["fed"],
        rate=found["fed"] / found["seconds"],
        median=latencies[len(latencies) // 2],
        p99=latencies[int(len(latencies) * 0.99)],
    )


def _log(folder: Path) -> str:
    return (folder / "log").read_text(errors="replace")[-3000:]
