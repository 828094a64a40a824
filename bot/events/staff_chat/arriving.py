"""At the door: colleagues scan codes or tick the list; and what people said of it afterwards."""

from datetime import timedelta
from functools import partial
from typing import Final

from bot.delivery.incoming import Incoming, Said, Tapped
from bot.delivery.messages import Edit, Message, Outgoing
from bot.dialog import prompts
from bot.dialog.routes import Routes, bound
from bot.errors import Outdated, number_in
from bot.events.desk import EventsDesk
from bot.events.service import arriving, listing, rating
from bot.events.service.arriving import Arrival
from bot.events.wording import arriving as wording
from bot.events.wording import rating as rating_words
from bot.people.domain import Person
from bot.storage.transaction import Tx

PROMPT: Final = "events_code"
_WAITS: Final = timedelta(hours=1)


def routes(desk: EventsDesk) -> Routes:
    """The link of a code, and the list, in the colleague's own chat."""
    screens = {
        "ecdoor": show_list,
        "ecin": tick,
        "ecout": untick,
        "ecend": close,
        "eccode": ask_code,
        "ecsaid": show_results,
    }
    return Routes(
        starts=bound(desk, {arriving.START: scan}),
        actions=bound(desk, screens),
        prompts={PROMPT: partial(hear_code, desk)},
    )


async def scan(desk: EventsDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """A colleague scanned a code: in. Who scans their own is told what it is for."""
    _, code = desk.catalogs.words(person.language), said.link[1].upper()
    own = await arriving.is_own(tx, person.id, code)
    if own is not None:
        text, buttons = wording.own_code(_, await listing.get(tx, own))
        return [Outgoing(text=text, buttons=buttons)]
    return [_in_now(desk, person, await arriving.scan(tx, person, code, now=said.at))]


async def ask_code(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """No camera: the code is said and written."""
    found = await arriving.door(tx, person, number_in(tap.argument))
    await prompts.ask(tx, tap.chat_id, PROMPT, str(found.event.id), until=tap.at + _WAITS)
    text, buttons = wording.ask_code(desk.catalogs.words(person.language), found.event)
    return [Edit(text=text, buttons=buttons)]


async def hear_code(
    desk: EventsDesk, tx: Tx, person: Person, incoming: Incoming, ref: str
) -> list[Message] | None:
    """A code; the next one may follow at once. What is none goes its usual way."""
    code = arriving.code_in(incoming.text) if isinstance(incoming, Said) else None
    if code is None:
        return None
    await prompts.ask(tx, incoming.chat_id, PROMPT, ref, until=incoming.at + _WAITS)
    arrival = await arriving.scan(tx, person, code, now=incoming.at)
    return [_in_now(desk, person, arrival)]


async def show_list(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Who is expected, and who is in."""
    number, _colon, page = tap.argument.partition(":")
    return [await _list(desk, tx, person, tap, event_id=number_in(number), page=page or "0")]


async def tick(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """In."""
    event_id, participant, page = _read(tap.argument)
    await arriving.tick(tx, person, event_id, participant, now=tap.at)
    return [await _list(desk, tx, person, tap, event_id=event_id, page=str(page))]


async def untick(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Not in after all."""
    event_id, participant, page = _read(tap.argument)
    await arriving.untick(tx, person, event_id, participant, now=tap.at)
    return [await _list(desk, tx, person, tap, event_id=event_id, page=str(page))]


async def close(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Who is not ticked did not come: asked back first."""
    number, _colon, answer = tap.argument.partition(":")
    event_id, _ = number_in(number), desk.catalogs.words(person.language)
    if answer == "yes":
        missing = await arriving.close(tx, person, event_id, now=tap.at)
        text, buttons = wording.closed(_, await listing.get(tx, event_id), missing)
    else:
        text, buttons = wording.ask_to_close(_, await arriving.door(tx, person, event_id))
    return [Edit(text=text, buttons=buttons)]


async def show_results(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """What people said, from five answers on."""
    event, found = await rating.results(desk, tx, person, number_in(tap.argument))
    text, buttons = rating_words.results(desk.catalogs.words(person.language), event, found)
    return [Edit(text=text, buttons=buttons)]


async def _list(
    desk: EventsDesk, tx: Tx, person: Person, tap: Tapped, *, event_id: int, page: str
) -> Message:
    found = await arriving.door(tx, person, event_id)
    text, buttons = wording.door(
        desk.catalogs.words(person.language),
        found,
        page=min(number_in(page), 999),
        has_begun=found.event.has_begun(tap.at),
        is_over=found.event.ends_at <= tap.at,
    )
    return Edit(text=text, buttons=buttons)


def _in_now(desk: EventsDesk, person: Person, arrival: Arrival) -> Message:
    _, who = desk.catalogs.words(person.language), arrival.name
    text, buttons = wording.in_now(_, arrival.event, arrival.place, who, is_new=arrival.is_new)
    return Outgoing(text=text, buttons=buttons)


def _read(argument: str) -> tuple[int, int, int]:
    """Event, participant and page of a button."""
    parts = argument.split(":")
    if len(parts) != 3:
        raise Outdated
    event_id, participant, page = (number_in(one) for one in parts)
    return event_id, participant, page
