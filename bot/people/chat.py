"""What people say about themselves: language, menu, help, their data, an invitation."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from bot.delivery.incoming import Incoming, MembershipChanged, Said, Tapped
from bot.delivery.messages import (
    Buttons,
    Delete,
    Edit,
    File,
    Keyboard,
    Made,
    Message,
    Outgoing,
    in_reading_order,
)
from bot.dialog.routes import Handler, Routes, Shows, bound, first_that_answers
from bot.dialog.turn import Gate, politely
from bot.errors import Outdated
from bot.language.catalog import Words
from bot.people import domain, service, wording
from bot.people.desk import COMMANDS_BEFORE_LANGUAGE, Maker, PeopleDesk
from bot.people.domain import Person
from bot.storage.transaction import Tx


def routes(desk: PeopleDesk) -> Routes:
    """People's share of the conversation."""
    shown: dict[str, Shows[PeopleDesk]] = {
        "menu": show_menu,
        "language": ask_language,
        "my": show_my_things,
        "mydata": send_copy_of_data,
    }
    commands: dict[str, Shows[PeopleDesk]] = {
        **shown,
        "start": greet,
        "help": show_help,
        "privacy": show_privacy,
        "delete": ask_before_erasing,
    }
    actions: dict[str, Shows[PeopleDesk]] = {
        **shown,
        "lang": choose_language,
        "forget_ask": ask_before_erasing,
        "forget_yes": erase,
        "forget_no": keep_everything,
    }
    return Routes(
        starts=_own_starts(desk),
        commands=bound(desk, commands),
        menu=bound(desk, {"🌐 Language": ask_language, "🗂 My things": show_my_things}),
        actions=bound(desk, actions),
        hears=(partial(note_blocking, desk), partial(miss_command, desk)),
    )


def gate(desk: PeopleDesk) -> Gate:
    """Asks for a language before anything else."""
    return partial(ask_language_first, desk)


def makers(desk: PeopleDesk) -> dict[str, Maker]:
    """Files that are made when they are sent."""
    return {"mydata": partial(service.copy_of_data, desk)}


async def ask_language_first(
    desk: PeopleDesk, tx: Tx, person: Person, incoming: Incoming
) -> list[Message] | None:
    """No language yet: the first screen, except for what has to work without one."""
    if person.language is not None or _works_without_language(desk, incoming):
        return None
    if (answer := await first_that_answers(desk.before_language, tx, person, incoming)) is not None:
        return answer
    await service.keep_for_later(tx, person, incoming)
    words = incoming.text if isinstance(incoming, Said) else ""
    # Whoever is in danger has no time to choose a language first.
    return [*desk.alarm(person, words, incoming.at), _first_screen(desk, incoming)]


async def greet(desk: PeopleDesk, tx: Tx, person: Person, incoming: Incoming) -> list[Message]:
    """/start of somebody who has a language: the welcome and the keyboard."""
    return [_welcome(desk, person)]


async def choose_language(desk: PeopleDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The one way in which the language of the replies changes."""
    if tap.argument not in desk.catalogs.codes:
        raise Outdated
    is_new = person.language is None
    person, said_before = await service.choose_language(tx, person, tap.argument, now=tap.at)
    _ = desk.catalogs.words(person.language)
    spoken = Outgoing(text=wording.speaks_now(_), keyboard=wording.keyboard(_, desk.menu))
    replies: list[Message] = [
        Edit(text=wording.language_chosen(_)),
        _welcome(desk, person) if is_new else spoken,
    ]
    for earlier in said_before:  # a refusal of it must not undo the choice
        answer = await politely(tx, _continued(desk, tx, person, earlier), _, earlier)
        replies += in_reading_order(
            answer, is_rtl=_.is_rtl
        )  # the turn goes by the language before the choice
    return replies


async def ask_language(
    desk: PeopleDesk, tx: Tx, person: Person, incoming: Incoming
) -> list[Message]:
    """The list of languages, the present one first, and what else belongs there."""
    more = tuple(button(_words(desk, person)) for button in desk.beside_languages)
    buttons = (*wording.language_buttons(desk.catalogs, person.language), *more)
    return [Outgoing(text=wording.language_choice(desk.catalogs), buttons=buttons)]


async def show_menu(desk: PeopleDesk, tx: Tx, person: Person, incoming: Incoming) -> list[Message]:
    """The keyboard that stays, again."""
    _ = _words(desk, person)
    return [Outgoing(text=wording.menu(_), keyboard=wording.keyboard(_, desk.menu))]


async def show_my_things(
    desk: PeopleDesk, tx: Tx, person: Person, incoming: Incoming
) -> list[Message]:
    """What each slice has going on for this person."""
    _ = _words(desk, person)
    things = await service.what_they_have(desk, tx, person, incoming)
    buttons = wording.my_things_buttons(_, things)
    return [Outgoing(text=wording.my_things(_, things), buttons=buttons)]


async def show_help(desk: PeopleDesk, tx: Tx, person: Person, incoming: Incoming) -> list[Message]:
    """How the bot works; brings the keyboard back too."""
    _ = _words(desk, person)
    return [
        Outgoing(text=wording.help_text(_, desk.commands), keyboard=wording.keyboard(_, desk.menu))
    ]


async def show_privacy(
    desk: PeopleDesk, tx: Tx, person: Person, incoming: Incoming
) -> list[Message]:
    """What is stored, who reads it, for how long."""
    _ = _words(desk, person)
    text = wording.privacy(
        _,
        organisation=desk.organisation,
        privacy_sentence=_operators_sentence(desk, _),
        question_days=desk.question_days,
    )
    return [Outgoing(text=text, buttons=wording.privacy_buttons(_))]


async def send_copy_of_data(
    desk: PeopleDesk, tx: Tx, person: Person, incoming: Incoming
) -> list[Message]:
    """Everything about the person, as a file that is made when it is sent."""
    return [
        File(
            made=Made("mydata", str(person.id)),
            name="mydata.json",
            caption=wording.copy_of_data(_words(desk, person)),
            person_id=person.id,
        )
    ]


async def ask_before_erasing(
    desk: PeopleDesk, tx: Tx, person: Person, incoming: Incoming
) -> list[Message]:
    """What would go, and two buttons."""
    things = await service.what_they_have(desk, tx, person, incoming)
    text, buttons = _erasure_screen(desk, person, things, incoming.at)
    return [Outgoing(text=text, buttons=buttons)]


async def erase(desk: PeopleDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Forget the person everywhere. A button of long ago asks again instead."""
    if not domain.is_fresh(tap.argument, tap.at):
        things = await service.what_they_have(desk, tx, person, tap)
        text, buttons = _erasure_screen(desk, person, things, tap.at)
        return [Edit(text=text, buttons=buttons)]
    sent = await service.forget(desk, tx, person, now=tap.at)
    farewell = Outgoing(text=wording.erased(_words(desk, person)), keyboard=Keyboard())
    return [*_taken_back(sent, tap), farewell]


async def keep_everything(desk: PeopleDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The person thought better of it."""
    return [Edit(text=wording.not_erased(_words(desk, person)))]


async def join_team(desk: PeopleDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """An invitation link was opened."""
    role = await service.join(tx, person, said.link[1], now=said.at)
    _ = _words(desk, person)
    return [
        Outgoing(text=wording.joined(_, role), keyboard=wording.keyboard(_, desk.menu)),
    ]


async def note_blocking(
    desk: PeopleDesk, tx: Tx, person: Person, incoming: Incoming
) -> list[Message] | None:
    """The person blocked the bot, or let it in again: remembered, and nothing said twice."""
    if not isinstance(incoming, MembershipChanged) or not incoming.is_me:
        return None
    if domain.is_inside(incoming.status):
        await service.mark_reachable(tx, person.telegram_id)
    else:
        await service.mark_unreachable(tx, person.telegram_id)
    return []


async def miss_command(
    desk: PeopleDesk, tx: Tx, person: Person, incoming: Incoming
) -> list[Message] | None:
    """A command that nobody in this house answers in a private chat."""
    if not isinstance(incoming, Said) or incoming.command is None:
        return None
    return [Outgoing(text=wording.unknown_command(_words(desk, person)))]


def _words(desk: PeopleDesk, person: Person) -> Words:
    return desk.catalogs.words(person.language)


def _welcome(desk: PeopleDesk, person: Person) -> Outgoing:
    _ = _words(desk, person)
    text = wording.welcome(
        _,
        name=person.first_name,
        organisation=desk.organisation,
        privacy_sentence=_operators_sentence(desk, _),
        question_days=desk.question_days,
    )
    return Outgoing(text=text, keyboard=wording.keyboard(_, desk.menu))


def _operators_sentence(desk: PeopleDesk, _: Words) -> str:
    """In the person's language; without it the bot says the same in words that they can read."""
    return desk.privacy_sentence.get(_.code, "")


def _first_screen(desk: PeopleDesk, incoming: Incoming) -> Outgoing:
    tag = incoming.sender.language_tag if incoming.sender else None
    return Outgoing(
        text=wording.language_choice(desk.catalogs),
        buttons=wording.language_buttons(desk.catalogs, desk.catalogs.code_for(tag)),
    )


def _erasure_screen(
    desk: PeopleDesk, person: Person, things: Sequence[wording.Thing], at: datetime
) -> tuple[str, Buttons]:
    _ = _words(desk, person)
    return wording.erasure_preview(_, things), wording.erasure_buttons(_, domain.stamp(at))


def _works_without_language(desk: PeopleDesk, incoming: Incoming) -> bool:
    if isinstance(incoming, Tapped):
        return incoming.action in desk.actions_before_language
    if isinstance(incoming, Said):
        return incoming.command in COMMANDS_BEFORE_LANGUAGE
    return isinstance(incoming, MembershipChanged)


def _own_starts(desk: PeopleDesk) -> dict[str, Handler]:
    return {"join": partial(join_team, desk)}


async def _continued(desk: PeopleDesk, tx: Tx, person: Person, earlier: Incoming) -> list[Message]:
    """What the turn would answer, had the language been known when it was said."""
    if isinstance(earlier, Said) and earlier.command is not None:
        starts = {**desk.starts, **_own_starts(desk)}
        start = starts.get(earlier.link[0])
        return [] if start is None else await start(tx, person, earlier)
    return await first_that_answers(desk.hears, tx, person, earlier) or []


def _taken_back(sent: Sequence[int], tap: Tapped) -> list[Message]:
    """Delete what Telegram still lets us delete, the tapped message among it."""
    ids = sorted({*sent, *([tap.message_id] if tap.message_id else [])})
    return [Delete(message_ids=tuple(ids))] if ids else []
