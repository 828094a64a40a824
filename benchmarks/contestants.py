"""Who runs: our bot in its variants, and the bare bots."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks import processes
from benchmarks.processes import TOKEN, Api

CHATS = 200
FIRST_CHAT = 1_000_000
UNPACED = 1000.0  # so much looser than Telegram's limits, to see what the program itself can do


@dataclass(frozen=True, slots=True, kw_only=True)
class Contestant:
    """One bot to be started.

    template  the database it begins with (ours only)
    speed     how much looser than Telegram's its own limits are (ours only)
    """

    name: str
    arguments: tuple[str, ...]
    is_ours: bool = False
    by_webhook: bool = False
    speed: float = UNPACED
    template: Path | None = None

    def settings(self, api: Api, folder: Path) -> dict[str, str]:
        """Its environment; copies the database it begins with."""
        port = processes.free_port()
        given = {"BENCH_API": api.address, "BENCH_TOKEN": TOKEN, "BENCH_PORT": str(port)}
        if not self.is_ours:
            return given
        if self.template is not None:
            shutil.copy(self.template, database(folder))
        hook = {"WEGWIJZER_PUBLIC_URL": f"http://127.0.0.1:{port}"} if self.by_webhook else {}
        return (
            given
            | hook
            | {
                "BENCH_SPEED": str(self.speed),
                "WEGWIJZER_TELEGRAM_TOKEN": TOKEN,
                "WEGWIJZER_TELEGRAM_API": api.address,
                "WEGWIJZER_TRIAL": "1",
                "WEGWIJZER_LISTEN": f"127.0.0.1:{port}",
                "WEGWIJZER_DATABASE_URL": f"sqlite:///{database(folder)}",
            }
        )


def database(folder: Path) -> Path:
    """Where our bot keeps its rows."""
    return folder / "bench.sqlite"


def ours(template: Path | None = None, *, variant: str = "full") -> Contestant:
    """The product, polling."""
    return Contestant(
        name=f"ours ({variant})",
        arguments=("benchmarks.ours", variant),
        is_ours=True,
        template=template,
    )


def by_webhook(contestant: Contestant) -> Contestant:
    """The same, with updates pushed."""
    return replace(contestant, by_webhook=True)


def as_telegram_allows(contestant: Contestant) -> Contestant:
    """The same, keeping Telegram's limits."""
    return replace(contestant, speed=1.0)


def as_installed(template: Path) -> Contestant:
    """Exactly what an operator starts."""
    return Contestant(
        name="ours (bot run)", arguments=("bot", "run"), is_ours=True, template=template
    )


def baseline(module: str) -> Contestant:
    """One of the bare bots."""
    return Contestant(name=module, arguments=(f"benchmarks.baselines.{module}",))


def states(folder: Path) -> dict[str, int]:
    """How many rows of the inbox and the outbox are in which state."""
    with closing(sqlite3.connect(database(folder))) as rows:
        return {
            f"{table} {state}": count
            for table in ("inbox", "outbox")
            for state, count in rows.execute(
                f"SELECT state, count(*) FROM {table} GROUP BY state"
            ).fetchall()
        }
