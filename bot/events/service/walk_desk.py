"""What organisers do with a walk: start times, teams, who looks for one, who is at the door.

Who checks in is staff; everything else is the coordinators' of the event's office. Authority is
judged here at every action, and what changed is recorded (numbers only).
"""

from collections.abc import Sequence
from datetime import datetime

from bot.errors import Outdated
from bot.events.desk import EventsDesk
from bot.events.domain import HAS_A_PLACE, Event, Kind, Place
from bot.events.domain import refusals as refused
from bot.events.domain import teams as domain
from bot.events.domain.teams import Member, SlotRoom, Team, Walk
from bot.events.service import (
    holding,
    leading,
    listing,
    marking,
    rows,
    slots,
    team_lists,
    team_planned,
    team_rows,
    teams,
    walkers,
)
from bot.people import service as people
from bot.people.domain import Person, Role, require
from bot.storage.transaction import Tx


async def look(tx: Tx, person: Person, event_id: int) -> Walk:
    """Everybody at a walk, for whoever is staff. Raises StaffOnly, Outdated."""
    require(person, Role.STAFF)
    return await team_lists.of_walk(tx, _walk(await listing.get(tx, event_id)))


async def look_at_team(
    tx: Tx, person: Person, team_id: int
) -> tuple[Event, Team, Sequence[Member]]:
    """A team and its members. Raises StaffOnly, TeamGone."""
    require(person, Role.STAFF)
    team = await teams.get(tx, team_id)
    event = await listing.get(tx, team.event_id)
    return event, team, await team_lists.members(tx, team)


async def look_at_slot(
    desk: EventsDesk, tx: Tx, person: Person, slot_id: int
) -> tuple[Event, SlotRoom]:
    """A start slot, for who may change it. Raises StaffOnly, NotYourOffice, Outdated."""
    found = await team_rows.room(tx, slot_id)
    if found is None:
        raise Outdated
    return await plans(desk, tx, person, found.slot.event_id), found


async def plans(desk: EventsDesk, tx: Tx, person: Person, event_id: int) -> Event:
    """The walk, for who may plan it. Raises StaffOnly, NotYourOffice, Outdated."""
    event = _walk(await listing.get(tx, event_id))
    await desk.require_office(tx, person, event.draft.office or "")
    return event


async def add_slots(
    desk: EventsDesk,
    tx: Tx,
    person: Person,
    event_id: int,
    moments: Sequence[datetime],
    *,
    walkers: int | None,
    most_teams: int | None,
    now: datetime,
) -> list[SlotRoom]:
    """Walkers set off at these moments too. Raises OutsideEvent and what `plans` raises."""
    await plans(desk, tx, person, event_id)
    found = await slots.plan(tx, event_id, moments, walkers=walkers, most_teams=most_teams, now=now)
    await _note(tx, person, "walk.slots", event_id, now=now, count=len(moments))
    return found


async def move_slot(
    desk: EventsDesk, tx: Tx, person: Person, slot_id: int, at: datetime, *, now: datetime
) -> SlotRoom:
    """Another moment; who sets off then hears of it. Raises OutsideEvent, SlotThere …"""
    event, _room = await look_at_slot(desk, tx, person, slot_id)
    found = await slots.move(tx, slot_id, at, now=now)
    await _note(tx, person, "walk.slot_moved", event.id, now=now, slot=slot_id)
    return found


async def set_room(
    desk: EventsDesk,
    tx: Tx,
    person: Person,
    slot_id: int,
    *,
    walkers: int | None,
    most_teams: int | None,
    now: datetime,
) -> SlotRoom:
    """For so many. Raises SlotTooSmall …"""
    event, _room = await look_at_slot(desk, tx, person, slot_id)
    found = await slots.set_room(tx, slot_id, walkers=walkers, most_teams=most_teams, now=now)
    await _note(tx, person, "walk.slot_room", event.id, now=now, slot=slot_id)
    return found


async def remove_slot(
    desk: EventsDesk, tx: Tx, person: Person, slot_id: int, *, now: datetime
) -> Event:
    """Nobody sets off then. Raises SlotUsed …"""
    event, _room = await look_at_slot(desk, tx, person, slot_id)
    await slots.remove(tx, slot_id, now=now)
    await _note(tx, person, "walk.slot_removed", event.id, now=now, slot=slot_id)
    return event


async def put(
    desk: EventsDesk, tx: Tx, person: Person, registration_id: int, team_id: int, *, now: datetime
) -> Team:
    """Somebody who walks alone comes into a team, and hears of it.
    Raises TeamFull, InTeam, TeamGone, NoPlace …"""
    theirs = await rows.by_id(tx, registration_id)
    if theirs is None or not teams.walks(theirs):
        raise refused.NoPlace
    await plans(desk, tx, person, theirs.event_id)
    event, known = await holding.hold(tx, theirs.participant, theirs.event_id)
    team = await teams.get(tx, team_id)
    if team.event_id != event.id or known.mine is None or not teams.walks(known.mine):
        raise refused.NoPlace
    done = await teams.enter(tx, event, known, theirs.participant, team, now=now)
    if done.is_new:
        await team_planned.placed(tx, done.place, team.id, at=now)
        await _note(tx, person, "team.put", event.id, now=now, team=team_id)
    return done.team


async def resize(
    desk: EventsDesk, tx: Tx, person: Person, team_id: int, size: int, *, now: datetime
) -> Team:
    """For so many walkers. Raises TooSmall, SlotFull, TeamGone …"""
    await _plans_team(desk, tx, person, team_id)
    team = await leading.resize(tx, None, team_id, size, now=now)
    await _note(tx, person, "team.size", team.event_id, now=now, team=team_id)
    return team


async def choose_slot(
    desk: EventsDesk, tx: Tx, person: Person, team_id: int, slot_id: int, *, now: datetime
) -> Team:
    """When the team sets off; all its members hear of it. Raises SlotFull, TeamGone …"""
    await _plans_team(desk, tx, person, team_id)
    team = await leading.choose_slot(tx, None, team_id, slot_id, now=now)
    await _note(tx, person, "team.slot", team.event_id, now=now, team=team_id)
    return team


async def dissolve(
    desk: EventsDesk, tx: Tx, person: Person, team_id: int, *, now: datetime
) -> Event:
    """There is no such team any more. Raises TeamGone …"""
    event = await _plans_team(desk, tx, person, team_id)
    await leading.dissolve(tx, None, team_id, now=now)
    await _note(tx, person, "team.dissolved", event.id, now=now, team=team_id)
    return event


async def enlist(
    desk: EventsDesk, tx: Tx, person: Person, team_id: int, name: str, *, now: datetime
) -> Team:
    """Somebody without Telegram walks with the team. Raises TeamFull, TeamGone …"""
    event = await _plans_team(desk, tx, person, team_id)
    await walkers.add_walker(tx, event.id, name, team_id=team_id, now=now)
    await _note(tx, person, "team.enlisted", event.id, now=now, team=team_id)
    return await teams.get(tx, team_id)


async def check_in(
    tx: Tx, person: Person, team_id: int, registration_id: int | None, *, now: datetime
) -> Team:
    """A member is here, or not after all (a slip of the finger); None: everybody who has a place.
    Raises StaffOnly, TeamGone, NoTeam, TooEarly, Cancelled."""
    require(person, Role.STAFF)
    team = await teams.get(tx, team_id)
    event = await rows.hold(tx, team.event_id)
    found = await rows.all_of(tx, event.id, *HAS_A_PLACE, where=team_rows.in_team(team.id))
    if registration_id is not None:
        found = [one for one in found if one.id == registration_id]
        if not found:
            raise domain.NoTeam
    if registration_id is not None and found[0].state is Place.ATTENDED:
        await rows.change(tx, found[0].id, now=now, state=Place.PLACED, marked_by="")
    elif found:
        here = dict.fromkeys((one.participant for one in found), True)
        await marking.mark_all(tx, event, here, via="coordinator", now=now)
    await _note(tx, person, "team.checked_in", event.id, now=now, team=team_id)
    return await teams.get(tx, team_id)


async def _plans_team(desk: EventsDesk, tx: Tx, person: Person, team_id: int) -> Event:
    team = await teams.get(tx, team_id)
    return await plans(desk, tx, person, team.event_id)


def _walk(event: Event) -> Event:
    if event.kind != Kind.WALK:
        raise Outdated
    return event


async def _note(
    tx: Tx, person: Person, action: str, event_id: int, *, now: datetime, **detail: int
) -> None:
    await people.record(
        tx, at=now, actor=person.id, action=action, subject=f"event:{event_id}", detail=detail
    )
