"""The script's verbs, and the control interface behind them."""

import asyncio
import re

import aiohttp
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from bot.simulator import scene
from bot.simulator.phones import Phone, Refused
from bot.simulator.running import RunningSimulator
from bot.simulator.scripting import Simulation
from bot.simulator.server import create_app
from bot.simulator.world import World
from tests.simulator.conftest import Team

KEYBOARD = InlineKeyboardMarkup(
    [[InlineKeyboardButton("\u2068Gent\u2069", callback_data="gent")],
     [InlineKeyboardButton("Antwerpen", callback_data="antwerpen")]]
)  # fmt: skip


async def test_sees_ignores_direction_marks_unless_exact(bot: Bot, amina: Phone) -> None:
    await bot.send_message(amina.chat, "تلفن: \u2068+32 2 000\u2069 \u200f.")

    assert (await amina.sees("تلفن: +32 2 000")).text.count("\u2068") == 1
    with pytest.raises(AssertionError, match="does not see"):
        await amina.sees("+32 2 000 \u200f.", exact=True, timeout=0)


async def test_sees_waits_and_never_looks_back(bot: Bot, amina: Phone) -> None:
    waiting = asyncio.create_task(amina.sees(re.compile("wel.ome")))
    await bot.send_message(amina.chat, "welcome")

    assert (await waiting).text == "welcome"
    with pytest.raises(AssertionError):
        await amina.sees("welcome", timeout=0)


async def test_failure_shows_the_whole_chat(bot: Bot, amina: Phone) -> None:
    await amina.says("hello?")
    await bot.send_message(amina.chat, "menu", reply_markup=KEYBOARD)
    await amina.sees("menu")

    with pytest.raises(AssertionError) as failure:
        await amina.sees("answer", timeout=0)

    shown = str(failure.value)
    assert "Amina does not see 'answer'" in shown
    assert re.search(r"\d\d:\d\d:\d\d +\d+ Amina: hello\?", shown)
    assert "Wegwijzer: menu  [Gent]  [Antwerpen]" in shown


async def test_buttons_are_tapped_by_label_or_choice(bot: Bot, amina: Phone) -> None:
    await bot.send_message(amina.chat, "where?", reply_markup=KEYBOARD)

    assert await amina.sees_buttons("Gent") == ["\u2068Gent\u2069", "Antwerpen"]
    await amina.taps("Gent")
    await amina.taps(re.compile("^Ant"))
    await amina.taps(lambda button: button["callback_data"] == "gent")

    updates = (await bot.get_updates(timeout=0))[-3:]
    assert [u.callback_query.data for u in updates if u.callback_query] == [
        "gent", "antwerpen", "gent",
    ]  # fmt: skip


async def test_missing_button_cannot_be_tapped(bot: Bot, amina: Phone) -> None:
    sent = await bot.send_message(amina.chat, "where?", reply_markup=KEYBOARD)

    with pytest.raises(Refused, match="no button"):
        await amina._act("tap", message=sent.message_id, label="Brussel")


async def test_silence_is_proven(bot: Bot, no_updates: int, amina: Phone) -> None:
    await bot.send_message(amina.chat, "one")
    await amina.sees("one")
    await amina.sees_nothing_more()

    await bot.send_message(amina.chat, "two")
    with pytest.raises(AssertionError, match="sees more"):
        await amina.sees_nothing_more()


async def test_silence_waits_for_unconfirmed_updates(
    bot: Bot, no_updates: int, amina: Phone
) -> None:
    await amina.says("question")
    silence = asyncio.create_task(amina.sees_nothing_more())

    await bot.get_updates(timeout=0)
    await bot.send_message(amina.chat, "answer")
    assert not silence.done()
    await bot.get_updates(offset=no_updates + 1, timeout=0)

    with pytest.raises(AssertionError, match="sees more"):
        await silence


async def test_unread_counts_until_it_is_read(
    bot: Bot, amina: Phone, team: Team, world: World
) -> None:
    topic = await bot.create_forum_topic(team.group.id, "#1")
    await bot.send_message(team.group.id, "card", message_thread_id=topic.message_thread_id)
    await bot.send_message(amina.chat, "one")
    key = f"{team.joris.person}:{topic.message_thread_id}"
    assert world.chats[team.group.id].unread[key] == 1
    assert world.chats[amina.chat].unread == {str(amina.person): 1}

    await amina.says("read it")
    await team.joris._act("read", thread=topic.message_thread_id)

    assert world.chats[amina.chat].unread == {}
    assert key not in world.chats[team.group.id].unread


async def test_people_cannot_do_what_their_phone_would_not(
    amina: Phone, team: Team, simulation: Simulation
) -> None:
    said = await team.joris.says("mine")

    with pytest.raises(Refused, match="only their own"):
        await team.karen.edits(said, "yours")
    with pytest.raises(Refused, match="not in this group"):
        await amina.at(team.group).says("hello")
    with pytest.raises(Refused, match="no button"):
        await simulation.post(f"/sim/chats/{amina.chat}/press", {"by": amina.person, "label": "x"})
    await amina.blocks()
    with pytest.raises(Refused, match="blocked the bot"):
        await amina.says("hello")


async def test_control_interface_answers_this_machine_only(
    http: aiohttp.ClientSession, simulator: RunningSimulator
) -> None:
    for headers, status in [
        ({}, 200),
        ({"Host": f"localhost:{simulator.port}"}, 200),
        ({"Host": "[::1]:80"}, 200),
        ({"Host": "evil.example"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": simulator.url}, 200),
    ]:
        async with http.get("/sim/state", headers=headers) as answer:
            assert (answer.status, headers) == (status, headers)


@pytest.mark.parametrize(
    "path", ["/../server.py", "/%2e%2e/server.py", "/static/../server.py", "/sim/files/../x"]
)
async def test_page_serves_nothing_but_its_own_files(
    http: aiohttp.ClientSession, path: str
) -> None:
    async with http.get(path) as answer:
        assert answer.status == 404


async def test_events_go_on_where_one_left_off(
    http: aiohttp.ClientSession, amina: Phone, world: World
) -> None:
    before = world.journal.seq
    await amina.says("one")
    async with http.get(f"/sim/events?after={before}") as stream:
        found = b"".join([await stream.content.readuntil(b"\n\n") for _ in range(2)])

    assert f"id: {before + 1}\n".encode() in found
    assert '"text":"one"' in found.decode()


async def test_scene_has_a_newcomer_per_language(world: World) -> None:
    found = scene.set_up(world)

    assert [person.language_code for person in found.newcomers] == ["nl", "en", "uk", "fa", "ps"]
    assert [person.as_state["rtl"] for person in found.newcomers] == [False] * 3 + [True] * 2
    assert found.team.is_forum
    assert found.team.member(world.bot.id).may("can_manage_topics")


async def test_simulator_shares_an_address_with_another_application(world: World) -> None:
    outer = Starlette(routes=[Mount("/telegram", create_app(world))])
    running = RunningSimulator(world)
    running.app = outer  # type: ignore[assignment]
    try:
        await running.start()
        async with (
            aiohttp.ClientSession(running.url) as http,
            http.get(f"/telegram/bot{world.token}/getMe") as answer,
            http.get("/telegram/sim/quiet") as quiet,
        ):
            assert (await answer.json())["ok"] is True
            assert (await quiet.json())["unconfirmed"] == 0
    finally:
        running.app = create_app(world)
        await running.stop()
