"""One's own hours: looked at, corrected, and said once a week."""

from datetime import date, datetime
from functools import partial

from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.making import Maker
from bot.delivery.messages import Button, Edit, File, Message, Outgoing
from bot.dialog import forms
from bot.dialog.forms import Answers, Asking, Form
from bot.dialog.routes import Routes, bound
from bot.errors import Outdated, number_in
from bot.language import formats
from bot.people.desk import Things
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import hours as domain
from bot.volunteering.service import correcting, milestones, trajectories, volunteers, weeks
from bot.volunteering.wording import hours as wording
from bot.volunteering.wording import milestones as milestones_wording
from bot.volunteering.wording import weeks as weeks_wording

_READ = 1000 * 60  # more than that is no number of hours, but something else


def routes(desk: VolunteeringDesk) -> Routes:
    """The screens, the dialog and the weekly question."""
    screens = {
        "vhours": show_own,
        "vhour": show_one,
        "vhourpic": send_picture,
        "vfix": ask_to_correct,
        "vweek": show_week,
        "vweekok": say_week,
    }
    return Routes(actions=bound(desk, screens), forms=(form(desk),))


def makers(desk: VolunteeringDesk) -> dict[str, Maker]:
    """Who draws the picture."""
    return {milestones.PICTURE_KIND: partial(milestones.picture, desk)}


def form(desk: VolunteeringDesk) -> Form:
    """How long was it, and what was different?"""
    return Form(
        name="vfix",
        version=1,
        title=wording.TITLE,
        steps=(
            forms.custom(
                "length", wording.LENGTH, read=read_hours, say=wording.amount, label=wording.HOURS
            ),
            forms.choice("why", wording.WHY, wording.REASONS, label=wording.REASON),
        ),
        finish=partial(correct, desk),
    )


def my_things(desk: VolunteeringDesk) -> Things:
    """The line that own hours add to "My things"."""
    return partial(list_things, desk)


async def list_things(
    desk: VolunteeringDesk, tx: Tx, person: Person, now: datetime
) -> list[tuple[str, Button | None]]:
    """The sum, for who has any."""
    if await volunteers.of_person(tx, person.id) is None:
        return []
    _mine, lines = await correcting.own(tx, person.id)
    if not lines:
        return []
    return [wording.thing(desk.catalogs.words(person.language), domain.sums(lines))]


async def show_own(
    desk: VolunteeringDesk, tx: Tx, person: Person, incoming: Incoming
) -> list[Message]:
    """All of them, and the way to 40 hours."""
    mine, lines = await correcting.own(tx, person.id)
    reached = await trajectories.progress(tx, mine)
    _ = desk.catalogs.words(person.language)
    text, buttons = wording.own(_, lines, domain.sums(lines), reached)
    if isinstance(incoming, Tapped):
        return [Edit(text=text, buttons=buttons)]
    return [Outgoing(text=text, buttons=buttons)]


async def send_picture(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """The way to 40 hours, to look at and to show."""
    mine, _lines = await correcting.own(tx, person.id)
    reached = await trajectories.progress(tx, mine)
    if reached is None:
        raise Outdated
    _ = desk.catalogs.words(person.language)
    text, buttons = milestones_wording.shown(_, reached)
    made, name = milestones.made(_, reached), milestones_wording.FILE_NAME
    return [File(made=made, name=name, as_photo=True, caption=text, buttons=buttons)]


async def show_one(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One day or week."""
    line = await correcting.own_line(tx, person.id, number_in(tap.argument))
    may = line.may_correct(formats.day_of(tap.at))
    text, buttons = wording.one(desk.catalogs.words(person.language), line, may_correct=may)
    return [Edit(text=text, buttons=buttons)]


async def ask_to_correct(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """Begin the dialog, where it can still be changed."""
    line = await correcting.own_line(tx, person.id, number_in(tap.argument))
    if line.is_final:
        raise domain.Decided
    if not line.may_correct(formats.day_of(tap.at)):
        raise domain.TooLate
    answers = {"is_week": line.is_week}
    return await forms.begin(tx, person, tap, form(desk), answers=answers, ref=f"hours:{line.id}")


async def read_hours(asking: Asking, text: str) -> int:
    """Minutes. Raises NoHours, TooMany."""
    minutes = domain.minutes_of(formats.read_digits(text), most=_READ)
    most = domain.WEEK_MINUTES if asking.answers["is_week"] else domain.DAY_MINUTES
    if minutes is None:
        raise domain.NoHours
    if minutes > most:
        raise domain.TooMany(most=most // 60)
    return minutes


async def correct(
    desk: VolunteeringDesk, tx: Tx, person: Person, answers: Answers, incoming: Incoming
) -> list[Message]:
    """The volunteer's word beside what is known."""
    number = number_in(str(answers["ref"]).removeprefix("hours:"))
    line = await correcting.correct(
        tx, person.id, number, answers["length"], answers["why"], now=incoming.at
    )
    text, buttons = wording.corrected(desk.catalogs.words(person.language), line)
    return [Outgoing(text=text, buttons=buttons)]


async def show_week(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The question again, with another number."""
    placement, monday, minutes = _week_in(tap.argument)
    week, line = await weeks.own(tx, person.id, placement, monday, now=tap.at)
    if line is not None and not line.is_open:
        raise domain.Decided
    minutes = min(max(minutes, domain.STEP), domain.WEEK_MINUTES)
    text, buttons = weeks_wording.ask(desk.catalogs.words(person.language), week, minutes)
    return [Edit(text=text, buttons=buttons)]


async def say_week(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """So long it was."""
    placement, monday, minutes = _week_in(tap.argument)
    week = await weeks.say(tx, person.id, placement, monday, minutes, now=tap.at)
    text, buttons = weeks_wording.said(desk.catalogs.words(person.language), week, minutes)
    return [Edit(text=text, buttons=buttons)]


def _week_in(argument: str) -> tuple[int, date, int]:
    """Placement, Monday and minutes of a button. Raises Outdated."""
    parts = argument.split(":")
    if len(parts) != 3:
        raise Outdated
    try:
        monday = date.fromisoformat(parts[1])
    except ValueError:
        raise Outdated from None
    return number_in(parts[0]), monday, number_in(parts[2])
