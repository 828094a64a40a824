"""For who would like a buddy, and for who is asked: the wish, yes or no, how one can be reached."""

from functools import partial

from bot.delivery import outbox
from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Edit, Message, Outgoing
from bot.dialog import forms
from bot.dialog.forms import Answers, Form
from bot.dialog.routes import Routes, bound
from bot.errors import number_in
from bot.language import formats
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.enrolling import YOUNG
from bot.volunteering.domain.partners import REACH_LENGTH, OnlyAdults
from bot.volunteering.domain.placing import BEGUN, NotNow
from bot.volunteering.service import (
    answering,
    meeting,
    partners,
    placements,
    proposing,
    volunteers,
)
from bot.volunteering.wording import enrolling as enrolling_wording
from bot.volunteering.wording import partners as wording
from bot.volunteering.wording import proposing as proposing_wording


def routes(desk: VolunteeringDesk) -> Routes:
    """Buttons on the volunteer's screen and below what a coordinator asks."""
    actions = {
        "vbuddy": show_wish,
        "vbuddyoff": withdraw,
        "vplyes": say_yes,
        "vplno": say_no,
        "vplreach": begin_to_share,
    }
    return Routes(actions=bound(desk, actions), forms=(wish_form(desk), reach_form(desk)))


def wish_form(desk: VolunteeringDesk) -> Form:
    """Where, in which languages, when; nothing more."""

    def goes_on(answers: Answers) -> bool:
        return bool(answers["adult"])

    steps = (
        forms.yes_no("adult", wording.IS_ADULT, label=wording.L_ADULT),
        forms.custom(
            "town",
            wording.TOWN,
            read=partial(answering.read_town, desk),
            say=enrolling_wording.town,
            when=goes_on,
            label=wording.L_TOWN,
        ),
        forms.choices(
            "languages",
            wording.LANGUAGES,
            answering.named_languages,
            least=1,
            when=goes_on,
            label=wording.L_LANGUAGES,
        ),
        forms.grid("when", wording.WHEN, when=goes_on, label=wording.L_WHEN),
    )
    return Form("vbuddy", 1, wording.TITLE, steps, partial(wish, desk))


def reach_form(desk: VolunteeringDesk) -> Form:
    """A line; it is passed on when the other side has said one too."""
    text = forms.text("reach", proposing_wording.REACH, longest=REACH_LENGTH, shortest=3)
    finish = partial(share, desk)
    return Form("vplreach", 1, proposing_wording.REACH_TITLE, (text,), finish)


async def show_wish(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The list on which they stand; else the dialog, with what their file says already."""
    found = await partners.of_person(tx, person.id)
    if found is not None:
        words, today = desk.catalogs.words(person.language), formats.day_of(tap.at)
        text, buttons = wording.waiting(words, found, today)
        return [Edit(text=text, buttons=buttons)]
    mine = await volunteers.of_person(tx, person.id)
    if mine is not None and mine.age_group == YOUNG:
        raise OnlyAdults
    return await forms.begin(tx, person, tap, wish_form(desk))


async def wish(
    desk: VolunteeringDesk, tx: Tx, person: Person, answers: Answers, incoming: Incoming
) -> list[Message]:
    """They stand on the list, and the team hears it; nothing is kept of who is under 18."""
    _ = desk.catalogs.words(person.language)
    if not answers["adult"]:
        text, buttons = wording.too_young(_)
        return [Outgoing(text=text, buttons=buttons)]
    found = await partners.wish(tx, person, answering.wished(desk, answers), now=incoming.at)
    text, buttons = wording.waiting(_, found, formats.day_of(incoming.at))
    if desk.group is not None:
        team, office = desk.catalogs.words(desk.staff_language), desk.offices.get(found.office)
        card = wording.card(team, found, office.name if office else "")
        post = Outgoing(to=desk.group, lane="notice", text=card, person_id=person.id)
        await outbox.put(tx, post)
    return [Outgoing(text=text, buttons=buttons)]


async def withdraw(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """They do not look any more."""
    await partners.withdraw(tx, person, now=tap.at)
    text, buttons = wording.withdrawn(desk.catalogs.words(person.language))
    return [Edit(text=text, buttons=buttons)]


async def say_yes(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """They would like it."""
    return await _answer(desk, tx, person, tap, is_yes=True)


async def say_no(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Rather not; nobody hears why."""
    return await _answer(desk, tx, person, tap, is_yes=False)


async def _answer(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped, *, is_yes: bool
) -> list[Message]:
    number = number_in(tap.argument)
    _found, side = await placements.own(tx, person.id, number)
    found = await proposing.answer(desk, tx, person, number, is_yes=is_yes, now=tap.at)
    words = desk.catalogs.words(person.language)
    text, buttons = proposing_wording.said(words, found, side, is_yes=is_yes)
    return [Edit(text=text, buttons=buttons)]


async def begin_to_share(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """How can they be reached?"""
    found, _side = await placements.own(tx, person.id, number_in(tap.argument))
    if found.state not in BEGUN or found.partner is None:
        raise NotNow
    return await forms.begin(tx, person, tap, reach_form(desk), ref=str(found.id))


async def share(
    desk: VolunteeringDesk, tx: Tx, person: Person, answers: Answers, incoming: Incoming
) -> list[Message]:
    """Kept until the other side has said it too."""
    number = number_in(answers["ref"])
    done = await meeting.share(desk, tx, person, number, answers["reach"], now=incoming.at)
    words = desk.catalogs.words(person.language)
    text, buttons = proposing_wording.shared(words, is_passed_on=done)
    return [Outgoing(text=text, buttons=buttons)]
