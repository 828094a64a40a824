"""Referral to work: the coordinator proposes it, and notes what came of it."""

from functools import partial

from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Edit, Message
from bot.dialog import forms
from bot.dialog.forms import Answers, Form
from bot.dialog.routes import Routes, bound
from bot.errors import number_in
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.guiding import WHOM_LENGTH
from bot.volunteering.service import guiding, referring
from bot.volunteering.staff_chat.guiding import show_file, shown
from bot.volunteering.wording import referring as wording

_BY_PHONE = "by_phone"


def routes(desk: VolunteeringDesk) -> Routes:
    """Below a volunteer's file."""
    actions = {"vcrefer": begin, "vcresult": take_result}
    return Routes(actions=bound(desk, actions), forms=(refer_form(desk),))


def refer_form(desk: VolunteeringDesk) -> Form:
    """To whom; of who has no Telegram also what they said. Asked back before it counts."""
    steps = (
        forms.text("whom", wording.TO_WHOM, longest=WHOM_LENGTH, shortest=2),
        forms.yes_no("yes", wording.SAID_YES, when=lambda one: bool(one[_BY_PHONE])),
    )
    return Form("vcrefer", 1, wording.TITLE, steps, partial(propose, desk))


async def begin(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """To whom?"""
    one = await guiding.file(tx, person, number_in(tap.argument), now=tap.at)
    known = {_BY_PHONE: not one.has_telegram}
    return await forms.begin(tx, person, tap, refer_form(desk), answers=known, ref=tap.argument)


async def propose(
    desk: VolunteeringDesk, tx: Tx, person: Person, answers: Answers, incoming: Incoming
) -> list[Message]:
    """The volunteer is asked."""
    whose, now = number_in(answers["ref"]), incoming.at
    whom, yes = answers["whom"], answers["yes"]
    await referring.propose(desk, tx, person, whose, whom, said_yes=yes, now=now)
    return await shown(desk, tx, person, whose, incoming)


async def take_result(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """What came of it: asked, or answered."""
    number, _, result = tap.argument.partition(":")
    if not result:
        one = await referring.get(tx, person, number_in(number))
        text, buttons = wording.results(desk.catalogs.words(person.language), one)
        return [Edit(text=text, buttons=buttons)]
    one = await referring.note_result(tx, person, number_in(number), result, now=tap.at)
    return await show_file(desk, tx, person, tap, whose=one.volunteer_id)
