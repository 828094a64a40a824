"""/report: the key figures of a year, for coordinators in their own chat."""

import asyncio
from datetime import UTC, datetime
from functools import partial

from bot.delivery.incoming import Said, Tapped
from bot.delivery.messages import Edit, File, Made, Message, Outgoing
from bot.dialog.routes import Routes, Shows, bound
from bot.language import formats
from bot.people.desk import Maker
from bot.people.domain import Person
from bot.reports import exports, service
from bot.reports.desk import ReportsDesk
from bot.reports.domain import year_named
from bot.reports.wording import chat as wording
from bot.storage.transaction import Tx

_HIDE = "hide"
_XLSX, _CSV = "xlsx", "csv"


def routes(desk: ReportsDesk) -> Routes:
    """A command, and the buttons below its answer."""
    commands: dict[str, Shows[ReportsDesk]] = {"report": report}
    taps: dict[str, Shows[ReportsDesk]] = {"vcreport": tapped}
    return Routes(commands=bound(desk, commands), actions=bound(desk, taps))


def makers(desk: ReportsDesk) -> dict[str, Maker]:
    """The files, made when they are sent."""
    return {"report": partial(_made, desk)}


async def report(desk: ReportsDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/report, /report 2026, /report 2026 hide"""
    service.look_for(person)
    return _answer(desk, person, formats.read_digits(said.argument).casefold().split(), said.at)


async def tapped(desk: ReportsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A year; without one, the choice."""
    service.look_for(person)
    (first, *rest) = _answer(desk, person, [one for one in tap.argument.split(":") if one], tap.at)
    if isinstance(first, Outgoing):  # the choice takes the place of what was tapped
        return [Edit(text=first.text, buttons=first.buttons)]
    return [first, *rest]


def _answer(desk: ReportsDesk, person: Person, words: list[str], now: datetime) -> list[Message]:
    _, today = desk.words_for(person), formats.day_of(now)
    if not words:
        text, buttons = wording.menu(_, today.year)
        return [Outgoing(text=text, buttons=buttons)]
    year, hides = year_named(words[0], this=today.year), _HIDE in words[1:]
    caption = wording.caption(_, year, today, hides=hides)
    wanted = f"{year}:{_HIDE if hides else ''}:{int(now.timestamp())}"
    name = f"figures-{year}{'-hidden' if hides else ''}"
    return [
        File(made=Made("report", f"{_XLSX}:{wanted}"), name=f"{name}.xlsx", caption=caption),
        File(made=Made("report", f"{_CSV}:{wanted}"), name=f"{name}.csv"),
    ]


async def _made(desk: ReportsDesk, tx: Tx, wanted: str) -> bytes:
    form, year, hide, stamp = wanted.split(":")
    now = datetime.fromtimestamp(int(stamp), UTC)
    found = await service.look(desk, tx, int(year), now=now, hides=hide == _HIDE)
    making = exports.workbook if form == _XLSX else exports.csv
    return await asyncio.to_thread(making, found, desk.staff_words, desk.organisation)
