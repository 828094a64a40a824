"""Delivery by webhook: order, retries, the secret."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

from bot.simulator.phones import Phone
from bot.simulator.scripting import Simulation
from bot.simulator.world import World
from tests.simulator.conftest import Calendar

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Ja", callback_data="yes")]])
Decision = Callable[[dict[str, Any]], web.Response]


@dataclass
class Receiver:
    """The bot's side: notes what comes and answers as the test decides."""

    url: str = ""
    received: list[dict[str, Any]] = field(default_factory=list)
    secrets: set[str | None] = field(default_factory=set)
    decide: Decision = lambda update: web.Response()
    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    arrivals: asyncio.Queue[str] = field(default_factory=asyncio.Queue)

    async def take(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        name = what(update)
        self.arrivals.put_nowait(name)
        if name in self.gates:
            await self.gates[name].wait()
        self.received.append(update)
        return self.decide(update)

    async def arrived(self, count: int) -> list[str]:
        return [await asyncio.wait_for(self.arrivals.get(), 5) for _ in range(count)]


def what(update: dict[str, Any]) -> str:
    if "callback_query" in update:
        return "tap"
    return str(update.get("message", {}).get("text", next(k for k in update if k != "update_id")))


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    made = Receiver()
    app = web.Application()
    app.router.add_post("/hook", made.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield made
    await runner.cleanup()


async def test_update_carries_the_secret(
    bot: Bot, no_updates: int, amina: Phone, receiver: Receiver, simulation: Simulation
) -> None:
    await bot.set_webhook(receiver.url, secret_token="s3cret")

    await amina.says("hello")

    assert await receiver.arrived(1) == ["hello"]
    assert receiver.secrets == {"s3cret"}
    await simulation.is_quiet()
    assert (await bot.get_webhook_info()).pending_update_count == 0


async def test_chat_is_in_order_while_others_go_on(
    bot: Bot, no_updates: int, amina: Phone, simulation: Simulation, receiver: Receiver
) -> None:
    other = await simulation.person("Olena", language_code="uk")
    receiver.gates["one"] = asyncio.Event()
    await bot.send_message(amina.chat, "sure?", reply_markup=KEYBOARD)
    await bot.set_webhook(receiver.url)

    await amina.says("one")
    await amina.says("two")
    await amina.taps("Ja")
    await other.says("three")

    assert sorted(await receiver.arrived(3)) == ["one", "tap", "three"]
    receiver.gates["one"].set()
    assert await receiver.arrived(1) == ["two"]


async def test_refused_update_comes_again(
    bot: Bot, no_updates: int, amina: Phone, receiver: Receiver, simulation: Simulation
) -> None:
    await simulation.limits(on=False, speed=1000)
    receiver.decide = lambda update: web.Response(status=500 if len(receiver.received) < 4 else 200)
    await bot.set_webhook(receiver.url)

    await amina.says("hello")

    assert await receiver.arrived(4) == ["hello"] * 4
    await simulation.is_quiet()
    assert len({update["update_id"] for update in receiver.received}) == 1
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"


async def test_updates_wait_while_nobody_listens(
    bot: Bot, no_updates: int, amina: Phone, receiver: Receiver, world: World
) -> None:
    await bot.set_webhook("http://127.0.0.1:9/hook")
    await amina.says("hello")
    while (await bot.get_webhook_info()).last_error_message is None:
        await asyncio.sleep(0)
    assert (await bot.get_webhook_info()).pending_update_count == 1

    await bot.set_webhook(receiver.url)

    assert await receiver.arrived(1) == ["hello"]


async def test_expired_update_is_given_up(
    bot: Bot, no_updates: int, amina: Phone, receiver: Receiver, calendar: Calendar
) -> None:
    await bot.set_webhook("http://127.0.0.1:9/hook")
    await amina.says("hello")

    calendar.now += 86_401

    assert (await bot.get_webhook_info()).pending_update_count == 0


async def test_answer_may_call_one_method(
    bot: Bot, no_updates: int, amina: Phone, receiver: Receiver
) -> None:
    order = {"method": "sendMessage", "chat_id": amina.chat, "text": "from the answer"}
    receiver.decide = lambda update: web.json_response(order)
    await bot.set_webhook(receiver.url)

    await amina.says("hello")

    await amina.sees("from the answer")


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("http://example.org/hook", r"(?i)An HTTPS URL must be provided for webhook"),
        ("ftp://example.org/hook", r"(?i)invalid webhook URL"),
    ],
    ids=["http", "ftp"],
)
async def test_webhook_addresses_must_be_safe(bot: Bot, url: str, complaint: str) -> None:
    with pytest.raises(BadRequest, match=complaint):
        await bot.set_webhook(url)


async def test_secret_has_only_plain_characters(bot: Bot, receiver: Receiver) -> None:
    with pytest.raises(BadRequest, match=r"(?i)secret token contains unallowed characters"):
        await bot.set_webhook(receiver.url, secret_token="not allowed!")


async def test_dropping_pending_updates_forgets_them(
    bot: Bot, no_updates: int, amina: Phone
) -> None:
    await amina.says("forgotten")

    await bot.delete_webhook(drop_pending_updates=True)

    assert await bot.get_updates(timeout=0) == ()
