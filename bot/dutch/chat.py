"""What people tap: the hour, the days, an end to it, and the exercise below each phrase."""

from datetime import datetime, time

from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Button, Edit, File, Made, Message, Outgoing
from bot.dialog.routes import Routes, Shows, bound
from bot.dutch import domain, wording
from bot.dutch.desk import DutchDesk
from bot.dutch.domain import Exercise, Phrase
from bot.dutch.service import learning
from bot.dutch.wording import Screen, Thing
from bot.errors import Outdated
from bot.language.catalog import Words
from bot.language.formats import BRUSSELS
from bot.people.desk import Things
from bot.people.domain import Person
from bot.storage.transaction import Tx


def routes(desk: DutchDesk) -> Routes:
    """The slice's share of everybody's conversation."""
    commands: dict[str, Shows[DutchDesk]] = {"dutch": show}
    actions: dict[str, Shows[DutchDesk]] = {
        "ph": show,
        "phtime": ask_time,
        "phon": choose_hour,
        "phdays": choose_days,
        "phstop": stop,
        "phlook": look,
        "phread": read,
        "phask": ask,
        "pha": judge,
        "phhear": listen,
    }
    return Routes(
        commands=bound(desk, commands),
        starts=bound(desk, commands),
        actions=bound(desk, actions),
    )


def my_things(desk: DutchDesk) -> tuple[Things, ...]:
    """A button of "My things"."""

    async def things(tx: Tx, person: Person, now: datetime) -> list[Thing]:
        return [wording.thing(desk.words(person), await learning.of_person(tx, person.id))]

    return (things,)


def beside_languages(_: Words) -> tuple[Button, ...]:
    """A button below the languages: who looks there may want to learn one."""
    return (wording.way_in(_),)


async def show(desk: DutchDesk, tx: Tx, person: Person, incoming: Incoming) -> list[Message]:
    """/dutch, the link that leads there, and the buttons: what is chosen, or the hours."""
    text, buttons = await _home(desk, tx, person, incoming.at)
    if isinstance(incoming, Tapped) and incoming.argument:
        return [Edit(text=text, buttons=buttons)]
    return [Outgoing(text=text, buttons=buttons)]


async def ask_time(desk: DutchDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """🕘: the hours."""
    text, buttons = wording.times(desk.words(person))
    return [Edit(text=text, buttons=buttons)]


async def choose_hour(desk: DutchDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """An hour: from now on it comes then."""
    hour = int(tap.argument) if tap.argument.isdecimal() else 0
    if hour not in domain.HOURS:
        raise Outdated
    await learning.choose_hour(tx, person, hour, now=tap.at)
    return await _settled(desk, tx, person, tap)


async def choose_days(desk: DutchDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """📆: weekdays only, or every day."""
    if tap.argument not in ("0", "1"):
        raise Outdated
    await learning.choose_days(tx, person, only_weekdays=tap.argument == "1", now=tap.at)
    return await _settled(desk, tx, person, tap)


async def stop(desk: DutchDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """🔕 below every phrase: one tap, and it is so; the phrase stays to be read."""
    learner = await learning.stop(tx, person, now=tap.at)
    text, buttons = wording.stopped(desk.words(person), learner)
    return [Outgoing(text=text, buttons=buttons)]


async def look(desk: DutchDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """👀: the last phrase once more; the first for who had none."""
    learner = await learning.of_person(tx, person.id)
    phrase = desk.course.after(max(learner.sent - 1, 0) if learner is not None else 0)
    text, buttons = wording.of_the_day(desk.words(person), desk.course, phrase)
    return [Outgoing(text=text, buttons=buttons)]


async def read(desk: DutchDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Back from the exercise."""
    text, buttons = wording.of_the_day(desk.words(person), desk.course, _known(desk, tap.argument))
    return [Edit(text=text, buttons=buttons)]


async def ask(desk: DutchDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """🧩: a question about a phrase takes its place, so that nothing is given away."""
    named, _colon, key = tap.argument.partition(":")
    exercise, phrase = _exercise(named), _known(desk, key)
    text, buttons = wording.question(desk.words(person), desk.course, phrase, exercise)
    return [Edit(text=text, buttons=buttons)]


async def judge(desk: DutchDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """An answer. Nobody counts how many were right."""
    named, _colon, rest = tap.argument.partition(":")
    key, _colon, chosen = rest.partition(":")
    exercise, phrase = _exercise(named), _known(desk, key)
    text, buttons = wording.verdict(
        desk.words(person),
        desk.course,
        phrase,
        exercise,
        is_right=chosen == _right_one(phrase, exercise),
    )
    return [Edit(text=text, buttons=buttons)]


async def listen(desk: DutchDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """🔊: how it sounds."""
    phrase = _known(desk, tap.argument)
    if phrase.key not in desk.course.recordings:
        raise Outdated
    return [File(made=Made("dutch", phrase.key), name="phrase.ogg", as_voice=True)]


async def _home(desk: DutchDesk, tx: Tx, person: Person, at: datetime) -> Screen:
    learner, _ = await learning.of_person(tx, person.id), desk.words(person)
    day = None if learner is None else domain.coming(learner, at.astimezone(BRUSSELS))
    if learner is None or day is None:
        return wording.invitation(_, desk.course)
    comes_at = datetime.combine(day, time(learner.hour), BRUSSELS)
    return wording.settings(_, learner, comes_at)


async def _settled(desk: DutchDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    text, buttons = await _home(desk, tx, person, tap.at)
    return [Edit(text=text, buttons=buttons)]


def _known(desk: DutchDesk, key: str) -> Phrase:
    """What a button carries may be forged, or older than the phrases. Raises Outdated."""
    phrase = desk.course.find(key)
    if phrase is None:
        raise Outdated
    return phrase


def _exercise(named: str) -> Exercise:
    try:
        return Exercise(named)
    except ValueError:
        raise Outdated from None


def _right_one(phrase: Phrase, exercise: Exercise) -> str:
    if exercise is Exercise.MEANING:
        return phrase.key
    return str(phrase.words.index(phrase.word))
