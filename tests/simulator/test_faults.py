"""Faults on order."""

import asyncio

import aiohttp
import pytest

from bot.simulator.phones import Phone, Refused
from bot.simulator.scripting import Simulation
from bot.simulator.world import World
from tests.simulator.conftest import RawCall


@pytest.mark.parametrize(
    ("kind", "status"), [("429", 429), ("500", 500), ("502", 502), ("400", 400), ("403", 403)]
)
async def test_errors_on_order_happen_once(
    call: RawCall, simulation: Simulation, amina: Phone, kind: str, status: int
) -> None:
    await simulation.faults.add(kind, method="sendMessage", retry_after=3)

    first = await call("sendMessage", chat_id=amina.chat, text="x")
    second = await call("sendMessage", chat_id=amina.chat, text="y")

    assert (first["status"], first["error_code"]) == (status, status)
    assert second["ok"] is True
    await amina.sees("y")
    assert "x" not in [message.text for message in amina.messages()]


async def test_faults_meet_only_their_chat_and_each_nth_call(
    call: RawCall, simulation: Simulation, amina: Phone
) -> None:
    await simulation.faults.add("500", chat=amina.chat, every=3)
    await simulation.faults.add("500", chat=-1, times=9)

    answers = [await call("sendMessage", chat_id=amina.chat, text="x") for _ in range(6)]

    assert [answer["ok"] for answer in answers] == [True, True, False, True, True, False]
    await simulation.faults.clear()
    assert (await call("sendMessage", chat_id=amina.chat, text="x"))["ok"]


async def test_connection_cut_before_has_no_effect(
    call: RawCall, simulation: Simulation, amina: Phone, no_updates: int
) -> None:
    await simulation.faults.add("drop_before")

    with pytest.raises(aiohttp.ClientConnectionError):
        await call("sendMessage", chat_id=amina.chat, text="lost")

    await amina.sees_nothing_more()


async def test_connection_cut_after_has_its_effect(
    call: RawCall, simulation: Simulation, amina: Phone
) -> None:
    await simulation.faults.add("drop_after")

    with pytest.raises(aiohttp.ClientConnectionError):
        await call("sendMessage", chat_id=amina.chat, text="arrived")

    await amina.sees("arrived")


async def test_timeout_takes_effect_but_never_answers(
    http: aiohttp.ClientSession, world: World, simulation: Simulation, amina: Phone
) -> None:
    await simulation.faults.add("timeout")
    body = {"chat_id": amina.chat, "text": "arrived"}
    request = asyncio.create_task(http.post(f"/bot{world.token}/sendMessage", json=body))

    await amina.sees("arrived")

    assert not request.done()
    request.cancel()


async def test_garbage_is_not_json(
    http: aiohttp.ClientSession, world: World, simulation: Simulation
) -> None:
    await simulation.faults.add("garbage", method="getMe")

    async with http.get(f"/bot{world.token}/getMe") as answer:
        assert (await answer.text()).startswith("<html>")


async def test_unknown_faults_are_refused(simulation: Simulation) -> None:
    with pytest.raises(Refused, match="A fault is one of"):
        await simulation.faults.add("418")


async def test_calls_are_listed_with_their_outcome(
    call: RawCall, simulation: Simulation, amina: Phone
) -> None:
    await call("sendMessage", chat_id=amina.chat, text="x")
    await call("sendMessage", chat_id=amina.chat, text="")

    good, bad = await simulation.calls(method="sendMessage")
    assert (good["ok"], good["params"]["text"], good["chat"]) == (True, "x", amina.chat)
    assert (bad["error_code"], bad["description"]) == (400, "Bad Request: message text is empty")
