"""/report: the key figures of a year, for coordinators in their own chat; closing a year."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial

from bot.delivery.incoming import Incoming, Said, Tapped
from bot.delivery.messages import Edit, File, Made, Message, Outgoing
from bot.dialog import forms
from bot.dialog.forms import Answers, Form, Pairs
from bot.dialog.routes import Routes, Shows, bound
from bot.errors import N_
from bot.language import formats
from bot.language.catalog import N_label, Words
from bot.people.desk import Maker
from bot.people.domain import Person
from bot.reports import exports, service
from bot.reports.desk import ReportsDesk
from bot.reports.domain import NoSuchPart, year_named
from bot.reports.wording import chat as wording
from bot.storage.transaction import Tx

_HIDE = "hide"
_XLSX, _CSV = "xlsx", "csv"
_ALL = "-"  # no key of the organisation file has only this
_YES = "yes"
_YEARS = 4  # in the choice; an earlier one is written


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which figures: of which year, which office and project ("": all), with small counts or not,
    in whose language, counted when."""

    year: int
    office: str = ""
    project: str = ""
    hides: bool = False
    language: str = ""
    at: int = 0

    @property
    def name(self) -> str:
        """What the files are called."""
        hidden = "hidden" if self.hides else ""
        return "-".join(
            filter(None, ("figures", f"{self.year}", self.office, self.project, hidden))
        )

    def made(self, form: str) -> Made:
        """The file that is made when it is sent."""
        hide = _HIDE if self.hides else ""
        parts = (form, self.year, hide, self.at, self.language, self.office, self.project)
        return Made("report", ":".join(map(str, parts)))


def routes(desk: ReportsDesk) -> Routes:
    """A command, the buttons below its answer, and the dialog that asks for an office."""
    commands: dict[str, Shows[ReportsDesk]] = {"report": report}
    taps: dict[str, Shows[ReportsDesk]] = {
        "vcreport": tapped,
        "vcreportof": begin,
        "vcclose": close,
    }
    return Routes(commands=bound(desk, commands), actions=bound(desk, taps), forms=(form(desk),))


def makers(desk: ReportsDesk) -> dict[str, Maker]:
    """The files, made when they are sent."""
    return {"report": partial(_made, desk)}


async def report(desk: ReportsDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/report, /report 2026, /report 2026 gent 4you hide"""
    service.look_for(person)
    words = formats.read_digits(said.argument).casefold().split()
    return await _answer(desk, tx, person, words, said.at)


async def tapped(desk: ReportsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A year; without one, the choice."""
    service.look_for(person)
    words = [one for one in tap.argument.split(":") if one]
    (first, *rest) = await _answer(desk, tx, person, words, tap.at)
    if isinstance(first, Outgoing):  # the choice takes the place of what was tapped
        return [Edit(text=first.text, buttons=first.buttons)]
    return [first, *rest]


async def _answer(
    desk: ReportsDesk, tx: Tx, person: Person, words: Sequence[str], now: datetime
) -> list[Message]:
    this = formats.day_of(now).year
    if not words:
        closes = this - 1 if await service.can_close(tx, person, this - 1, now=now) else None
        text, buttons = wording.menu(desk.words_for(person), this, closes=closes)
        return [Outgoing(text=text, buttons=buttons)]
    wanted = _Wanted(year_named(words[0], this=this))
    for word in words[1:]:
        wanted = _narrowed(desk, wanted, word)
    return await _files(desk, tx, person, wanted, now=now)


def _narrowed(desk: ReportsDesk, wanted: _Wanted, word: str) -> _Wanted:
    """One more word. Raises NoSuchPart."""
    if word == _HIDE:
        return replace(wanted, hides=True)
    if word in desk.offices:
        return replace(wanted, office=word)
    if word in desk.projects:
        return replace(wanted, project=word)
    raise NoSuchPart(word=word[:40], known=", ".join((*desk.offices, *desk.projects)))


async def _files(
    desk: ReportsDesk, tx: Tx, person: Person, wanted: _Wanted, *, now: datetime
) -> list[Message]:
    """The workbook and the CSV, in the reader's language."""
    _ = desk.words_for(person)
    whole = replace(wanted, language=_.code, at=int(now.timestamp()))
    caption = await _caption(desk, tx, _, wanted, formats.day_of(now))
    return [
        File(made=whole.made(_XLSX), name=f"{wanted.name}.xlsx", caption=caption),
        File(made=whole.made(_CSV), name=f"{wanted.name}.csv"),
    ]


async def _caption(desk: ReportsDesk, tx: Tx, _: Words, wanted: _Wanted, today: date) -> str:
    closed = await service.closed_at(tx, wanted.year)
    named = [desk.offices[wanted.office].name] if wanted.office else []
    named += [desk.projects[wanted.project].name] if wanted.project else []
    said = wording.caption(_, wanted.year, today, of=named, hides=wanted.hides)
    return said if closed is None else wording.of_closed(_, said, formats.day_of(closed))


async def _made(desk: ReportsDesk, tx: Tx, wanted: str) -> bytes:
    form, year, hide, stamp, language, office, project = wanted.split(":")
    now = datetime.fromtimestamp(int(stamp), UTC)
    found = await service.look(
        desk,
        tx,
        int(year),
        now=now,
        office=office or None,
        project=project or None,
        hides=hide == _HIDE,
    )
    making = exports.workbook if form == _XLSX else exports.csv
    words = desk.catalogs.words(language or desk.staff_language)
    return await asyncio.to_thread(making, found, words, desk.organisation)


# Of one office or one project


def form(desk: ReportsDesk) -> Form:
    """Which year, office, project; with or without small counts."""
    return Form(
        name="vcreport",
        version=1,
        title=N_("Key figures"),
        has_summary=False,
        steps=(
            forms.choice("year", N_("Of which year?"), _years),
            forms.choice("office", N_("Of which office?"), partial(_parts, desk, "offices")),
            forms.choice("project", N_("Of which project?"), partial(_parts, desk, "projects")),
            forms.yes_no("hide", N_("Hide counts under five? Say yes for whatever you publish.")),
        ),
        finish=partial(_finish, desk),
    )


async def _years(tx: Tx, person: Person, answers: Answers) -> Pairs:
    this = formats.day_of(answers["now"]).year
    return [(str(year), str(year)) for year in range(this, this - _YEARS, -1)]


async def _parts(desk: ReportsDesk, which: str, tx: Tx, person: Person, answers: Answers) -> Pairs:
    every = N_label("🌍 All offices") if which == "offices" else N_label("🌍 All projects")
    known = desk.offices if which == "offices" else desk.projects
    named = [(key, known[key].name) for key in known]
    return [(_ALL, desk.words_for(person).label(every)), *named]


async def begin(desk: ReportsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Asks for the year first."""
    service.look_for(person)
    return await forms.begin(tx, person, tap, form(desk))


async def _finish(
    desk: ReportsDesk, tx: Tx, person: Person, answers: Answers, incoming: Incoming
) -> list[Message]:
    """The role and what there is are judged again: days may have passed."""
    service.look_for(person)
    this = formats.day_of(incoming.at).year
    wanted = _Wanted(year_named(answers["year"], this=this), hides=answers["hide"])
    for side, known in (("office", desk.offices), ("project", desk.projects)):
        if (key := answers[side]) == _ALL:
            continue
        if key not in known:
            raise NoSuchPart(word=key, known=", ".join(known))
        wanted = replace(wanted, **{side: key})
    files = await _files(desk, tx, person, wanted, now=incoming.at)
    text = wording.here(desk.words_for(person))
    return [Edit(text=text) if isinstance(incoming, Tapped) else Outgoing(text=text), *files]


# A year that is over


async def close(desk: ReportsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """What closing a year does; with "yes", it is done."""
    said, _, sure = tap.argument.partition(":")
    _words = desk.words_for(person)
    year = year_named(said, this=formats.day_of(tap.at).year)
    await service.require_may_close(tx, person, year, now=tap.at)
    if sure == _YES:
        await service.close(desk, tx, year, now=tap.at, actor=person.id)
    closed = await service.closed_at(tx, year)
    if closed is not None:
        text, buttons = wording.closed(_words, year, formats.day_of(closed))
    else:
        text, buttons = wording.may_close(_words, year, await service.open_hours(tx, year))
    return [Edit(text=text, buttons=buttons)]
