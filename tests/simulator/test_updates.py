"""What the bot is told, in which order, and when it is confirmed."""

import asyncio

import aiohttp
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Conflict

from bot.simulator.phones import Phone
from bot.simulator.running import RunningSimulator
from bot.simulator.scripting import Simulation
from bot.simulator.world import World
from tests.simulator.conftest import Calendar, RawCall, Team

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Ja", callback_data="yes")]])
UNUSUAL = {
    "inline_query": {
        "id": "1",
        "from": {"id": 1, "is_bot": False, "first_name": "X"},
        "query": "x",
        "offset": "",
    }
}


async def texts(bot: Bot, **options: int) -> list[str | None]:
    updates = await bot.get_updates(timeout=0, **options)  # type: ignore[arg-type]
    return [update.effective_message.text for update in updates if update.effective_message]


async def test_updates_stay_until_their_offset_is_passed(
    bot: Bot, no_updates: int, amina: Phone
) -> None:
    await amina.says("one")
    await amina.says("two")

    assert await texts(bot) == ["one", "two"]
    assert await texts(bot, offset=no_updates, limit=1) == ["one"]
    assert await texts(bot, offset=no_updates + 1) == ["two"]
    assert await texts(bot, offset=no_updates + 2) == []
    assert await texts(bot) == []


async def test_negative_offset_forgets_all_but_the_last(
    bot: Bot, no_updates: int, amina: Phone
) -> None:
    for word in ("one", "two", "three"):
        await amina.says(word)

    assert await texts(bot, offset=-2) == ["two", "three"]
    assert await texts(bot) == ["two", "three"]


async def test_numbers_grow_one_by_one(bot: Bot, no_updates: int, amina: Phone) -> None:
    for word in ("one", "two", "three"):
        await amina.says(word)

    numbers = [update.update_id for update in await bot.get_updates(timeout=0)]
    assert numbers == [no_updates, no_updates + 1, no_updates + 2]


async def test_waiting_poll_answers_when_something_comes(
    bot: Bot, no_updates: int, amina: Phone
) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0)

    await amina.says("now")

    assert [update.message.text for update in await poll if update.message] == ["now"]


async def test_second_poller_ends_the_first(bot: Bot, no_updates: int, world: World) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=20))
    while not world.updates.is_awaited:
        await asyncio.sleep(0)

    await bot.get_updates(timeout=0)

    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await first


async def test_poll_of_a_caller_who_left_takes_nothing(
    http: aiohttp.ClientSession, world: World, bot: Bot, no_updates: int, amina: Phone
) -> None:
    poll = asyncio.create_task(http.get(f"/bot{world.token}/getUpdates", params={"timeout": "20"}))
    while not world.updates.is_awaited:
        await asyncio.sleep(0)
    poll.cancel()
    while world.updates.is_awaited:
        await asyncio.sleep(0)

    await amina.says("still here")

    assert await texts(bot) == ["still here"]


async def test_webhook_and_polling_exclude_each_other(bot: Bot) -> None:
    await bot.set_webhook("https://bot.invalid/hook")

    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates(timeout=0)
    await bot.delete_webhook()
    assert await bot.get_updates(timeout=0) == ()


async def test_taps_expire_after_150_seconds_and_messages_after_a_day(
    bot: Bot, no_updates: int, amina: Phone, calendar: Calendar
) -> None:
    sent = await bot.send_message(amina.chat, "x", reply_markup=KEYBOARD)
    await amina.says("one")
    await amina.taps("Ja", message=sent.to_dict())

    calendar.now += 151
    (left,) = await bot.get_updates(timeout=0)
    assert left.message is not None
    calendar.now += 86_400
    assert await bot.get_updates(timeout=0) == ()


async def test_members_and_reactions_come_only_when_asked_for(
    bot: Bot, no_updates: int, team: Team
) -> None:
    note = await team.joris.says("note")
    await team.joris.reacts(note, "👍")
    await team.group.member_becomes(team.karen, "administrator")
    (only,) = await bot.get_updates(timeout=0)
    assert only.message is not None

    await bot.get_updates(timeout=0, allowed_updates=Update.ALL_TYPES)
    await team.joris.reacts(note, "❤")
    await team.group.member_becomes(team.karen, "left")

    _, reaction, departure, change = await bot.get_updates(timeout=0)
    assert reaction.message_reaction is not None
    assert reaction.message_reaction.message_id == note.id
    assert departure.message is not None
    assert departure.message.left_chat_member is not None
    assert change.chat_member is not None
    assert change.chat_member.new_chat_member.status == "left"


async def test_allowed_updates_persist_between_calls(
    bot: Bot, no_updates: int, amina: Phone
) -> None:
    await bot.get_updates(timeout=0, allowed_updates=["callback_query"])

    await amina.says("unheard")

    assert await bot.get_updates(timeout=0) == ()


async def test_edit_by_a_person_is_an_edited_message(
    bot: Bot, no_updates: int, amina: Phone
) -> None:
    said = await amina.says("teh")
    await amina.edits(said, "the")

    _, change = await bot.get_updates(timeout=0)
    assert change.edited_message is not None
    assert change.edited_message.text == "the"
    assert change.edited_message.edit_date is not None


async def test_tap_carries_its_message_and_data(bot: Bot, no_updates: int, amina: Phone) -> None:
    sent = await bot.send_message(amina.chat, "sure?", reply_markup=KEYBOARD)
    await amina.taps("Ja")

    (update,) = await bot.get_updates(timeout=0)
    query = update.callback_query
    assert query is not None
    assert (query.data, query.from_user.id) == ("yes", amina.person)
    assert query.message is not None
    assert query.message.message_id == sent.message_id
    await query.answer("Done", show_alert=True)
    assert (await amina.sees_toast("Done"))["show_alert"] is True


async def test_answer_to_a_tap_comes_too_late_or_twice(
    bot: Bot, amina: Phone, calendar: Calendar
) -> None:
    await bot.send_message(amina.chat, "sure?", reply_markup=KEYBOARD)
    late = await amina.taps("Ja")
    calendar.now += 120
    twice = await amina.taps("Ja")
    await bot.answer_callback_query(twice)

    for query in (late, twice, "nonsense"):
        with pytest.raises(BadRequest, match=r"[Qq]uery is too old and response timeout expired"):
            await bot.answer_callback_query(query)


async def test_toast_holds_200_characters(call: RawCall, bot: Bot, amina: Phone) -> None:
    await bot.send_message(amina.chat, "sure?", reply_markup=KEYBOARD)
    query = await amina.taps("Ja")

    refused = await call("answerCallbackQuery", callback_query_id=query, text="x" * 201)
    accepted = await call("answerCallbackQuery", callback_query_id=query, text="x" * 200)

    assert refused["description"] == "Bad Request: MESSAGE_TOO_LONG"
    assert accepted["ok"] is True


async def test_forged_data_arrives_as_it_is(bot: Bot, no_updates: int, amina: Phone) -> None:
    sent = await bot.send_message(amina.chat, "x", reply_markup=KEYBOARD)
    await amina.forges_tap(sent.to_dict(), "admin:delete:*")

    (update,) = await bot.get_updates(timeout=0)
    assert update.callback_query is not None
    assert update.callback_query.data == "admin:delete:*"


async def test_same_update_is_delivered_twice(
    bot: Bot, no_updates: int, amina: Phone, simulation: Simulation
) -> None:
    await amina.says("once")
    await bot.get_updates(timeout=0)
    await bot.get_updates(offset=no_updates + 1, timeout=0)

    assert await simulation.redeliver(last=1) == [no_updates]

    (again,) = await bot.get_updates(offset=no_updates + 1, timeout=0)
    assert again.update_id == no_updates
    assert await bot.get_updates(offset=no_updates + 1, timeout=0) == ()


async def test_any_update_can_be_injected(
    bot: Bot, no_updates: int, simulation: Simulation
) -> None:
    number = await simulation.inject(UNUSUAL)

    (update,) = await bot.get_updates(timeout=0)
    assert update.update_id == number


async def test_pollers_in_a_hurry_are_slowed_down(
    call: RawCall, simulation: Simulation, no_updates: int, amina: Phone
) -> None:
    await simulation.limits(on=True, speed=2)
    await amina.says("one")
    await amina.says("two")

    first = await call("getUpdates", offset=no_updates)
    second = await call("getUpdates", offset=no_updates)

    assert [len(answer["result"]) for answer in (first, second)] == [2, 1]


async def test_simulator_stops_while_a_poll_is_waiting(world: World) -> None:
    running = await RunningSimulator(world).start()
    async with aiohttp.ClientSession(running.url) as http:
        poll = asyncio.create_task(
            http.get(f"/bot{world.token}/getUpdates", params={"timeout": "50"})
        )
        while not world.updates.is_awaited:
            await asyncio.sleep(0)

        await asyncio.wait_for(running.stop(), 2)

        async with await poll as answer:
            assert (await answer.json())["result"] == []
