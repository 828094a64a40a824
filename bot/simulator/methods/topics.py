"""Forum topics."""

from typing import Any

from bot.simulator import acts, messages
from bot.simulator.calls import Call, Method, chat_of, require, topic_of
from bot.simulator.chats import Chat, Topic
from bot.simulator.errors import bad_request
from bot.simulator.world import World

COLOURS = (0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F)
NAME_LIMIT = 128
ICONS = {
    "5377316857231450742": "❓",
    "5312241539987020022": "🔥",
    "5417915203100613993": "💬",
    "5237699328843200968": "✅",
    "5379748062124056162": "❗️",
}


def create_forum_topic(world: World, call: Call) -> dict[str, Any]:
    chat = _forum(world, call)
    require(world, chat, "can_manage_topics", "not enough rights to create a topic")
    topic: dict[str, Any] = {
        "name": _name(call["name"]),
        "icon_color": call.get("icon_color", COLOURS[0]),
    }
    if topic["icon_color"] not in COLOURS:
        raise bad_request("invalid icon color specified")
    if icon := call.get("icon_custom_emoji_id"):
        topic["icon_custom_emoji_id"] = icon
    made = messages.create_topic(world, chat, world.bot.id, topic)
    return {"message_thread_id": made.thread, **topic}


def _forum(world: World, call: Call) -> Chat:
    chat = chat_of(world, call["chat_id"])
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    return chat


def _name(name: str) -> str:
    if not name.strip():
        raise bad_request("TOPIC_TITLE_EMPTY")
    if len(name) > NAME_LIMIT:
        raise bad_request("TOPIC_TITLE_TOO_LONG")
    return name.strip()


def _managed(world: World, call: Call) -> tuple[Chat, Topic]:
    """A topic that the bot may change: with the right, or because it made it."""
    chat = _forum(world, call)
    topic = topic_of(chat, call["message_thread_id"])
    if topic.creator != world.bot.id:
        require(world, chat, "can_manage_topics", "not enough rights to manage the topic")
    return chat, topic


def edit_forum_topic(world: World, call: Call) -> bool:
    chat, topic = _managed(world, call)
    change: dict[str, Any] = {}
    if "name" in call.params and _name(call["name"]) != topic.name:
        change["name"] = _name(call["name"])
    icon = call.get("icon_custom_emoji_id")
    if icon is not None and icon != topic.icon_custom_emoji_id:
        change["icon_custom_emoji_id"] = icon
    if not change:
        raise bad_request("TOPIC_NOT_MODIFIED")
    acts.rename_topic(world, chat, topic, world.bot.id, change)
    return True


def close_forum_topic(world: World, call: Call) -> bool:
    return _toggle(world, call, closed=True)


def reopen_forum_topic(world: World, call: Call) -> bool:
    return _toggle(world, call, closed=False)


def _toggle(world: World, call: Call, *, closed: bool) -> bool:
    chat, topic = _managed(world, call)
    if topic.is_closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    acts.close_topic(world, chat, topic, world.bot.id, closed=closed)
    return True


def delete_forum_topic(world: World, call: Call) -> bool:
    chat = _forum(world, call)
    topic = topic_of(chat, call["message_thread_id"])
    require(world, chat, "can_delete_messages", "not enough rights to delete the topic")
    messages.delete_topic(world, chat, topic)
    return True


def unpin_all_forum_topic_messages(world: World, call: Call) -> bool:
    chat = _forum(world, call)
    topic = topic_of(chat, call["message_thread_id"])
    require(
        world, chat, "can_pin_messages", "not enough rights to manage pinned messages in the chat"
    )
    inside = [number for number in chat.pinned if chat.messages[number].thread == topic.thread]
    messages.unpin(world, chat, inside)
    return True


def get_forum_topic_icon_stickers(world: World, call: Call) -> list[dict[str, Any]]:
    return [
        {
            "file_id": f"CAACicon{identifier}", "file_unique_id": identifier,
            "type": "custom_emoji", "width": 512, "height": 512, "is_animated": False,
            "is_video": False, "emoji": emoji, "custom_emoji_id": identifier,
        }
        for identifier, emoji in ICONS.items()
    ]  # fmt: skip


METHODS: dict[str, Method] = {
    "createForumTopic": create_forum_topic,
    "editForumTopic": edit_forum_topic,
    "closeForumTopic": close_forum_topic,
    "reopenForumTopic": reopen_forum_topic,
    "deleteForumTopic": delete_forum_topic,
    "unpinAllForumTopicMessages": unpin_all_forum_topic_messages,
    "getForumTopicIconStickers": get_forum_topic_icon_stickers,
}
