"""A walk with start slots, its teams, and who walks, for tests."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from bot.events import tables
from bot.events.domain import EventId, Kind, ParticipantId
from bot.events.domain.teams import SlotRoom
from bot.events.service import slots, team_rows, teams
from bot.events.service.teams import Joined
from bot.storage.transaction import Tx
from tests.support.event_makers import DAY, HOUR, MINUTE, NOW, an_event

# A Saturday in November, nine in the morning in Brussels.
STARTS = NOW + 8 * DAY - HOUR


async def a_walk(tx: Tx, *, capacity: int | None = 500, **changes: object) -> EventId:
    """A walk next Saturday, from nine to one, for as many as you like."""
    facts: dict[str, Any] = {
        "kind": Kind.WALK,
        "titles": {"nl": "Stap mee", "en": "Walk along"},
        "starts_at": STARTS,
        "capacity": capacity,
        **changes,
    }
    return await an_event(tx, **facts)


async def with_slots(
    tx: Tx,
    event: EventId,
    *,
    count: int = 3,
    walkers: int | None = 20,
    most_teams: int | None = None,
    now: datetime = NOW,
) -> list[SlotRoom]:
    """Every ten minutes from when the walk begins."""
    moments = [STARTS + n * timedelta(minutes=10) for n in range(count)]
    return await slots.plan(tx, event, moments, walkers=walkers, most_teams=most_teams, now=now)


async def a_team(
    tx: Tx,
    captain: ParticipantId,
    event: EventId,
    *,
    name: str = "De Kikkers",
    size: int = 10,
    slot: int | None = None,
    now: datetime = NOW,
) -> Joined:
    """A team and its captain."""
    return await teams.create(tx, captain, event, name, size=size, slot_id=slot, now=now)


async def joins(
    tx: Tx, team: Joined, people: Sequence[ParticipantId], *, now: datetime = NOW
) -> list[Joined]:
    """These open the invitation, a minute after each other."""
    token = team.team.token or ""
    return [
        await teams.join(tx, one, token, now=now + number * MINUTE)
        for number, one in enumerate(people)
    ]


async def counted(tx: Tx, event: EventId) -> dict[int, int]:
    """How many walkers each slot has, counted by hand: slot -> walkers."""
    places, groups = tables.registrations, tables.teams
    live = places.c.state.in_(("waiting", "offered", "placed", "attended", "absent"))
    alone = (
        select(places.c.slot_id, func.sum(1 + places.c.companions).label("walkers"))
        .where(places.c.event_id == event, live, places.c.slot_id.is_not(None))
        .group_by(places.c.slot_id)
    )
    found = {row["slot_id"]: int(row["walkers"]) for row in await tx.all(alone)}
    theirs = select(groups).where(
        groups.c.event_id == event, groups.c.cancelled_at.is_(None), groups.c.slot_id.is_not(None)
    )
    for row in await tx.all(theirs):
        found[row["slot_id"]] = found.get(row["slot_id"], 0) + row["size"]
    return found


async def room(tx: Tx, slot: SlotRoom) -> SlotRoom:
    """The slot as it is now."""
    found = await team_rows.room(tx, slot.slot.id)
    assert found is not None
    return found
