"""Coordinators take events along: as a file, who comes as a workbook, and a poster to print."""

import importlib
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from bot.delivery.incoming import Tapped
from bot.delivery.making import Maker, Sketch
from bot.delivery.messages import File, Made, Message
from bot.dialog.routes import Routes, Shows, bound
from bot.errors import Outdated, number_in
from bot.events import calendar_file
from bot.events.desk import EventsDesk
from bot.events.domain import Event
from bot.events.service import exporting
from bot.events.wording import exports as wording
from bot.events.wording import files
from bot.language.catalog import Words
from bot.people.domain import Person, Role, require
from bot.storage.transaction import Tx

_SHOWN = 8  # events on buttons
_LIST, _GUESTS, _POSTER = "events_list", "event_guests", "event_poster"


def routes(desk: EventsDesk) -> Routes:
    """Buttons in a coordinator's own chat."""
    taps: dict[str, Shows[EventsDesk]] = {
        "ecx": ask_form,
        "ecxe": show_one,
        "ecxl": send_list,
        "ecxg": send_guests,
        "ecqr": send_poster,
    }
    return Routes(actions=bound(desk, taps))


def makers(desk: EventsDesk) -> dict[str, Maker]:
    """Files that are made when they are sent."""
    return {
        _LIST: partial(made_list, desk),
        _GUESTS: partial(made_guests, desk),
        _POSTER: partial(made_poster, desk),
    }


async def ask_form(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """📤 As which file?"""
    found = await exporting.coming(desk, tx, person, now=tap.at)
    return [wording.which_form(_words(desk, person), found[:_SHOWN])]


async def show_one(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """What there is of one event."""
    event = await exporting.one(desk, tx, person, number_in(tap.argument))
    return [wording.of_one(_words(desk, person), event)]


async def send_list(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """All coming events of their offices."""
    require(person, Role.COORDINATOR)
    form = tap.argument
    if form not in wording.FORMS:
        raise Outdated
    made = Made(_LIST, f"{person.id}:{form}:{int(tap.at.timestamp())}")
    return [File(made=made, name=wording.file_name(_words(desk, person), form))]


async def send_guests(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Who comes, as a workbook."""
    event = await exporting.one(desk, tx, person, number_in(tap.argument))
    made = Made(_GUESTS, f"{person.id}:{event.id}")
    return [File(made=made, name=f"{_file_name(event, _words(desk, person))}.xlsx")]


async def send_poster(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """🖨 A sheet for a wall."""
    event = await exporting.one(desk, tx, person, number_in(tap.argument))
    _ = _words(desk, person)
    made = Made(_POSTER, f"{person.id}:{event.id}:{int(tap.at.timestamp())}")
    return [File(made=made, name=f"{_file_name(event, _)}.pdf", caption=wording.caption(_))]


async def made_list(desk: EventsDesk, tx: Tx, ref: str) -> Sketch:
    """`ref`: for whom, as which file, and when it was asked for."""
    id_, form, at = ref.split(":")
    person = await exporting.colleague(tx, id_)
    found = await exporting.coming(desk, tx, person, now=_moment(at))
    if form == "ics":
        draw = partial(calendar_file.feed, found, organisation=desk.organisation)
        return Sketch(draw=draw)
    _ = _words(desk, person)
    codes = [words.code for words in desk.catalogs]
    heads = wording.heads(_, codes)
    lines = [wording.line(_, one, codes, desk.offices) for one in found]
    if form == "csv":
        return Sketch(draw=_later("sheets", "commas", heads, lines))
    title = _.plain(files.EVENTS)
    return Sketch(draw=_later("sheets", "workbook", title, heads, lines, is_rtl=_.is_rtl))


async def made_guests(desk: EventsDesk, tx: Tx, ref: str) -> Sketch:
    """`ref`: for whom, and the event's number."""
    id_, number = ref.split(":")
    person = await exporting.colleague(tx, id_)
    found = await exporting.guests(desk, tx, person, number_in(number))
    _ = _words(desk, person)
    lines = [wording.guest(_, taken, language) for taken, language in found.all]
    title = _file_name(found.event, _)
    heads = wording.guest_heads(_)
    return Sketch(draw=_later("sheets", "workbook", title, heads, lines, is_rtl=_.is_rtl))


async def made_poster(desk: EventsDesk, tx: Tx, ref: str) -> Sketch:
    """`ref`: for whom, the event's number, and when it was asked for."""
    id_, number, at = ref.split(":")
    person = await exporting.colleague(tx, id_)
    event = await exporting.one(desk, tx, person, number_in(number))
    codes = [one for one in event.draft.titles if one in {words.code for words in desk.catalogs}]
    voices = [desk.catalogs.words(one) for one in codes or [desk.staff_language]]
    said = [(_.code, _.is_rtl, event.title(_.code), *wording.on_poster(_, event)) for _ in voices]
    link = desk.start_link(f"event_{event.id}")
    named = {"organisation": desk.organisation, "at": _moment(at)}
    return Sketch(draw=_later("poster", "poster", said, link, **named))


def _later(module: str, name: str, *values: Any, **named: Any) -> Callable[[], bytes]:
    """What draws a workbook loads in the thread that draws."""

    def draw() -> bytes:
        drawn: bytes = getattr(importlib.import_module(f"bot.events.exports.{module}"), name)(
            *values, **named
        )
        return drawn

    return draw


def _file_name(event: Event, _: Words) -> str:
    """Of an event, without signs that a phone or a spreadsheet does not take."""
    title = "".join(sign for sign in event.title(_.code) if sign.isalnum() or sign in " -")
    return " ".join(title.split())[:40] or str(event.id)


def _moment(at: str) -> datetime:
    return datetime.fromtimestamp(number_in(at), UTC)


def _words(desk: EventsDesk, person: Person) -> Words:
    return desk.catalogs.words(person.language or desk.staff_language)
