"""The roster, in the staff group and in a colleague's own chat: all look, coordinators change."""

from collections.abc import Sequence
from datetime import time
from functools import partial

from bot.delivery.incoming import Incoming, Said, Tapped
from bot.delivery.messages import Edit, File, Made, Message, Outgoing, Toast
from bot.dialog.routes import Handler, Routes, Shows, bound
from bot.duty import exports, service
from bot.duty.desk import DutyDesk
from bot.duty.domain import DESKS, Block, Duty, lines
from bot.duty.domain.refusals import NoSuchCommand
from bot.duty.service import Office
from bot.duty.wording import changing, overview
from bot.duty.wording.overview import Screen, View
from bot.errors import Outdated, number_in
from bot.language import formats
from bot.language.catalog import Words
from bot.people.desk import Maker
from bot.people.domain import Person, Role, is_at_least, require
from bot.storage.transaction import Tx


def routes(desk: DutyDesk) -> Routes:
    """The same command in both places; each checks the role itself."""
    commands: dict[str, Handler] = {"duty": partial(duty, desk)}
    taps: dict[str, Shows[DutyDesk]] = {
        "duty": show,
        "duty_week": show_week,
        "duty_mine": show_mine,
        "duty_add": add,
        "duty_remove": remove,
        "duty_close": close,
        "duty_open": open_again,
    }
    return Routes(commands=commands, staff_commands=dict(commands), staff_actions=bound(desk, taps))


async def duty(desk: DutyDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/duty, and what may follow it."""
    require(person)
    word, _, rest = said.argument.partition(" ")
    answer = _BY_WORD.get(word.casefold().strip())
    if answer is None:
        raise NoSuchCommand(word=word)
    return await answer(desk, tx, person, said, rest.strip())


def makers() -> dict[str, Maker]:
    """Files that are made when they are sent."""
    return {"duty_roster": _made}


async def _made(tx: Tx, what: str) -> bytes:
    return exports.file(*await service.look(tx))


# What follows /duty.


async def _shown(desk: DutyDesk, tx: Tx, person: Person, said: Said, rest: str) -> list[Message]:
    view = _view(desk, person, said, await service.look(tx))
    return [_outgoing(overview.overview(desk.words(person, said), view))]


async def _mine(desk: DutyDesk, tx: Tx, person: Person, said: Said, rest: str) -> list[Message]:
    view = _view(desk, person, said, await service.look(tx))
    return [_outgoing(overview.mine(desk.words(person, said), view, person.id))]


async def _file(desk: DutyDesk, tx: Tx, person: Person, said: Said, rest: str) -> list[Message]:
    day = formats.day_of(said.at)
    caption = changing.file_caption(desk.words(person, said), day)
    return [File(made=Made("duty_roster", "all"), name=f"duty-roster-{day}.csv", caption=caption)]


async def _add(desk: DutyDesk, tx: Tx, person: Person, said: Said, rest: str) -> list[Message]:
    office, duties = await service.add_line(desk, tx, person, rest, now=said.at)
    view = _view(desk, person, said, office)
    return [Outgoing(text=changing.added(desk.words(person, said), view, duties))]


async def _remove(desk: DutyDesk, tx: Tx, person: Person, said: Said, rest: str) -> list[Message]:
    office, duties = await service.remove_line(desk, tx, person, rest, now=said.at)
    view = _view(desk, person, said, office)
    return [Outgoing(text=changing.removed(desk.words(person, said), view, duties))]


async def _close(desk: DutyDesk, tx: Tx, person: Person, said: Said, rest: str) -> list[Message]:
    service.require_coordinator(person)
    days, scope = lines.closed(rest, desk.vocabulary, today=formats.day_of(said.at))
    office = await service.close(desk, tx, person, days, scope, now=said.at)
    view = _view(desk, person, said, office)
    return [Outgoing(text=changing.closed(desk.words(person, said), view, days))]


async def _open(desk: DutyDesk, tx: Tx, person: Person, said: Said, rest: str) -> list[Message]:
    service.require_coordinator(person)
    days, scope = lines.closed(rest, desk.vocabulary, today=formats.day_of(said.at))
    office = await service.open_again(desk, tx, person, days, scope, now=said.at)
    view = _view(desk, person, said, office)
    return [Outgoing(text=changing.opened(desk.words(person, said), view, days))]


_BY_WORD = {
    "": _shown,
    "mine": _mine,
    "csv": _file,
    "add": _add,
    "remove": _remove,
    "close": _close,
    "open": _open,
}


# Buttons. What they carry may be forged: whatever is not known is Outdated.


async def show(desk: DutyDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Who is on duty now and next."""
    require(person)
    view = _view(desk, person, tap, await service.look(tx))
    return [_edit(overview.overview(desk.words(person, tap), view))]


async def show_week(desk: DutyDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The blocks of one desk, this week or the next."""
    require(person)
    place, _, ahead = tap.argument.partition(":")
    if place not in DESKS or ahead not in ("0", "1"):
        raise Outdated
    view = _view(desk, person, tap, await service.look(tx))
    return [_edit(overview.week(desk.words(person, tap), view, place, int(ahead)))]


async def show_mine(desk: DutyDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One's own blocks; in the group for the one who taps only."""
    require(person)
    view = _view(desk, person, tap, await service.look(tx))
    _ = desk.words(person, tap)
    if tap.is_private:
        return [_edit(overview.mine(_, view, person.id))]
    return [Toast(text=overview.mine_in_short(_, view, person.id), is_alert=True)]


async def add(desk: DutyDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """➕ Add a block: colleague, desk, language, day, hours, one after the other."""
    service.require_coordinator(person)
    parts = tap.argument.split(":") if tap.argument else []
    _ = desk.words(person, tap)
    if len(parts) == 5:
        office, done = await service.add(desk, tx, person, _duties(desk, parts), now=tap.at)
        view = _view(desk, person, tap, office)
        screen = changing.which_day(_, view, done[0].person_id, done[0].desk, done[0].language)
        return [_edit(screen), Toast(text=changing.done(_))]
    view = _view(desk, person, tap, await service.look(tx))
    return [_edit(_asked(_, desk, view, parts))]


async def remove(desk: DutyDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """➖ Remove a block: whose, which; it can be put back with the next tap."""
    service.require_coordinator(person)
    who, _colon, block = tap.argument.partition(":")
    _ = desk.words(person, tap)
    if block:
        office, gone = await service.remove_one(desk, tx, person, number_in(block), now=tap.at)
        view = _view(desk, person, tap, office)
        screen = changing.which_block(_, view, gone[0].person_id, put_back=gone)
        return [_edit(screen), Toast(text=changing.done(_))]
    view = _view(desk, person, tap, await service.look(tx))
    if not who:
        return [_edit(changing.whose(_, view))]
    return [_edit(changing.which_block(_, view, _colleague(view, who)))]


async def close(desk: DutyDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """🚫 Closed days: the list, or close a day for everybody."""
    service.require_coordinator(person)
    _ = desk.words(person, tap)
    if not tap.argument:
        view = _view(desk, person, tap, await service.look(tx))
        return [_edit(changing.closures(_, view))]
    days, scope = lines.closed(tap.argument, desk.vocabulary, today=formats.day_of(tap.at))
    office = await service.close(desk, tx, person, days, scope, now=tap.at)
    view = _view(desk, person, tap, office)
    return [_edit(changing.closures(_, view)), Toast(text=changing.done(_))]


async def open_again(desk: DutyDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """🟢 Open again, in that list."""
    office = await service.open_one(desk, tx, person, number_in(tap.argument), now=tap.at)
    _, view = desk.words(person, tap), _view(desk, person, tap, office)
    return [_edit(changing.closures(_, view)), Toast(text=changing.done(_))]


def _asked(_: Words, desk: DutyDesk, view: View, parts: Sequence[str]) -> Screen:
    """The next thing to choose."""
    if not parts:
        return changing.who(_, view)
    person_id = _colleague(view, parts[0])
    if len(parts) > 1 and parts[1] not in DESKS:
        raise Outdated
    if len(parts) > 2 and parts[2] not in desk.catalogs.codes:
        raise Outdated
    match parts:
        case [_who]:
            return changing.which_desk(_, view, person_id)
        case [_who, place]:
            return changing.which_language(_, view, person_id, place)
        case [_who, place, code]:
            return changing.which_day(_, view, person_id, place, code)
        case [_who, place, code, day] if day == changing.WEEK or _weekday(day):
            line = changing.line(view, person_id, place, code, day)
            return changing.which_hours(_, view, person_id, ":".join(parts), line)
    raise Outdated


def _duties(desk: DutyDesk, parts: Sequence[str]) -> list[Duty]:
    """What a button for the last choice says."""
    who, place, code, day, hours = parts
    if place not in DESKS or code not in desk.catalogs.codes:
        raise Outdated
    if day != changing.WEEK and not _weekday(day):
        raise Outdated
    days = range(5) if day == changing.WEEK else (int(day),)
    return [Duty(place, code, weekday, _block(hours), number_in(who)) for weekday in days]


def _block(hours: str) -> Block:
    """0900-1230"""
    opens, _, closes = hours.partition("-")
    try:
        block = Block(time.fromisoformat(opens), time.fromisoformat(closes))
    except ValueError:
        raise Outdated from None
    if block.opens >= block.closes or len(hours) != 9:
        raise Outdated
    return block


def _weekday(day: str) -> bool:
    return len(day) == 1 and day in "0123456"


def _colleague(view: View, number: str) -> int:
    id_ = number_in(number)
    if id_ not in view.team.names:
        raise Outdated
    return id_


def _view(desk: DutyDesk, person: Person, incoming: Incoming, office: Office) -> View:
    may_change = not person.is_anonymous and is_at_least(person.role, Role.COORDINATOR)
    timetable = desk.timetable.over(office.roster)
    return View(desk.catalogs, timetable, office.team, incoming.at, may_change=may_change)


def _outgoing(screen: Screen) -> Outgoing:
    return Outgoing(text=screen.text, buttons=screen.buttons)


def _edit(screen: Screen) -> Edit:
    return Edit(text=screen.text, buttons=screen.buttons)
