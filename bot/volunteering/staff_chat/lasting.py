"""Places that last, for coordinators: the list, each with its days and hours, pause and end."""

from datetime import date
from functools import partial

from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Edit, Message, Outgoing, Toast
from bot.dialog import forms
from bot.dialog.forms import Answers, Asking, Form
from bot.dialog.routes import Routes, bound
from bot.errors import number_in
from bot.language import formats
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import hours
from bot.volunteering.domain.placing import ACCEPTED, ASKED, BEGUN, NotNow, Placement, Side
from bot.volunteering.service import assignments, ending, lasting, placements
from bot.volunteering.service.lasting import Rhythm
from bot.volunteering.staff_chat.organisations import is_on, parts
from bot.volunteering.wording import hours as hours_wording
from bot.volunteering.wording import lasting as wording

_READ = 1000 * 60  # more than that is no number of hours, but something else


def routes(desk: VolunteeringDesk) -> Routes:
    """The list, one of them, and two short dialogs."""
    actions = {
        "vclast": show_list,
        "vcpl": show_one,
        "vcplset": begin_to_arrange,
        "vcplrest": pause,
        "vcplend": begin_to_end,
        "vcpltell": tell_other,
    }
    return Routes(actions=bound(desk, actions), forms=(rhythm_form(desk), end_form(desk)))


def rhythm_form(desk: VolunteeringDesk) -> Form:
    """On which days, how long, and from when where it has not begun."""
    steps = (
        forms.grid("days", wording.DAYS),
        forms.custom("hours", wording.HOURS, read=read_hours, say=hours_wording.amount),
        forms.day("since", wording.SINCE, when=lambda answers: bool(answers["begins"])),
    )
    return Form("vcplset", 1, wording.RHYTHM_TITLE, steps, partial(arrange, desk))


def end_form(desk: VolunteeringDesk) -> Form:
    """Why; asked back before it counts."""
    why = forms.choice("why", wording.WHY_END, wording.REASONS)
    return Form("vcplend", 1, wording.END_TITLE, (why,), partial(end, desk))


async def read_hours(asking: Asking, text: str) -> int:
    """Minutes a week. Raises NoHours, TooMany."""
    minutes = hours.minutes_of(formats.read_digits(text), most=_READ)
    if minutes is None:
        raise hours.NoHours
    if minutes > hours.WEEK_MINUTES:
        raise hours.TooMany(most=hours.WEEK_MINUTES // 60)
    return minutes


async def show_list(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A page; of one assignment where the button says so."""
    page, _, assignment = (tap.argument or "0").partition(":")
    number = min(number_in(page), 999)
    of = number_in(assignment) if assignment else None
    if of is not None:
        await assignments.seen(tx, person, of)
    found, has_more = await placements.listed(tx, person, page=number, assignment=of)
    words, ref = desk.catalogs.words(person.language), "" if of is None else f":{of}"
    text, buttons = wording.listed(words, found, page=number, has_more=has_more, ref=ref)
    return [Edit(text=text, buttons=buttons)]


async def show_one(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One of them."""
    found = await placements.seen(tx, person, number_in(tap.argument))
    return [await screen(desk, tx, person, found, tap)]


async def begin_to_arrange(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """Which days?"""
    found = await placements.seen(tx, person, number_in(tap.argument))
    begins = found.state == ACCEPTED and not found.has_two_sides
    if not begins and found.state not in BEGUN:
        raise NotNow
    known = {"days": found.days, "hours": found.weekly_minutes} if found.weekly_minutes else {}
    answers = {"begins": begins, **known}
    return await forms.begin(tx, person, tap, rhythm_form(desk), ref=str(found.id), answers=answers)


async def arrange(
    desk: VolunteeringDesk, tx: Tx, person: Person, answers: Answers, incoming: Incoming
) -> list[Message]:
    """It begins, or has other days and hours."""
    day = answers["since"]
    since = None if day is None else date.fromisoformat(day)
    rhythm = Rhythm(answers["days"], answers["hours"], since)
    number = number_in(answers["ref"])
    found = await lasting.arrange(desk, tx, person, number, rhythm, now=incoming.at)
    return [await screen(desk, tx, person, found, incoming)]


async def pause(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """For a while, or on again."""
    number, wanted = parts(tap, 2)
    found = await lasting.pause(
        desk, tx, person, number_in(number), is_paused=is_on(wanted), now=tap.at
    )
    return [await screen(desk, tx, person, found, tap)]


async def begin_to_end(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """Why?"""
    found = await placements.seen(tx, person, number_in(tap.argument))
    if found.state not in (ASKED, ACCEPTED, *BEGUN):
        raise NotNow
    return await forms.begin(tx, person, tap, end_form(desk), ref=str(found.id))


async def end(
    desk: VolunteeringDesk, tx: Tx, person: Person, answers: Answers, incoming: Incoming
) -> list[Message]:
    """It is over."""
    number = number_in(answers["ref"])
    found = await lasting.end(desk, tx, person, number, answers["why"], now=incoming.at)
    return [await screen(desk, tx, person, found, incoming)]


async def tell_other(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The other side of a pair hears that it ended."""
    found, is_sent = await ending.tell_now(desk, tx, person, number_in(tap.argument), now=tap.at)
    name = found.partner_name if found.ended_by == Side.VOLUNTEER else found.name
    said = wording.told(desk.catalogs.words(person.language), name, is_sent=is_sent)
    return [await screen(desk, tx, person, found, tap), Toast(text=said, is_alert=True)]


async def screen(
    desk: VolunteeringDesk, tx: Tx, person: Person, found: Placement, incoming: Incoming
) -> Message:
    """A place as its coordinator sees it."""
    met = await lasting.clashes(tx, found, now=incoming.at)
    alone = await lasting.unreached(tx, found)
    text, buttons = wording.one(desk.catalogs.words(person.language), found, met, alone)
    if isinstance(incoming, Tapped):
        return Edit(text=text, buttons=buttons)
    return Outgoing(text=text, buttons=buttons)
