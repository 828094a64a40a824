"""Rows of teams and start slots; and what becomes of a team when somebody leaves it.

Whoever changes a team, a slot or who is in it holds the event first (`rows.hold`): what is counted
here stays true until that is committed.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, select, update

from bot.events import tables
from bot.events.domain import (
    WALKS_ALONG,
    EventId,
    ParticipantId,
    Registration,
    SlotId,
    TeamId,
)
from bot.events.domain.teams import Slot, SlotRoom, Team
from bot.events.service import team_planned
from bot.storage.transaction import Row, Tx

teams, slots, registrations = tables.teams, tables.start_slots, tables.registrations
_who = tables.participants

# What a registration loses with its team.
OUT_OF_TEAM: dict[str, Any] = {"team_id": None, "joined_at": None, "wants_team": False}
NO_WALK: dict[str, Any] = {**OUT_OF_TEAM, "slot_id": None, "own_start": None, "told_start": None}


def team(row: Row) -> Team:
    """A team of its row, with who has joined and when it sets off."""
    return Team(
        id=TeamId(row["id"]),
        event_id=EventId(row["event_id"]),
        name=row["name"],
        size=row["size"],
        captain=row["captain_id"],
        slot=row["slot_id"],
        token=row["token"],
        cancelled_at=row["cancelled_at"],
        seats=int(row["seats"]),
        starts_at=row["starts_at"],
    )


def slot(row: Row) -> Slot:
    """A slot of its row."""
    return Slot(
        id=SlotId(row["id"]),
        event_id=EventId(row["event_id"]),
        starts_at=row["starts_at"],
        walkers=row["walkers"],
        most_teams=row["most_teams"],
    )


def looked_at() -> Select[Any]:
    """Teams as `team` reads them."""
    return select(teams, _seats().label("seats"), slots.c.starts_at).select_from(
        teams.outerjoin(slots, slots.c.id == teams.c.slot_id)
    )


async def find(tx: Tx, team_id: int) -> Team | None:
    """A team that was not dissolved."""
    return await _one(tx, teams.c.id == team_id)


async def by_token(tx: Tx, token: str) -> Team | None:
    """The team to which this invitation belongs now."""
    return await _one(tx, teams.c.token == token)


async def _one(tx: Tx, own: ColumnElement[bool]) -> Team | None:
    row = await tx.one(looked_at().where(own, teams.c.cancelled_at.is_(None)))
    return None if row is None else team(row)


async def of_event(tx: Tx, event_id: int) -> list[Team]:
    """All teams of a walk in the order in which they set off; who has no time yet comes last."""
    wanted = looked_at().where(teams.c.event_id == event_id, teams.c.cancelled_at.is_(None))
    order = slots.c.starts_at.is_(None), slots.c.starts_at, teams.c.name, teams.c.id
    return [team(row) for row in await tx.all(wanted.order_by(*order))]


async def names(tx: Tx, ids: Iterable[TeamId | None]) -> dict[TeamId, str]:
    """What these teams are called."""
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return {}
    found = await tx.all(select(teams.c.id, teams.c.name).where(teams.c.id.in_(wanted)))
    return {TeamId(row["id"]): row["name"] for row in found}


async def name_of(tx: Tx, team_id: TeamId | None) -> str | None:
    """The same of one."""
    return None if team_id is None else (await names(tx, [team_id])).get(team_id)


async def change(tx: Tx, team_id: int, **values: Any) -> None:
    """Write what has changed of a team."""
    await tx.execute(update(teams).where(teams.c.id == team_id).values(values))


async def rooms(tx: Tx, event_id: int) -> list[SlotRoom]:
    """The start slots of a walk in order, and what is taken of each."""
    wanted = _rooms().where(slots.c.event_id == event_id).order_by(slots.c.starts_at)
    return [_room(row) for row in await tx.all(wanted)]


async def room(tx: Tx, slot_id: int) -> SlotRoom | None:
    """The same for one slot."""
    row = await tx.one(_rooms().where(slots.c.id == slot_id))
    return None if row is None else _room(row)


async def left(tx: Tx, mine: Registration, *, now: datetime) -> None:
    """Somebody is no longer in their team, and their row says so: if they led it, who is with it
    longest leads it now; a team in which nobody is left is dissolved."""
    if mine.team is not None:
        await pass_on(tx, mine.team, mine.participant, now=now)


async def pass_on(tx: Tx, team_id: TeamId, captain: ParticipantId, *, now: datetime) -> None:
    """Who led the team leads it no more."""
    led = await tx.scalar(
        select(teams.c.id).where(teams.c.id == team_id, teams.c.captain_id == captain)
    )
    if led is None:
        return
    heir = await tx.scalar(_longest(team_id).where(registrations.c.participant_id != captain))
    if heir is None:
        over = {"captain_id": None, "token": None, "slot_id": None, "name": ""}
        await change(tx, team_id, cancelled_at=now, **over)
        return
    await change(tx, team_id, captain_id=heir)
    await team_planned.captain(tx, team_id, ParticipantId(heir), at=now)


def in_team(team_id: int) -> ColumnElement[bool]:
    """Registrations of who walks with a team."""
    return and_(registrations.c.team_id == team_id, registrations.c.state.in_(WALKS_ALONG))


def _longest(team_id: int) -> Select[Any]:
    """Who can lead a team: who has Telegram before who has not."""
    return (
        select(registrations.c.participant_id)
        .join(_who, _who.c.id == registrations.c.participant_id)
        .where(in_team(team_id))
        .order_by(_who.c.person_id.is_(None), registrations.c.joined_at, registrations.c.id)
        .limit(1)
    )


def _size() -> ColumnElement[int]:
    return func.coalesce(func.sum(1 + registrations.c.companions), 0)


def _seats() -> ScalarSelect[Any]:
    """Who has joined a team, of the row of the team."""
    joined = and_(registrations.c.team_id == teams.c.id, registrations.c.state.in_(WALKS_ALONG))
    return select(_size()).where(joined).scalar_subquery()


def _rooms() -> Select[Any]:
    own = and_(teams.c.slot_id == slots.c.id, teams.c.cancelled_at.is_(None))
    alone = and_(
        registrations.c.slot_id == slots.c.id,
        registrations.c.team_id.is_(None),
        registrations.c.state.in_(WALKS_ALONG),
    )
    together = select(func.coalesce(func.sum(teams.c.size), 0)).where(own).scalar_subquery()
    return select(
        slots,
        together.label("together"),
        select(func.count()).select_from(teams).where(own).scalar_subquery().label("teams"),
        select(_size()).where(alone).scalar_subquery().label("alone"),
    )


def _room(row: Row) -> SlotRoom:
    return SlotRoom(
        slot=slot(row), walkers=int(row["together"]) + int(row["alone"]), teams=row["teams"]
    )
