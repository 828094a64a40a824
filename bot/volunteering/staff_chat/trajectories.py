"""Coordinators follow 40-hour trajectories, and count what keeps people from volunteering."""

from functools import partial

from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Edit, Message, Outgoing
from bot.dialog import forms
from bot.dialog.forms import Answers, Form, Pairs
from bot.dialog.routes import Routes, bound
from bot.errors import Outdated, number_in
from bot.people.domain import Person, Role, is_at_least, require
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.trajectories import (
    REFERRER_LENGTH,
    TARGET_MINUTES,
    Progress,
    Trajectory,
)
from bot.volunteering.service import trajectories as service
from bot.volunteering.wording import trajectories as wording

_MOST_PAGES = 999
_DUTCH = "nl"  # in which organisations here write to each other


def routes(desk: VolunteeringDesk) -> Routes:
    """The screens and the dialog; in the coordinator's own chat."""
    screens = {
        "vctrajs": show_all,
        "vctraj": show_one,
        "vcbegin": ask_who,
        "vcmove": move,
        "vctell": show_report,
        "vctold": note_reported,
        "vcbars": choose_office,
        "vcbar": show_barriers,
        "vcbarup": count_one_more,
        "vcbardown": count_one_less,
    }
    return Routes(actions=bound(desk, screens), forms=(form(desk),))


def form(desk: VolunteeringDesk) -> Form:
    """For whom, who referred, may they be told?"""
    return Form(
        name="vcbegin",
        version=1,
        title=wording.TITLE,
        steps=(
            forms.choice("who", wording.WHO, candidates, label=wording.VOLUNTEER),
            forms.text(
                "referrer",
                wording.REFERRER,
                longest=REFERRER_LENGTH,
                skippable=True,
                label=wording.REFERRED,
            ),
            forms.yes_no(
                "report",
                wording.REPORT,
                when=lambda answers: bool(answers["referrer"]),
                label=wording.REPORTS,
            ),
        ),
        finish=partial(begin, desk),
    )


async def candidates(tx: Tx, person: Person, answers: Answers) -> Pairs:
    """Volunteers without one."""
    found = await service.candidates(tx, person)
    return [(str(id_), f"{name} · {town}" if town else name) for id_, name, town in found]


async def show_all(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A page of them."""
    page = min(number_in(tap.argument), _MOST_PAGES)
    found, more, counts = await service.listed(tx, person, page=page)
    _ = desk.catalogs.words(person.language)
    text, buttons = wording.listed(_, found, counts, page=page, has_more=more)
    return [Edit(text=text, buttons=buttons)]


async def show_one(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One of them."""
    found = await service.look(tx, person, number_in(tap.argument))
    text, buttons = await _one(desk, tx, person, found)
    return [Edit(text=text, buttons=buttons)]


async def ask_who(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Begin the dialog."""
    require(person, Role.COORDINATOR)
    return await forms.begin(tx, person, tap, form(desk))


async def begin(
    desk: VolunteeringDesk, tx: Tx, person: Person, answers: Answers, incoming: Incoming
) -> list[Message]:
    """A new one."""
    found = await service.begin(
        tx,
        person,
        number_in(answers["who"]),
        referrer=answers["referrer"] or "",
        may_report=bool(answers["report"]),
        now=incoming.at,
    )
    text, buttons = await _one(desk, tx, person, found)
    return [Outgoing(text=text, buttons=buttons)]


async def move(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """To another status."""
    number, before, to = _three(tap.argument)
    id_ = number_in(number)
    found = await service.move(tx, person, id_, to, before=before, now=tap.at)
    text, buttons = await _one(desk, tx, person, found)
    return [Edit(text=text, buttons=buttons)]


async def show_report(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A text for who referred them."""
    found = await service.look(tx, person, number_in(tap.argument))
    if not found.may_report:
        raise Outdated
    reached = await service.progress(tx, found.volunteer) or Progress(0, TARGET_MINUTES)
    words = desk.catalogs.words
    text, buttons = wording.report(words(person.language), words(_DUTCH), found, reached)
    return [Edit(text=text, buttons=buttons)]


async def note_reported(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """They were told."""
    found = await service.reported(tx, person, number_in(tap.argument), now=tap.at)
    text, buttons = await _one(desk, tx, person, found)
    return [Edit(text=text, buttons=buttons)]


async def choose_office(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """Of which office?"""
    require(person, Role.COORDINATOR)
    text, buttons = wording.offices(desk.catalogs.words(person.language), desk.offices)
    return [Edit(text=text, buttons=buttons)]


async def show_barriers(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """This month's counts."""
    office = desk.offices.get(tap.argument)
    if office is None:
        raise Outdated
    counts = await service.barriers(tx, person, office.key, now=tap.at)
    text, buttons = wording.barriers(desk.catalogs.words(person.language), office, counts)
    return [Edit(text=text, buttons=buttons)]


async def count_one_more(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """One more."""
    return await _count(desk, tx, person, tap, by=1)


async def count_one_less(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """That was a slip of the finger."""
    return await _count(desk, tx, person, tap, by=-1)


async def _count(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped, *, by: int
) -> list[Message]:
    key, _, barrier = tap.argument.partition(":")
    counts = await service.count_barrier(desk, tx, person, key, barrier, by=by, now=tap.at)
    words = desk.catalogs.words(person.language)
    text, buttons = wording.barriers(words, desk.offices[key], counts)
    return [Edit(text=text, buttons=buttons)]


async def _one(desk: VolunteeringDesk, tx: Tx, person: Person, found: Trajectory) -> wording.Screen:
    reached = await service.progress(tx, found.volunteer)
    is_admin = is_at_least(person.role, Role.ADMIN)
    return wording.one(desk.catalogs.words(person.language), found, reached, is_admin=is_admin)


def _three(argument: str) -> tuple[str, str, str]:
    parts = argument.split(":")
    if len(parts) != 3:
        raise Outdated
    return parts[0], parts[1], parts[2]
