"""Lead a team: what it is called, how big it is, when it sets off, who is in it, who leads it.

Authority is judged on the rows of now, while the event is held: what only the captain may is
refused to everybody else. `captain` None: a coordinator, whom the caller has judged.
"""

from datetime import datetime

from sqlalchemy import select, update

from bot.events import tables
from bot.events.domain import Event, ParticipantId, Registration
from bot.events.domain import refusals as refused
from bot.events.domain import teams as domain
from bot.events.domain.teams import Team
from bot.events.service import rows, slots, team_planned, team_rows, teams
from bot.storage.transaction import Tx


async def rename(tx: Tx, captain: ParticipantId, team_id: int, name: str, *, now: datetime) -> Team:
    """What the team is called. Raises NotCaptain, TeamGone."""
    _event, team = await held(tx, captain, team_id, now=now)
    await team_rows.change(tx, team.id, name=teams.named(name))
    return await teams.get(tx, team.id)


async def resize(
    tx: Tx, captain: ParticipantId | None, team_id: int, size: int, *, now: datetime
) -> Team:
    """For so many walkers. Raises TooSmall, SlotFull, NotCaptain, TeamGone."""
    event, team = await held(tx, captain, team_id, now=now)
    size = min(max(size, domain.SMALLEST), domain.LARGEST)
    if size < team.seats:
        raise domain.TooSmall(team.seats)
    if team.slot is not None and size > team.size:
        await slots.choose(tx, event, team.slot, size=size - team.size, is_team=False)
    await team_rows.change(tx, team.id, size=size)
    return await teams.get(tx, team.id)


async def renew(tx: Tx, captain: ParticipantId | None, team_id: int, *, now: datetime) -> Team:
    """A new invitation; the one before counts no more. Raises NotCaptain, TeamGone."""
    _event, team = await held(tx, captain, team_id, now=now)
    await team_rows.change(tx, team.id, token=teams.token())
    return await teams.get(tx, team.id)


async def remove(
    tx: Tx, captain: ParticipantId | None, team_id: int, registration_id: int, *, now: datetime
) -> Team:
    """Somebody walks no longer with the team; their place stays, and they hear of it.
    Raises NotCaptain, NoTeam, TeamGone, Over."""
    event, team = await held(tx, captain, team_id, now=now)
    theirs = await rows.by_id(tx, registration_id)
    if theirs is None or theirs.team != team.id or theirs.participant == captain:
        raise domain.NoTeam
    if event.has_begun(now):
        raise refused.Over
    await teams.take_out(tx, event, team, theirs, now=now)
    await team_planned.taken_out(tx, theirs, team.id, at=now)
    return await teams.get(tx, team.id) if await team_rows.find(tx, team.id) else team


async def hand_over(
    tx: Tx, captain: ParticipantId | None, team_id: int, registration_id: int, *, now: datetime
) -> Team:
    """Another member leads the team. Raises NotCaptain, NoTeam, TeamGone."""
    _event, team = await held(tx, captain, team_id, now=now)
    theirs = await rows.by_id(tx, registration_id)
    if theirs is None or theirs.team != team.id or not teams.walks(theirs):
        raise domain.NoTeam
    if theirs.participant != team.captain:
        token = team.token or teams.token()
        await team_rows.change(tx, team.id, captain_id=theirs.participant, token=token)
        await team_planned.captain(tx, team.id, theirs.participant, at=now)
    return await teams.get(tx, team.id)


async def choose_slot(
    tx: Tx, captain: ParticipantId | None, team_id: int, slot_id: int, *, now: datetime
) -> Team:
    """When the team sets off; the others hear of it. Raises SlotFull, NotCaptain, TeamGone."""
    event, team = await held(tx, captain, team_id, now=now)
    if team.slot == slot_id:
        return team
    slot = await slots.choose(tx, event, slot_id, size=team.size, is_team=True)
    await team_rows.change(tx, team.id, slot_id=slot.id)
    own = team_rows.in_team(team.id)
    await slots.set_start(tx, event, own, slot.starts_at, now=now, but=captain)
    return await teams.get(tx, team.id)


async def dissolve(
    tx: Tx, captain: ParticipantId | None, team_id: int, *, now: datetime
) -> list[Registration]:
    """There is no such team any more; its members keep their places and the time at which they set
    off, and hear of it. Returns them. Raises NotCaptain, TeamGone."""
    event, team = await held(tx, captain, team_id, now=now)
    places = tables.registrations
    found = await rows.all_of(tx, event.id, where=team_rows.in_team(team.id))
    await team_rows.change(tx, team.id, captain_id=None, token=None, cancelled_at=now, slot_id=None)
    alone = {**team_rows.OUT_OF_TEAM, "slot_id": team.slot, "changed_at": now}
    own = update(places).where(places.c.team_id == team.id)
    await tx.execute(own.values(alone))
    others = [one for one in found if one.participant != captain]
    await team_planned.dissolved(tx, others, team.id, at=now)
    return found


async def held(
    tx: Tx, captain: ParticipantId | None, team_id: int, *, now: datetime
) -> tuple[Event, Team]:
    """The event, held, and its team as it is with that; `captain` None: a coordinator, whom the
    caller has judged. Raises NotCaptain, TeamGone, Over, Cancelled."""
    event_id = await tx.scalar(select(tables.teams.c.event_id).where(tables.teams.c.id == team_id))
    if event_id is None:
        raise domain.TeamGone
    event = await rows.hold(tx, event_id)
    team = await teams.get(tx, team_id)
    if captain is not None and team.captain != captain:
        raise domain.NotCaptain
    if event.cancelled_at is not None:
        raise refused.Cancelled
    if event.ends_at <= now:
        raise refused.Over
    return event, team
