"""A coordinator's letters, in the own chat: read, written, approved, refused, withdrawn."""

from datetime import datetime
from functools import partial

from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Edit, File, Made, Message, Outgoing
from bot.dialog import forms
from bot.dialog.forms import Answers, Asking, Form, Step
from bot.dialog.routes import Routes, bound
from bot.errors import Outdated
from bot.people.desk import Things
from bot.people.domain import Person, Role, is_at_least
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.letters import LONGEST_NAME, Facts, Letter, Stage, Written, full_name
from bot.volunteering.service import letters as service
from bot.volunteering.wording import letters as wording
from bot.volunteering.wording.letters import Thing

_LONGEST = 400  # of each text that a coordinator writes: the letter stays one page


def routes(desk: VolunteeringDesk) -> Routes:
    """Screens, buttons and dialogs."""
    screens = {
        "vcletters": show_all,
        "vcletter": show_one,
        "vcletterdo": prepare,
        "vcletteryes": approve,
        "vcletterno": begin_refusing,
        "vcletterfile": send_file,
        "vcletteroff": ask_whether,
        "vcletteroffyes": withdraw,
    }
    return Routes(actions=bound(desk, screens), forms=(_preparing(desk), _refusing(desk)))


def my_things(desk: VolunteeringDesk) -> Things:
    """A line for coordinators while a letter waits, or was approved lately."""

    async def things(tx: Tx, person: Person, now: datetime) -> list[Thing]:
        if not is_at_least(person.role, Role.COORDINATOR):
            return []
        found = await service.waiting(tx, person, now=now)
        waits = sum(one.stage is Stage.ASKED for one in found)
        _ = desk.catalogs.words(person.language)
        return [wording.coordinators_thing(_, waits)] if found else []

    return things


async def show_all(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """What waits for this coordinator."""
    found = await service.waiting(tx, person, now=tap.at)
    text, buttons = wording.listing(desk.catalogs.words(person.language), found)
    return [Edit(text=text, buttons=buttons)]


async def show_one(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One letter: who, how long, where."""
    letter = await service.look(tx, person, tap.argument)
    office = desk.offices.get(letter.office)
    name = office.name if office else letter.office
    text, buttons = wording.one(desk.catalogs.words(person.language), letter, office=name)
    return [Edit(text=text, buttons=buttons)]


async def prepare(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The coordinator's own words; what was written before is kept."""
    letter = await service.look(tx, person, tap.argument)
    if letter.stage is not Stage.ASKED or letter.facts is None:
        raise Outdated
    known: dict[str, object] = {"name": letter.facts.name}
    signed = letter.facts.signed or await service.signs_as(tx, person)
    if signed:
        known["signed"] = signed
    if letter.edition:
        known |= written_before(letter.facts)
    return await forms.begin(
        tx, person, tap, _preparing(desk), answers=known, ref=f"letter:{letter.number}"
    )


async def approve(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The preview above this button is the letter. Who cannot be written to gets it on paper: the
    coordinator has the file at once."""
    number, _, edition = tap.argument.partition(":")
    if not edition.isascii() or not edition.isdigit() or len(edition) > 6:
        raise Outdated
    _ = desk.catalogs.words(person.language)
    if await service.approve(desk, tx, person, number, int(edition), now=tap.at):
        return [Edit(text=wording.approved(_), is_caption=True, or_send=True)]
    letter = await service.look(tx, person, number)
    done = Edit(text=wording.approved_to_print(_), is_caption=True, or_send=True)
    return [done, _file(letter, wording.for_printing(_, letter))]


async def begin_refusing(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """A reason is asked first."""
    letter = await service.look(tx, person, tap.argument)
    if letter.stage is not Stage.ASKED:
        raise Outdated
    return await forms.begin(tx, person, tap, _refusing(desk), ref=f"letter:{letter.number}")


async def send_file(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The file as it was approved."""
    letter = await service.look(tx, person, tap.argument)
    if letter.stage is not Stage.APPROVED:
        raise Outdated
    return [_file(letter, wording.again(desk.catalogs.words(person.language), letter))]


async def ask_whether(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Before it is withdrawn."""
    letter = await service.look(tx, person, tap.argument)
    if letter.stage is not Stage.APPROVED:
        raise Outdated
    text, buttons = wording.sure(desk.catalogs.words(person.language), letter)
    return [Edit(text=text, buttons=buttons)]


async def withdraw(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """It counts no more."""
    await service.withdraw(desk, tx, person, tap.argument, now=tap.at)
    return [Edit(text=wording.gone(desk.catalogs.words(person.language)))]


def _preparing(desk: VolunteeringDesk) -> Form:
    return Form(
        name="vcletter",
        version=2,
        title=wording.PREPARE_TITLE,
        steps=steps(),
        finish=partial(_prepared, desk),
        done=wording.SHOW,
    )


async def _prepared(
    desk: VolunteeringDesk, tx: Tx, person: Person, answers: Answers, incoming: Incoming
) -> list[Message]:
    letter = await service.prepare(tx, person, number_of(answers), written(answers))
    return [preview(desk, person, letter)]


def steps() -> tuple[Step, ...]:
    """What a coordinator writes into a letter."""
    return (
        forms.custom("name", wording.WHOSE, read=read_name, label=wording.WHOSE_LABEL),
        forms.text("did", wording.DID, label=wording.TASKS_LABEL, longest=_LONGEST, skippable=True),
        forms.text(
            "praise", wording.PRAISE, label=wording.PRAISE_LABEL, longest=_LONGEST, skippable=True
        ),
        forms.text("signed", wording.SIGNED, label=wording.SIGNED_LABEL, longest=80, shortest=3),
    )


def written(answers: Answers) -> Written:
    """The answers of these steps."""
    return Written(
        did=answers["did"] or "",
        praise=answers["praise"] or "",
        signed=answers["signed"] or "",
        name=answers["name"] or "",
    )


def written_before(facts: Facts) -> dict[str, object]:
    """Answers to begin with: what the letter says now."""
    known = {"name": facts.name, "did": facts.did or None, "praise": facts.praise or None}
    return {**known, **({"signed": facts.signed} if facts.signed else {})}


def preview(desk: VolunteeringDesk, person: Person, letter: Letter) -> File:
    """The file to read before deciding, with the buttons that decide."""
    text, buttons = wording.preview(desk.catalogs.words(person.language), letter)
    made = Made(service.PREVIEW_KIND, f"{letter.number}:{letter.edition}")
    return File(made=made, name=wording.file_name(letter), caption=text, buttons=buttons)


def _file(letter: Letter, caption: str) -> File:
    made = Made(service.FILE_KIND, letter.number)
    return File(made=made, name=wording.file_name(letter), caption=caption)


async def read_name(asking: Asking, text: str) -> str:
    """A name in Latin letters. Raises LatinLetters."""
    return full_name(text[:LONGEST_NAME])


def _refusing(desk: VolunteeringDesk) -> Form:
    return Form(
        name="vcletterno",
        version=1,
        title=wording.REFUSE_TITLE,
        steps=(forms.text("why", wording.WHY, longest=500, shortest=3),),
        finish=partial(_refused, desk),
        has_summary=False,
    )


async def _refused(
    desk: VolunteeringDesk, tx: Tx, person: Person, answers: Answers, incoming: Incoming
) -> list[Message]:
    why = str(answers["why"])
    await service.refuse(desk, tx, person, number_of(answers), why, now=incoming.at)
    return [Outgoing(text=wording.not_given(desk.catalogs.words(person.language)))]


def number_of(answers: Answers) -> str:
    """Of the letter that a dialog is about."""
    return str(answers["ref"]).removeprefix("letter:")
