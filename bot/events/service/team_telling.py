"""What has become of somebody's team, or of the time at which they set off: told when it is due,
as it is then."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import select, update

from bot.errors import Outdated
from bot.events import tables
from bot.events.desk import EventsDesk
from bot.events.domain import WALKS_ALONG, Event, ParticipantId, Registration, TeamId
from bot.events.service import news, participants, rows, team_lists, team_planned, team_rows
from bot.events.wording import team_news as wording
from bot.people.domain import Person
from bot.storage.transaction import Tx

_places = tables.registrations


async def grew(desk: EventsDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """To the captain: who has joined since. `ref`: the team, and the moment of the first one."""
    number, _, seconds = ref.partition(":")
    team = await team_rows.find(tx, int(number))
    captain = None if team is None or team.captain is None else team.captain
    person = None if captain is None else await participants.person_of(tx, captain)
    if team is None or person is None or not await _is_ahead(tx, team.event_id, now):
        return
    since = datetime.fromtimestamp(int(seconds), UTC)
    members = await team_lists.members(tx, team)
    fresh = _places.c.joined_at >= since
    new = await rows.all_of(tx, team.event_id, where=team_rows.in_team(team.id) & fresh)
    ids = {one.id for one in new if one.participant != captain}
    names = [one.name for one in members if one.registration.id in ids]
    if names:
        await news.post(
            desk, tx, person, lambda _: wording.grew(_, team, names), at=now, lane="notice"
        )


async def leads(desk: EventsDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """To somebody who leads a team since another one gave that up. `ref`: the team, and who."""
    number, _, who = ref.partition(":")
    team = await team_rows.find(tx, int(number))
    person = await participants.person_of(tx, ParticipantId(int(who)))
    if team is None or person is None or team.captain != int(who):
        return
    if await _is_ahead(tx, team.event_id, now):
        await news.post(desk, tx, person, lambda _: wording.leads(_, team), at=now)


async def moved(desk: EventsDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """To somebody whose team is no longer theirs, or is since a coordinator found it.
    `ref`: the place, the team, and what happened."""
    number, team_id, what = ref.split(":")
    place = await rows.by_id(tx, int(number))
    if place is None or place.state not in WALKS_ALONG:
        return
    event = await _ahead(tx, place.event_id, now)
    person = await participants.person_of(tx, place.participant)
    if event is None or person is None or (place.team is not None) != (what == team_planned.PLACED):
        return  # they have found a team by themselves, or lost it again
    name = await _name(tx, int(team_id))
    post = wording.MOVED[what]
    mine = event.for_place(place)
    await news.post(desk, tx, person, lambda _: post(_, mine, name), at=now)


async def starts(desk: EventsDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """To everybody who sets off at another time than they were told last."""
    try:
        event = await rows.hold(tx, int(ref))
    except Outdated:
        return
    changed = await _changed(tx, event)
    own = _places.c.event_id == event.id
    done = update(_places).where(own, _places.c.told_start.is_not(None))
    await tx.execute(done.values(told_start=None))
    if event.cancelled_at is not None or event.ends_at <= now or not changed:
        return
    known = await participants.people_of(tx, [one.participant for one in changed])
    names = await team_rows.names(tx, [one.team for one in changed])
    for one, before in changed.items():
        if (person := known.get(one.participant)) is not None:
            await _say_start(desk, tx, event, one, before, person=person, names=names, now=now)


async def _say_start(
    desk: EventsDesk,
    tx: Tx,
    event: Event,
    place: Registration,
    before: datetime,
    *,
    person: Person,
    names: Mapping[TeamId, str],
    now: datetime,
) -> None:
    mine = event.for_place(place)
    team = None if place.team is None else names.get(place.team)
    at = news.rings_at(now, mine.starts_at, before)
    await news.post(
        desk,
        tx,
        person,
        lambda _: wording.new_start(_, mine, place, before=before, team=team),
        at=at,
        expires_at=event.ends_at,
    )


async def _changed(tx: Tx, event: Event) -> dict[Registration, datetime]:
    """Who sets off at another time than they know, and which they know."""
    wanted = select(_places).where(
        _places.c.event_id == event.id,
        _places.c.told_start.is_not(None),
        _places.c.state.in_(WALKS_ALONG),
    )
    found = {rows.registration(row): row["told_start"] for row in await tx.all(wanted)}
    return {
        one: before for one, before in found.items() if before != event.for_place(one).starts_at
    }


async def _ahead(tx: Tx, event_id: int, now: datetime) -> Event | None:
    event = await rows.find(tx, event_id)
    is_off = event is None or event.cancelled_at is not None or event.ends_at <= now
    return None if is_off else event


async def _is_ahead(tx: Tx, event_id: int, now: datetime) -> bool:
    return await _ahead(tx, event_id, now) is not None


async def _name(tx: Tx, team_id: int) -> str:
    """What the team is, or was, called."""
    return await team_rows.name_of(tx, TeamId(team_id)) or "—"
