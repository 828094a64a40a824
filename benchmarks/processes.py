"""Starts the fake Bot API and the bots, each on a core of its own where there are two."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parent.parent
TOKEN = "1234567:benchmark-token-of-nobody"
BOT_CORE, REST_CORE = 0, 1
_STOPS_WITHIN = 15.0


def can_pin() -> bool:
    """Are there two cores, and may processes be tied to them?"""
    return hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 1


@contextlib.contextmanager
def _on_core(core: int) -> Iterator[None]:
    """Children started inside run on this core."""
    if not can_pin():
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@dataclass(frozen=True, slots=True)
class Api:
    """The running fake Bot API, as the harness sees it."""

    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def feed(self, updates: Sequence[tuple[int, str, str]], rate: float = 0.0) -> None:
        """Let these happen: (chat, "said" or "tapped", text or data)."""
        self._ask("feed", {"updates": updates, "rate": rate})

    def stats(self, *, whole: bool = False) -> dict[str, Any]:
        """How far it is."""
        return self._ask("stats", {"whole": whole})

    def _ask(self, name: str, params: Mapping[str, Any]) -> dict[str, Any]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        line.request("POST", f"/bench/{name}", json.dumps(params).encode())
        found: dict[str, Any] = json.loads(line.getresponse().read())
        line.close()
        return found


@contextlib.contextmanager
def fake_api(first_update: int = 1) -> Iterator[Api]:
    """The fake Bot API, as long as this lasts."""
    command = [sys.executable, "-m", "benchmarks.fakeapi", str(first_update)]
    with _on_core(REST_CORE):
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield Api(int(process.stdout.readline()))
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@dataclass(frozen=True, slots=True)
class Started:
    """A bot's process."""

    process: psutil.Popen
    at: float  # monotonic

    def cpu(self) -> float:
        """Seconds of processor time so far, all threads."""
        times = self.process.cpu_times()
        return float(times.user + times.system)

    def memory(self) -> int:
        """Resident bytes."""
        return int(self.process.memory_info().rss)

    def is_running(self) -> bool:
        return self.process.poll() is None


@contextlib.contextmanager
def started(arguments: Sequence[str], folder: Path, given: Mapping[str, str]) -> Iterator[Started]:
    """`python -m …` as long as this lasts, in a folder of its own, ended by SIGTERM."""
    with (folder / "log").open("ab") as log, _on_core(BOT_CORE):
        at = time.monotonic()
        process = psutil.Popen(
            [sys.executable, "-m", *arguments],
            cwd=folder,
            env=_environment(given),
            stdout=log,
            stderr=log,
        )
    try:
        yield Started(process, at)
    finally:
        with contextlib.suppress(psutil.NoSuchProcess):  # it may have ended by itself
            process.send_signal(signal.SIGTERM)
        try:
            process.wait(_STOPS_WITHIN)
        except psutil.TimeoutExpired:
            process.kill()
            process.wait()


def printed(arguments: Sequence[str], given: Mapping[str, str]) -> Any:
    """What `python -m …` prints at its end, as JSON."""
    with _on_core(BOT_CORE):
        done = subprocess.run(
            [sys.executable, "-m", *arguments],
            env=_environment(given),
            stdout=subprocess.PIPE,
            check=True,
        )
    return json.loads(done.stdout.splitlines()[-1])


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment(given: Mapping[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WEGWIJZER_")}
    return {**kept, "PYTHONPATH": str(ROOT), **given}
