"""A small house in which people complain; a pretended Telegram delivers."""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from bot import clock
from bot.app import schema
from bot.complaints import chat, jobs
from bot.complaints.desk import ComplaintsDesk
from bot.complaints.service import contacts
from bot.complaints.tables import complaints
from bot.delivery import messages, outbox, queue, results, slots
from bot.delivery.incoming import Incoming, Said, Sender, SentMedia, Tapped
from bot.delivery.messages import Edit, Message, Outgoing, Toast
from bot.delivery.outcomes import Outcome, Sent, Unreachable
from bot.delivery.results import News, Result
from bot.dialog.routes import Routes, combine
from bot.dialog.turn import Turn
from bot.language.catalog import Catalogs
from bot.people import service as people
from bot.people import tables as people_tables
from bot.people.domain import Person, Role
from bot.schedule import tables as schedule
from bot.storage.transaction import Row, Tx

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
GROUP = -1001000000042
AMINA, OLENA, WARD, LIEN = 5_000_000_001, 5_000_000_002, 7_000_000_001, 7_000_000_002
JORIS = 6_000_000_001
NAMES = {AMINA: "Amina", OLENA: "Olena", WARD: "Ward", LIEN: "Lien", JORIS: "Joris"}
ADDRESS = "klachten@example.org"
CODE = re.compile(r"<b>([A-Z]{4}-[A-Z]{4})</b>")
HOUR = timedelta(hours=1)


def a_desk(catalogs: Catalogs, **changes: Any) -> ComplaintsDesk:
    """A desk; the word "help!" is danger."""
    facts: dict[str, Any] = {
        "catalogs": catalogs,
        "organisation": "Example & Co",
        "address": ADDRESS,
        "alarm": lambda person, text, now: [Outgoing(text="112")] if "help!" in text else [],
        **changes,
    }
    return ComplaintsDesk(**facts)


@dataclass
class Booth:
    """Complaints with their people. Time stands still until `waits`.

    overheard  what reached the slices that hear after this one
    """

    tx: Tx
    desk: ComplaintsDesk
    sent: list[Message] = field(default_factory=list)
    toasts: list[str] = field(default_factory=list)
    overheard: list[Incoming] = field(default_factory=list)
    blocked: set[int] = field(default_factory=set)
    now: datetime = NOW
    _ids: int = 1000

    def __post_init__(self) -> None:
        clock.moves_to(self.now)

    # -- people -------------------------------------------------------------------------------

    async def person(self, telegram_id: int = AMINA, language: str = "en") -> Person:
        """Somebody who has chosen a language."""
        hello = self.said(telegram_id, "hello")
        person = await people.recognise(self.tx, hello, staff_groups=())
        assert person is not None
        await self.tx.execute(
            update(people_tables.people)
            .where(people_tables.people.c.id == person.id)
            .values(language=language)
        )
        return replace(person, language=language)

    async def colleague(self, telegram_id: int = JORIS, role: Role = Role.ADMIN) -> Person:
        """Somebody of the team."""
        person = await self.person(telegram_id)
        code = await people.invite(self.tx, role, now=self.now)
        await people.join(self.tx, person, code, now=self.now)
        return replace(person, role=role)

    async def contact(self, telegram_id: int = WARD, language: str = "en") -> Person:
        """A contact person, by the operator's link."""
        person = await self.person(telegram_id, language)
        await self.says(telegram_id, f"/start contact_{await self.link()}")
        return person

    async def link(self) -> str:
        """The code of a new link."""
        return await contacts.invite(self.tx, now=self.now)

    # -- what comes in ------------------------------------------------------------------------

    def _frame(self, who: int) -> dict[str, Any]:
        self._ids += 1
        return {
            "chat_id": who,
            "is_private": True,
            "at": self.now,
            "sender": Sender(id=who, first_name=NAMES[who]),
            "message_id": self._ids,
        }

    def said(self, who: int, text: str, *, reply_to: int | None = None) -> Said:
        """A text message."""
        return Said(**self._frame(who), text=text, reply_to=reply_to)

    def photo(self, who: int, *, reply_to: int | None = None) -> SentMedia:
        """A photo."""
        return SentMedia(**self._frame(who), media="photo", reply_to=reply_to)

    async def says(self, who: int, text: str, **more: Any) -> None:
        """Somebody writes."""
        await self.takes(self.said(who, text, **more))

    async def taps(self, who: int, data: str) -> None:
        """Somebody taps a button, also a forged one."""
        await self.takes(Tapped(**self._frame(who), query_id="q", data=data))

    async def presses(self, who: int, label: str) -> None:
        """Somebody taps the newest button of that name."""
        await self.taps(who, self.button(who, label))

    def button(self, who: int, label: str) -> str:
        """What the newest button of that name carries."""
        for message in reversed(self.seen_by(who)):
            for row in getattr(message, "buttons", ()):
                for one in row:
                    if one.label == label:
                        return str(one.action)
        raise AssertionError(f"{NAMES[who]} sees no button {label}")

    async def takes(self, incoming: Incoming) -> None:
        """One whole turn; what is due now is delivered."""
        replies = await self._turn().take(self.tx, incoming)
        self.toasts += [reply.text for reply in replies if isinstance(reply, Toast) and reply.text]
        said: list[Message] = [reply for reply in replies if not isinstance(reply, Toast)]
        await outbox.put(self.tx, *said)
        await self.delivers()

    def _turn(self) -> Turn:
        desk = replace(self.desk, others=(self._overhears,))

        async def recognise(tx: Tx, incoming: Incoming) -> Person | None:
            return await people.recognise(tx, incoming, staff_groups=(GROUP,))

        async def no_gate(tx: Tx, person: Person, incoming: Incoming) -> list[Message] | None:
            return None

        async def not_moved(tx: Tx, old: int, new: int) -> None:
            return None

        return Turn(
            routes=combine(chat.routes(desk), Routes(hears=(self._overhears,))),
            catalogs=self.desk.catalogs,
            recognise=recognise,
            words=lambda person: self.desk.catalogs.words(person.language),
            gate=no_gate,
            is_ours=lambda chat_id: chat_id == GROUP,
            moved=not_moved,
        )

    async def _overhears(self, tx: Tx, person: Person, incoming: Incoming) -> list[Message] | None:
        self.overheard.append(incoming)
        return []

    # -- delivering ---------------------------------------------------------------------------

    async def waits(self, by: timedelta = HOUR) -> None:
        """Time goes by; what is due happens."""
        self.now += by
        clock.moves_to(self.now)
        await self.tells_due()

    async def tells_due(self) -> None:
        """Rows of the schedule that are due."""
        due = schedule.due
        for row in await self.tx.all(select(due).where(due.c.due_at <= self.now)):
            await self.tx.execute(due.delete().where(due.c.id == row["id"]))
            await jobs.due_kinds(self.desk)[row["kind"]](self.tx, row["ref"], now=self.now)
        await self.delivers()

    async def nights(self, days: int) -> None:
        """Days go by, and the nightly and hourly rounds are made."""
        await self.waits(timedelta(days=days))
        for job in (*jobs.nightly(self.desk).values(), *jobs.hourly().values()):
            await job(self.tx, now=self.now)
        await self.delivers()

    async def delivers(self) -> None:
        """Send everything that is due."""
        news = News(receipts=jobs.receipts(self.desk))
        while heads := await queue.heads(self.tx, now=clock.now().timestamp()):
            row = heads[0]
            message = messages.decode(row.body)
            await queue.mark_sending(self.tx, [row.id])
            self._ids += 1
            outcome: Outcome = Sent((self._ids,))
            if message.to in self.blocked:
                outcome = Unreachable("Forbidden: bot was blocked")
            else:
                self.sent.append(message)
            places = await slots.find(self.tx, slots.mentioned(message), chat_id=message.to or 0)
            await results.write(self.tx, Result(row, outcome, None, places), news)

    # -- looking ------------------------------------------------------------------------------

    def seen_by(self, chat_id: int) -> list[Message]:
        """Everything delivered to a chat."""
        return [message for message in self.sent if message.to == chat_id]

    def texts(self, chat_id: int) -> list[str]:
        """The words among it."""
        return [one.text for one in self.seen_by(chat_id) if isinstance(one, Outgoing | Edit)]

    def last_text(self, chat_id: int) -> str:
        """The newest words."""
        return self.texts(chat_id)[-1]

    def code(self, who: int = AMINA) -> str:
        """The code as it stands on the screen."""
        found = CODE.search(self.last_text(who))
        assert found is not None, self.last_text(who)
        return found[1]

    async def place(self, number: int = 1, who: int = WARD) -> int:
        """The id of the message in which a contact person sees a complaint."""
        person = await self.person(who)
        place = await outbox.slot(self.tx, f"complaint:{number}:{person.id}")
        assert place is not None, "it was not brought"
        return place.id

    async def row(self, number: int = 1) -> Row:
        """A complaint as it is stored."""
        found = await self.tx.one(select(complaints).where(complaints.c.id == number))
        assert found is not None
        return found

    async def everywhere(self) -> dict[str, list[dict[str, Any]]]:
        """Every row of every table that has any."""
        found = {
            table.name: [dict(row) for row in await self.tx.all(select(table))]
            for table in schema.everything().sorted_tables
        }
        return {name: rows for name, rows in found.items() if rows}

    # -- stories ------------------------------------------------------------------------------

    async def wrote(self, way: str, text: str = "He shouted at me.", who: int = AMINA) -> None:
        """A complaint that waits for Send."""
        await self.says(who, "/complaint")
        await self.presses(who, "With my name" if way == "named" else "Without my name")
        await self.says(who, text)

    async def complained(self, way: str, **more: Any) -> None:
        """A complaint that was brought to the contact persons."""
        await self.wrote(way, **more)
        await self.presses(more.get("who", AMINA), "📨 Send")
        if way == "anonymous":
            self.kept_code = self.code(more.get("who", AMINA))
            await self.waits()
        else:
            await self.tells_due()

    kept_code: str = ""

    async def replied(self, text: str = "We look into it.", who: int = WARD) -> None:
        """The contact person replies to the first complaint."""
        await self.says(who, text, reply_to=await self.place(who=who))
