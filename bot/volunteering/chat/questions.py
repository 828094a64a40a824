"""❓ Ask my coordinator: the reviewed answer first where there is one, then a person."""

import msgspec

from bot.delivery.incoming import Tapped
from bot.delivery.messages import Button, Buttons, Edit, Message, Outgoing
from bot.dialog.routes import Routes, bound
from bot.errors import number_in
from bot.language.catalog import Words
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.questions import OTHER, TOPICS
from bot.volunteering.service import questions
from bot.volunteering.wording import questions as wording

_PERSON = "person"  # "vask:person:expenses": the answer was read, and does not help


def routes(desk: VolunteeringDesk) -> Routes:
    """One button, with what it is about."""
    return Routes(actions=bound(desk, {"vask": ask}))


async def ask(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Nothing said: which subject? A subject: its answer. Else a person."""
    what, _colon, rest = tap.argument.partition(":")
    if what in TOPICS and not rest:
        return await _answer(desk, tx, person, tap, what)
    if what in (_PERSON, OTHER):
        subject = rest if rest in TOPICS else ""
        to = await questions.general(desk, tx, person, subject=subject)
    elif what[:1] == "e":
        to = await questions.of_shift(desk, tx, person, number_in(what[1:]))
    elif what[:1] == "p":
        to = await questions.of_placement(desk, tx, person, number_in(what[1:]))
    else:
        return await _subjects(desk, tx, person, tap)
    return await desk.ask(tx, person, tap, to)


async def _subjects(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Only what can be answered at once stands beside the person; nothing of that: the person."""
    _ = desk.catalogs.words(person.language)
    known = [key for key, slug in TOPICS.items() if desk.has_topic(slug, _.code)]
    if not known:
        return await desk.ask(tx, person, tap, await questions.general(desk, tx, person))
    await questions.asker(tx, person)
    text, buttons = wording.subjects(_, known)
    return [Edit(text=text, buttons=buttons)]


async def _answer(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped, subject: str
) -> list[Message]:
    """As the info desk shows it; its way to a colleague leads to the coordinator."""
    await questions.asker(tx, person)
    found = await desk.reviewed(tx, person, tap, TOPICS[subject])
    if not found:
        to = await questions.general(desk, tx, person, subject=subject)
        return await desk.ask(tx, person, tap, to)
    _ = desk.catalogs.words(person.language)
    return [_to_coordinator(_, one, subject) for one in found]


def _to_coordinator(_: Words, one: Message, subject: str) -> Message:
    if not isinstance(one, Edit | Outgoing):
        return one
    own = wording.button(_, f"{_PERSON}:{subject}")
    return msgspec.structs.replace(one, buttons=_with(one.buttons, own))


def _with(buttons: Buttons, own: Button) -> Buttons:
    def is_ask(button: Button) -> bool:
        return (button.action or "").partition(":")[0] == "ask"

    rows = [tuple(own if is_ask(one) else one for one in row) for row in buttons]
    return tuple(rows) if any(own in row for row in rows) else (*rows, (own,))
