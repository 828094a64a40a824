"""Who would like a buddy, and who fits: coordinators propose a pair, and note what is said on the
telephone."""

from datetime import datetime
from functools import partial

from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Edit, Message, Outgoing
from bot.dialog import forms
from bot.dialog.forms import Answers, Form
from bot.dialog.routes import Routes, bound
from bot.errors import Outdated, number_in
from bot.language import formats
from bot.people.domain import Person, Role, require
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.partners import REACH_LENGTH, OnlyAdults
from bot.volunteering.domain.placing import Side
from bot.volunteering.service import (
    answering,
    assignments,
    meeting,
    partners,
    placements,
    proposing,
    suggesting,
)
from bot.volunteering.staff_chat import lasting
from bot.volunteering.staff_chat.organisations import is_on, parts
from bot.volunteering.wording import enrolling as enrolling_wording
from bot.volunteering.wording import partners as wording
from bot.volunteering.wording import proposing as proposing_wording


def routes(desk: VolunteeringDesk) -> Routes:
    """The list, who fits, and what becomes of a pair."""
    actions = {
        "vcwish": show_list,
        "vcwisher": show_one,
        "vcwishnew": begin_to_add,
        "vcwishoff": remove,
        "vcfits": show_fits,
        "vcpair": ask_back,
        "vcpairok": ask_both,
        "vcwho": show_who,
        "vcwhoask": ask_one,
        "vcplsaid": note_answer,
        "vcmeet": begin_to_meet,
        "vcreach": begin_to_reach,
    }
    made = (new_form(desk), meet_form(desk), reach_form(desk))
    return Routes(actions=bound(desk, actions), forms=made)


def new_form(desk: VolunteeringDesk) -> Form:
    """Somebody without Telegram."""
    steps = (
        forms.yes_no("adult", wording.NEW_ADULT, label=wording.L_ADULT),
        forms.custom("name", wording.NAME, read=answering.read_name),
        forms.custom(
            "town",
            wording.TOWN,
            read=partial(answering.read_town, desk),
            say=enrolling_wording.town,
            label=wording.L_TOWN,
        ),
        forms.choices(
            "languages",
            wording.LANGUAGES,
            answering.named_languages,
            least=1,
            label=wording.L_LANGUAGES,
        ),
        forms.grid("when", wording.WHEN, label=wording.L_WHEN),
        forms.custom(
            "phone", wording.NEW_PHONE, read=answering.read_phone, say=answering.say_phone
        ),
    )
    return Form("vcwishnew", 1, wording.NEW_TITLE, steps, partial(add, desk))


def meet_form(desk: VolunteeringDesk) -> Form:
    """When and where a pair meets first."""
    steps = (
        forms.moment("at", proposing_wording.MEET_WHEN, allows="future"),
        forms.text("place", proposing_wording.MEET_WHERE, longest=200),
    )
    return Form("vcmeet", 1, proposing_wording.MEET_TITLE, steps, partial(meet, desk))


def reach_form(desk: VolunteeringDesk) -> Form:
    """The number that somebody without Telegram agreed to give."""
    text = forms.text("reach", proposing_wording.REACH_FOR, longest=REACH_LENGTH, shortest=3)
    return Form("vcreach", 1, proposing_wording.REACH_TITLE, (text,), partial(reach, desk))


async def show_list(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Who waits."""
    page = min(number_in(tap.argument or "0"), 999)
    found, has_more = await partners.waiting(tx, person, page=page)
    words, today = desk.catalogs.words(person.language), formats.day_of(tap.at)
    text, buttons = wording.listed(words, found, today, page=page, has_more=has_more)
    return [Edit(text=text, buttons=buttons)]


async def show_one(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One of them."""
    return [await _one(desk, tx, person, number_in(tap.argument), tap)]


async def begin_to_add(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """The first question."""
    require(person, Role.COORDINATOR)
    return await forms.begin(tx, person, tap, new_form(desk))


async def add(
    desk: VolunteeringDesk, tx: Tx, person: Person, answers: Answers, incoming: Incoming
) -> list[Message]:
    """On the list. Nobody under 18, and nobody who does not agree."""
    if not answers["adult"]:
        raise OnlyAdults
    said = answering.wished(desk, answers)
    found = await partners.add(tx, person, answers["name"], said, now=incoming.at)
    return [await _one(desk, tx, person, found.id, incoming)]


async def remove(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Off the list."""
    await partners.remove(tx, person, number_in(tap.argument), now=tap.at)
    found, has_more = await partners.waiting(tx, person, page=0)
    words, today = desk.catalogs.words(person.language), formats.day_of(tap.at)
    text, buttons = wording.listed(words, found, today, page=0, has_more=has_more)
    return [Edit(text=text, buttons=buttons)]


async def show_fits(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The volunteers who fit."""
    partner, assignment = (number_in(one) for one in parts(tap, 2))
    found, best = await suggesting.for_partner(desk, tx, person, partner, assignment, now=tap.at)
    words = desk.catalogs.words(person.language)
    text, buttons = wording.fits(words, found, assignment, best)
    return [Edit(text=text, buttons=buttons)]


async def ask_back(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Shall both be asked?"""
    partner, assignment, volunteer = (number_in(one) for one in parts(tap, 3))
    found, best = await suggesting.for_partner(desk, tx, person, partner, assignment, now=tap.at)
    one = next((each for each in best if each.id == volunteer), None)
    if one is None:
        raise Outdated
    text, buttons = wording.ask_both(desk.catalogs.words(person.language), found, assignment, one)
    return [Edit(text=text, buttons=buttons)]


async def ask_both(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Each gets the question in their own language."""
    partner, assignment, volunteer = (number_in(one) for one in parts(tap, 3))
    await partners.seen(tx, person, partner)
    found = await proposing.ask(
        desk, tx, person, assignment, volunteer, partner=partner, now=tap.at
    )
    return [await lasting.screen(desk, tx, person, found, tap)]


async def show_who(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The volunteers who fit a place of one person."""
    number = number_in(tap.argument)
    _row, best = await suggesting.for_assignment(desk, tx, person, number, now=tap.at)
    found, words = await assignments.get(tx, number), desk.catalogs.words(person.language)
    text, buttons = wording.who(words, number, found.title(words.code), best)
    return [Edit(text=text, buttons=buttons)]


async def ask_one(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Would they like it?"""
    assignment, volunteer = (number_in(one) for one in parts(tap, 2))
    found = await proposing.ask(desk, tx, person, assignment, volunteer, now=tap.at)
    return [await lasting.screen(desk, tx, person, found, tap)]


async def note_answer(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """What somebody without Telegram said on the telephone."""
    number, side, said = parts(tap, 3)
    found = await proposing.answer_for(
        desk, tx, person, number_in(number), _side(side), is_yes=is_on(said), now=tap.at
    )
    return [await lasting.screen(desk, tx, person, found, tap)]


async def begin_to_meet(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """When?"""
    found = await placements.seen(tx, person, number_in(tap.argument))
    return await forms.begin(tx, person, tap, meet_form(desk), ref=str(found.id))


async def meet(
    desk: VolunteeringDesk, tx: Tx, person: Person, answers: Answers, incoming: Incoming
) -> list[Message]:
    """Both hear when and where."""
    at = datetime.fromisoformat(answers["at"]).replace(tzinfo=formats.BRUSSELS)
    number, place = number_in(answers["ref"]), answers["place"]
    found = await meeting.arrange(desk, tx, person, number, at=at, place=place, now=incoming.at)
    return [await lasting.screen(desk, tx, person, found, incoming)]


async def begin_to_reach(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """Which number?"""
    number, side = parts(tap, 2)
    found = await placements.seen(tx, person, number_in(number))
    ref = f"{found.id}:{_side(side)}"
    return await forms.begin(tx, person, tap, reach_form(desk), ref=ref)


async def reach(
    desk: VolunteeringDesk, tx: Tx, person: Person, answers: Answers, incoming: Incoming
) -> list[Message]:
    """Kept until the other side has said it too."""
    number, _, side = str(answers["ref"]).partition(":")
    reached = answers["reach"]
    done = await meeting.share_for(
        desk, tx, person, number_in(number), side=_side(side), text=reached, now=incoming.at
    )
    text, _buttons = proposing_wording.shared(
        desk.catalogs.words(person.language), is_passed_on=done
    )
    found = await placements.seen(tx, person, number_in(number))
    return [Outgoing(text=text), await lasting.screen(desk, tx, person, found, incoming)]


async def _one(
    desk: VolunteeringDesk, tx: Tx, person: Person, partner: int, incoming: Incoming
) -> Message:
    found = await partners.seen(tx, person, partner)
    offers = await partners.assignments_for(tx, person)
    words, today = desk.catalogs.words(person.language), formats.day_of(incoming.at)
    text, buttons = wording.one(words, found, offers, today)
    if isinstance(incoming, Tapped):
        return Edit(text=text, buttons=buttons)
    return Outgoing(text=text, buttons=buttons)


def _side(text: str) -> Side:
    """Raises Outdated for what is none."""
    if text not in (Side.VOLUNTEER, Side.PARTNER):
        raise Outdated
    return Side(text)
