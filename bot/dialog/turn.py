"""One turn: who speaks, which function answers, and what happens when it refuses.

Down once (turn > chat > service > domain), up once (replies). No network call, no commit here.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from bot.delivery.incoming import Album, ChatMoved, Incoming, Said, SentMedia, Shared, Tapped
from bot.delivery.messages import Edit, Message, Outgoing, Toast, in_reading_order
from bot.dialog import prompts
from bot.dialog.routes import Handler, Listener, Person, Routes, first_that_answers
from bot.dialog.speaking import speaks
from bot.errors import N_, NotAllowed, Outdated, Refused
from bot.language.catalog import Catalogs, Words
from bot.storage.transaction import Tx

Recognise = Callable[[Tx, Incoming], Awaitable[Person | None]]
Moved = Callable[[Tx, int, int], Awaitable[None]]
Gate = Callable[[Tx, Person, Incoming], Awaitable[list[Message] | None]]


class InPrivateOnly(NotAllowed):
    """A personal button was tapped in a group."""

    sentence = N_("This works only in your own chat with me.")


@dataclass(frozen=True, slots=True)
class Turn:
    """Takes one incoming message to its answer.

    recognise  finds or makes the person; None: nobody to answer (a channel, a service message)
    words      the person's language
    staff_words  the language of the staff groups; refusals there are said in it
    gate       may answer before anything else (no language chosen yet), else None
    is_ours    is this group one of the staff groups?
    moved      a group has a new id from now on: (tx, old, new)
    """

    routes: Routes
    catalogs: Catalogs
    recognise: Recognise
    words: Callable[[Person], Words]
    gate: Gate
    is_ours: Callable[[int], bool]
    moved: Moved
    staff_words: Words | None = None

    async def take(self, tx: Tx, incoming: Incoming) -> list[Message]:
        """The replies to `incoming`, addressed. A refusal undoes its step and is said politely."""
        if isinstance(incoming, ChatMoved):
            await self.moved(tx, incoming.chat_id, incoming.new_chat_id)
            return []
        person = await self.recognise(tx, incoming)
        if person is None:
            return []
        answer, _ = self._answer(tx, person, incoming), self._words(person, incoming)
        with speaks(self.words(person), self.catalogs):
            replies = await politely(tx, answer, _, incoming)
        if incoming.is_private:
            replies = in_reading_order(replies, is_rtl=self.words(person).is_rtl)
        return addressed(replies, incoming)

    def _words(self, person: Person, incoming: Incoming) -> Words:
        if incoming.is_private or self.staff_words is None:
            return self.words(person)
        return self.staff_words

    async def _answer(self, tx: Tx, person: Person, incoming: Incoming) -> list[Message]:
        if not incoming.is_private and not self.is_ours(incoming.chat_id):
            return []
        if incoming.is_private and (answer := await self.gate(tx, person, incoming)) is not None:
            return answer
        if (handler := self._handler(incoming)) is not None:
            if incoming.is_private:
                await prompts.drop(tx, incoming.chat_id)
            return await handler(tx, person, incoming)
        if incoming.is_private and (answer := await self._asked(tx, person, incoming)) is not None:
            return answer
        return await first_that_answers(self._listeners(incoming), tx, person, incoming) or []

    async def _asked(self, tx: Tx, person: Person, incoming: Incoming) -> list[Message] | None:
        """The answer to what was asked last, where this is one."""
        if not isinstance(incoming, Said | SentMedia | Album | Shared) or not self.routes.prompts:
            return None
        asked = await prompts.current(tx, incoming.chat_id, now=incoming.at)
        if asked is None or asked.name not in self.routes.prompts:
            return None
        await prompts.drop(tx, incoming.chat_id)
        return await self.routes.prompts[asked.name](tx, person, incoming, asked.ref)

    def _handler(self, incoming: Incoming) -> Handler | None:
        if isinstance(incoming, Tapped):
            return self._tapped(incoming)
        if not isinstance(incoming, Said):
            return None
        if incoming.command is not None:
            return self._command(incoming, incoming.command)
        return self._menu(incoming) if incoming.is_private else None

    def _tapped(self, tap: Tapped) -> Handler:
        if tap.action in self.routes.staff_actions:
            return self.routes.staff_actions[tap.action]
        if tap.action not in self.routes.actions:
            raise Outdated
        if not tap.is_private:
            raise InPrivateOnly
        return self.routes.actions[tap.action]

    def _command(self, said: Said, name: str) -> Handler | None:
        if not said.is_private:
            return self.routes.staff_commands.get(name)
        return self.routes.starts.get(said.link[0]) or self.routes.commands.get(name)

    def _menu(self, said: Said) -> Handler | None:
        for msgid in self.catalogs.msgids_saying(said.text):
            if msgid in self.routes.menu:
                return self.routes.menu[msgid]
        return None

    def _listeners(self, incoming: Incoming) -> tuple[Listener, ...]:
        return self.routes.hears if incoming.is_private else self.routes.staff_hears


async def politely(
    tx: Tx, answer: Awaitable[list[Message]], _: Words, incoming: Incoming
) -> list[Message]:
    """The answer; a refusal undoes what was begun and is said instead."""
    try:
        async with tx.savepoint():
            return await answer
    except Refused as refusal:
        return [_refusal(refusal, _, incoming)]


def addressed(replies: list[Message], incoming: Incoming) -> list[Message]:
    """Replies with the speaker's chat, topic and tap filled in; every tap gets its toast."""
    done = [_addressed(reply, incoming) for reply in replies]
    if isinstance(incoming, Tapped) and not any(isinstance(reply, Toast) for reply in replies):
        done.append(Toast(to=incoming.chat_id, query_id=incoming.query_id))
    return done


def _addressed(reply: Message, incoming: Incoming) -> Message:
    if reply.to is not None:
        return reply
    missing: dict[str, Any] = {"to": incoming.chat_id}
    if isinstance(reply, Toast) and isinstance(incoming, Tapped):
        missing["query_id"] = incoming.query_id
    elif isinstance(reply, Edit) and reply.slot is None and reply.message_id is None:
        missing["message_id"] = incoming.message_id
    elif getattr(reply, "in_topic", 0) is None and not incoming.is_private:
        missing["in_topic"] = incoming.thread_id
    return msgspec.structs.replace(reply, **missing)


def _refusal(refusal: Refused, _: Words, incoming: Incoming) -> Message:
    if isinstance(incoming, Tapped):
        return Toast(text=_.plain(refusal.sentence, **refusal.values), is_alert=True)
    return Outgoing(text=_(refusal.sentence, **refusal.values))
