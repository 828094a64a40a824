"""One's regular places: how each stands, what a coordinator asks, and stopping."""

from functools import partial

from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Edit, Message, Outgoing
from bot.dialog import forms
from bot.dialog.forms import Answers, Form
from bot.dialog.routes import Routes, bound
from bot.errors import number_in
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.placing import NotNow, Side
from bot.volunteering.service import lasting, placements
from bot.volunteering.wording import lasting as wording


def routes(desk: VolunteeringDesk) -> Routes:
    """The screen and its buttons."""
    actions = {"vplaces": show, "vplout": withdraw, "vplstop": begin_to_stop}
    return Routes(actions=bound(desk, actions), forms=(stop_form(desk),))


def stop_form(desk: VolunteeringDesk) -> Form:
    """Why; asked back before it counts."""
    why = forms.choice("why", wording.WHY_STOP, wording.REASONS)
    return Form("vplstop", 1, wording.STOP_TITLE, (why,), partial(stop, desk))


async def show(desk: VolunteeringDesk, tx: Tx, person: Person, incoming: Incoming) -> list[Message]:
    """Everything that one has, wants or is asked for."""
    me, found = await lasting.mine(tx, person.id)
    seen = []
    for one in found:
        side = one.side_of(me)
        met = await lasting.clashes(tx, one, now=incoming.at) if side is Side.VOLUNTEER else []
        seen.append((one, side, met))
    text, buttons = wording.own(desk.catalogs.words(person.language), seen)
    if isinstance(incoming, Tapped):
        return [Edit(text=text, buttons=buttons)]
    return [Outgoing(text=text, buttons=buttons)]


async def withdraw(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Not interested any more."""
    await lasting.withdraw(tx, person, number_in(tap.argument), now=tap.at)
    return await show(desk, tx, person, tap)


async def begin_to_stop(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """Why?"""
    found, _side = await placements.own(tx, person.id, number_in(tap.argument))
    if not lasting.open_to_stop([found]):
        raise NotNow
    return await forms.begin(tx, person, tap, stop_form(desk), ref=str(found.id))


async def stop(
    desk: VolunteeringDesk, tx: Tx, person: Person, answers: Answers, incoming: Incoming
) -> list[Message]:
    """It is over for them."""
    number = number_in(answers["ref"])
    await lasting.stop(tx, person, number, answers["why"], now=incoming.at)
    text, buttons = wording.stopped(desk.catalogs.words(person.language))
    return [Outgoing(text=text, buttons=buttons)]
