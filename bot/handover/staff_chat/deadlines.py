"""A colleague sets the last day that a letter names: "/deadline 12/3", or a button and a reply."""

from functools import partial

from bot.delivery.incoming import Said, Tapped
from bot.delivery.messages import Message, Outgoing
from bot.dialog.routes import Routes
from bot.errors import number_in
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case
from bot.handover.service import answering, cases
from bot.handover.service import deadlines as service
from bot.handover.staff_chat import asking
from bot.handover.wording import deadlines as wording
from bot.language import formats, reading_dates
from bot.people.domain import Person, require
from bot.storage.transaction import Tx

PROMPT = "deadline"
NONE = ("-", "–", "0")  # takes the date away


def routes(desk: HandoverDesk) -> Routes:
    """The command in a topic, and the button under its header."""
    return Routes(
        staff_commands={"deadline": partial(set_here, desk)},
        staff_actions={"deadline": partial(ask, desk)},
    )


async def ask(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The button: the reply to what is asked now is the date."""
    require(person)
    case = await cases.find(tx, number_in(tap.argument))
    return [_prompt(desk, case)]


async def set_here(desk: HandoverDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/deadline 12/3; alone it asks which day."""
    require(person)
    case = await answering.located(tx, said)
    if not said.argument:
        return [_prompt(desk, case)]
    return await _set(desk, tx, person, case, said)


async def answered(
    desk: HandoverDesk, tx: Tx, person: Person, case: Case, said: Said
) -> list[Message]:
    """The reply to the prompt."""
    return await _set(desk, tx, person, case, said)


async def _set(desk: HandoverDesk, tx: Tx, person: Person, case: Case, said: Said) -> list[Message]:
    day, text = None, said.text if said.command is None else said.argument
    if text.strip() not in NONE:
        day = reading_dates.read(desk.catalogs, text, today=formats.day_of(said.at))
        if day is None:
            raise domain.NoDateRead
    done = await service.set_by_staff(desk, tx, person, case.id, day, now=said.at)
    if done.is_with_a_colleague:
        return []  # said in its topic already
    return [
        Outgoing(
            text=wording.set_here(desk.staff_words, done, today=formats.day_of(said.at)),
            reply_to=said.message_id,
        )
    ]


def _prompt(desk: HandoverDesk, case: Case) -> Message:
    if not case.is_open:
        raise domain.QuestionIsOver
    return asking.prompt(case, PROMPT, wording.ask_colleague(desk.staff_words))


ASKED: dict[str, asking.Answered] = {PROMPT: answered}
