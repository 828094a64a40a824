"""Forum topics, pins and anonymous administrators."""

import pytest
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.simulator.phones import Phone, Refused
from bot.simulator.scripting import Simulation
from tests.simulator.conftest import Team


async def test_topic_is_numbered_after_its_first_message(
    bot: Bot, no_updates: int, team: Team
) -> None:
    topic = await bot.create_forum_topic(team.group.id, "🔴 #1 nl housing", icon_color=0xFB6F5F)
    sent = await bot.send_message(team.group.id, "card", message_thread_id=topic.message_thread_id)

    assert await team.group.shows_topic("#1 nl") == topic.message_thread_id
    assert sent.is_topic_message
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.message_id == topic.message_thread_id
    (update,) = await bot.get_updates(timeout=0)
    assert update.message is not None
    assert update.message.forum_topic_created is not None


async def test_staff_write_inside_the_topic(bot: Bot, no_updates: int, team: Team) -> None:
    topic = await bot.create_forum_topic(team.group.id, "#1")
    await team.joris.says("answer", thread=topic.message_thread_id)
    await team.joris.says("elsewhere")

    _, inside, general = await bot.get_updates(timeout=0)
    assert inside.message is not None
    assert inside.message.message_thread_id == topic.message_thread_id
    assert inside.message.is_topic_message
    assert general.message is not None
    assert general.message.message_thread_id is None


async def test_reply_in_general_has_a_thread_that_is_no_topic(
    bot: Bot, no_updates: int, team: Team
) -> None:
    first = await team.joris.says("one")
    await team.karen.says("two", reply_to=first)

    _, update = await bot.get_updates(timeout=0)
    assert update.message is not None
    assert update.message.message_thread_id == first.id
    assert not update.message.is_topic_message


@pytest.mark.parametrize("thread", [1, 999], ids=["General by number", "unknown"])
async def test_threads_that_are_no_topics_are_not_found(bot: Bot, team: Team, thread: int) -> None:
    with pytest.raises(BadRequest, match=r"[Mm]essage thread not found"):
        await bot.send_message(team.group.id, "x", message_thread_id=thread)


async def test_deleted_topic_takes_its_messages_along(
    bot: Bot, no_updates: int, team: Team
) -> None:
    topic = await bot.create_forum_topic(team.group.id, "#1")
    await bot.send_message(team.group.id, "card", message_thread_id=topic.message_thread_id)
    told = len(await bot.get_updates(timeout=0))

    await team.joris.deletes_topic(topic.message_thread_id)

    assert team.group.messages(topic.message_thread_id) == []
    assert len(await bot.get_updates(timeout=0)) == told
    with pytest.raises(BadRequest, match=r"[Mm]essage thread not found"):
        await bot.close_forum_topic(team.group.id, topic.message_thread_id)


async def test_closed_topic_refuses_a_bot_without_the_right(bot: Bot, team: Team) -> None:
    topic = await bot.create_forum_topic(team.group.id, "#1")
    await bot.close_forum_topic(team.group.id, topic.message_thread_id)

    sent = await bot.send_message(
        team.group.id, "as admin", message_thread_id=topic.message_thread_id
    )
    assert sent.message_thread_id == topic.message_thread_id
    with pytest.raises(BadRequest, match=r"(?i)topic_not_modified"):
        await bot.close_forum_topic(team.group.id, topic.message_thread_id)


async def test_topic_closed_by_staff_stops_a_plain_bot(bot: Bot, team: Team) -> None:
    thread = await team.joris.creates_topic("by hand")
    await team.joris.closes_topic(thread)
    await team.group.bot_becomes("administrator", can_pin_messages=True)

    with pytest.raises(BadRequest, match=r"(?i)topic_closed"):
        await bot.send_message(team.group.id, "x", message_thread_id=thread)
    with pytest.raises(BadRequest, match=r"(?i)not enough rights"):
        await bot.reopen_forum_topic(team.group.id, thread)


async def test_people_cannot_write_in_a_closed_topic(
    bot: Bot, team: Team, simulation: Simulation
) -> None:
    topic = await bot.create_forum_topic(team.group.id, "#1")
    await bot.close_forum_topic(team.group.id, topic.message_thread_id)

    with pytest.raises(Refused, match="closed"):
        await team.karen.says("x", thread=topic.message_thread_id)


async def test_name_changes_only_when_it_differs(bot: Bot, team: Team) -> None:
    topic = await bot.create_forum_topic(team.group.id, "#1")

    assert await bot.edit_forum_topic(team.group.id, topic.message_thread_id, name="✅ #1")
    assert await team.group.shows_topic("✅ #1") == topic.message_thread_id
    with pytest.raises(BadRequest, match=r"(?i)topic_not_modified"):
        await bot.edit_forum_topic(team.group.id, topic.message_thread_id, name="✅ #1")


async def test_topics_need_the_right_to_manage_them(bot: Bot, team: Team) -> None:
    await team.group.bot_becomes("administrator")

    with pytest.raises(BadRequest, match=r"(?i)not enough rights to create a topic"):
        await bot.create_forum_topic(team.group.id, "#1")


async def test_group_without_topics_is_no_forum(
    bot: Bot, simulation: Simulation, team: Team
) -> None:
    plain = await simulation.group("Plain", members=[team.joris], forum=False)

    with pytest.raises(BadRequest, match=r"(?i)the chat is not a forum"):
        await bot.create_forum_topic(plain.id, "#1")


async def test_pin_leaves_a_service_message_in_the_topic(
    bot: Bot, no_updates: int, team: Team
) -> None:
    topic = await bot.create_forum_topic(team.group.id, "#1")
    card = await bot.send_message(team.group.id, "card", message_thread_id=topic.message_thread_id)

    await bot.pin_chat_message(team.group.id, card.message_id, disable_notification=True)

    _, pinned = await bot.get_updates(timeout=0)
    assert pinned.message is not None
    assert pinned.message.pinned_message is not None
    assert pinned.message.message_thread_id == topic.message_thread_id
    await bot.unpin_chat_message(team.group.id, card.message_id)
    with pytest.raises(BadRequest, match=r"(?i)message to unpin not found"):
        await bot.unpin_chat_message(team.group.id, card.message_id)


async def test_anonymous_administrator_speaks_as_the_group(
    bot: Bot, no_updates: int, team: Team
) -> None:
    await team.joris.says("who am I", anonymous=True)

    (update,) = await bot.get_updates(timeout=0)
    assert update.message is not None
    assert update.message.from_user is not None
    assert update.message.from_user.id == 1087968824
    assert update.message.sender_chat is not None
    assert update.message.sender_chat.id == team.group.id


async def test_upgraded_group_tells_its_new_number(
    bot: Bot, simulation: Simulation, team: Team
) -> None:
    small = await simulation.group("Small", members=[team.joris], forum=False, is_super=False)
    large = await small.upgrades()

    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(small.id, "x")

    assert moved.value.new_chat_id == large.id
    messages = [u.message for u in await bot.get_updates(timeout=0) if u.message]
    assert large.id in [message.migrate_to_chat_id for message in messages]
    assert small.id in [message.migrate_from_chat_id for message in messages]


async def test_bot_thrown_out_is_told_and_forbidden(bot: Bot, no_updates: int, team: Team) -> None:
    await team.group.bot_becomes("kicked")

    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.send_message(team.group.id, "x")
    change = (await bot.get_updates(timeout=0))[-1].my_chat_member
    assert change is not None
    assert change.new_chat_member.status == "kicked"


async def test_plain_member_sees_commands_and_replies_only(
    bot: Bot, no_updates: int, team: Team
) -> None:
    card = await bot.send_message(team.group.id, "card")
    await team.group.bot_becomes("member")
    await team.joris.says("chatter")
    await team.joris.says("/claim")
    await team.joris.says("/claim@somebody_else")
    await team.joris.says("to you", reply_to=card.to_dict())

    heard = [u.message.text for u in await bot.get_updates(timeout=0) if u.message]
    assert heard == ["/claim", "to you"]


async def test_members_are_described_with_their_rights(bot: Bot, team: Team, amina: Phone) -> None:
    me = await bot.get_chat_member(team.group.id, bot.id)
    owner = await bot.get_chat_member(team.group.id, team.joris.person)
    stranger = await bot.get_chat_member(team.group.id, amina.person)

    assert me.can_manage_topics  # type: ignore[attr-defined]
    assert (owner.status, stranger.status) == ("creator", "left")
    assert await bot.get_chat_member_count(team.group.id) == 3
    assert len(await bot.get_chat_administrators(team.group.id)) == 2
    assert (await bot.create_chat_invite_link(team.group.id)).invite_link.startswith("https://")
    assert await bot.ban_chat_member(team.group.id, team.karen.person)
    assert (await bot.get_chat(team.group.id)).is_forum


async def test_commands_are_chosen_by_scope_and_language(
    bot: Bot, amina: Phone, team: Team, simulation: Simulation
) -> None:
    await bot.set_my_commands([("start", "Start")])
    await bot.set_my_commands([("start", "شروع")], language_code="fa")
    await bot.set_my_name("Wegwijzer", language_code="nl")

    chats = (await simulation.get("/sim/state"))["chats"]
    commands = {chat["id"]: chat["commands"] for chat in chats}
    assert commands[amina.chat][str(amina.person)][0]["description"] == "شروع"
    assert commands[team.group.id][str(team.joris.person)][0]["description"] == "Start"
    assert (await bot.get_my_commands(language_code="fa"))[0].description == "شروع"
    assert (await bot.get_my_name("nl")).name == "Wegwijzer"
    assert len(await bot.get_forum_topic_icon_stickers()) > 0
