"""`python -m benchmarks.office_day`: a large day at the desk, with Telegram's limits on.

Ten colleagues, two hundred people in five languages, sixty questions an hour in each group; two
colleagues race for every question, replicas are killed, and at the end both sides' transcripts are
compared. Prints the figures; exit code 1 when anything is not as it should be.

`--speed 20` lets Telegram's limits, the hold and the hour pass twenty times faster. The time to the
person's phone is real time after the hold.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

from benchmarks.report import machine
from tests.support import databases, ledger
from tests.support.office_day import OfficeDay, an_office_day
from tests.support.processes import BotProcess, balancer, simulated_telegram

_HOUR = 3600.0
_HOLD = 10.0
_DOUBLES_A_KILL = 3  # one in the air for each of: a person, the team's group, the toast's chat


def main() -> int:
    """Run the day that was asked for and print what it came to."""
    given = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        faults = asyncio.run(_day(given, Path(folder)))
    for fault in faults:
        print(fault)
    return int(bool(faults))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.office_day", description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--team", type=int, default=10)
    parser.add_argument("--groups", type=int, default=1, help="60 questions an hour in each")
    parser.add_argument("--hours", type=float, default=1.0)
    parser.add_argument("--speed", type=float, default=20.0)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


async def _day(given: argparse.Namespace, folder: Path) -> list[str]:
    server = databases.start_postgres(f"day-{given.seed}")
    try:
        url = databases.fresh_postgres(server, "day")
        async with AsyncExitStack() as stack:
            telegram = await stack.enter_async_context(simulated_telegram(folder))
            day = await stack.enter_async_context(
                an_office_day(
                    telegram,
                    seed=given.seed,
                    length=given.hours * _HOUR / given.speed,
                    hold=_HOLD / given.speed,
                    speed=given.speed,
                    groups=given.groups,
                )
            )
            bots = _bots(given, day, telegram, url, folder)
            address = await stack.enter_async_context(balancer(bots))
            for bot in bots:
                bot.public_url = address
                await bot.starts()
            await _passes(given, day, bots)
            return await _judged(given, day, url)
    finally:
        server.cleanup()


def _bots(
    given: argparse.Namespace, day: OfficeDay, telegram: str, url: str, folder: Path
) -> list[BotProcess]:
    first, *others = (group.id for group in day.groups)
    own = f"en={others[0]},fa_AF={others[0]}" if others else ""
    return [
        BotProcess(
            telegram,
            url,
            folder,
            first,
            own_groups=own,
            speed=given.speed,
            hold=_HOLD / given.speed,
        )
        for _ in range(2)
    ]


async def _passes(given: argparse.Namespace, day: OfficeDay, bots: list[BotProcess]) -> None:
    await day.opens(people=given.people, team=given.team)
    questions = round(60 * given.hours * given.groups)
    passing = asyncio.create_task(day.passes(questions))
    for number in range(given.kills):
        await asyncio.sleep(day.length / (given.kills + 1))
        victim = bots[number % len(bots)]
        await victim.is_killed()
        await victim.starts()
    await passing
    await day.is_quiet(bots)


async def _judged(given: argparse.Namespace, day: OfficeDay, url: str) -> list[str]:
    found = await ledger.read(url)
    calls = await day.simulation.calls()
    refused = [call for call in calls if call.get("error_code") == 429]
    waits = sorted(wait for one in day.questions for wait in one.waits)
    in_groups = sum(_is_in_a_group(call) for call in calls)
    print(machine())
    print(f"questions {len(day.questions)}, states {found.states}, 429: {len(refused)}")
    print(f"calls in groups: {in_groups / len(day.questions):.1f} a question, words included")
    print(
        f"from the end of the hold to the phone: median {statistics.median(waits) * 1000:.0f} ms,"
        f" 95 of 100 within {waits[int(len(waits) * 0.95)] * 1000:.0f} ms ({len(waits)} messages)"
    )
    too_fast = [f"429: {call['method']}" for call in refused]
    return [*day.faults(doubles=given.kills * _DOUBLES_A_KILL), *found.faults, *too_fast]


def _is_in_a_group(call: dict[str, object]) -> bool:
    params = call.get("params")
    return isinstance(params, dict) and str(params.get("chat_id", "")).startswith("-")


if __name__ == "__main__":
    sys.exit(main())
