"""The real bot, started and stopped by a journey: own port, own database, the simulator's Telegram.

Everything is as in a live bot, except that a journey may move its clock and look into its database.
"""

import asyncio
import json
import socket
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import aiohttp

from bot import clock
from bot.app import organisation, running, schema
from bot.app.organisation import Organisation
from bot.app.running import Bot, Plan
from bot.app.settings import ROOT, Settings
from bot.complaints.service import contacts
from bot.delivery import depths, outbox
from bot.delivery.depths import Depths
from bot.delivery.messages import Outgoing
from bot.infodesk.domain import Library
from bot.language.catalog import Catalogs
from bot.people import service as people
from bot.people.domain import Role
from bot.schedule import due
from bot.storage.transaction import Tx
from tests.support import shipped

HOLD = timedelta(seconds=30)  # of calendar time: journeys move the clock over it
SPEED = 200.0  # pacing is proven elsewhere; here it would only make people wait
PATIENCE = 15.0


def catalogs() -> Catalogs:
    """What the bot says, in the words of each language."""
    return shipped.files().catalogs


def library() -> Library:
    """The answers as they lie in the files."""
    return shipped.files().library


@cache
def facts() -> Organisation:
    """The organisation of the demonstration."""
    return organisation.read(ROOT / organisation.EXAMPLE)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


class Clock:
    """Calendar time; moving it makes the bot look at what is due."""

    def __init__(self, wakes: Callable[[], None]) -> None:
        self._wakes = wakes

    @property
    def now(self) -> datetime:
        """Calendar time as the bot reads it."""
        return clock.now()

    def moves_on(self, **by: float) -> None:
        """Onwards, e.g. `minutes=5`."""
        clock.moves_on(timedelta(**by))
        self._wakes()

    def moves_to(self, moment: datetime) -> None:
        """To a moment of its own."""
        clock.moves_to(moment)
        self._wakes()


@dataclass(repr=False)
class Wegwijzer:
    """The bot of one journey.

    forgiven  what Telegram may say to a call of the bot without failing the journey (parts of it)
    """

    token: str
    telegram_api: str
    database_url: str
    staff_groups: tuple[int, ...] = ()
    own_groups: dict[str, int] = field(default_factory=dict)
    listens_by_webhook: bool = False
    forgiven: list[str] = field(default_factory=list)
    may_set_aside: bool = False
    bundle: float = 0.0  # calendar time too
    speed: float = SPEED
    port: int = field(default_factory=free_port)
    _running: AbstractAsyncContextManager[Bot] | None = None
    _bot: Bot | None = None

    def __post_init__(self) -> None:
        self.clock = Clock(self.wakes)

    @property
    def bot(self) -> Bot:
        """The bot that runs now."""
        assert self._bot is not None, "The bot does not run."
        return self._bot

    @property
    def webhook_url(self) -> str:
        """Where Telegram would post updates."""
        return f"http://127.0.0.1:{self.port}{running.WEBHOOK_PATH}"

    async def starts(self, *, begins_anew: bool = False) -> None:
        """Start it, and wait until it hears Telegram."""
        self._running = running.running(self._plan(begins_anew=begins_anew))
        self._bot = await self._running.__aenter__()

    async def stops(self) -> None:
        """Drain and stop it, as SIGTERM would."""
        if self._running is not None:
            stopping, self._running, self._bot = self._running, None, None
            await stopping.__aexit__(None, None, None)

    async def restarts(self) -> None:
        """Stop it and start it on the same database."""
        await self.stops()
        await self.starts()

    async def misses_what_waits(self) -> None:
        """Telegram throws away the updates that wait, as it does after a day."""
        url = f"{self.telegram_api}/bot{self.token}/deleteWebhook"
        async with aiohttp.ClientSession() as http:
            await http.post(url, json={"drop_pending_updates": True})

    def _plan(self, *, begins_anew: bool) -> Plan:
        public_url = f"http://127.0.0.1:{self.port}" if self.listens_by_webhook else ""
        settings = Settings(
            _env_file=None,  # type: ignore[call-arg]  # pydantic's own; nobody's .env counts here
            listen=f"127.0.0.1:{self.port}",
            staff_hold=HOLD.total_seconds(),
            staff_bundle=self.bundle,
            public_url=public_url,
            pages_url=f"http://127.0.0.1:{self.port}",
        )
        return Plan(
            settings=settings,
            organisation=facts(),
            token=self.token,
            telegram_api=self.telegram_api,
            database_url=self.database_url,
            staff_groups=self.staff_groups,
            own_groups=self.own_groups,
            begins_anew=begins_anew,
            speed=self.speed,
            files=shipped.files,
        )

    def wakes(self) -> None:
        """The clock was moved: nobody waits for the next second to look at it."""
        if self._bot is not None:
            self._bot.ring_sender()

    async def is_idle(self) -> None:
        """Wait until the bot has nothing to take, to do or to send, by its own queues."""
        deadline = clock.pacing() + PATIENCE
        await _settled()
        while True:
            done = await due.run(self.bot.database, self.bot.due_kinds, now=clock.now())
            found = await self.depths()
            if found.are_empty and not done and not self._is_busy():
                await self.bot.toaster.drain()
                return
            assert clock.pacing() < deadline, f"The bot is still busy after {PATIENCE} s: {found}"
            await asyncio.sleep(0.005)

    def _is_busy(self) -> bool:
        return self.bot.roles.is_under_way or self.bot.fetches.is_under_way

    async def depths(self) -> Depths:
        """How deep the queues are."""
        async with self.bot.database.reading() as tx:
            return await depths.read(tx)

    async def invites(self, role: str = "staff") -> str:
        """What `wegwijzer staff invite` prints: the payload of the link."""
        async with self.bot.database.writing() as tx:
            return "join_" + await people.invite(tx, Role(role), now=clock.now())

    async def invites_contact(self) -> str:
        """What `wegwijzer complaints invite` prints: the payload of the link."""
        async with self.bot.database.writing() as tx:
            return "contact_" + await contacts.invite(tx, now=clock.now())

    async def trains(self, telegram_id: int, *skills: str) -> None:
        """What a colleague was trained for, noted behind the bot's back."""
        async with self.bot.database.writing() as tx:
            await tx.raw(
                "UPDATE staff SET skills = ? WHERE person_id ="
                " (SELECT id FROM people WHERE telegram_id = ?)",
                json.dumps(skills),
                telegram_id,
            )

    async def gives_role(self, telegram_id: int, role: str) -> None:
        """Somebody's role, changed behind the bot's back."""
        async with self.bot.database.writing() as tx:
            await tx.raw(
                "UPDATE staff SET role = ? WHERE person_id ="
                " (SELECT id FROM people WHERE telegram_id = ?)",
                role,
                telegram_id,
            )

    async def set_something_aside(self, chat: int, words: str) -> None:
        """An update of this chat that nobody could answer."""
        async with self.bot.database.writing() as tx:
            await tx.raw(
                "INSERT INTO inbox"
                " (bot_id, update_id, chat_id, payload, state, ready_at, received_at)"
                " VALUES (1, 1, ?, ?, 'aside', 0, 0)",
                chat,
                words,
            )

    async def has_post_waiting(self, chat: int, words: str, *, of: int) -> None:
        """A message that goes out tomorrow and holds words of, or for, this person."""
        later = self.clock.now + timedelta(days=1)
        async with self.bot.database.writing() as tx:
            ((person,),) = await tx.raw("SELECT id FROM people WHERE telegram_id = ?", of)
            post = Outgoing(to=chat, text=words, hold_until=later, person_id=person)
            await outbox.put(tx, post)

    async def remembers(self, words: str) -> list[str]:
        """Every place in the database where these words stand, as "table.column"."""
        async with self.bot.database.reading() as tx:
            return [
                f"{table.name}.{column.name}"
                for table in schema.everything().sorted_tables
                for column in table.columns
                if await _holds(tx, table.name, column.name, words)
            ]


async def _settled() -> None:
    """Wait until the bot has told Telegram its commands and asked who is in the team."""
    once = ("_introduce", "check_roles")
    tasks = [task for task in asyncio.all_tasks() if _name_of(task) in once]
    if tasks:
        await asyncio.wait(tasks, timeout=PATIENCE)


def _name_of(task: asyncio.Task[Any]) -> str:
    return getattr(task.get_coro(), "__name__", "")


async def _holds(tx: Tx, table: str, column: str, words: str) -> bool:
    """Also as JSON writes it, which may spell out other scripts."""
    escaped = words.encode("unicode_escape").decode()
    rows = await tx.raw(
        f'SELECT 1 FROM "{table}" WHERE CAST("{column}" AS TEXT) LIKE ?'
        f' OR CAST("{column}" AS TEXT) LIKE ? LIMIT 1',
        f"%{words}%",
        f"%{escaped}%",
    )
    return bool(rows)
