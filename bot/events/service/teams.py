"""Teams for the walk: made by a captain, joined by an invitation link; and who walks alone.

A member is a registration of the event with a team; places are taken in `places` and nowhere else.
Who takes a place is held before the event, and the event before its teams.
"""

import secrets
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from bot.errors import Outdated
from bot.events import tables
from bot.events.domain import WALKS_ALONG, Event, Kind, ParticipantId, Place, Registration
from bot.events.domain import refusals as refused
from bot.events.domain import teams as domain
from bot.events.domain.teams import Team
from bot.events.service import holding, places, planned, rows, slots, team_planned, team_rows
from bot.storage.transaction import Tx

table = tables.teams


class Joined(NamedTuple):
    """What somebody has with their team. `is_new`: since now."""

    event: Event
    team: Team
    place: Registration
    is_new: bool = True


async def create(
    tx: Tx,
    captain: ParticipantId,
    event_id: int,
    name: str,
    *,
    size: int,
    slot_id: int | None = None,
    now: datetime,
) -> Joined:
    """A team for so many walkers, with its captain in it; the captain takes a place, or waits for
    one. Raises InTeam, SlotFull, and what `places.take` raises."""
    event, known = await holding.hold(tx, captain, event_id)
    await _check_free(tx, event, known.mine, now=now)
    size = min(max(size, domain.SMALLEST), domain.LARGEST)
    slot = None
    if slot_id is not None:
        slot = await slots.choose(tx, event, slot_id, size=size, is_team=True)
    made = await _insert(tx, event, name, size, slot, captain=captain, now=now)
    held = await _seat(tx, event, known, captain, made, now=now)
    return Joined(held.event, _with(made, held.place), held.place)


async def create_listed(
    tx: Tx, event_id: int, name: str, *, size: int, slot_id: int | None = None, now: datetime
) -> Team:
    """A team of a list, which nobody leads in Telegram (yet). Raises SlotFull, Over, Cancelled."""
    event = await rows.hold(tx, event_id)
    await _check_free(tx, event, None, now=now)
    size = min(max(size, 1), domain.LARGEST)
    slot = None
    if slot_id is not None:
        slot = await slots.choose(tx, event, slot_id, size=size, is_team=True)
    return await _insert(tx, event, name, size, slot, captain=None, now=now)


async def join(tx: Tx, participant: ParticipantId, token: str, *, now: datetime) -> Joined:
    """Into the team of an invitation; a second tap changes nothing. The place is taken, or waited
    for. Raises TeamGone, TeamFull, InTeam, and what `places.take` raises."""
    invited_to = select(table.c.event_id).where(table.c.token == token).scalar_subquery()
    try:
        event, known = await holding.hold(tx, participant, invited_to)
    except Outdated:
        raise domain.TeamGone from None
    team = await team_rows.by_token(tx, token)
    if team is None:  # dissolved or renewed meanwhile
        raise domain.TeamGone
    return await enter(tx, event, known, participant, team, now=now)


async def enter(
    tx: Tx,
    event: Event,
    known: holding.Known,
    participant: ParticipantId,
    team: Team,
    *,
    now: datetime,
) -> Joined:
    """Into a team of an event that is held. Raises as `join`."""
    mine = known.mine
    if mine is not None and mine.team == team.id and walks(mine):
        return Joined(event, team, mine, is_new=False)
    await _check_free(tx, event, mine, now=now)
    if team.free < (1 if mine is None or not walks(mine) else mine.size):
        raise domain.TeamFull(team.size)
    held = await _seat(tx, event, known, participant, team, now=now)
    if team.captain is not None:
        await team_planned.grew(tx, team.id, now=now)
    return Joined(held.event, _with(team, held.place), held.place)


async def leave(tx: Tx, participant: ParticipantId, event_id: int, *, now: datetime) -> Joined:
    """Out of the team, alone from now on; the place stays. Raises NoTeam, Over."""
    event = await rows.hold(tx, event_id)
    mine = await rows.of(tx, event_id, participant)
    if mine is None or mine.team is None or not walks(mine):
        raise domain.NoTeam
    team = await get(tx, mine.team)
    if event.has_begun(now):
        raise refused.Over
    place = await take_out(tx, event, team, mine, now=now)
    return Joined(event, team, place)


async def require_room(tx: Tx, mine: Registration, more: int) -> None:
    """May so many more come along with somebody, at an event that is held? At a walk the team or
    the start time must have room, too. Raises TeamFull, SlotFull."""
    if more > 0 and mine.team is not None:
        team = await get(tx, mine.team)
        if team.free < more:
            raise domain.TeamFull(team.size)
    elif more > 0 and mine.slot is not None:
        room = await team_rows.room(tx, mine.slot)
        if room is not None and not room.has_room(more, is_team=False):
            raise domain.SlotFull(mine.size + more)


async def walk_alone(
    tx: Tx,
    participant: ParticipantId,
    event_id: int,
    *,
    now: datetime,
    wants_team: bool = False,
) -> places.Held:
    """A place at the walk without a team (yet). Who has one already keeps it, and only says whether
    a coordinator is to find a team. Raises InTeam, and what `places.take` raises."""
    event, known = await holding.hold(tx, participant, event_id)
    await _check_free(tx, event, known.mine, now=now)
    wish = {"wants_team": wants_team}
    if known.mine is not None and _stands(known.mine):
        await rows.change(tx, known.mine.id, now=now, **wish)
        mine = await rows.of(tx, event_id, participant)
        assert mine is not None, "held"
        return places.Held(event, mine)
    return await places.take_held(tx, event, known, participant, walk=wish, now=now)


async def choose_own_slot(
    tx: Tx, participant: ParticipantId, event_id: int, slot_id: int, *, now: datetime
) -> Registration:
    """When somebody without a team sets off. Raises SlotFull, NoPlace, InTeam, Over, Cancelled."""
    event = await rows.hold(tx, event_id)
    mine = await rows.of(tx, event_id, participant)
    if mine is None or not walks(mine):
        raise refused.NoPlace
    await _check_free(tx, event, mine, now=now)
    if mine.slot != slot_id:
        slot = await slots.choose(tx, event, slot_id, size=mine.size, is_team=False)
        await rows.change(tx, mine.id, now=now, slot_id=slot.id)
        own = tables.registrations.c.id == mine.id
        await slots.set_start(tx, event, own, slot.starts_at, now=now, but=participant)
    found = await rows.by_id(tx, mine.id)
    assert found is not None, "held"
    return found


async def _check_free(tx: Tx, event: Event, mine: Registration | None, *, now: datetime) -> None:
    """May they walk with a team or alone here? Raises InTeam, Over, Cancelled, Outdated."""
    if event.kind != Kind.WALK:
        raise Outdated
    if mine is not None and mine.team is not None and walks(mine):
        raise domain.InTeam((await get(tx, mine.team)).name)
    if event.cancelled_at is not None:
        raise refused.Cancelled
    if event.has_begun(now):
        raise refused.Over


async def _seat(
    tx: Tx,
    event: Event,
    known: holding.Known,
    participant: ParticipantId,
    team: Team,
    *,
    now: datetime,
) -> places.Held:
    """A place with the team: the one they have, or one that is taken now."""
    walk: dict[str, Any] = {
        **team_rows.NO_WALK,
        "team_id": team.id,
        "joined_at": now,
        "own_start": team.starts_at,
    }
    mine = known.mine
    if mine is None or not _stands(mine):
        return await places.take_held(tx, event, known, participant, walk=walk, now=now)
    await rows.change(tx, mine.id, now=now, **walk)
    place = await rows.by_id(tx, mine.id)
    assert place is not None, "held"
    if place.state is Place.PLACED and place.own_start != mine.own_start:
        await planned.reminder(tx, event, place, now=now)
    return places.Held(event, place)


async def take_out(
    tx: Tx, event: Event, team: Team, mine: Registration, *, now: datetime
) -> Registration:
    """Alone from now on; at the same time where there is room for one more."""
    room = None if team.slot is None else await team_rows.room(tx, team.slot)
    stays = room is not None and room.has_room(mine.size, is_team=False)
    alone: dict[str, Any] = dict(team_rows.OUT_OF_TEAM)
    if stays:
        alone["slot_id"] = team.slot
    else:
        alone |= {"own_start": None, "told_start": None}
    await rows.change(tx, mine.id, now=now, **alone)
    await team_rows.left(tx, mine, now=now)
    place = await rows.by_id(tx, mine.id)
    assert place is not None, "held"
    if not stays and place.state is Place.PLACED:
        await planned.reminder(tx, event, place, now=now)
    return place


async def _insert(
    tx: Tx,
    event: Event,
    name: str,
    size: int,
    slot: domain.Slot | None,
    *,
    captain: ParticipantId | None,
    now: datetime,
) -> Team:
    values = {
        "event_id": event.id,
        "name": named(name),
        "size": size,
        "captain_id": captain,
        "slot_id": None if slot is None else slot.id,
        "token": None if captain is None else token(),
        "created_at": now,
    }
    row = await tx.one(tx.insert(table).values(values).returning(table))
    assert row is not None, "just written"
    starts_at = None if slot is None else slot.starts_at
    return team_rows.team({**row, "seats": 0, "starts_at": starts_at})


async def get(tx: Tx, team_id: int) -> Team:
    """A team that was not dissolved. Raises TeamGone."""
    found = await team_rows.find(tx, team_id)
    if found is None:
        raise domain.TeamGone
    return found


def _with(team: Team, place: Registration) -> Team:
    """As it is with this one."""
    return replace(team, seats=team.seats + place.size)


def named(name: str) -> str:
    """One line, not too long."""
    return " ".join(name.split())[: domain.LONGEST_NAME] or "—"


def token() -> str:
    """What nobody guesses: 128 bits."""
    return secrets.token_urlsafe(16)


def walks(mine: Registration) -> bool:
    """Are they at the walk, or will be when a place is free?"""
    return mine.state in WALKS_ALONG


def _stands(mine: Registration) -> bool:
    """A place or a number on the waitlist that need not be taken again."""
    return mine.state in (Place.WAITING, Place.PLACED)
