"""Shifts: to choose from, one's own, one in full, and taking it.

What comes after (yes, I come · I cannot · map · calendar) are buttons of events, for every kind.
"""

from datetime import datetime
from functools import partial

from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Button, Edit, Message, Outgoing
from bot.dialog.routes import Routes, bound
from bot.errors import number_in
from bot.events.domain import Place
from bot.events.domain import refusals as refused
from bot.events.wording import offers
from bot.people.desk import Things
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import taking
from bot.volunteering.service import readiness
from bot.volunteering.service import shifts as service
from bot.volunteering.wording import readiness as ready
from bot.volunteering.wording import shifts as wording


def routes(desk: VolunteeringDesk) -> Routes:
    """The screens and their buttons."""
    screens = {
        "vshifts": show_open,
        "vmine": show_own,
        "vshift": show_one,
        "vtake": take,
    }
    return Routes(actions=bound(desk, screens))


def my_things(desk: VolunteeringDesk) -> Things:
    """The lines that own shifts add to "My things"."""
    return partial(list_things, desk)


async def list_things(
    desk: VolunteeringDesk, tx: Tx, person: Person, now: datetime
) -> list[tuple[str, Button | None]]:
    """The next shifts."""
    _ = desk.catalogs.words(person.language)
    return wording.things(_, await service.own(tx, person.id, now=now))


async def show_open(
    desk: VolunteeringDesk, tx: Tx, person: Person, incoming: Incoming
) -> list[Message]:
    """Shifts to come, a page at a time."""
    page = number_in(incoming.argument or "0") if isinstance(incoming, Tapped) else 0
    found, has_more = await service.open_ones(tx, person.id, page=min(page, 999), now=incoming.at)
    _ = desk.catalogs.words(person.language)
    text, buttons = wording.list_of_open(_, found, page=page, has_more=has_more)
    return [_screen(incoming, Outgoing(text=text, buttons=buttons))]


async def show_own(
    desk: VolunteeringDesk, tx: Tx, person: Person, incoming: Incoming
) -> list[Message]:
    """What they have, wait for, or are asked for."""
    found = await service.own(tx, person.id, now=incoming.at)
    text, buttons = wording.list_of_own(desk.catalogs.words(person.language), found)
    return [_screen(incoming, Outgoing(text=text, buttons=buttons))]


async def show_one(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One shift in full."""
    seen = await service.seen(tx, person.id, number_in(tap.argument))
    if seen.event.cancelled_at is not None:
        raise refused.Cancelled
    can_take = seen.event.is_open and not seen.event.has_begun(tap.at)
    words = desk.catalogs.words(person.language)
    text, buttons = wording.one(words, seen, can_take=can_take)
    if seen.mine is not None and not seen.event.has_begun(tap.at):
        mine = seen.mine.participant
        found = await readiness.of_event(tx, seen.event.id, only=mine, now=tap.at)
        ways = [ready.link(words, one.assignment) for one in found.values() if one.open]
        buttons = (*buttons[:-1], *ways, *buttons[-1:])
    return [Edit(text=text, buttons=buttons)]


async def take(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A place, or one on the waitlist; or the reason why not."""
    number = number_in(tap.argument)
    _ = desk.catalogs.words(person.language)
    try:
        seen = await service.take(tx, person.id, number, now=tap.at)
    except taking.MustAgree as first:
        text, buttons = wording.must_agree(_, first.sentence)
        return [Edit(text=text, buttons=buttons)]
    except refused.Conflict as conflict:
        seen = await service.seen(tx, person.id, number)
        text = offers.conflict(_, seen.event, conflict.event)
        buttons = wording.after(_, offers.conflict_buttons(_, conflict.event))
        return [Edit(text=text, buttons=buttons)]
    if seen.mine is not None and seen.mine.state is Place.WAITING:
        text, buttons = offers.waiting(_, seen.event, seen.position)
    else:
        text, buttons = offers.accepted(_, seen.event)
    return [Edit(text=text, buttons=wording.after(_, buttons))]


def _screen(incoming: Incoming, screen: Outgoing) -> Message:
    """A tap changes the message; a command or a key brings a new one."""
    if isinstance(incoming, Tapped):
        return Edit(text=screen.text, buttons=screen.buttons)
    return screen
