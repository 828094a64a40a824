"""What is measured. Each suite returns its metrics by the names of goals.toml."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks import contestants, pairs, processes, runs
from benchmarks.contestants import Contestant
from benchmarks.pairs import Pairs
from benchmarks.processes import TOKEN
from benchmarks.questions import QUESTIONS
from benchmarks.runs import Figures

_LATENCY_RATE = 25.0
_ECHOED = tuple(f"Message number {number}" for number in range(50))


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much is measured."""

    repetitions: int
    updates: int
    trickled: int
    trickles: int
    sent: int
    searches: int
    readers: int


QUICK = Size(
    repetitions=2, updates=600, trickled=250, trickles=1, sent=2000, searches=3, readers=300
)
FULL = Size(
    repetitions=5, updates=2000, trickled=2000, trickles=3, sent=10000, searches=9, readers=600
)

Metrics = dict[str, Pairs]
Suite = Callable[[Size, Path], Metrics]


def full(size: Size, template: Path) -> Metrics:
    """P1: an answered question, the whole path, polling."""
    found = _raced(
        size, contestants.ours(template), contestants.baseline("bare_ptb"), texts=QUESTIONS
    )
    return _named("full", found)


def webhook(size: Size, template: Path) -> Metrics:
    """P2: the same, pushed; 200 only after the commit."""
    ours = contestants.by_webhook(contestants.ours(template))
    found = _raced(size, ours, contestants.baseline("ptb_starlette"), texts=QUESTIONS)
    return _named("webhook", found)


def echo(size: Size, template: Path) -> Metrics:
    """P3: what durability costs, with the same echo on the same transport."""
    ours = contestants.ours(template, variant="echo")
    found = _raced(size, ours, contestants.baseline("bare_ptb_aiohttp"), texts=_ECHOED)
    return _named("echo", found)


def send(size: Size, _template: Path) -> Metrics:
    """P4: one sendMessage, sixteen in the air."""

    def cost(*arguments: str) -> dict[str, float]:
        with processes.fake_api() as api:
            given = {
                "BENCH_API": api.address,
                "BENCH_TOKEN": TOKEN,
                "BENCH_COUNT": str(size.sent),
            }
            found: dict[str, float] = processes.printed(arguments, given)
            if api.stats()["calls"]["sendMessage"] < size.sent:
                raise runs.Void("messages are missing")
            return found

    ours, theirs = pairs.interleaved(
        size.repetitions,
        lambda: cost("benchmarks.ours", "send"),
        lambda: cost("benchmarks.baselines.raw_aiohttp"),
    )
    return {"send.cpu": pairs.of(ours, theirs, lambda one: one["cpu"], "us")}


def latency(size: Size, template: Path) -> Metrics:
    """P5: how long an answer takes at 25 updates a second, Telegram's limits kept."""
    ours = contestants.as_telegram_allows(contestants.ours(template))
    updates = runs.said(size.trickled, QUESTIONS)
    one, other = pairs.interleaved(
        size.trickles,
        lambda: runs.run(ours, updates, rate=_LATENCY_RATE),
        lambda: runs.run(contestants.baseline("bare_ptb"), updates, rate=_LATENCY_RATE),
    )
    return {
        "latency.median": pairs.of(one, other, lambda run: run.median, "ms"),
        "latency.p99": pairs.of(one, other, lambda run: run.p99, "ms"),
    }


def cold(size: Size, template: Path) -> Metrics:
    """P8: start to first getUpdates, and memory at rest."""
    one, other = pairs.interleaved(
        size.repetitions,
        lambda: runs.rest(contestants.as_installed(template)),
        lambda: runs.rest(contestants.baseline("bare_ptb")),
    )
    return {
        "cold.start": pairs.of(one, other, lambda run: run.start, "s"),
        "cold.memory": pairs.of(one, other, lambda run: run.memory, "MB"),
    }


def search(size: Size, _template: Path) -> Metrics:
    """P9: one search against SQLite's own."""
    found = processes.printed(("benchmarks.searching", str(size.searches)), {})
    return {"search.time": Pairs(tuple(found["ours"]), tuple(found["fts5"]), "us")}


def due(size: Size, _template: Path) -> Metrics:
    """P7: what is due among a million rows that are pending, against among ten thousand."""
    found = processes.printed(("benchmarks.due_rows", str(size.repetitions)), {})
    return {
        f"due.{name}": Pairs(tuple(one["ours"]), tuple(one["theirs"]), "us")
        for name, one in found.items()
    }


def matching(size: Size, _template: Path) -> Metrics:
    """P10: 1,000 assignments × 10,000 volunteers, against the time that is allowed."""
    found = processes.printed(("benchmarks.volunteering", str(size.repetitions)), {})
    units = {"volunteer": "ms", "shift": "ms", "held": "ms", "cold": "ms"}
    return {
        f"matching.{name}": Pairs(tuple(found[name]["ours"]), tuple(found[name]["theirs"]), unit)
        for name, unit in units.items()
    }


def broadcast(size: Size, _template: Path) -> Metrics:
    """P6: a message to many, against Telegram's own limit and the time allowed for replies."""
    people = ("--people", str(size.readers), "--kills", "1", "--json")
    found = processes.printed(("benchmarks.broadcast", *people), {})
    if found["refused"] or found["missed"]:
        raise runs.Void("Telegram said 429, or somebody was missed")
    return {
        "broadcast.use": Pairs((found["use"],), (1.0,), "of 30/s"),
        "broadcast.p99": Pairs((found["p99"],), (0.300,), "s"),
    }


SUITES: Mapping[str, Suite] = {
    "full": full,
    "webhook": webhook,
    "echo": echo,
    "send": send,
    "latency": latency,
    "due": due,
    "cold": cold,
    "search": search,
    "matching": matching,
    "broadcast": broadcast,
}


def _raced(
    size: Size, ours: Contestant, theirs: Contestant, *, texts: tuple[str, ...]
) -> tuple[list[Figures], list[Figures]]:
    updates = runs.said(size.updates, texts)
    return pairs.interleaved(
        size.repetitions, lambda: runs.run(ours, updates), lambda: runs.run(theirs, updates)
    )


def _named(name: str, found: tuple[list[Figures], list[Figures]]) -> Metrics:
    return {
        f"{name}.cpu": pairs.of(*found, lambda run: run.cpu, "us"),
        f"{name}.rate": pairs.of(*found, lambda run: run.rate, "/s"),
    }
