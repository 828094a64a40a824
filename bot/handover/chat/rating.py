"""After the smiley: one sentence, if the person likes."""

from datetime import timedelta
from functools import partial
from typing import Final

from bot.delivery.incoming import Incoming, Said, Tapped
from bot.delivery.messages import Edit, Message, Outgoing
from bot.dialog import prompts
from bot.dialog.routes import Routes, Shows, bound
from bot.errors import Outdated, number_in
from bot.handover import domain
from bot.handover.chat.muted import unless_muted_says
from bot.handover.desk import HandoverDesk
from bot.handover.service import cases, closing
from bot.handover.service import rating as service
from bot.handover.wording import newcomer
from bot.handover.wording import rating as wording
from bot.people.domain import Person
from bot.storage.transaction import Tx

PROMPT: Final = "rating"
_WAITS: Final = timedelta(hours=1)


def routes(desk: HandoverDesk) -> Routes:
    """Smileys, the sentence, and the ways round it."""
    screens: dict[str, Shows[HandoverDesk]] = {
        "rate": rate,
        "rate_skip": skip,
        "rate_anew": answer_anew,
    }
    hears = unless_muted_says(hear, _is_sentence)
    return Routes(actions=bound(desk, screens), prompts={PROMPT: partial(hears, desk)})


async def rate(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One of three smileys; then the bot asks why, once."""
    case_id, colon, score = tap.argument.partition(":")
    if not colon:
        raise Outdated
    numbers = number_in(case_id), number_in(score)
    case = await closing.rate(tx, person, *numbers, now=tap.at)
    if numbers[1] == domain.BAD:
        await service.tell_bad(desk, tx, case, now=tap.at)
    await prompts.ask(tx, tap.chat_id, PROMPT, f"{case.id}:{score}", until=tap.at + _WAITS)
    _ = desk.catalogs.words(person.language)
    text, buttons = wording.ask_why(_, case, newcomer.more(_, case))
    return [Edit(text=text, buttons=buttons)]


async def hear(
    desk: HandoverDesk, tx: Tx, person: Person, incoming: Incoming, ref: str
) -> list[Message] | None:
    """The sentence. A photo or a voice message is none, and goes its usual way; so does a reply."""
    if not isinstance(incoming, Said) or not _is_sentence(incoming):
        return None
    number, _colon, score = ref.partition(":")
    rated = number_in(number), number_in(score)
    case = await service.say_why(desk, tx, person, rated, words=incoming.text, now=incoming.at)
    if case is None:
        return None
    await prompts.drop(tx, incoming.chat_id)
    _ = desk.catalogs.words(person.language)
    text, buttons = wording.thanks(_, case, newcomer.more(_, case))
    alarm = desk.alarm(person, incoming.text, incoming.at)
    return [*alarm, Outgoing(text=text, buttons=buttons, person_id=person.id)]


def _is_sentence(incoming: Incoming) -> bool:
    return isinstance(incoming, Said) and incoming.reply_to is None


async def skip(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """No sentence. That nothing is asked any more, the tap itself has seen to."""
    case = await cases.own(tx, person.id, number_in(tap.argument))
    text, buttons = newcomer.rated(desk.catalogs.words(person.language), case)
    return [Edit(text=text, buttons=buttons)]


async def answer_anew(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """It was a question and no reason: take it back and answer it."""
    case_id = number_in(tap.argument)
    text = await service.take_back(desk, tx, person, case_id, now=tap.at)
    taken = Edit(text=newcomer.nothing_anew(desk.catalogs.words(person.language)))
    return [taken, *(await desk.answers_anew(tx, person, text, tap) if text else [])]
