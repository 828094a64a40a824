"""The life of the bot: start in order, run, drain and stop within ten seconds."""

import asyncio
import contextlib
import gc
import hashlib
import hmac
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog
from starlette.routing import BaseRoute, Route

from bot import clock
from bot.app import (
    indexes,
    introduction,
    measuring,
    migrating,
    opening,
    rosters,
    scheduler,
    schema,
    server,
    shelves,
    shipped,
    wiring,
)
from bot.app.fetches import Fetches
from bot.app.groups import StaffGroups
from bot.app.house import House
from bot.app.organisation import Organisation
from bot.app.roles import RoleCheck
from bot.app.settings import Settings
from bot.app.shipped import Shipped
from bot.app.volunteers import WebPages
from bot.delivery import leadership
from bot.delivery.inbox import Arrival, Inbox
from bot.delivery.measures import UNREADABLE, UPDATES
from bot.delivery.messages import Made, Message
from bot.delivery.outcomes import Outcome
from bot.delivery.pacing import Pace
from bot.delivery.sender import Sender
from bot.delivery.toasts import Toaster
from bot.delivery.worker import Worker
from bot.schedule import fetching
from bot.schedule.due import DueHandler
from bot.storage import engine, identity, single
from bot.storage.engine import Database, Leader
from bot.transport import polling, reading, sending, setup, webhook
from bot.transport.connection import Telegram

WEBHOOK_PATH = "/telegram/webhook"
_SILENT = 60.0  # seconds without an answer of getUpdates until we are not ready
_DRAIN = 8.0  # seconds for what has begun; SIGTERM must end within ten

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How this process is to run.

    begins_anew  empty the database first (the demonstration)
    staff_groups the groups of the team; the first is for all that have none of their own
    own_groups   a desk's or a language's own group, by name
    speed        loosens the sending limits; the demonstration's simulator enforces none
    beside       routes served next to our own (the simulator's page)
    files        gives what lies beside the code
    """

    settings: Settings
    organisation: Organisation
    token: str
    telegram_api: str
    database_url: str
    staff_groups: tuple[int, ...]
    own_groups: Mapping[str, int] = field(default_factory=dict)
    is_demo: bool = False
    begins_anew: bool = False
    speed: float = 1.0
    beside: tuple[BaseRoute, ...] = ()
    files: Callable[[], Shipped] = shipped.read
    on_open: Callable[[], None] = lambda: None
    on_stop: Callable[[], Awaitable[None]] | None = None

    @property
    def webhook_secret(self) -> str:
        """The same on every replica, and nothing to configure."""
        return hmac.new(self.token.encode(), b"webhook", hashlib.sha256).hexdigest()

    @property
    def erasure_key(self) -> bytes:
        """Makes the marks of erased people unguessable."""
        return hmac.new(self.token.encode(), b"erasure", hashlib.sha256).digest()

    @property
    def pages(self) -> WebPages:
        """Where a browser reaches our pages, and the secret that signs their links."""
        own = f"http://{self.settings.listen}" if self.is_demo else ""
        url = self.settings.pages_url or self.settings.public_url or own
        return WebPages(url, hmac.new(self.token.encode(), b"pages", hashlib.sha256).digest())


@dataclass(slots=True)
class Bot:
    """A running bot and the parts that others look at."""

    plan: Plan
    house: House
    groups: StaffGroups
    database: Database
    telegram: Telegram
    roles: RoleCheck
    pulse: polling.Pulse = field(default_factory=polling.Pulse)
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    is_open: bool = False
    tasks: list[asyncio.Task[None]] = field(default_factory=list)
    worker: Worker = field(init=False)
    sender: Sender | None = None
    inbox: Inbox = field(init=False)
    toaster: Toaster = field(init=False)
    fetches: Fetches = field(init=False)

    def __post_init__(self) -> None:
        self.toaster = Toaster(self._send_toast)
        self.fetches = Fetches(self.database, self.telegram, self.house.readers)
        self.worker = Worker(
            self.database, self.house.turn.take, self.house.apologise, self.toaster
        )
        self.inbox = Inbox(self.database, self.telegram.id, self.worker.ring)
        self.database.bells.append(self.ring_sender)

    async def put(self, updates: list[dict[str, Any]]) -> None:
        """Store updates as they come from Telegram; returns when they are safe."""
        arrivals = reading.arrivals(updates, me_id=self.telegram.id)
        await self.inbox.put(arrivals)
        UPDATES.inc(len(arrivals))
        for unread in (one for one in arrivals if one.message is None and one.error):
            _alarm(unread)

    async def send(self, message: Message, slots: Mapping[str, int]) -> Outcome:
        """Send one message; files are made now."""
        return await sending.send(self.telegram, message, slots, make=self._made)

    @property
    def due_kinds(self) -> Mapping[str, DueHandler]:
        """What is told when it is due: the house's kinds, and fetching, which needs the line."""
        return {**self.house.due_kinds, fetching.KIND: self.fetches.fetch}

    async def lead(self, leader: Leader, stop: asyncio.Event) -> None:
        """What only one process does: send, and look at what is due."""
        self.sender = Sender(
            leader.writing, self.send, self.house.news, Pace(speed=self.plan.speed)
        )
        ticks = scheduler.ticking(self.database, self.due_kinds)
        ticks.start()
        try:
            await self.sender.run(stop)
        finally:
            ticks.shutdown(wait=False)
            self.sender = None

    async def health(self) -> Mapping[str, Any]:
        """Are the parts alive?"""
        failed = [task.get_name() for task in self.tasks if task.done()]
        return {"ok": not failed or self.stop.is_set(), "stopped": failed}

    async def ready(self) -> Mapping[str, Any]:
        """Can it serve: is the database there, and does Telegram answer?"""
        silence = self.pulse.silence()
        hears = self.is_open and (
            bool(self.plan.settings.public_url) or (silence is not None and silence < _SILENT)
        )
        return {
            "ok": hears and await self._reads(),
            "telegram": hears,
            "trouble": self.pulse.trouble,
        }

    async def measure(self) -> None:
        """Figures of the queues."""
        await measuring.measure(self.database)

    def ring_sender(self) -> None:
        """Something waits in the outbox; nobody to wake while another process leads."""
        if self.sender is not None:
            self.sender.ring()

    async def _reads(self) -> bool:
        try:
            async with self.database.reading() as tx:
                await tx.raw("SELECT 1")
        except Exception:
            log.exception("database.unreachable")
            return False
        return True

    async def _made(self, made: Made) -> bytes:
        return await self.house.make(self.database, made)

    async def _send_toast(self, toast: Message) -> Outcome:
        return await sending.send(self.telegram, toast, {}, make=self._made)


async def run(plan: Plan) -> None:
    """Run until SIGTERM, SIGINT or a closed terminal. Raises Misconfigured when it cannot start."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # `nohup` wants us to go on
        loop.add_signal_handler(signal.SIGHUP, stop.set)
    async with running(plan) as bot:
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({stopping, *bot.tasks}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        for task in bot.tasks:
            if task.done() and not task.cancelled() and (error := task.exception()) is not None:
                raise error
        log.info("stopping")


@asynccontextmanager
async def running(plan: Plan) -> AsyncIterator[Bot]:
    """The bot, running as long as this lasts; leaving it drains and stops."""
    async with AsyncExitStack() as stack:
        address = engine.address(plan.database_url)
        if address.get_backend_name() == "sqlite":
            with opening.told(plan.database_url):
                stack.enter_context(single.only_one(Path(address.database or "")))
        opened = server.listening(plan.settings.host, plan.settings.port)
        stack.callback(opened.close)
        bot = await _built(plan, stack)
        app = server.create(
            health=bot.health, ready=bot.ready, measure=bot.measure, more=_routes(bot)
        )
        await stack.enter_async_context(server.serving(app, opened))
        gc.freeze()  # what was built stays for good: no collection need look at it again
        plan.on_open()
        stack.push_async_callback(_stopped, bot)
        await scheduler.plan_first(bot.database, bot.house.regulars, now=clock.now())
        await scheduler.plan_at_start(  # the team may have another group than before
            bot.database, bot.house.regulars, "handover.mirror", now=clock.now()
        )
        _start(bot)
        yield bot


async def _built(plan: Plan, stack: AsyncExitStack) -> Bot:
    database = Database(plan.database_url)
    stack.push_async_callback(database.close)
    telegram = Telegram(plan.token, api=plan.telegram_api)
    stack.push_async_callback(telegram.close)
    groups = StaffGroups(plan.staff_groups, plan.own_groups)
    with opening.told(plan.database_url):
        await _moved_in(plan, database, telegram.id)
        await groups.refresh(database)
    gc.freeze()  # else the thousands of objects to come have every import looked at many times
    roles = RoleCheck(database, telegram, groups)
    house = wiring.build(
        plan.organisation,
        groups,
        plan.files(),
        hold=plan.settings.hold,
        bundle=plan.settings.bundle,
        erasure_key=plan.erasure_key,
        pages=plan.pages._replace(bot_name=telegram.name),
        check_roles=roles.begin,
    )
    roles.staff_left = house.give_back_orphans
    with opening.told(plan.database_url):
        await shelves.refresh(house.shelf, database)
        await rosters.refresh(house.timetable, database)
    return Bot(plan, house, groups, database, telegram, roles)


async def _moved_in(plan: Plan, database: Database, bot_id: int) -> None:
    """Make sure that the database is ours, and of today."""
    adopts = plan.settings.adopt_database
    await identity.check(database, bot_id, is_demo=plan.is_demo, adopts=adopts)
    await migrating.upgrade(plan.database_url)
    if plan.begins_anew:
        async with database.writing() as tx:
            await schema.empty(tx)


def _routes(bot: Bot) -> list[BaseRoute]:
    hook = webhook.Webhook(bot.plan.webhook_secret, bot.put)
    # A Mount would answer 307 at the very address that Telegram was told; it follows no redirect.
    pages = (route for pages in bot.house.pages for route in pages(bot.database))
    return [Route(WEBHOOK_PATH, hook), *pages, *bot.plan.beside]


def _start(bot: Bot) -> None:
    def begin(name: str, work: Coroutine[Any, Any, None]) -> None:
        bot.tasks.append(asyncio.create_task(work, name=name))

    begin("worker", bot.worker.run(bot.stop))
    begin("leader", leadership.lead(bot.database, bot.lead, ring=bot.ring_sender, stop=bot.stop))
    begin("telegram", _listen(bot))
    begin("answers", shelves.keep_fresh(bot.house.shelf, bot.database, bot.stop))
    begin("roster", rosters.keep_fresh(bot.house.timetable, bot.database, bot.stop))
    begin("matching", indexes.keep_fresh(bot.house.index, bot.database, bot.stop))
    begin("groups", bot.groups.keep_fresh(bot.database, bot.stop))


async def _listen(bot: Bot) -> None:
    """Open the line, introduce ourselves, and take updates in until we stop."""
    await bot.telegram.open()
    await _own(bot)
    bot.is_open = True
    bot.roles.begin()  # who left or was promoted while we were away
    log.info("telegram.open", bot=bot.telegram.me.username)
    introducing = asyncio.create_task(_introduce(bot))
    try:
        if bot.plan.settings.public_url:
            address = bot.plan.settings.public_url + WEBHOOK_PATH
            await webhook.register(bot.telegram, address, bot.plan.webhook_secret)
            await bot.stop.wait()
        else:
            await polling.poll(bot.telegram, bot.put, stop=bot.stop, pulse=bot.pulse)
    finally:
        introducing.cancel()


async def _own(bot: Bot) -> None:
    """The database is ours now that Telegram knows the token: a mistyped one must own nothing."""
    plan = bot.plan
    with opening.told(plan.database_url):
        async with bot.database.writing() as tx:
            await identity.claim(
                tx, bot.telegram.id, is_demo=plan.is_demo, adopts=plan.settings.adopt_database
            )


async def _introduce(bot: Bot) -> None:
    organisation = bot.plan.organisation
    await setup.introduce(
        bot.telegram,
        menus=introduction.menus(
            bot.house.catalogs,
            groups=bot.groups.ids,
            staff_language=organisation.staff_language,
        ),
        profiles=introduction.profiles(bot.house.catalogs, organisation.name),
    )


async def _stopped(bot: Bot) -> None:
    """Take nothing new in, finish what has begun, write down how it went."""
    bot.stop.set()
    _, late = await asyncio.wait(bot.tasks, timeout=_DRAIN)
    for task in late:
        log.warning("stop.late", part=task.get_name())
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
    await bot.roles.end()
    await bot.fetches.end()
    await bot.toaster.drain()
    with contextlib.suppress(Exception):
        await bot.database.checkpoint()
    if bot.plan.on_stop is not None:
        await bot.plan.on_stop()
    log.info("stopped")


def _alarm(unread: Arrival) -> None:
    UNREADABLE.inc()
    log.error("update.unreadable", update_id=unread.update_id, reason=unread.error)
