"""Cards, topics, and what a colleague says in them."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from bot.delivery.incoming import Edited, Incoming, MembershipChanged, Reacted, Said, Tapped
from bot.delivery.messages import Message, Outgoing, Toast
from bot.dialog.routes import Handler, Routes
from bot.errors import number_in
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, Kept, Stopped
from bot.handover.service import (
    answering,
    cases,
    checking,
    claiming,
    closing,
    editing,
    headers,
    inbox,
    keeping,
    pieces,
    proposing,
)
from bot.handover.wording import checking as wording
from bot.handover.wording import helping, topic
from bot.people.domain import Person, require
from bot.storage.transaction import Tx

Screen = Callable[[HandoverDesk, Tx, Person, Any], Awaitable[list[Message]]]


class Verb(Protocol):
    """Something a colleague does with one question."""

    async def __call__(
        self, desk: HandoverDesk, tx: Tx, person: Person, case_id: int, /, *, now: datetime
    ) -> Case: ...


VERBS: dict[str, Verb] = {
    "claim": claiming.claim,
    "release": claiming.release,
    "drop": claiming.drop,
    "restore": claiming.restore,
    "close": closing.close,
    "close_topic": proposing.close,
    "reopen": closing.reopen_by_id,
}
SPOKEN = ("close", "release", "reopen")  # as commands too, inside the topic


def routes(desk: HandoverDesk) -> Routes:
    """The staff group's share of the conversation."""
    screens: dict[str, Screen] = {
        "stop": stop,
        "undo": undo,
        "help": show_help,
    }
    commands: dict[str, Handler] = {
        **{name: partial(screen, desk) for name, screen in screens.items()},
        **{name: partial(act_here, desk, VERBS[name]) for name in SPOKEN},
    }
    return Routes(
        staff_actions={
            **{name: partial(act, desk, verb) for name, verb in VERBS.items()},
            "more_buttons": partial(show_buttons, desk, True),
            "less_buttons": partial(show_buttons, desk, False),
        },
        staff_commands=commands,
        staff_hears=(partial(hear, desk),),
    )


async def act(desk: HandoverDesk, verb: Verb, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A button under a card or a header."""
    require(person)
    case = await verb(desk, tx, person, number_in(tap.argument), now=tap.at)
    _ = desk.words_for(person, tap)
    is_claim = case.state is domain.State.CLAIMED and case.claimed_by == person.id
    text = topic.claimed_toast(_, case) if is_claim else topic.done_toast(_, case)
    return [Toast(text=text)]


async def show_buttons(
    desk: HandoverDesk, shows_more: bool, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """More and Less below a header."""
    require(person)
    case = await cases.find(tx, number_in(tap.argument))
    await headers.show(desk, tx, case, now=tap.at, shows_more=shows_more)
    return []


async def act_here(
    desk: HandoverDesk, verb: Verb, tx: Tx, person: Person, said: Said
) -> list[Message]:
    """The same as a command in the topic; its own name shows what happened."""
    require(person)
    case = await answering.located(tx, said)
    if verb is closing.close and said.argument.strip().casefold() == "topic":
        verb = proposing.close
    done = await verb(desk, tx, person, case.id, now=said.at)
    return [] if done.has_topic else [Outgoing(text=topic.done_toast(desk.staff_words, done))]


async def hear(
    desk: HandoverDesk, tx: Tx, person: Person, incoming: Incoming
) -> list[Message] | None:
    """Everything that is said in the group and is no command."""
    match incoming:
        case MembershipChanged():
            await _membership(desk, tx, incoming)
            return None
        case Reacted():
            await answering.dislike(desk, tx, person, incoming)
            return None
        case Edited():
            return await _edit(desk, tx, person, incoming)
    if not isinstance(incoming, pieces.Message):
        return None
    said = await answering.speak(desk, tx, person, incoming)
    if isinstance(said, Kept):
        return _kept(desk, said, incoming)
    if said is not None and said.state == "checking":
        return [checking.prompt(desk, said, person)]
    return None if said is None else []


async def _membership(desk: HandoverDesk, tx: Tx, changed: MembershipChanged) -> None:
    if not changed.is_me:
        await keeping.give_back_orphans(desk, tx, now=changed.at)
        return
    if "can_manage_topics" in changed.rights:
        await inbox.topics_allowed(tx)
    if changed.status not in ("left", "kicked"):
        await keeping.mirror(desk, tx, now=changed.at)


def _kept(desk: HandoverDesk, kept: Kept, incoming: Incoming) -> list[Message]:
    if not kept.is_news:
        return []
    return [Outgoing(text=topic.kept(desk.staff_words, kept), reply_to=incoming.message_id)]


async def _edit(desk: HandoverDesk, tx: Tx, person: Person, edited: Edited) -> list[Message] | None:
    is_carried = await editing.edit(desk, tx, person, edited)
    if is_carried is None:
        return None
    if is_carried:
        return []
    _ = desk.staff_words
    is_staff = domain.Party.STAFF in domain.kinds(person)
    text = topic.edit_too_late(_) if is_staff else wording.edit_unread(_)
    return [Outgoing(text=text, reply_to=edited.message_id)]


async def stop(desk: HandoverDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/stop"""
    require(person)
    await answering.stop(tx, person, said)
    return [Outgoing(text=topic.stopped(desk.staff_words))]


async def undo(desk: HandoverDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/undo: the topic hears the rest when Telegram has deleted the message."""
    require(person)
    done: Stopped = await answering.undo(tx, person, said, now=said.at)
    return [] if done.was_sent else [Outgoing(text=topic.stopped(desk.staff_words))]


async def show_help(desk: HandoverDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/help in the staff group."""
    require(person)
    commands = (*topic.COMMANDS, *desk.further_commands)
    return [Outgoing(text=helping.help_text(desk.staff_words, commands, person))]
