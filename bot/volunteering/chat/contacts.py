"""Contact persons of organisations: their shifts, and who came, by taps."""

from datetime import datetime
from functools import partial

from bot.delivery.incoming import Incoming, Said, Tapped
from bot.delivery.messages import Button, Edit, Message, Outgoing, Toast
from bot.dialog.routes import Routes, Shows, bound
from bot.errors import Outdated
from bot.people.desk import Things
from bot.people.domain import Person, Role, is_at_least
from bot.storage.transaction import Tx
from bot.volunteering.chat import feedback
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.organisations import NotAContact
from bot.volunteering.domain.shifts import MOST_MINUTES, Attendance
from bot.volunteering.service import attendance, contacts, organisations, planning
from bot.volunteering.wording import attendance as wording


def routes(desk: VolunteeringDesk) -> Routes:
    """The one-time link, and what contact persons do with their shifts; coordinators may too."""
    taps: dict[str, Shows[VolunteeringDesk]] = {
        "vorgsh": show_shifts,
        "vatt": show,
        "vattick": tick,
        "vatime": set_time,
        "vatok": confirm,
    }
    return Routes(starts=bound(desk, {"vorg": join}), actions=bound(desk, taps))


def my_things(desk: VolunteeringDesk) -> Things:
    """The line of contact persons in "My things"."""
    return partial(list_organisations, desk)


async def join(desk: VolunteeringDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/start vorg_…: from now on this person is the contact person."""
    found = await contacts.join(tx, person, said.link[1], now=said.at)
    owner = await organisations.get(tx, found.organisation_id)
    _ = desk.catalogs.words(person.language)
    return [Outgoing(text=wording.joined(_, owner.name)), *await _shifts(desk, tx, person, said)]


async def show_shifts(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The shifts of one's organisations."""
    return await _shifts(desk, tx, person, tap)


async def list_organisations(
    desk: VolunteeringDesk, tx: Tx, person: Person, now: datetime
) -> list[tuple[str, Button | None]]:
    """One line for each organisation."""
    _ = desk.catalogs.words(person.language)
    theirs = {one.organisation_id for one in await contacts.of_person(tx, person.id)}
    owners = [await organisations.get(tx, one) for one in sorted(theirs)]
    return [wording.thing(_, one.name) for one in owners]


async def show(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The list of a shift."""
    event_id, page = _numbers(tap, 2)
    await contacts.require_contact(tx, person, event_id)
    return [_screen(desk, person, await attendance.look(tx, event_id), tap, page)]


async def tick(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Somebody came, or did not."""
    event_id, page, who, came = _numbers(tap, 4)
    via = await _via(tx, person, event_id)
    found = await attendance.tick(tx, event_id, who, came=bool(came), via=via, now=tap.at)
    return [_screen(desk, person, found, tap, page)]


async def set_time(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Half an hour more or less."""
    event_id, page, who, minutes = _numbers(tap, 4)
    via = await _via(tx, person, event_id)
    length = min(minutes, MOST_MINUTES)
    found = await attendance.set_minutes(tx, event_id, who, length, via=via, now=tap.at)
    return [_screen(desk, person, found, tap, page)]


async def confirm(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The list is right: who is not ticked did not come."""
    event_id, edition = _numbers(tap, 2)
    via = await _via(tx, person, event_id)
    found = await attendance.confirm_ticked(tx, event_id, edition=edition, via=via, now=tap.at)
    saved = Toast(text=wording.saved(desk.catalogs.words(person.language)))
    return [
        _screen(desk, person, found, tap, 0),
        saved,
        *await feedback.offered(desk, tx, person, event_id, now=tap.at),
    ]


async def _via(tx: Tx, person: Person, event_id: int) -> str:
    """Who says it; judged on the rows of now, at every tap."""
    await contacts.require_contact(tx, person, event_id)
    if is_at_least(person.role, Role.COORDINATOR):
        return attendance.BY_COORDINATOR
    return attendance.BY_CONTACT


async def _shifts(
    desk: VolunteeringDesk, tx: Tx, person: Person, incoming: Incoming
) -> list[Message]:
    theirs = await contacts.of_person(tx, person.id)
    if not theirs:
        raise NotAContact
    owners = [one.organisation_id for one in theirs]
    events = await planning.of_organisations(tx, owners, now=incoming.at)
    screen = wording.mine(desk.catalogs.words(person.language), theirs, events)
    if isinstance(incoming, Tapped):
        return [Edit(text=screen.text, buttons=screen.buttons)]
    return [Outgoing(text=screen.text, buttons=screen.buttons)]


def _screen(
    desk: VolunteeringDesk, person: Person, found: Attendance, tap: Tapped, page: int
) -> Message:
    _ = desk.catalogs.words(person.language)
    is_coordinator = is_at_least(person.role, Role.COORDINATOR)
    screen = wording.attendance(_, found, now=tap.at, page=page, is_coordinator=is_coordinator)
    return Edit(text=screen.text, buttons=screen.buttons)


def _numbers(tap: Tapped, count: int) -> list[int]:
    """What a button carries may be forged. Raises Outdated."""
    found = tap.argument.split(":")
    if len(found) != count or not all(_is_number(one) for one in found):
        raise Outdated
    return [int(one) for one in found]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16
