"""Letters that a coordinator begins, in the own chat: offered, written for somebody, corrected."""

from functools import partial

from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Edit, Message
from bot.dialog import forms
from bot.dialog.forms import Answers, Form, Pairs
from bot.dialog.routes import Routes, bound
from bot.errors import Outdated, number_in
from bot.language import formats
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.letters import NAMES, Paper, papers_for
from bot.volunteering.service import letters, offering
from bot.volunteering.staff_chat.letters import (
    number_of,
    preview,
    steps,
    written,
    written_before,
)
from bot.volunteering.wording import letters as letters_wording
from bot.volunteering.wording import offering as wording


def routes(desk: VolunteeringDesk) -> Routes:
    """A volunteer's letters, and two dialogs."""
    screens = {
        "vclettersof": show,
        "vcletteroffer": offer,
        "vcwrite": begin_to_write,
        "vccorrect": begin_to_correct,
        "vcletterdrop": drop,
    }
    return Routes(actions=bound(desk, screens), forms=(_writing(desk), _correcting(desk)))


async def show(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One volunteer's letters."""
    found = await offering.overview(tx, person, number_in(tap.argument))
    text, buttons = wording.overview(desk.catalogs.words(person.language), found)
    return [Edit(text=text, buttons=buttons)]


async def offer(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The volunteer may say yes."""
    found = await offering.offer(desk, tx, person, number_in(tap.argument), now=tap.at)
    words = desk.catalogs.words(person.language)
    text, buttons = wording.overview(words, found, is_offered=True)
    return [Edit(text=text, buttons=buttons)]


async def begin_to_write(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """For who cannot ask here."""
    found = await offering.overview(tx, person, number_in(tap.argument))
    if found.is_reachable:
        raise Outdated
    known: dict[str, object] = {}
    if signed := await letters.signs_as(tx, person):
        known["signed"] = signed
    ref = f"volunteer:{found.volunteer}"
    return await forms.begin(tx, person, tap, _writing(desk), answers=known, ref=ref)


async def begin_to_correct(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """What the letter says now, to be changed."""
    letter = await letters.look(tx, person, tap.argument)
    assert letter.facts is not None
    known, ref = written_before(letter.facts), f"letter:{letter.number}"
    return await forms.begin(tx, person, tap, _correcting(desk), answers=known, ref=ref)


async def drop(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Not this draft."""
    await offering.drop(tx, person, tap.argument, now=tap.at)
    text = wording.dropped(desk.catalogs.words(person.language))
    return [Edit(text=text, is_caption=True, or_send=True)]


def _writing(desk: VolunteeringDesk) -> Form:
    paper = forms.choice("paper", wording.WHICH, partial(_papers, desk), label=wording.PAPER_LABEL)
    language = forms.choice(
        "language", wording.LANGUAGE, partial(_languages, desk), label=wording.LANGUAGE_LABEL
    )
    return Form(
        name="vcwrite",
        version=1,
        title=wording.WRITE_TITLE,
        steps=(paper, language, *steps()),
        finish=partial(_written, desk),
        done=letters_wording.SHOW,
    )


def _correcting(desk: VolunteeringDesk) -> Form:
    return Form(
        name="vccorrect",
        version=1,
        title=wording.CORRECT_TITLE,
        steps=steps(),
        finish=partial(_corrected, desk),
        done=letters_wording.SHOW,
    )


async def _papers(desk: VolunteeringDesk, tx: Tx, person: Person, answers: Answers) -> Pairs:
    found = await offering.overview(tx, person, _whose(answers))
    _ = desk.catalogs.words(person.language)
    papers = papers_for(found.counted, found.target)
    return tuple((str(one), _.label(NAMES[one])) for one in papers)


async def _languages(desk: VolunteeringDesk, tx: Tx, person: Person, answers: Answers) -> Pairs:
    _ = desk.catalogs.words(person.language)
    return tuple((one.code, formats.language_name(_, one)) for one in desk.catalogs)


async def _written(
    desk: VolunteeringDesk, tx: Tx, person: Person, answers: Answers, incoming: Incoming
) -> list[Message]:
    letter = await offering.write(
        desk,
        tx,
        person,
        _whose(answers),
        Paper(answers["paper"]),
        language=str(answers["language"]),
        words=written(answers),
        now=incoming.at,
    )
    return [preview(desk, person, letter)]


async def _corrected(
    desk: VolunteeringDesk, tx: Tx, person: Person, answers: Answers, incoming: Incoming
) -> list[Message]:
    number, words = number_of(answers), written(answers)
    letter = await offering.correct(desk, tx, person, number, words, now=incoming.at)
    return [preview(desk, person, letter)]


def _whose(answers: Answers) -> int:
    return number_in(str(answers["ref"]).removeprefix("volunteer:"))
