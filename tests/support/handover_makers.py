"""A small house with a staff queue: people speak, a pretended Telegram delivers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import func, select, update

from bot import clock
from bot.delivery import messages, outbox, queue, results, slots
from bot.delivery.incoming import (
    Album,
    Edited,
    Entity,
    Incoming,
    Reacted,
    Said,
    Sender,
    SentMedia,
    Tapped,
)
from bot.delivery.messages import ChangeTopic, Copy, Edit, MakeTopic, Message, Outgoing, Toast
from bot.delivery.outcomes import Outcome, Refusal, Sent
from bot.delivery.results import News, Result
from bot.dialog.routes import Routes, combine
from bot.dialog.turn import Turn
from bot.handover import chat, jobs, staff_chat
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, State
from bot.handover.service import pieces
from bot.handover.tables import a_case, cases
from bot.language.catalog import Catalogs
from bot.people import service as people
from bot.people import tables as people_tables
from bot.people.domain import Person, Role
from bot.schedule import tables as schedule
from bot.storage.transaction import Tx

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
GROUP = -1001000000042
AMINA, OLENA = 5_000_000_001, 5_000_000_002
JORIS, SARA, TOM, CHRIS = 6_000_000_001, 6_000_000_002, 6_000_000_003, 6_000_000_004
HOLD = timedelta(seconds=10)
NAMES = {
    AMINA: "Amina",
    OLENA: "Olena",
    JORIS: "Joris",
    SARA: "Sara",
    TOM: "Tom",
    CHRIS: "Chris",
}

Judge = Callable[[Message], Outcome | None]
Meanwhile = Callable[[Message], Awaitable[None]]


def a_desk(catalogs: Catalogs, **changes: Any) -> HandoverDesk:
    """A desk with one staff group, in English."""
    facts: dict[str, Any] = {
        "catalogs": catalogs,
        "organisation": "Example & Co",
        "staff_language": "en",
        "staff_groups": {"infodesk": GROUP},
        "hold": HOLD,
        "bundle": timedelta(0),
        **changes,
    }
    return HandoverDesk(**facts)


async def _nothing(message: Message) -> None:
    return None


async def _no_gate(tx: Tx, person: Person, incoming: Incoming) -> list[Message] | None:
    return None


async def _not_moved(tx: Tx, old: int, new: int) -> None:
    return None


@dataclass
class Office:
    """The queue with its people. Time stands still until `waits`."""

    tx: Tx
    desk: HandoverDesk
    judge: Judge = lambda message: None
    further: tuple[Routes, ...] = ()  # of slices above
    meanwhile: Meanwhile = _nothing  # happens while a message is in the air
    sent: list[Message] = field(default_factory=list)
    toasts: list[str] = field(default_factory=list)
    now: datetime = NOW
    _ids: int = 1000

    def __post_init__(self) -> None:
        clock.moves_to(self.now)

    # -- people -------------------------------------------------------------------------------

    async def person(self, telegram_id: int = AMINA, language: str = "en") -> Person:
        """A newcomer who has chosen a language."""
        hello = self.said(telegram_id, "hello")
        person = await people.recognise(self.tx, hello, staff_groups=(GROUP,))
        assert person is not None
        await self.tx.execute(
            update(people_tables.people)
            .where(people_tables.people.c.id == person.id)
            .values(language=language)
        )
        return replace(person, language=language)

    async def colleague(self, telegram_id: int = JORIS, role: Role = Role.STAFF) -> Person:
        """A member of staff."""
        hello = self.said(telegram_id, "hello", group=True)
        person = await people.recognise(self.tx, hello, staff_groups=(GROUP,))
        assert person is not None
        await self.tx.execute(
            update(people_tables.staff)
            .where(people_tables.staff.c.person_id == person.id)
            .values(role=role)
        )
        return replace(person, role=role)

    async def trains(self, telegram_id: int, *skills: str) -> None:
        """A colleague has learnt something."""
        staff, known = people_tables.staff, people_tables.people
        own = select(known.c.id).where(known.c.telegram_id == telegram_id).scalar_subquery()
        await self.tx.execute(
            update(staff).where(staff.c.person_id == own).values(skills=list(skills))
        )

    async def speaks(self, telegram_id: int, *languages: str) -> None:
        """A colleague answers in these languages."""
        staff, known = people_tables.staff, people_tables.people
        own = select(known.c.id).where(known.c.telegram_id == telegram_id).scalar_subquery()
        await self.tx.execute(
            update(staff).where(staff.c.person_id == own).values(languages=list(languages))
        )

    async def notes(self, case: Case, **values: Any) -> None:
        """Facts of a question, changed behind the bot's back."""
        await self.tx.execute(update(cases).where(cases.c.id == case.id).values(**values))

    # -- what comes in ------------------------------------------------------------------------

    def _frame(self, who: int, group: bool, thread: int | None) -> dict[str, Any]:
        self._ids += 1
        return {
            "chat_id": GROUP if group else who,
            "is_private": not group,
            "at": self.now,
            "sender": Sender(id=who, first_name=NAMES[who]),
            "thread_id": thread,
            "message_id": self._ids,
        }

    def said(
        self,
        who: int,
        text: str,
        *,
        group: bool = False,
        thread: int | None = None,
        reply_to: int | None = None,
        entities: tuple[Entity, ...] = (),
    ) -> Said:
        """A text message."""
        frame = self._frame(who, group, thread)
        return Said(**frame, text=text, reply_to=reply_to, entities=entities)

    def photo(self, who: int, caption: str = "", *, thread: int | None = None) -> SentMedia:
        """A photo."""
        frame = self._frame(who, thread is not None, thread)
        return SentMedia(**frame, media="photo", caption=caption)

    def voice(self, who: int, *, thread: int | None = None) -> SentMedia:
        """A voice message."""
        return SentMedia(**self._frame(who, thread is not None, thread), media="voice")

    def sticker(self, who: int, *, thread: int | None = None) -> SentMedia:
        """Something without a caption."""
        return SentMedia(**self._frame(who, thread is not None, thread), media="sticker")

    def album(self, who: int, *, thread: int | None = None) -> Album:
        """Two photos sent together."""
        first, second = self.photo(who, thread=thread), self.photo(who, thread=thread)
        frame = self._frame(who, thread is not None, thread) | {"message_id": first.message_id}
        return Album(**frame, parts=(first, second))

    def edited(self, message: Incoming, text: str) -> Edited:
        """The same message with another text."""
        return Edited(
            chat_id=message.chat_id,
            is_private=message.is_private,
            at=self.now,
            sender=message.sender,
            thread_id=message.thread_id,
            message_id=message.message_id,
            text=text,
            is_caption=isinstance(message, SentMedia),
        )

    def tap(self, who: int, data: str, *, group: bool = False) -> Tapped:
        """A tap on a button."""
        return Tapped(**self._frame(who, group, None), query_id="q", data=data)

    def dislike(self, who: int, message: Incoming) -> Reacted:
        """A 👎 on a message."""
        frame = self._frame(who, True, None) | {"message_id": message.message_id}
        return Reacted(**frame, emojis=("👎",))

    # -- turns --------------------------------------------------------------------------------

    async def takes(self, incoming: Incoming) -> list[Message]:
        """One whole turn; what it says goes to the outbox, then everything due is delivered."""
        replies = await self.turn().take(self.tx, incoming)
        self.toasts += [reply.text for reply in replies if isinstance(reply, Toast) and reply.text]
        said: list[Message] = [reply for reply in replies if not isinstance(reply, Toast)]
        await outbox.put(self.tx, *said)
        await self.delivers()
        return said

    async def interrupts(self, incoming: Incoming) -> None:
        """A whole turn of which nothing is delivered yet."""
        replies = await self.turn().take(self.tx, incoming)
        await outbox.put(self.tx, *(one for one in replies if not isinstance(one, Toast)))

    def turn(self) -> Turn:
        """The conversation, wired for this slice alone."""

        async def recognise(tx: Tx, incoming: Incoming) -> Person | None:
            return await people.recognise(
                tx, incoming, staff_groups=tuple(self.desk.staff_groups.values())
            )

        return Turn(
            routes=combine(chat.routes(self.desk), staff_chat.routes(self.desk), *self.further),
            catalogs=self.desk.catalogs,
            recognise=recognise,
            words=lambda person: self.desk.catalogs.words(person.language),
            gate=_no_gate,
            is_ours=lambda chat_id: chat_id in self.desk.staff_groups.values(),
            moved=_not_moved,
        )

    async def says(self, who: int, text: str, **more: Any) -> Said:
        """Somebody writes."""
        message = self.said(who, text, **more)
        await self.takes(message)
        return message

    async def taps(self, who: int, data: str) -> None:
        """Somebody taps; colleagues do so in the group."""
        await self.takes(self.tap(who, data, group=who >= JORIS))

    async def taps_menu(self, who: int, case: Case, data: str) -> None:
        """A colleague taps a button of the menu that stands in the question's topic."""
        menu = await self.message_id(case.slot("menu"))
        tap = self.tap(who, data, group=True)
        await self.takes(msgspec.structs.replace(tap, message_id=menu))

    async def answers(self, who: int, case: Case, text: str, **more: Any) -> Said:
        """A colleague writes in the topic of a case."""
        return await self.says(who, text, group=True, thread=await self.thread(case), **more)

    async def takes_voice(self, who: int) -> SentMedia:
        """Somebody speaks."""
        message = self.voice(who)
        await self.takes(message)
        return message

    # -- delivering ---------------------------------------------------------------------------

    async def waits(self, by: timedelta) -> None:
        """Time goes by; what is due happens."""
        self.now += by
        clock.moves_to(self.now)
        await self.tells_due()
        await self.delivers()

    async def lives_until(self, moment: datetime) -> None:
        """Time goes by as it does: everything happens when it is due."""
        while True:
            first = await self.tx.scalar(select(func.min(schedule.due.c.due_at)))
            if first is None or first > moment:
                break
            await self.waits(max(first - self.now, timedelta()))
        await self.waits(moment - self.now)

    async def tells_due(self) -> None:
        """Rows of the schedule that are due."""
        due = schedule.due
        found = await self.tx.all(select(due).where(due.c.due_at <= self.now).order_by(due.c.id))
        for row in found:
            await self.tx.execute(due.delete().where(due.c.id == row["id"]))
            await jobs.due_kinds(self.desk)[row["kind"]](self.tx, row["ref"], now=self.now)

    async def delivers(self) -> None:
        """Send everything that is due, as the sender does, but at once."""
        news = News(receipts=jobs.receipts(self.desk))
        for _ in range(500):
            heads = await queue.heads(self.tx, now=clock.now().timestamp())
            if not heads:
                return
            await self._send(heads[0], news)
        raise AssertionError("the outbox does not come to an end")

    async def _send(self, row: queue.Row, news: News) -> None:
        message = messages.decode(row.body)
        places = await slots.find(self.tx, slots.mentioned(message), chat_id=message.to or 0)
        missing = [name for name in slots.needed(message) if name not in places]
        if missing:
            await results.refuse_dependant(self.tx, row, missing[0], news)
            return
        await queue.mark_sending(self.tx, [row.id])
        await self.meanwhile(message)
        outcome = self.judge(message) or Sent(self._new_ids(message))
        if isinstance(outcome, Sent):
            self.sent.append(message)
        await results.write(self.tx, Result(row, outcome, slots.topic_of(message), places), news)

    async def lets_leave(self, who: int) -> queue.Row:
        """The hold is over: the message for this chat has left, its end is unknown."""
        self.now += HOLD
        clock.moves_to(self.now)
        heads = await queue.heads(self.tx, now=self.now.timestamp())
        row = next(row for row in heads if row.chat_id == who)
        await queue.mark_sending(self.tx, [row.id])
        return row

    async def lands(self, row: queue.Row) -> None:
        """It arrived, and that is written down."""
        message = messages.decode(row.body)
        self.sent.append(message)
        news = News(receipts=jobs.receipts(self.desk))
        await results.write(self.tx, Result(row, Sent(self._new_ids(message))), news)
        await self.delivers()

    def _new_ids(self, message: Message) -> tuple[int, ...]:
        count = len(message.message_ids) if isinstance(message, Copy) else 1
        self._ids += count
        return tuple(range(self._ids - count + 1, self._ids + 1))

    # -- looking ------------------------------------------------------------------------------

    def seen_by(self, chat_id: int) -> list[Message]:
        """Everything delivered to a chat."""
        return [message for message in self.sent if message.to == chat_id]

    def texts(self, chat_id: int) -> list[str]:
        """The words among it."""
        return [
            message.text
            for message in self.seen_by(chat_id)
            if isinstance(message, Outgoing | Edit)
        ]

    def last_text(self, chat_id: int) -> str:
        """The newest words."""
        return self.texts(chat_id)[-1]

    def offered(self, chat_id: int) -> list[str]:
        """What the buttons of the newest text there do."""
        newest = [one for one in self.seen_by(chat_id) if isinstance(one, Outgoing | Edit)][-1]
        return [button.action or "" for row in newest.buttons for button in row]

    def topics(self) -> list[MakeTopic]:
        """Every topic that was made."""
        return [message for message in self.sent if isinstance(message, MakeTopic)]

    def changes(self) -> list[str]:
        """What happened to topics."""
        return [message.change for message in self.sent if isinstance(message, ChangeTopic)]

    async def thread(self, case: Case) -> int:
        """The thread id of a case's topic."""
        place = await outbox.slot(self.tx, case.slot("topic"))
        assert place is not None, "the topic was not made"
        return place.id

    async def message_id(self, name: str) -> int:
        """The id of the message in a slot."""
        place = await outbox.slot(self.tx, name)
        assert place is not None, f"{name} is empty"
        return place.id

    async def copies_in_topic(self, case: Case) -> list[int]:
        """Ids of the copies in the staff group, in order."""
        return sorted(await pieces.group_copies(self.tx, case.id, GROUP))

    async def case(self, id_: int | None = None) -> Case:
        """The newest case, or that one."""
        wanted = select(cases).order_by(cases.c.id.desc()).limit(1)
        if id_ is not None:
            wanted = wanted.where(cases.c.id == id_)
        row = await self.tx.one(wanted)
        assert row is not None
        return a_case(row)

    # -- stories ------------------------------------------------------------------------------

    async def asked(self, who: int = AMINA, text: str = "Where do I find a doctor?") -> Case:
        """A question in the queue."""
        await self.taps(who, "ask:")
        await self.says(who, text)
        await self.taps(who, "ask_send")
        case = await self.case()
        assert case.state is State.NEW
        return case

    async def claimed(self, who: int = JORIS, **more: Any) -> Case:
        """A question with a colleague."""
        case = await self.asked(**more)
        await self.taps(who, f"claim:{case.id}")
        return await self.case(case.id)

    async def answered(self, text: str = "Dr Peeters, Monday at 9.") -> Case:
        """A question whose answer has arrived."""
        case = await self.claimed()
        await self.answers(JORIS, case, text)
        await self.waits(HOLD)
        return await self.case(case.id)


def topic_gone(name: str | int) -> Judge:
    """Telegram has no such topic any more: `name` is the slot or thread it had."""

    def judge(message: Message) -> Outcome | None:
        if slots.topic_of(message) == name:
            return Refusal("Bad Request: message thread not found", "topic_gone")
        return None

    return judge


def no_topics(message: Message) -> Outcome | None:
    """A group that is no forum."""
    if isinstance(message, MakeTopic):
        return Refusal("Bad Request: the chat is not a forum", "other")
    return None
