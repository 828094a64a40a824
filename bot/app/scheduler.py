"""APScheduler's ticks. It only says when to look; the database says what is due.

Regular jobs are due rows too, so that each runs once every time it should, whatever crashes, and
is made up for when the bot was down. Only the leader ticks.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import clock
from bot.language.formats import BRUSSELS
from bot.schedule import due
from bot.schedule.due import DueHandler, Job
from bot.storage.engine import Database
from bot.storage.transaction import Tx

_NIGHT = time(3, 30)  # Brussels; not between 2 and 3, which is missing or double twice a year

log = structlog.get_logger()


def next_night(now: datetime) -> datetime:
    """The next 03:30 in Brussels after `now`."""
    local = now.astimezone(BRUSSELS)
    night = datetime.combine(local.date(), _NIGHT, BRUSSELS)
    if night <= local:
        night = datetime.combine(local.date() + timedelta(days=1), _NIGHT, BRUSSELS)
    return night.astimezone(now.tzinfo)


def next_hour(now: datetime) -> datetime:
    """The next full hour."""
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Regular:
    """Work that comes again and again, by name, and when it comes next."""

    name: str
    job: Job
    next_at: Callable[[datetime], datetime]

    @property
    def kind(self) -> str:
        """The kind, and the key, of its one due row."""
        return "regular." + self.name

    async def run(self, tx: Tx, ref: str, *, now: datetime) -> None:
        """Plan the next time, then do the work; both or none."""
        await due.plan(tx, key=self.kind, kind=self.kind, ref=ref, at=self.next_at(now))
        await self.job(tx, now=now)


def nightly(jobs: Mapping[str, Job]) -> list[Regular]:
    """Jobs of the night."""
    return [Regular(name, job, next_night) for name, job in jobs.items()]


def hourly(jobs: Mapping[str, Job]) -> list[Regular]:
    """Jobs of every hour."""
    return [Regular(name, job, next_hour) for name, job in jobs.items()]


async def plan_first(database: Database, regulars: Sequence[Regular], *, now: datetime) -> None:
    """Give each its first time, unless it has one."""
    async with database.writing() as tx:
        for one in regulars:
            at = one.next_at(now)
            await due.plan_unless_planned(tx, key=one.kind, kind=one.kind, ref=one.name, at=at)


async def plan_at_start(
    database: Database, regulars: Sequence[Regular], name: str, *, now: datetime
) -> None:
    """Have one of them run at once: what it looks after may have changed while we were away."""
    one = next(one for one in regulars if one.name == name)
    async with database.writing() as tx:
        await due.plan(tx, key=one.kind, kind=one.kind, ref=one.name, at=now)


def ticking(database: Database, kinds: Mapping[str, DueHandler]) -> AsyncIOScheduler:
    """A scheduler, not yet started, that looks every second at what is due."""

    async def tick() -> None:
        try:
            await due.run(database, kinds, now=clock.now())
        except Exception:
            log.exception("tick.failed")

    return every_second(tick)


def every_second(tick: Callable[[], Awaitable[None]]) -> AsyncIOScheduler:
    """Late ticks are merged, never skipped, never two at once."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_job(
        tick, "interval", seconds=1, coalesce=True, max_instances=1, misfire_grace_time=None
    )
    return scheduler
