"""Events that are there when a story about people begins."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.events.domain import Draft, Kind
from bot.events.service import planning, slots
from tests.support.journeys import Story


async def a_workshop(told: Story, titles: Mapping[str, str], starts_at: datetime) -> int:
    """Three hours long, with two places."""
    draft = Draft(
        kind=Kind.WORKSHOP,
        titles=titles,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=3),
        place="De Krook",
        town="Gent",
        latitude=51.048,
        longitude=3.728,
        capacity=2,
    )
    async with told.wegwijzer.bot.database.writing() as tx:
        return await planning.create(tx, draft, now=told.wegwijzer.clock.now)


async def a_walk(told: Story, titles: Mapping[str, str], starts_at: datetime) -> int:
    """For a hundred walkers, with three start times of twenty."""
    draft = Draft(
        kind=Kind.WALK,
        titles=titles,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=4),
        town="Gent",
        capacity=100,
    )
    moments = [starts_at + timedelta(minutes=10 * n) for n in range(3)]
    now = told.wegwijzer.clock.now
    async with told.wegwijzer.bot.database.writing() as tx:
        walk = await planning.create(tx, draft, now=now)
        await slots.plan(tx, walk, moments, walkers=20, now=now)
    return walk
