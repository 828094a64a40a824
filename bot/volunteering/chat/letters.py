"""A volunteer's letters: asked for, and sent again."""

from datetime import datetime
from functools import partial

from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.making import Maker
from bot.delivery.messages import Edit, File, Made, Message, Outgoing
from bot.dialog import forms
from bot.dialog.forms import Answers, Asking, Form, Pairs
from bot.dialog.routes import Routes, bound
from bot.people.desk import Things
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import letters as domain
from bot.volunteering.domain.letters import NAMES, Paper
from bot.volunteering.service import letters as service
from bot.volunteering.wording import letters as wording
from bot.volunteering.wording import offering
from bot.volunteering.wording.letters import Thing


def routes(desk: VolunteeringDesk) -> Routes:
    """The screen, its buttons and the dialog."""
    screens = {
        "vletters": show,
        "vletterask": begin,
        "vletterget": send_again,
        "vletterlater": decline,
    }
    return Routes(actions=bound(desk, screens), forms=(_form(desk),))


def makers(desk: VolunteeringDesk) -> dict[str, Maker]:
    """Who makes the files."""
    return {
        service.FILE_KIND: partial(service.file, desk),
        service.PREVIEW_KIND: partial(service.preview, desk),
    }


def my_things(desk: VolunteeringDesk) -> Things:
    """A line for who has confirmed hours."""

    async def things(tx: Tx, person: Person, now: datetime) -> list[Thing]:
        found = await service.standing(tx, person.id)
        if found is None or not found.minutes:
            return []
        return [wording.thing(desk.catalogs.words(person.language), found.minutes)]

    return things


async def show(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """What they have, and what they may ask for."""
    found = await service.standing(tx, person.id)
    if found is None or not found.minutes:
        raise domain.NoHours
    text, buttons = wording.home(desk.catalogs.words(person.language), found.minutes, found.letters)
    return [Edit(text=text, buttons=buttons)]


async def begin(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Which paper, and for whom."""
    found = await service.standing(tx, person.id)
    if found is None or not found.minutes:
        raise domain.NoHours
    return await forms.begin(tx, person, tap, _form(desk))


async def send_again(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The same file as before."""
    letter = await service.own(tx, person, tap.argument)
    caption = wording.again(desk.catalogs.words(person.language), letter)
    made = Made(service.FILE_KIND, letter.number)
    return [File(made=made, name=wording.file_name(letter), caption=caption)]


async def decline(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """An offered letter, not now."""
    return [Edit(text=offering.later(desk.catalogs.words(person.language)))]


def _form(desk: VolunteeringDesk) -> Form:
    return Form(
        name="letter",
        version=1,
        title=wording.ASK_TITLE,
        steps=(
            forms.choice(
                "paper", wording.WHICH, partial(_papers, desk), label=offering.PAPER_LABEL
            ),
            forms.custom("name", wording.NAME, read=_name, label=wording.WHOSE_LABEL),
        ),
        finish=partial(_finish, desk),
    )


async def _papers(desk: VolunteeringDesk, tx: Tx, person: Person, answers: Answers) -> Pairs:
    """Papers of the 40 hours are for who has that far to go."""
    _ = desk.catalogs.words(person.language)
    found = await service.standing(tx, person.id)
    papers = [Paper.LETTER] if found is None else domain.papers_for(found.counted, found.target)
    return tuple((str(one), _.label(NAMES[one])) for one in papers)


async def _name(asking: Asking, text: str) -> str:
    return domain.full_name(text[: domain.LONGEST_NAME])


async def _finish(
    desk: VolunteeringDesk, tx: Tx, person: Person, answers: Answers, incoming: Incoming
) -> list[Message]:
    paper, name = Paper(answers["paper"]), str(answers["name"])
    await service.ask(desk, tx, person, paper, name, now=incoming.at)
    return [Outgoing(text=wording.asked(desk.catalogs.words(person.language)))]
