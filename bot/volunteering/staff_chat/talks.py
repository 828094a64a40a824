"""Moments for intake talks: offered by coordinators, and who has chosen one."""

from datetime import datetime
from functools import partial

from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Edit, Message, Outgoing
from bot.dialog import forms
from bot.dialog.forms import Answers, Form, Pairs
from bot.dialog.routes import Routes, bound
from bot.language import formats
from bot.people.domain import Person, Role, require
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.service import talks
from bot.volunteering.wording import talks as wording


def routes(desk: VolunteeringDesk) -> Routes:
    """The list and the dialog."""
    actions = {"vctalks": show_planned, "vcoffer": ask_moments}
    return Routes(actions=bound(desk, actions), forms=(offer_form(desk),))


def offer_form(desk: VolunteeringDesk) -> Form:
    """Where, from when, how many."""
    return Form(
        name="vcoffer",
        version=1,
        title=wording.OFFER,
        finish=partial(offer, desk),
        steps=(
            forms.choice("office", wording.OFFICE, partial(offices, desk), label=wording.WHERE),
            forms.moment("first", wording.FIRST, allows="future", label=wording.FROM),
            forms.number(
                "count", wording.COUNT, least=1, most=16, quick=(2, 4, 6, 8), label=wording.MANY
            ),
        ),
    )


async def offices(desk: VolunteeringDesk, tx: Tx, person: Person, answers: Answers) -> Pairs:
    """All offices; whose they are is judged at the end."""
    return [(key, office.name) for key, office in desk.offices.items()]


async def show_planned(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """With whom, when."""
    found = await talks.planned(tx, person, now=tap.at)
    text, buttons = wording.planned(desk.catalogs.words(person.language), found)
    return [Edit(text=text, buttons=buttons)]


async def ask_moments(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """More moments."""
    require(person, Role.COORDINATOR)
    return await forms.begin(tx, person, tap, offer_form(desk))


async def offer(
    desk: VolunteeringDesk, tx: Tx, person: Person, answers: Answers, incoming: Incoming
) -> list[Message]:
    """One after the other, half an hour each."""
    first = datetime.fromisoformat(answers["first"])
    starts = [
        (first + number * talks.LENGTH).replace(tzinfo=formats.BRUSSELS)
        for number in range(answers["count"])
    ]
    await talks.offer(desk, tx, person, answers["office"], starts, now=incoming.at)
    _ = desk.catalogs.words(person.language)
    return [Outgoing(text=wording.offered(_, len(starts)))]
