"""📅 Events: the list, looking by day and town, one event in full, and one's own."""

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from bot.delivery.incoming import Incoming, Said, Tapped
from bot.delivery.messages import Button, Buttons, Edit, Message, Outgoing
from bot.dialog import prompts
from bot.dialog.routes import Routes, bound
from bot.errors import Outdated, Refused, number_in
from bot.events.desk import EventsDesk
from bot.events.domain import finding as domain
from bot.events.domain.finding import Search
from bot.events.service import finding
from bot.events.wording import finding as wording
from bot.language import formats, reading_dates
from bot.people.desk import Things
from bot.people.domain import Person
from bot.storage.transaction import Tx

PROMPT: Final = "events_where"
_WAITS: Final = timedelta(hours=1)


def routes(desk: EventsDesk) -> Routes:
    """The key of the menu, the command, links, and the buttons."""
    screens = {
        "elist": show_list,
        "eone": show_one,
        "emine": show_own,
        "enear": ask_where,
        "epic": show_picture,
    }
    return Routes(
        menu=bound(desk, {"📅 Events": show_list}),
        commands=bound(desk, {"events": show_list}),
        starts=bound(desk, {"events": show_list, "event": open_link}),
        actions=bound(desk, screens),
        prompts={PROMPT: partial(hear_where, desk)},
    )


def my_things(desk: EventsDesk) -> Things:
    """The lines that own events add to "My things"."""
    return partial(list_things, desk)


async def list_things(
    desk: EventsDesk, tx: Tx, person: Person, now: datetime
) -> list[tuple[str, Button | None]]:
    """The next events."""
    _ = desk.catalogs.words(person.language)
    return wording.things(_, await finding.own(tx, person.id, now=now))


async def show_list(desk: EventsDesk, tx: Tx, person: Person, incoming: Incoming) -> list[Message]:
    """Events to come, a page at a time."""
    search, page = Search(), 0
    if isinstance(incoming, Tapped):
        search, page = _read(incoming.argument)
    text, buttons = await _list(desk, tx, person, search, page=page, now=incoming.at)
    return [screen(incoming, text, buttons)]


async def show_own(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Where they have a place or wait."""
    found = await finding.own(tx, person.id, now=tap.at)
    text, buttons = wording.list_of_own(desk.catalogs.words(person.language), found)
    return [Edit(text=text, buttons=buttons)]


async def show_one(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One event in full; back to where they came from."""
    number, _colon, where = tap.argument.partition(":")
    _ = desk.catalogs.words(person.language)
    if where == "own":
        back = wording.back_to_own(_)
    else:
        search, page = _read(where)
        back = wording.back_to(_, f"{page}:{search.sign}")
    text, buttons = await _one(desk, tx, person, number_in(number), back=back, now=tap.at)
    return [Edit(text=text, buttons=buttons)]


async def show_picture(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """What the organisers put with it. Raises Outdated where there is none (any more)."""
    seen = await finding.one(desk, tx, person, number_in(tap.argument))
    if not seen.event.draft.picture:
        raise Outdated
    return [wording.picture(desk.catalogs.words(person.language), seen.event)]


async def open_link(desk: EventsDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/start event_12, from a link or a poster; one that is gone leads to all."""
    _ = desk.catalogs.words(person.language)
    back = wording.back_to(_, f"0:{Search().sign}")
    try:
        number = number_in(said.link[1])
        text, buttons = await _one(desk, tx, person, number, back=back, now=said.at)
    except Outdated:
        text, buttons = wording.gone(_)
    return [Outgoing(text=text, buttons=buttons)]


async def ask_where(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Which town, or which day?"""
    search, _page = _read(f"0:{tap.argument}")
    await prompts.ask(tx, tap.chat_id, PROMPT, search.sign, until=tap.at + _WAITS)
    text, buttons = wording.ask_where(desk.catalogs.words(person.language))
    return [Edit(text=text, buttons=buttons)]


async def hear_where(
    desk: EventsDesk, tx: Tx, person: Person, incoming: Incoming, ref: str
) -> list[Message] | None:
    """A town or a day narrows the list; anything else is asked again, once."""
    search = domain.read(ref)
    if not isinstance(incoming, Said) or search is None:
        return None
    narrowed = _narrowed(desk, search, incoming)
    if narrowed is None:
        await prompts.ask(tx, incoming.chat_id, PROMPT, ref, until=incoming.at + _WAITS)
        text, buttons = wording.not_found(desk.catalogs.words(person.language), incoming.text)
    else:
        text, buttons = await _list(desk, tx, person, narrowed, page=0, now=incoming.at)
    return [Outgoing(text=text, buttons=buttons)]


def screen(incoming: Incoming, text: str, buttons: Buttons) -> Message:
    """Into the message that was tapped, else a new one."""
    if isinstance(incoming, Tapped):
        return Edit(text=text, buttons=buttons)
    return Outgoing(text=text, buttons=buttons)


def _narrowed(desk: EventsDesk, search: Search, said: Said) -> Search | None:
    today = formats.day_of(said.at)
    try:
        return search.near(desk.town_of(said.text).postcode)
    except Refused:
        day = reading_dates.read(desk.catalogs, said.text, today=today)
    return None if day is None else Search(since=max(day, today), postcode=search.postcode)


async def _list(
    desk: EventsDesk, tx: Tx, person: Person, search: Search, *, page: int, now: datetime
) -> tuple[str, Buttons]:
    found = await finding.found(desk, tx, person, search, page=page, now=now)
    town = finding.town_at(desk, search.postcode)
    return wording.list_of(
        desk.catalogs.words(person.language),
        found,
        search,
        page=page,
        town="" if town is None else town.name,
    )


async def _one(
    desk: EventsDesk, tx: Tx, person: Person, number: int, *, back: Buttons, now: datetime
) -> tuple[str, Buttons]:
    seen = await finding.one(desk, tx, person, number)
    _ = desk.catalogs.words(person.language)
    if seen.event.cancelled_at is not None:
        return wording.cancelled(_, seen.event, back=back)
    return wording.one(_, seen, is_ahead=not seen.event.has_begun(now), back=back)


def _read(argument: str) -> tuple[Search, int]:
    """The search and the page of a button. Raises Outdated for what no button of ours holds."""
    page, _colon, sign = argument.partition(":")
    search = domain.read(sign)
    if search is None:
        raise Outdated
    return search, min(number_in(page), 999)
