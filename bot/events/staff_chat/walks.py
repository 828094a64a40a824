"""A walk for its organisers: the counts, teams and who is here, and who looks for a team."""

from functools import partial
from typing import Final

from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.making import Maker, Sketch
from bot.delivery.messages import Button, Edit, File, Made, Message, Outgoing
from bot.dialog.routes import Routes, Shows, bound
from bot.errors import Outdated, Refused, number_in
from bot.events.desk import EventsDesk
from bot.events.domain import refusals as refused
from bot.events.exports import team_list
from bot.events.service import listing, rows, team_lists, walk_desk
from bot.events.wording import team_lists as file_wording
from bot.events.wording import walks as wording
from bot.people.domain import Person, Role, require
from bot.storage.transaction import Tx

KIND: Final = "team_list"  # of the file that is made when it is sent
_FORMATS: Final = {"xlsx": team_list.workbook, "csv": team_list.table}

Screen = tuple[str, tuple[tuple[Button, ...], ...]]


def routes(desk: EventsDesk) -> Routes:
    """Everything that is read, and who is here; each judges anew who taps."""
    screens: dict[str, Shows[EventsDesk]] = {
        "ect": show,
        "ectteams": show_teams,
        "ectteam": show_team,
        "ectin": check_in,
        "ectall": check_in_all,
        "ectseek": show_seekers,
        "ectput": put,
        "ectfile": send_file,
    }
    return Routes(actions=bound(desk, screens))


def makers(desk: EventsDesk) -> dict[str, Maker]:
    """The list is drawn when it is sent, as it is then."""
    return {KIND: partial(_drawn, desk)}


async def show(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The walk in figures."""
    found = await walk_desk.look(tx, person, number_in(tap.argument))
    may = await plans(desk, tx, person, found.event.id)
    _ = desk.catalogs.words(person.language)
    return [posted(wording.walk(_, found, plans=may), tap)]


async def show_teams(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A page of teams."""
    event_id, page = _two(tap.argument)
    found = await walk_desk.look(tx, person, event_id)
    _ = desk.catalogs.words(person.language)
    return [posted(wording.teams(_, found, page=min(page, 999)), tap)]


async def show_team(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One team."""
    return [await team_screen(desk, tx, person, tap, number_in(tap.argument))]


async def check_in(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Somebody of the team is here, or not after all."""
    team_id, registration = _two(tap.argument)
    team = await walk_desk.check_in(tx, person, team_id, registration, now=tap.at)
    return [await team_screen(desk, tx, person, tap, team.id)]


async def check_in_all(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """✅ All are here."""
    team = await walk_desk.check_in(tx, person, number_in(tap.argument), None, now=tap.at)
    return [await team_screen(desk, tx, person, tap, team.id)]


async def show_seekers(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """🙋 Who would like a team."""
    event = await walk_desk.plans(desk, tx, person, number_in(tap.argument))
    found = await team_lists.seekers(tx, event.id)
    return [posted(wording.seekers(desk.catalogs.words(person.language), event, found), tap)]


async def put(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The teams with room for somebody, or into the one that was chosen."""
    number, _colon, team = tap.argument.partition(":")
    if team:
        done = await walk_desk.put(desk, tx, person, number_in(number), number_in(team), now=tap.at)
        return [await team_screen(desk, tx, person, tap, done.id)]
    theirs = await rows.by_id(tx, number_in(number))
    if theirs is None:
        raise refused.NoPlace
    event = await walk_desk.plans(desk, tx, person, theirs.event_id)
    found = await team_lists.of_walk(tx, event)
    one = await team_lists.member(tx, theirs)
    _ = desk.catalogs.words(person.language)
    return [posted(wording.choose_team(_, event, one, found), tap)]


async def send_file(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """📄 The list, to print or to count."""
    number, _colon, form = tap.argument.partition(":")
    if form not in _FORMATS:
        raise Outdated
    require(person, Role.STAFF)
    event = await listing.get(tx, number_in(number))
    made = Made(KIND, f"{event.id}:{form}:{person.language or ''}")
    return [File(made=made, name=f"walk.{form}")]


async def team_screen(
    desk: EventsDesk, tx: Tx, person: Person, incoming: Incoming, team_id: int
) -> Message:
    """One team as it is now, with ticks for the door."""
    event, team, members = await walk_desk.look_at_team(tx, person, team_id)
    may = await plans(desk, tx, person, event.id)
    _ = desk.catalogs.words(person.language)
    return posted(wording.team(_, event, team, members, plans=may), incoming)


async def plans(desk: EventsDesk, tx: Tx, person: Person, event_id: int) -> bool:
    """May this colleague change the walk, too?"""
    try:
        await walk_desk.plans(desk, tx, person, event_id)
    except Refused:
        return False
    return True


def posted(screen: Screen, incoming: Incoming) -> Message:
    """Into the message that was tapped, else a new one."""
    text, buttons = screen
    if isinstance(incoming, Tapped):
        return Edit(text=text, buttons=buttons)
    return Outgoing(text=text, buttons=buttons)


async def _drawn(desk: EventsDesk, tx: Tx, ref: str) -> Sketch:
    """`ref`: the number of the walk, the format, the reader's language. Raises Outdated."""
    number, form, language = ref.split(":")
    walk = await team_lists.of_walk(tx, await listing.get(tx, int(number)))
    sheet = file_wording.sheet(desk.catalogs.words(language or None), walk)
    return Sketch(draw=partial(_FORMATS[form], sheet))


def _two(argument: str) -> tuple[int, int]:
    one, _colon, other = argument.partition(":")
    return number_in(one), number_in(other)
