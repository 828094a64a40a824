"""Pause, stop and what a volunteer answers to a referral or a thank-you."""

from functools import partial

from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Edit, Message, Outgoing
from bot.dialog import forms
from bot.dialog.forms import Answers, Form
from bot.dialog.routes import Routes, bound
from bot.errors import Outdated
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.chat import home
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import State
from bot.volunteering.domain.guiding import NotActive
from bot.volunteering.service import leaving, referring, volunteers
from bot.volunteering.wording import leaving as wording
from bot.volunteering.wording import referring as referring_wording


def routes(desk: VolunteeringDesk) -> Routes:
    """Buttons on the volunteer's own screen, and below messages to them."""
    actions = {
        "vstop": show_choice,
        "vpause": pause,
        "vback": come_back,
        "vleave": begin_to_leave,
        "vwork": answer_referral,
    }
    return Routes(actions=bound(desk, actions), forms=(leave_form(desk),))


def leave_form(desk: VolunteeringDesk) -> Form:
    """Why, and whether to talk about it; asked back before it counts."""
    steps = (
        forms.choice("why", wording.WHY, wording.REASONS),
        forms.yes_no("talk", wording.TALK),
    )
    return Form("vleave", 1, wording.TITLE, steps, partial(leave, desk))


async def show_choice(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A pause, or to stop?"""
    one = await volunteers.of_person(tx, person.id)
    if one is None or one.state not in (State.ACTIVE, State.PAUSED):
        raise NotActive
    words = desk.catalogs.words(person.language)
    text, buttons = wording.choice(words, is_paused=one.state is State.PAUSED)
    return [Edit(text=text, buttons=buttons)]


async def pause(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """No new shifts for a while."""
    await leaving.pause(tx, person, is_paused=True, now=tap.at)
    return await home.show(desk, tx, person, tap)


async def come_back(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Shifts again."""
    await leaving.pause(tx, person, is_paused=False, now=tap.at)
    return await home.show(desk, tx, person, tap)


async def begin_to_leave(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """Why?"""
    one = await volunteers.of_person(tx, person.id)
    if one is None or one.state not in (State.ACTIVE, State.PAUSED):
        raise NotActive
    return await forms.begin(tx, person, tap, leave_form(desk))


async def leave(
    desk: VolunteeringDesk, tx: Tx, person: Person, answers: Answers, incoming: Incoming
) -> list[Message]:
    """They volunteer no more."""
    wants_talk = bool(answers["talk"])
    await leaving.stop(desk, tx, person, answers["why"], wants_talk=wants_talk, now=incoming.at)
    words = desk.catalogs.words(person.language)
    text, buttons = wording.left(words, wants_talk=wants_talk)
    return [Outgoing(text=text, buttons=buttons)]


async def answer_referral(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """Yes or no."""
    number, _, said = tap.argument.partition(":")
    if said not in ("yes", "no") or not number.isdecimal() or len(number) > 15:
        raise Outdated
    yes = said == "yes"
    whom = await referring.answer(desk, tx, person, int(number), yes=yes, now=tap.at)
    words = desk.catalogs.words(person.language)
    text, buttons = referring_wording.said(words, int(number), whom, yes=yes)
    return [Edit(text=text, buttons=buttons)]
