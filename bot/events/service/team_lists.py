"""Teams as their members and the organisers see them: who is in it, when it sets off, who came."""

from sqlalchemy import ColumnElement, select

from bot.events import tables
from bot.events.domain import WALKS_ALONG, Event, Registration, TeamId
from bot.events.domain.teams import Member, Roll, Team, Walk
from bot.events.service import rows, team_rows
from bot.people import service as people
from bot.storage.transaction import Tx

_places, _who = tables.registrations, tables.participants


async def members(tx: Tx, team: Team) -> list[Member]:
    """Who walks with a team, the captain first."""
    found = await _members(tx, team_rows.in_team(team.id), {team.id: team})
    return sorted(found, key=lambda one: not one.is_captain)


async def of_walk(tx: Tx, event: Event) -> Walk:
    """The list of a whole walk, in five statements."""
    slots = await team_rows.rooms(tx, event.id)
    teams = await team_rows.of_event(tx, event.id)
    own = _places.c.event_id == event.id
    everybody = await _members(
        tx, own & _places.c.state.in_(WALKS_ALONG), {one.id: one for one in teams}
    )
    by_team: dict[TeamId | None, list[Member]] = {}
    for one in everybody:
        by_team.setdefault(one.registration.team, []).append(one)
    rolls = [
        Roll(team, sorted(by_team.get(team.id, ()), key=lambda one: not one.is_captain))
        for team in teams
    ]
    return Walk(event, slots, rolls, by_team.get(None, []))


async def seekers(tx: Tx, event_id: int) -> list[Member]:
    """Who would like a coordinator to find them a team."""
    own = (_places.c.event_id == event_id) & _places.c.wants_team & _places.c.team_id.is_(None)
    return await _members(tx, own & _places.c.state.in_(WALKS_ALONG), {})


async def member(tx: Tx, registration: Registration) -> Member:
    """One of them."""
    [found] = await _members(tx, _places.c.id == registration.id, {})
    return found


async def _members(tx: Tx, who: ColumnElement[bool], teams: dict[TeamId, Team]) -> list[Member]:
    wanted = (
        select(_places, _who.c.name.label("known_as"), _who.c.person_id)
        .join(_who, _who.c.id == _places.c.participant_id)
        .where(who)
        .order_by(_places.c.joined_at, _places.c.id)
    )
    found = await tx.all(wanted)
    ids = [row["person_id"] for row in found if row["person_id"] is not None]
    names = await people.staff_names(tx, ids) if ids else {}
    lines = []
    for row in found:
        team = teams.get(row["team_id"])
        lines.append(
            Member(
                registration=rows.registration(row),
                name=row["known_as"] or names.get(row["person_id"], "—"),
                is_captain=team is not None and team.captain == row["participant_id"],
                has_telegram=row["person_id"] is not None,
            )
        )
    return lines
