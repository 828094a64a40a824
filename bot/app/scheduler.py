"""APScheduler's ticks. It only says when to look; the database says what is due.

Nightly jobs are due rows too, so that each runs once a night, whatever crashes, and is made up for
when the bot was down. Only the leader ticks.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, time, timedelta
from functools import partial
from typing import Protocol

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import clock
from bot.language.formats import BRUSSELS
from bot.schedule import due
from bot.schedule.due import DueHandler
from bot.storage.engine import Database
from bot.storage.transaction import Tx

_NIGHT = time(3, 30)  # Brussels; not between 2 and 3, which is missing or double twice a year
_KIND = "nightly."

log = structlog.get_logger()


class Job(Protocol):
    """A slice's regular work."""

    def __call__(self, tx: Tx, *, now: datetime) -> Awaitable[None]: ...


def next_night(now: datetime) -> datetime:
    """The next 03:30 in Brussels after `now`."""
    local = now.astimezone(BRUSSELS)
    night = datetime.combine(local.date(), _NIGHT, BRUSSELS)
    if night <= local:
        night = datetime.combine(local.date() + timedelta(days=1), _NIGHT, BRUSSELS)
    return night.astimezone(now.tzinfo)


def nightly(jobs: Mapping[str, Job]) -> dict[str, DueHandler]:
    """Each job as a kind of due row that plans its next night."""
    return {_KIND + name: partial(_run_tonight, job) for name, job in jobs.items()}


async def _run_tonight(job: Job, tx: Tx, ref: str, *, now: datetime) -> None:
    await _plan(tx, ref, next_night(now))
    await job(tx, now=now)


async def plan_nights(database: Database, jobs: Mapping[str, Job], *, now: datetime) -> None:
    """Give each job its first night, unless it has one."""
    async with database.writing() as tx:
        for name in jobs:
            await _plan(tx, name, next_night(now), unless_planned=True)


async def _plan(tx: Tx, name: str, at: datetime, *, unless_planned: bool = False) -> None:
    plan = due.plan_unless_planned if unless_planned else due.plan
    await plan(tx, key=_KIND + name, kind=_KIND + name, ref=name, at=at)


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
