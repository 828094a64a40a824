"""A coordinator sends a file of events: it is shown first, and brought in with one tap."""

from datetime import timedelta
from functools import partial

from bot.delivery.incoming import Incoming, Said, SentMedia, Tapped
from bot.delivery.messages import Edit, File, Made, Message
from bot.dialog import prompts
from bot.dialog.routes import Answer, Routes, Shows, bound
from bot.errors import Outdated, number_in
from bot.events.desk import EventsDesk
from bot.events.domain import Kind
from bot.events.service import exporting, filing
from bot.events.wording import bulk as wording
from bot.events.wording import files
from bot.language.catalog import Words
from bot.people.domain import Person, Role, is_at_least, require
from bot.storage.transaction import Tx

TEMPLATE = "event_template"
_WALKERS, _OPEN = "event_walkers", timedelta(hours=1)
_LISTS = (".xlsx", ".xlsm", ".csv")
_SUFFIXES = (".xlsx", ".xlsm", ".csv", ".ics")


def routes(desk: EventsDesk) -> Routes:
    """What coordinators send and tap in their own chat."""
    taps: dict[str, Shows[EventsDesk]] = {
        "eci": explain,
        "ecit": send_template,
        "eciy": bring_in,
        "ecix": leave,
        "ecik": choose_kind,
        "ecio": choose_office,
        "eciw": ask_for_walkers,
    }

    async def hears(tx: Tx, person: Person, incoming: Incoming) -> list[Message] | None:
        return await hear(desk, tx, person, incoming)

    asked: dict[str, Answer] = {_WALKERS: partial(take_walkers, desk)}
    return Routes(actions=bound(desk, taps), hears=(hears,), prompts=asked)


async def hear(
    desk: EventsDesk, tx: Tx, person: Person, incoming: Incoming
) -> list[Message] | None:
    """A file of a coordinator that looks like one of events."""
    if not isinstance(incoming, SentMedia) or incoming.suffix not in _SUFFIXES:
        return None
    if not is_at_least(person.role, Role.COORDINATOR) or not incoming.file_id:
        return None
    await filing.keep(tx, person, incoming.file_id, now=incoming.at)
    return [wording.is_reading(_words(desk, person))]


async def explain(
    desk: EventsDesk, tx: Tx, person: Person, incoming: Said | Tapped
) -> list[Message]:
    """What may be sent."""
    require(person, Role.COORDINATOR)
    return [wording.how_to(_words(desk, person))]


async def send_template(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """📄 A file to fill in, in the coordinator's language."""
    require(person, Role.COORDINATOR)
    _ = _words(desk, person)
    name = f"{_.plain(files.EVENTS)}.xlsx"
    return [File(made=Made(TEMPLATE, _.code), name=name)]


async def bring_in(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """✅ It is fetched once more, and brought in if it still does what was shown."""
    filed = await filing.own(tx, person, number_in(tap.argument), now=tap.at)
    await filing.read_again(tx, filed, now=tap.at, state=filing.WANTED)
    return [Edit(text=wording.bringing(_words(desk, person)))]


async def leave(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """✖️ Nothing happens."""
    filed = await filing.own(tx, person, number_in(tap.argument), now=tap.at)
    await filing.drop(tx, filed)
    return [Edit(text=wording.left(_words(desk, person)))]


async def ask_for_walkers(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """📥 The next file is a list of walkers of this walk."""
    event = await exporting.one(desk, tx, person, number_in(tap.argument))
    if event.kind != Kind.WALK:
        raise Outdated
    await prompts.ask(tx, tap.chat_id, _WALKERS, str(event.id), until=tap.at + _OPEN)
    _ = _words(desk, person)
    return [wording.send_walkers(_, event.title(_.code))]


async def take_walkers(
    desk: EventsDesk, tx: Tx, person: Person, incoming: Incoming, ref: str
) -> list[Message] | None:
    """The list, or something else that goes the usual way."""
    if not isinstance(incoming, SentMedia) or incoming.media != "document":
        return None
    _ = _words(desk, person)
    event = await exporting.one(desk, tx, person, number_in(ref))
    if incoming.suffix not in _LISTS or not incoming.file_id:
        await prompts.ask(tx, incoming.chat_id, _WALKERS, ref, until=incoming.at + _OPEN)
        return [wording.no_list(_)]
    await filing.keep(tx, person, incoming.file_id, now=incoming.at, event_id=event.id)
    return [wording.is_reading(_)]


async def choose_kind(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """What the events of a calendar are."""
    id_, _colon, kind = tap.argument.partition(":")
    filed = await filing.own(tx, person, number_in(id_), now=tap.at)
    if kind not in tuple(Kind):
        raise Outdated
    await filing.read_again(tx, filed, now=tap.at, kind=kind)
    return [Edit(text=wording.is_reading(_words(desk, person)).text)]


async def choose_office(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Whose events they are."""
    id_, _colon, number = tap.argument.partition(":")
    filed = await filing.own(tx, person, number_in(id_), now=tap.at)
    offices = list(desk.offices)
    if number_in(number) >= len(offices):
        raise Outdated
    office = offices[number_in(number)]
    await desk.require_office(tx, person, office)
    await filing.read_again(tx, filed, now=tap.at, office=office)
    return [Edit(text=wording.is_reading(_words(desk, person)).text)]


def _words(desk: EventsDesk, person: Person) -> Words:
    return desk.catalogs.words(person.language or desk.staff_language)
