"""A team for the walk: made, joined by its link, left; and who walks alone."""

from functools import partial

from bot.delivery.incoming import Incoming, Said, Tapped
from bot.delivery.making import Maker
from bot.delivery.messages import Edit, Message, Outgoing
from bot.dialog import forms
from bot.dialog.forms import Answers, Form, Pairs
from bot.dialog.routes import Routes, Shows, bound
from bot.errors import Outdated, number_in
from bot.events.desk import EventsDesk
from bot.events.domain import Event, Kind, Place, Registration, TeamId
from bot.events.domain import refusals as refused
from bot.events.domain import teams as domain
from bot.events.service import (
    invitations,
    listing,
    participants,
    places,
    team_lists,
    team_rows,
    teams,
)
from bot.events.service.listing import Look
from bot.events.wording import offers
from bot.events.wording import teams as wording
from bot.people.domain import Person
from bot.storage.transaction import Tx


def routes(desk: EventsDesk) -> Routes:
    """The link, one's team, the ways into one and out of it."""
    screens: dict[str, Shows[EventsDesk]] = {
        "et": show,
        "etnew": begin,
        "etjoin": join,
        "etalone": walk_alone,
        "etwant": ask_for_team,
        "etmy": choose_own_slot,
        "etleave": leave,
    }
    return Routes(
        starts=bound(desk, {invitations.START: open_link}),
        actions=bound(desk, screens),
        forms=(form(desk),),
    )


def makers(desk: EventsDesk) -> dict[str, Maker]:
    """The picture of an invitation is made when it is sent."""
    return {invitations.KIND: partial(invitations.picture, desk)}


def form(desk: EventsDesk) -> Form:
    """Name, size, start time."""
    return Form(
        name="eteam",
        version=1,
        title=wording.NEW_TITLE,
        finish=partial(make, desk),
        steps=(
            forms.text("name", wording.ASK_NAME, longest=domain.LONGEST_NAME, label=wording.L_NAME),
            forms.number(
                "size",
                wording.ASK_SIZE,
                least=domain.SMALLEST,
                most=domain.LARGEST,
                quick=wording.QUICK,
                label=wording.L_SIZE,
            ),
            forms.choice(
                "slot",
                wording.ASK_SLOT,
                partial(_slots, desk),
                label=wording.L_SLOT,
                when=lambda answers: bool(answers["slots"]),
            ),
        ),
    )


async def open_link(desk: EventsDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/start team_…: what it is about, and one tap; who is in the team sees it."""
    team = await team_rows.by_token(tx, said.link[1])
    if team is None:
        raise domain.TeamGone
    seen = await listing.seen_by(tx, person.id, team.event_id)
    _check_ahead(seen.event, said)
    if _team_of(seen.place) is not None:
        return await _home(desk, tx, person, said, seen)
    text, buttons = wording.invited(desk.catalogs.words(person.language), seen.event, team)
    return [Outgoing(text=text, buttons=buttons)]


async def show(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One's team at a walk, or what may be done without one."""
    return await show_again(desk, tx, person, tap, number_in(tap.argument))


async def begin(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """👥 Make a team."""
    seen = await listing.seen_by(tx, person.id, number_in(tap.argument))
    _check_ahead(seen.event, tap)
    if _team_of(seen.place) is not None:
        return await _home(desk, tx, person, tap, seen)
    known = {"slots": bool(await team_rows.rooms(tx, seen.event.id))}
    return await forms.begin(tx, person, tap, form(desk), ref=str(seen.event.id), answers=known)


async def make(
    desk: EventsDesk, tx: Tx, person: Person, answers: Answers, incoming: Incoming
) -> list[Message]:
    """The team is there, and its captain in it."""
    mine = await participants.of_person(tx, person.id, now=incoming.at)
    slot = answers["slot"]
    try:
        made = await teams.create(
            tx,
            mine,
            number_in(answers["ref"]),
            answers["name"],
            size=answers["size"],
            slot_id=number_in(slot) if slot and slot != wording.LATER else None,
            now=incoming.at,
        )
    except refused.Conflict as conflict:
        return [await _conflict(desk, tx, person, number_in(answers["ref"]), conflict)]
    position = await _position(tx, made.place)
    text, buttons = wording.made(
        desk.catalogs.words(person.language), made.event, made.team, made.place, position=position
    )
    return [Outgoing(text=text, buttons=buttons)]


async def join(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """✅ I walk along."""
    mine = await participants.of_person(tx, person.id, now=tap.at)
    try:
        held = await teams.join(tx, mine, tap.argument, now=tap.at)
    except refused.Conflict as conflict:
        team = await team_rows.by_token(tx, tap.argument)
        assert team is not None, "the refusal came after it was found"
        return [await _conflict(desk, tx, person, team.event_id, conflict)]
    _ = desk.catalogs.words(person.language)
    position = await _position(tx, held.place)
    text, buttons = wording.joined(_, held.event, held.team, held.place, position=position)
    return [Edit(text=text, buttons=buttons)]


async def walk_alone(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """🚶 Walk alone; or no team is wanted any more."""
    return await _without_team(desk, tx, person, tap, wants_team=False)


async def ask_for_team(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """🙋 Find me a team: a coordinator does."""
    return await _without_team(desk, tx, person, tap, wants_team=True)


async def choose_own_slot(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """When somebody without a team sets off: the times, or the one that was chosen."""
    number, _colon, slot = tap.argument.partition(":")
    event, mine, place = await listing.seen_by(tx, person.id, number_in(number))
    if mine is None or place is None:
        raise refused.NoPlace
    if slot:
        await teams.choose_own_slot(tx, mine, event.id, number_in(slot), now=tap.at)
        return await show_again(desk, tx, person, tap, event.id)
    rooms = await team_rows.rooms(tx, event.id)
    _ = desk.catalogs.words(person.language)
    text, buttons = wording.choose_slot(_, rooms, place.size, own=None)
    return [Edit(text=text, buttons=buttons)]


async def leave(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """👋 Leave the team: asks once more, then it is so."""
    number, _colon, sure = tap.argument.partition(":")
    event, mine, place = await listing.seen_by(tx, person.id, number_in(number))
    if mine is None or place is None or place.team is None:
        raise domain.NoTeam
    if sure == "yes":
        await teams.leave(tx, mine, event.id, now=tap.at)
        return await show_again(desk, tx, person, tap, event.id)
    team = await teams.get(tx, place.team)
    text, buttons = wording.sure_to_leave(desk.catalogs.words(person.language), event, team)
    return [Edit(text=text, buttons=buttons)]


async def show_again(
    desk: EventsDesk, tx: Tx, person: Person, incoming: Incoming, event_id: int
) -> list[Message]:
    """As it is now."""
    seen = await listing.seen_by(tx, person.id, event_id)
    return await _home(desk, tx, person, incoming, seen)


async def _without_team(
    desk: EventsDesk, tx: Tx, person: Person, tap: Tapped, *, wants_team: bool
) -> list[Message]:
    mine = await participants.of_person(tx, person.id, now=tap.at)
    event_id = number_in(tap.argument)
    try:
        await teams.walk_alone(tx, mine, event_id, wants_team=wants_team, now=tap.at)
    except refused.Conflict as conflict:
        return [await _conflict(desk, tx, person, event_id, conflict)]
    return await show_again(desk, tx, person, tap, event_id)


async def _home(
    desk: EventsDesk,
    tx: Tx,
    person: Person,
    incoming: Incoming,
    seen: Look,
) -> list[Message]:
    event, _mine, place = seen
    if event.kind != Kind.WALK:
        raise Outdated
    if event.cancelled_at is not None:
        raise refused.Cancelled
    _ = desk.catalogs.words(person.language)
    has_slots = bool(await team_rows.rooms(tx, event.id))
    position = 0 if place is None else await _position(tx, place)
    own = _team_of(place)
    team = None if own is None else await team_rows.find(tx, own)
    if team is None or place is None:
        text, buttons = wording.alone(_, event, place, has_slots=has_slots, position=position)
    else:
        members = await team_lists.members(tx, team)
        text, buttons = wording.team(
            _, event, team, members, place, position=position, has_slots=has_slots
        )
    if person.role is not None:
        buttons = (*buttons, *wording.for_staff(_, event))
    if isinstance(incoming, Tapped):
        return [Edit(text=text, buttons=buttons)]
    return [Outgoing(text=text, buttons=buttons)]


async def _conflict(
    desk: EventsDesk, tx: Tx, person: Person, event_id: int, conflict: refused.Conflict
) -> Message:
    _ = desk.catalogs.words(person.language)
    text = offers.conflict(_, await listing.get(tx, event_id), conflict.event)
    return Outgoing(text=text, buttons=offers.conflict_buttons(_, conflict.event))


async def _slots(desk: EventsDesk, tx: Tx, person: Person, answers: Answers) -> Pairs:
    """Times with room for a team of that size, and "later"."""
    _ = desk.catalogs.words(person.language)
    rooms = await team_rows.rooms(tx, number_in(answers["ref"]))
    size = answers["size"] or domain.SMALLEST
    free = [one for one in rooms if one.has_room(size, is_team=True)]
    found = [(str(one.slot.id), wording.slot_label(_, one)) for one in free]
    return [*found, (wording.LATER, _.label("We choose later"))]


def _team_of(place: Registration | None) -> TeamId | None:
    """With which team they walk."""
    return place.team if place is not None and teams.walks(place) else None


async def _position(tx: Tx, place: Registration) -> int:
    return await listing.position(tx, place) if place.state is Place.WAITING else 0


def _check_ahead(event: Event, incoming: Incoming) -> None:
    """Raises Outdated for what is no walk, Cancelled, Over."""
    if event.kind != Kind.WALK:
        raise Outdated
    places.check_ahead(event, incoming.at)
