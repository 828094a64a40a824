"""Coordinators plan a walk: start times and the room at each, and what teams cannot do alone."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Message
from bot.dialog import forms
from bot.dialog.forms import Answers, Form, Step
from bot.dialog.routes import Routes, Shows, bound
from bot.errors import number_in
from bot.events.desk import EventsDesk
from bot.events.domain import refusals as refused
from bot.events.domain import teams as domain
from bot.events.service import listing, slots, team_rows, walk_desk
from bot.events.staff_chat.walks import posted, team_screen
from bot.events.wording import teams as team_wording
from bot.events.wording import walks as wording
from bot.language.formats import BRUSSELS
from bot.people.domain import Person
from bot.storage.transaction import Tx

_STEP = timedelta(minutes=10)
_MOST_WALKERS, _MOST_TEAMS = 1000, 100


def routes(desk: EventsDesk) -> Routes:
    """Buttons and dialogs; each judges anew who taps."""
    screens: dict[str, Shows[EventsDesk]] = {
        "ectslots": show_slots,
        "ectslot": show_slot,
        "ectnew": begin_slots,
        "ectmove": move_slot,
        "ectroom": begin_room,
        "ectgone": remove_slot,
        "ectset": show_settings,
        "ectsize": partial(_begin_of_team, form=size_form),
        "ectadd": partial(_begin_of_team, form=walker_form),
        "ecttime": choose_slot,
        "ectend": dissolve,
    }
    made = (slots_form(desk), room_form(desk), size_form(desk), walker_form(desk))
    return Routes(actions=bound(desk, screens), forms=made)


async def show_slots(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """🕘 All start times."""
    return [await _slots(desk, tx, person, tap, number_in(tap.argument))]


async def show_slot(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One start time."""
    _event, found = await walk_desk.look_at_slot(desk, tx, person, number_in(tap.argument))
    return [posted(wording.slot(desk.catalogs.words(person.language), found), tap)]


async def begin_slots(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """➕ Start times."""
    event = await walk_desk.plans(desk, tx, person, number_in(tap.argument))
    if event.has_begun(tap.at):
        raise refused.Over
    return await forms.begin(tx, person, tap, slots_form(desk), ref=str(event.id))


async def move_slot(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """⏪ ⏩ Ten minutes earlier or later."""
    number, _colon, is_later = tap.argument.partition(":")
    _event, room = await walk_desk.look_at_slot(desk, tx, person, number_in(number))
    at = room.slot.starts_at + (_STEP if number_in(is_later) else -_STEP)
    found = await walk_desk.move_slot(desk, tx, person, room.slot.id, at, now=tap.at)
    return [posted(wording.slot(desk.catalogs.words(person.language), found), tap)]


async def begin_room(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """👥 For how many."""
    _event, room = await walk_desk.look_at_slot(desk, tx, person, number_in(tap.argument))
    return await forms.begin(tx, person, tap, room_form(desk), ref=str(room.slot.id))


async def remove_slot(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """🗑 Nobody sets off then."""
    event = await walk_desk.remove_slot(desk, tx, person, number_in(tap.argument), now=tap.at)
    return [await _slots(desk, tx, person, tap, event.id)]


async def show_settings(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """⚙️ What may be changed of a team."""
    event, team, _members = await walk_desk.look_at_team(tx, person, number_in(tap.argument))
    await walk_desk.plans(desk, tx, person, event.id)
    has_slots = bool(await team_rows.rooms(tx, event.id))
    _ = desk.catalogs.words(person.language)
    return [posted(wording.settings(_, team, has_slots=has_slots), tap)]


async def choose_slot(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """🕘 The times with room for a team, or the one that was chosen."""
    number, _colon, slot = tap.argument.partition(":")
    if slot:
        team = await walk_desk.choose_slot(
            desk, tx, person, number_in(number), number_in(slot), now=tap.at
        )
        return [await team_screen(desk, tx, person, tap, team.id)]
    event, team, _members = await walk_desk.look_at_team(tx, person, number_in(number))
    await walk_desk.plans(desk, tx, person, event.id)
    rooms = await team_rows.rooms(tx, event.id)
    return [posted(wording.choose_slot(desk.catalogs.words(person.language), team, rooms), tap)]


async def dissolve(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """✖️ Asks once more, then there is no such team."""
    number, _colon, sure = tap.argument.partition(":")
    _ = desk.catalogs.words(person.language)
    if sure == "yes":
        event = await walk_desk.dissolve(desk, tx, person, number_in(number), now=tap.at)
        found = await walk_desk.look(tx, person, event.id)
        return [posted(wording.teams(_, found, page=0), tap)]
    event, team, _members = await walk_desk.look_at_team(tx, person, number_in(number))
    await walk_desk.plans(desk, tx, person, event.id)
    return [posted(wording.sure_to_dissolve(_, team), tap)]


# Dialogs


def slots_form(desk: EventsDesk) -> Form:
    """From when to when, how often, for how many."""

    async def finish(tx: Tx, person: Person, answers: Answers, incoming: Incoming) -> list[Message]:
        event = await listing.get(tx, number_in(answers["ref"]))
        first, last = (_at(answers[name], event.starts_at) for name in ("first", "last"))
        moments = slots.every(first, last, answers["every"])
        await walk_desk.add_slots(
            desk,
            tx,
            person,
            event.id,
            moments,
            walkers=answers["walkers"],
            most_teams=answers["teams"],
            now=incoming.at,
        )
        return [await _slots(desk, tx, person, incoming, event.id)]

    steps = (
        forms.moment("first", wording.FIRST, label=wording.L_FIRST, allows="future"),
        forms.moment("last", wording.LAST, label=wording.L_LAST, allows="future"),
        forms.number(
            "every", wording.EVERY, least=1, most=120, quick=(5, 10, 15), label=wording.L_EVERY
        ),
        *_room_steps(),
    )
    return Form("ectslots", 1, wording.SLOTS_TITLE, steps, finish)


def room_form(desk: EventsDesk) -> Form:
    """For how many walkers and teams."""

    async def finish(tx: Tx, person: Person, answers: Answers, incoming: Incoming) -> list[Message]:
        found = await walk_desk.set_room(
            desk,
            tx,
            person,
            number_in(answers["ref"]),
            walkers=answers["walkers"],
            most_teams=answers["teams"],
            now=incoming.at,
        )
        return [posted(wording.slot(desk.catalogs.words(person.language), found), incoming)]

    return Form("ectroom", 1, wording.ROOM_TITLE, _room_steps(), finish)


def size_form(desk: EventsDesk) -> Form:
    """👥 For how many walkers a team is."""

    async def finish(tx: Tx, person: Person, answers: Answers, incoming: Incoming) -> list[Message]:
        number, size = number_in(answers["ref"]), answers["size"]
        team = await walk_desk.resize(desk, tx, person, number, size, now=incoming.at)
        return [await team_screen(desk, tx, person, incoming, team.id)]

    step = forms.number(
        "size",
        team_wording.ASK_SIZE,
        least=domain.SMALLEST,
        most=domain.LARGEST,
        quick=team_wording.QUICK,
        label=team_wording.L_SIZE,
    )
    return Form("ectsize", 1, team_wording.SIZE_TITLE, (step,), finish)


def walker_form(desk: EventsDesk) -> Form:
    """➕ Somebody without Telegram."""

    async def finish(tx: Tx, person: Person, answers: Answers, incoming: Incoming) -> list[Message]:
        number, name = number_in(answers["ref"]), answers["name"]
        team = await walk_desk.enlist(desk, tx, person, number, name, now=incoming.at)
        return [await team_screen(desk, tx, person, incoming, team.id)]

    step = forms.text("name", wording.WHO, longest=40, label=wording.L_NAME)
    return Form("ectwalker", 1, wording.WHO_TITLE, (step,), finish)


async def _begin_of_team(
    desk: EventsDesk, tx: Tx, person: Person, tap: Tapped, *, form: Callable[[EventsDesk], Form]
) -> list[Message]:
    event, team, _members = await walk_desk.look_at_team(tx, person, number_in(tap.argument))
    await walk_desk.plans(desk, tx, person, event.id)
    return await forms.begin(tx, person, tap, form(desk), ref=str(team.id))


async def _slots(
    desk: EventsDesk, tx: Tx, person: Person, incoming: Incoming, event_id: int
) -> Message:
    event = await walk_desk.plans(desk, tx, person, event_id)
    rooms = await team_rows.rooms(tx, event_id)
    return posted(wording.slots(desk.catalogs.words(person.language), event, rooms), incoming)


def _room_steps() -> tuple[Step, ...]:
    facts: dict[str, Any] = {"least": 1, "skippable": True}
    return (
        forms.number(
            "walkers", wording.WALKERS, most=_MOST_WALKERS, label=wording.L_WALKERS, **facts
        ),
        forms.number("teams", wording.TEAMS, most=_MOST_TEAMS, label=wording.L_TEAMS, **facts),
    )


def _at(wall: str, like: datetime) -> datetime:
    """A moment of the form, in the zone of the event's."""
    at = datetime.fromisoformat(wall).replace(tzinfo=BRUSSELS)
    return at.astimezone(like.tzinfo)
