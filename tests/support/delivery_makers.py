"""Makers for the durable post: arrivals, a line to Telegram that answers as told, its sender."""

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.delivery import messages
from bot.delivery.inbox import Arrival
from bot.delivery.incoming import Incoming, Said, Sender, SentMedia, Tapped
from bot.delivery.messages import Message, Outgoing
from bot.delivery.outcomes import Outcome, Sent
from bot.delivery.pacing import Pace
from bot.delivery.results import News
from bot.delivery.sender import Sender as OutboxSender
from bot.delivery.toasts import Toaster
from bot.delivery.worker import Worker
from bot.storage.engine import Database
from bot.storage.transaction import Tx

AT = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
on_postgres = pytest.mark.parametrize(
    "database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

UNHURRIED = 1e6  # a speed at which no limit is felt


def said(text: str, chat: int = 1) -> Said:
    """A text of a person in a private chat."""
    return Said(chat_id=chat, is_private=True, at=AT, sender=Sender(id=chat), text=text)


def a_part(number: int, group: str = "album", chat: int = 1) -> SentMedia:
    """One photo of an album."""
    return SentMedia(
        chat_id=chat,
        is_private=True,
        at=AT,
        sender=Sender(id=chat),
        message_id=number,
        media="photo",
        group_id=group,
    )


def a_tap(data: str, chat: int = 1, query: str = "q1") -> Tapped:
    """A tap on an inline button."""
    return Tapped(
        chat_id=chat,
        is_private=True,
        at=AT,
        sender=Sender(id=chat),
        message_id=5,
        query_id=query,
        data=data,
    )


def arrivals(*incoming: Incoming, first: int = 1) -> list[Arrival]:
    """Updates with numbers that follow one another."""
    return [Arrival(first + place, one) for place, one in enumerate(incoming)]


def text_of(message: object) -> str:
    """What a message says, or what kind it is."""
    return getattr(message, "text", None) or type(message).__name__


class Line:
    """A line to Telegram: answers each text as told, else that it was sent."""

    def __init__(self, answers: Mapping[str, Sequence[Outcome | Exception]] | None = None) -> None:
        self.heard: list[tuple[int, str]] = []
        self.places: list[Mapping[str, int]] = []
        self.silent: set[str] = set()  # texts that never get an answer
        self._answers = {text: deque(given) for text, given in (answers or {}).items()}
        self._ids = iter(range(1001, 10**6))

    @property
    def texts(self) -> list[str]:
        """What was said, in order."""
        return [text for _, text in self.heard]

    async def send(self, message: Message, places: Mapping[str, int]) -> Outcome:
        """The transport's part."""
        text = text_of(message)
        assert message.to is not None
        self.heard.append((message.to, text))
        self.places.append(places)
        if text in self.silent:
            await asyncio.Event().wait()
        if waiting := self._answers.get(text):
            answer = waiting.popleft()
            if isinstance(answer, Exception):
                raise answer
            return answer
        return Sent((next(self._ids),))


def a_sender(
    database: Database, line: Line, news: News | None = None, pace: Pace | None = None
) -> OutboxSender:
    """The leader's sender."""
    return OutboxSender(database.writing, line.send, news or News(), pace or Pace(speed=UNHURRIED))


async def rounds(sender: OutboxSender, number: int) -> None:
    """So many rounds; what leaves in one has landed before the next."""
    for _ in range(number):
        await sender.round()
        for _turn in range(3):
            await asyncio.sleep(0)


async def time_passes(database: Database) -> None:
    """Every pause of the outbox is over."""
    async with database.writing() as tx:
        await tx.raw("UPDATE outbox SET retry_at = 0 WHERE state = 'waiting'")


async def rows(database: Database, sql: str, *values: Any) -> list[Any]:
    """What a query of the tables of the post finds."""
    async with database.reading() as tx:
        return await tx.raw(sql, *values)


async def states(database: Database) -> list[str]:
    """How each posted message stands, in order of posting."""
    return [state for (state,) in await rows(database, "SELECT state FROM outbox ORDER BY id")]


async def no_turn(tx: Tx, incoming: Incoming) -> list[Message]:
    """A conversation that says nothing."""
    return []


async def echo(tx: Tx, incoming: Incoming) -> list[Message]:
    """A conversation that says the same again."""
    return [Outgoing(to=incoming.chat_id, text=text_of(incoming))]


async def sorry(tx: Tx, incoming: Incoming, number: int) -> list[Message]:
    """What is said about a message set aside."""
    return [Outgoing(to=incoming.chat_id, text="sorry")]


class Taps:
    """Answers to taps as Telegram got them."""

    def __init__(self) -> None:
        self.answered: list[tuple[str | None, str]] = []

    async def send(self, toast: messages.Toast) -> Outcome:
        """The transport's part."""
        self.answered.append((toast.query_id, toast.text))
        return Sent()


def a_worker(database: Database, turn: Any = echo, taps: Taps | None = None, **more: Any) -> Worker:
    """A worker of one replica."""
    toaster = more.pop("toaster", None) or Toaster((taps or Taps()).send)
    return Worker(database, turn, more.pop("apologise", sorry), toaster, **more)


async def worked_off(worker: Worker) -> None:
    """Take turns until nothing is ready."""
    while await worker.take_some():
        pass
