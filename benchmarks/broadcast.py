"""`python -m benchmarks.broadcast`: a message to 20,000 people, as fast as Telegram allows.

The simulator keeps the limits, five people a second ask something else meanwhile, and the bot is
killed three times. Prints how much of 30 messages a second was used while the bot ran, how long the
others waited for their answers, who got no copy and who got two; exit code 1 when a promise is
broken. `--people 600 --kills 1` is the small form of `make bench`.
"""

import argparse
import asyncio
import dataclasses
import json
import math
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.report import machine
from bot.app import migrating
from bot.broadcast.domain import Audience, Draft, Group, Kind, Stage, Topic
from bot.broadcast.service import rows, sending
from bot.broadcast.tables import broadcasts
from bot.language.formats import BRUSSELS
from bot.people import tables as people
from bot.storage.engine import Database
from tests.support import broadcast_makers
from tests.support.processes import ROOT, BotProcess, free_port

PROMISED = {"use": 0.97, "p99": 0.300, "delay": 0.200, "doubles": 5}
_ASKERS = 60
_ALONE = 10.0  # seconds of asking before anything is sent: how long an answer takes by itself
_PER_SECOND = 30


@dataclass(frozen=True)
class Figures:
    """What came of it.

    use      part of Telegram's 30 a second that was used while the bot ran
    waits    seconds until an answer, beside the message to many; `alone`, before it
    """

    use: float
    waits: list[float]
    alone: list[float]
    refused: int
    missed: int
    doubles: int
    seconds: float

    @property
    def p99(self) -> float:
        """99 of 100 answers came within this."""
        return _part(self.waits, 0.99)

    @property
    def delay(self) -> float:
        """How much longer they took than alone, 99 of 100."""
        return self.p99 - _part(self.alone, 0.5)

    def faults(self) -> list[str]:
        """Broken promises."""
        found = {
            "use below 97 %": self.use < PROMISED["use"],
            "429": self.refused > 0,
            "answers later than 300 ms": self.p99 > PROMISED["p99"],
            "answers delayed by more than 200 ms": self.delay > PROMISED["delay"],
            "missed": self.missed > 0,
            "doubles": self.doubles > PROMISED["doubles"],
        }
        return [name for name, is_broken in found.items() if is_broken]


def main() -> int:
    """Send it and print what came of it."""
    given = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        figures = asyncio.run(measured(given.people, given.kills, Path(folder)))
    if given.json:
        print(json.dumps(dataclasses.asdict(figures) | {"p99": figures.p99}))
        return 0
    print(json.dumps(machine()))
    print(
        f"{given.people} people in {figures.seconds:.0f} s, {figures.use:.1%} of {_PER_SECOND}/s,"
        f" 429: {figures.refused}, missed: {figures.missed}, doubles: {figures.doubles}"
    )
    print(
        f"{len(figures.waits)} answers beside it: median {statistics.median(figures.waits):.3f} s,"
        f" p99 {figures.p99:.3f} s; alone: median {_part(figures.alone, 0.5):.3f} s,"
        f" p99 {_part(figures.alone, 0.99):.3f} s"
    )
    for fault in figures.faults():
        print("BROKEN:", fault)
    return int(bool(figures.faults()))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.broadcast", description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="every figure, nothing judged")
    return parser.parse_args()


async def measured(many: int, kills: int, folder: Path, *, alone: float = _ALONE) -> Figures:
    """The whole story; `alone`: seconds of asking before anything is sent."""
    later = _until_ten()
    async with _crowd(many, folder) as crowd:
        database = f"sqlite:///{folder}/live.sqlite"
        bot = BotProcess(crowd.url, database, folder, crowd.group, later=later)
        await _filled(database, crowd.first, many)
        await bot.starts()
        try:
            await crowd.asks("ask")
            await asyncio.sleep(alone)
            return await _measured(bot, crowd, many, kills, later)
        finally:
            await bot.is_killed()


async def _measured(bot: BotProcess, crowd: "Line", many: int, kills: int, later: float) -> Figures:
    alone = (await crowd.asks("found"))["waits"]
    await _begun(bot, datetime.now(UTC) + timedelta(seconds=later))
    await crowd.has(1)
    began = (await crowd.asks("found"))["now"]
    pauses: list[tuple[float, float]] = []
    for number in range(kills):
        await crowd.has(round(many * (number + 1) / (kills + 1)))
        killed_at = (await crowd.asks("found"))["now"]
        await crowd.asks("ask")  # who asks a dead bot learns nothing about a living one
        await bot.is_killed()
        await bot.starts()
        await crowd.asks("ask")
        pauses.append((killed_at, (await crowd.asks("found"))["now"]))
    await crowd.has(many)
    found = await crowd.asks("found")
    moments = [one for one in found["taken"] if one >= began]
    copies = {int(count): n for count, n in found["copies"].items()}
    return Figures(
        use=_use(moments, pauses),
        waits=found["waits"][len(alone) :],
        alone=alone,
        refused=found["refused"],
        missed=copies.get(0, 0),
        doubles=sum((count - 1) * n for count, n in copies.items() if count > 1),
        seconds=moments[-1] - moments[0],
    )


@dataclass(frozen=True)
class Line:
    """The way to the crowd's process."""

    url: str
    http: aiohttp.ClientSession
    first: int
    group: int

    async def asks(self, what: str) -> Any:
        """See `benchmarks.crowd`."""
        async with self.http.post(f"{self.url}/bench/{what}") as answer:
            return await answer.json(content_type=None)

    async def has(self, wanted: int) -> None:
        """Wait until so many people have a copy."""
        while True:
            found = await self.asks("found")
            if sum(n for count, n in found["copies"].items() if count != "0") >= wanted:
                return
            await asyncio.sleep(0.2)


@asynccontextmanager
async def _crowd(many: int, folder: Path) -> AsyncIterator[Line]:
    port = free_port()
    with (folder / "crowd.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "benchmarks.crowd", str(port), str(many), str(_ASKERS)),
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
        )
    assert process.stdout is not None
    try:
        told = json.loads(await process.stdout.readline())
        async with aiohttp.ClientSession() as http:
            yield Line(f"http://127.0.0.1:{port}", http, told["first"], told["group"])
    finally:
        process.kill()
        await process.wait()


async def _filled(url: str, first: int, many: int) -> None:
    """Everybody has chosen a language; so have those who only ask, and they want no news."""
    await migrating.upgrade(url)
    database, now = Database(url), datetime.now(UTC)
    values = [
        {
            "telegram_id": first + number,
            "first_name": f"Person {number}",
            "language": ("nl", "en", "uk", "fa_AF", "ps")[number % 5] if number < many else "en",
            "created_at": now,
            "seen_at": now,
        }
        for number in range(many + _ASKERS)
    ]
    async with database.writing() as tx:
        for start in range(0, len(values), 1000):
            await tx.execute(people.people.insert(), values[start : start + 1000])
        await tx.raw(
            "INSERT INTO subscriptions (person_id, topic, is_on, at)"
            " SELECT id, 'news', 0, ? FROM people WHERE telegram_id >= ?",
            now.isoformat(sep=" ")[:26],
            first + many,
        )
    await database.close()


async def _begun(bot: BotProcess, now: datetime) -> None:
    """A coordinator's message, with a second one's yes."""
    database, desk = Database(bot.database_url), broadcast_makers.a_desk(group=bot.staff_group)
    draft = Draft(
        kind=Kind.OWN,
        topic=Topic.NEWS,
        audience=Audience((Group.NEWCOMERS,)),
        texts=dict.fromkeys(("nl", "en", "uk"), "We are closed tomorrow. {name}, see you."),
    )
    values = {**rows.stored(draft), "stage": Stage.ASKED, "created_at": now, "changed_at": now}
    async with database.writing() as tx:
        made = tx.insert(broadcasts).values(values).returning(broadcasts.c.id)
        one = await rows.get(tx, int(await tx.scalar(made)))
        approved = await rows.write(tx, one.id, {"approved_sign": one.draft.sign})
        await sending.begin(desk, tx, approved, now=now)
    await database.close()


def _use(moments: list[float], pauses: list[tuple[float, float]]) -> float:
    """Of what Telegram allows, how much left while the bot ran: from the first message of each of
    its lives to the last one. The first thirty come at once: they belong to the second before."""
    edges = [-math.inf, *(edge for pause in pauses for edge in pause), math.inf]
    lives = [
        [one for one in moments if start < one <= end]
        for start, end in zip(edges[::2], edges[1::2], strict=True)
    ]
    counted = sum(len(life) - 1 for life in lives if life)
    return counted / (_PER_SECOND * sum(life[-1] - life[0] for life in lives if life))


def _part(seconds: list[float], part: float) -> float:
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def _until_ten() -> float:
    """Seconds to ten in the morning: nothing is sent at night."""
    local = datetime.now(BRUSSELS)
    ten = datetime.combine(local.date(), datetime.min.time().replace(hour=10), BRUSSELS)
    return (ten - local).total_seconds()


if __name__ == "__main__":
    sys.exit(main())
