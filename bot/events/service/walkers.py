"""Walkers who registered elsewhere: a name on a list, until soon after the walk."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select, update

from bot.errors import Outdated
from bot.events import tables
from bot.events.domain import Kind, ParticipantId, Place
from bot.events.domain import teams as domain
from bot.events.service import holding, participants, places, slots, team_rows, teams
from bot.storage.transaction import Tx

KEPT = timedelta(days=30)  # after the walk

_who, _teams, _events = tables.participants, tables.teams, tables.events


async def add_walker(
    tx: Tx,
    event_id: int,
    name: str,
    *,
    now: datetime,
    team_id: int | None = None,
    slot_id: int | None = None,
    companions: int = 0,
) -> places.Held:
    """Somebody without Telegram at a walk, in a team of it or in a slot of their own. The first one
    of a team that nobody leads is its captain on the list.

    `held.place.state` is PLACED or WAITING. Raises TeamFull, TeamGone, SlotFull, Over, Cancelled,
    Closed, Full, Outdated (no walk).
    """
    participant = await participants.by_name(tx, name.strip()[:64], now=now)
    event, known = await holding.hold(tx, participant, event_id)
    if event.kind != Kind.WALK:
        raise Outdated
    until = update(_who).where(_who.c.id == participant)
    await tx.execute(until.values(name_until=event.ends_at + KEPT))
    walk: dict[str, Any] = {}
    if team_id is not None:
        walk = await _with_team(tx, event_id, team_id, participant, 1 + companions, now=now)
    elif slot_id is not None:
        slot = await slots.choose(tx, event, slot_id, size=1 + companions, is_team=False)
        walk = {"slot_id": slot.id, "own_start": slot.starts_at}
    return await places.take_held(
        tx, event, known, participant, companions=companions, walk=walk, now=now
    )


async def take_off(tx: Tx, participant: ParticipantId, event_id: int, *, now: datetime) -> None:
    """Somebody of a list does not come after all; the name goes at once. Raises NoPlace, Over."""
    await places.give_back(tx, participant, event_id, now=now)
    listed = and_(_who.c.id == participant, _who.c.name_until.is_not(None))
    await tx.execute(update(_who).where(listed).values(name=None, name_until=None))


async def forget_names(tx: Tx, *, now: datetime) -> None:
    """Who walked a month ago is a number; so are the names that their teams gave themselves."""
    old = _who.c.name_until < now
    await tx.execute(update(_who).where(old).values(name=None, name_until=None))
    over = select(_events.c.id).where(_events.c.ends_at < now - KEPT)
    named = and_(_teams.c.event_id.in_(over), or_(_teams.c.name != "", _teams.c.token.is_not(None)))
    await tx.execute(update(_teams).where(named).values(name="", token=None))


async def _with_team(
    tx: Tx, event_id: int, team_id: int, participant: ParticipantId, size: int, *, now: datetime
) -> dict[str, Any]:
    team = await teams.get(tx, team_id)
    if team.event_id != event_id:
        raise domain.TeamGone
    if team.free < size:
        raise domain.TeamFull(team.size)
    if team.captain is None:
        await team_rows.change(tx, team.id, captain_id=participant)
    return {"team_id": team.id, "joined_at": now, "own_start": team.starts_at}


def is_placed(held: places.Held) -> bool:
    """Is there a place, or only a number on the waitlist?"""
    return held.place.state is Place.PLACED
