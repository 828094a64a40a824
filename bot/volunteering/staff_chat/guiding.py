"""The coordinator's day, in their own chat: the worklist, and each volunteer's file."""

from functools import partial

from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Edit, Message, Outgoing
from bot.dialog import forms
from bot.dialog.forms import Answers, Form
from bot.dialog.routes import Routes, bound
from bot.errors import Outdated
from bot.language import formats
from bot.people.domain import Person, Role, require
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.enrolling import YOUNG
from bot.volunteering.domain.guiding import DAY, NOTE_LENGTH, WHAT_LENGTH, Pile, due_on
from bot.volunteering.service import (
    doubles,
    guardians,
    guiding,
    readiness,
    referring,
    renewing,
    worklist,
)
from bot.volunteering.wording import guardians as guardian_wording
from bot.volunteering.wording import guiding as wording
from bot.volunteering.wording import merging
from bot.volunteering.wording import readiness as ready
from bot.volunteering.wording import renewing as renewing_wording


def routes(desk: VolunteeringDesk) -> Routes:
    """Lists, files, and four short dialogs."""
    actions = {
        "vcwork": show_overview,
        "vcpile": show_list,
        "vcvol": show_file,
        "vccalled": tick_called,
        "vcdone": tick_off,
        "vcpause": pause,
        "vcresume": resume,
        "vcfind": begin_to_find,
        "vcnote": begin_note,
        "vcremind": begin_reminder,
        "vcstop": begin_to_stop,
        "vcguard": note_guardian,
        "vcrenew": ask_to_agree_again,
    }
    made = (note_form(desk), reminder_form(desk), stop_form(desk), find_form(desk))
    return Routes(actions=bound(desk, actions), forms=made)


def note_form(desk: VolunteeringDesk) -> Form:
    """One text."""
    text = forms.text("text", wording.NOTE, longest=NOTE_LENGTH)
    finish = partial(write_note, desk)
    return Form("vcnote", 1, wording.NOTE_TITLE, (text,), finish, has_summary=False)


def reminder_form(desk: VolunteeringDesk) -> Form:
    """When, and what."""
    steps = (
        forms.choice("when", wording.WHEN, wording.SOON),
        forms.day("day", wording.WHICH_DAY, allows="future", when=lambda one: one["when"] == DAY),
        forms.text("what", wording.WHAT, longest=WHAT_LENGTH, skippable=True),
    )
    finish = partial(remind, desk)
    return Form("vcremind", 1, wording.REMIND_TITLE, steps, finish, has_summary=False)


def stop_form(desk: VolunteeringDesk) -> Form:
    """Why somebody stops; asked back before it counts."""
    why = forms.choice("why", wording.WHY_STOP, wording.REASONS)
    return Form("vcstop", 1, wording.STOP_TITLE, (why,), partial(stop, desk))


def find_form(desk: VolunteeringDesk) -> Form:
    """Letters of a name or a town."""
    name = forms.text("name", wording.FIND, longest=40, shortest=2)
    finish = partial(find, desk)
    return Form("vcfind", 1, wording.FIND_TITLE, (name,), finish, has_summary=False)


async def show_overview(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """How much there is to do."""
    counts = await worklist.counts(tx, person, now=tap.at)
    pairs, words = await doubles.count(tx, person), desk.catalogs.words(person.language)
    further = [merging.button(words, pairs)] if pairs else []
    text, buttons = wording.overview(words, counts, further)
    return [Edit(text=text, buttons=buttons)]


async def show_list(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A page of one list."""
    name, _, page = tap.argument.partition(":")
    if name not in set(Pile) or len(page) > 6:
        raise Outdated
    found = await worklist.listed(tx, person, Pile(name), page=number_in(page), now=tap.at)
    words = desk.catalogs.words(person.language)
    text, buttons = wording.listed(words, found, formats.day_of(tap.at))
    return [Edit(text=text, buttons=buttons)]


async def show_file(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped, *, whose: int | None = None
) -> list[Message]:
    """One volunteer; `whose` where the button is about something else."""
    number = number_in(tap.argument) if whose is None else whose
    text, buttons = await _file(desk, tx, person, number, tap)
    return [Edit(text=text, buttons=buttons)]


async def ask_to_agree_again(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """Everybody who said yes to an older version."""
    told, by_hand = await renewing.ask_again(tx, person, now=tap.at)
    words = desk.catalogs.words(person.language)
    text, buttons = renewing_wording.asked(words, told, [one.name for one in by_hand])
    return [Edit(text=text, buttons=buttons)]


async def tick_called(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Called after the first shift."""
    await guiding.called(tx, person, number_in(tap.argument), now=tap.at)
    return await show_file(desk, tx, person, tap)


async def tick_off(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A follow-up is done."""
    whose = await guiding.tick_off(tx, person, number_in(tap.argument), now=tap.at)
    text, buttons = await _file(desk, tx, person, whose, tap)
    return [Edit(text=text, buttons=buttons)]


async def note_guardian(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """A guardian said yes to the coordinator."""
    number, _colon, how = tap.argument.partition(":")
    await guardians.note(desk, tx, person, number_in(number), how, now=tap.at)
    return await show_file(desk, tx, person, tap, whose=number_in(number))


async def pause(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Nothing is offered for a while."""
    await guiding.pause(tx, person, number_in(tap.argument), now=tap.at)
    return await show_file(desk, tx, person, tap)


async def resume(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Takes part again."""
    await guiding.resume(tx, person, number_in(tap.argument), now=tap.at)
    return await show_file(desk, tx, person, tap)


async def begin_to_find(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """Whom?"""
    require(person, Role.COORDINATOR)
    return await forms.begin(tx, person, tap, find_form(desk))


async def begin_note(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Something to write down."""
    return await _begin(tx, person, tap, note_form(desk))


async def begin_reminder(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """Something to do later."""
    return await _begin(tx, person, tap, reminder_form(desk))


async def begin_to_stop(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """Somebody stops."""
    return await _begin(tx, person, tap, stop_form(desk))


async def write_note(
    desk: VolunteeringDesk, tx: Tx, person: Person, answers: Answers, incoming: Incoming
) -> list[Message]:
    """It stands in the file."""
    whose = number_in(answers["ref"])
    await guiding.note(tx, person, whose, answers["text"], now=incoming.at)
    return await shown(desk, tx, person, whose, incoming)


async def remind(
    desk: VolunteeringDesk, tx: Tx, person: Person, answers: Answers, incoming: Incoming
) -> list[Message]:
    """It stands in the worklist from that day on."""
    whose = number_in(answers["ref"])
    on = due_on(formats.day_of(incoming.at), answers["when"], answers["day"])
    await guiding.remind(tx, person, whose, on, answers["what"] or "", now=incoming.at)
    return await shown(desk, tx, person, whose, incoming)


async def stop(
    desk: VolunteeringDesk, tx: Tx, person: Person, answers: Answers, incoming: Incoming
) -> list[Message]:
    """They volunteer no more."""
    whose = number_in(answers["ref"])
    await guiding.stop(tx, person, whose, answers["why"], now=incoming.at)
    return await shown(desk, tx, person, whose, incoming)


async def find(
    desk: VolunteeringDesk, tx: Tx, person: Person, answers: Answers, incoming: Incoming
) -> list[Message]:
    """Those whose name or town holds it."""
    found = await worklist.named(tx, person, answers["name"])
    words = desk.catalogs.words(person.language)
    text, buttons = wording.results(words, found, formats.day_of(incoming.at))
    return [Outgoing(text=text, buttons=buttons)]


def number_in(argument: str) -> int:
    """The number in a button. Raises Outdated for what is none."""
    if not argument.isascii() or not argument.isdecimal() or len(argument) > 15:
        raise Outdated
    return int(argument)


async def _begin(tx: Tx, person: Person, tap: Tapped, form: Form) -> list[Message]:
    await guiding.theirs(tx, person, number_in(tap.argument))
    return await forms.begin(tx, person, tap, form, ref=tap.argument)


async def shown(
    desk: VolunteeringDesk, tx: Tx, person: Person, whose: int, incoming: Incoming
) -> list[Message]:
    """The file again, after a dialog."""
    text, buttons = await _file(desk, tx, person, whose, incoming)
    return [Outgoing(text=text, buttons=buttons)]


async def _file(
    desk: VolunteeringDesk, tx: Tx, person: Person, whose: int, incoming: Incoming
) -> wording.Screen:
    one = await guiding.file(tx, person, whose, now=incoming.at)
    office = desk.offices.get(one.office)
    words = desk.catalogs.words(person.language)
    referrals = await referring.of_volunteer(tx, person, whose)
    name, today = office.name if office else "", formats.day_of(incoming.at)
    screen = wording.file(words, one, referrals, office=name, today=today)
    screen = ready.in_file(words, screen, await readiness.begun(tx, whose, now=incoming.at))
    if one.profile["age_group"] != YOUNG:
        return screen
    said = await guardians.standing(tx, whose)
    return guardian_wording.in_file(words, screen, whose, one.profile["guardian"], said)
