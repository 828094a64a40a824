"""Putting messages into chats, changing and removing them; telling the bot and the page."""

import re
from collections.abc import Iterable
from typing import Any

from bot.simulator import keyboards, updates
from bot.simulator.chats import Chat, Message, Topic
from bot.simulator.world import ANONYMOUS_ADMIN, World

COMMAND = re.compile(r"^/[A-Za-z0-9_]{1,64}(?:@(\w+))?(?:\s|$)")
# Of its own messages a bot is told only these service messages (Client.cpp,
# need_skip_update_message); everything else that it sends is no update.
TOLD_TO_SENDER = frozenset(
    {
        "left_chat_member", "pinned_message", "forum_topic_created", "forum_topic_edited",
        "forum_topic_closed", "forum_topic_reopened",
    }
)  # fmt: skip


def post(
    world: World,
    chat: Chat,
    sender: int,
    content: dict[str, Any],
    *,
    thread: int | None = None,
    reply_to: Message | None = None,
    markup: dict[str, Any] | None = None,
) -> Message:
    """A new message of a person, the bot or Telegram itself."""
    number = next(chat.numbers)
    api: dict[str, Any] = {"message_id": number, "from": world.user(sender)}
    if sender == ANONYMOUS_ADMIN:
        api["sender_chat"] = world.chat_object(chat)
    api |= {"chat": world.chat_object(chat), "date": world.now}
    api |= _place(world, chat, thread, reply_to)
    message = Message(number, sender, api, thread=thread)
    api |= content
    if markup and markup.get("force_reply"):
        message.asks_reply = tuple(_asked(world, chat, api, markup))
    if keyboards.is_inline(markup):
        api["reply_markup"] = markup
    chat.messages[number] = message
    if not message.is_service:
        _count_unread(world, chat, message)
    chat.typing = None
    world.journal.add("message", chat=chat.id, message=message.as_state)
    if markup and not keyboards.is_inline(markup):
        message.has_other_keyboard = True
        _show_keyboard(world, chat, message, markup)
    tell_bot(world, chat, message, "message")
    return message


def _place(
    world: World, chat: Chat, thread: int | None, reply_to: Message | None
) -> dict[str, Any]:
    """Where it stands. In a topic, what replies to nothing replies to its first message."""
    place: dict[str, Any] = {}
    if thread is not None:
        place = {"message_thread_id": thread, "is_topic_message": True}
        root = chat.messages.get(thread)
        replied = reply_to or root
    else:
        replied = reply_to
        if reply_to is not None and chat.type == "supergroup":
            # a reply outside topics carries the number of the reply thread, which is no topic
            root_id = reply_to.api.get("message_thread_id", reply_to.id)
            place = {"message_thread_id": root_id}
    if replied is not None:
        place["reply_to_message"] = without_reply(replied)
    return place


def without_reply(message: Message) -> dict[str, Any]:
    return {name: value for name, value in message.api.items() if name != "reply_to_message"}


def service(
    world: World, chat: Chat, sender: int, content: dict[str, Any], thread: int | None = None
) -> Message:
    return post(world, chat, sender, content, thread=thread)


def tell_bot(world: World, chat: Chat, message: Message, kind: str) -> None:
    """Queues the update unless it is the bot's own or not meant for its eyes."""
    if message.sender == world.bot.id and not TOLD_TO_SENDER & message.api.keys():
        return
    if sees(world, chat, message):
        world.updates.add(kind, dict(message.api), key=("chat", chat.id), life=updates.MESSAGE_LIFE)


def sees(world: World, chat: Chat, message: Message) -> bool:
    """Administrators see all; other bots commands, replies and service messages."""
    if chat.is_private:
        return True
    member = chat.member(world.bot.id)
    if not member.is_inside:
        return False
    if member.is_admin or not world.has_privacy_mode or message.is_service:
        return True
    text = message.api.get("text", message.api.get("caption", ""))
    command = COMMAND.match(text)
    if command:
        return command.group(1) in (None, world.bot.username)
    replied = message.api.get("reply_to_message", {}).get("from", {}).get("id")
    return replied == world.bot.id or f"@{world.bot.username}" in text


def edit(
    world: World, chat: Chat, message: Message, changes: dict[str, Any], drop: tuple[str, ...] = ()
) -> None:
    """Replaces parts of a message; the bot hears of edits by others."""
    api = {name: value for name, value in message.api.items() if name not in drop}
    message.api = {**api, **changes, "edit_date": world.now}
    world.journal.add("edited", chat=chat.id, message=message.as_state)
    if message.sender != world.bot.id:
        tell_bot(world, chat, message, "edited_message")


def remove(world: World, chat: Chat, numbers: list[int]) -> None:
    """Nobody is told: the bot never learns of deleted messages."""
    gone = [number for number in numbers if chat.messages.pop(number, None)]
    chat.pinned = [number for number in chat.pinned if number not in gone]
    if gone:
        world.journal.add("deleted", chat=chat.id, message_id=gone[0], message_ids=gone)


def create_topic(world: World, chat: Chat, creator: int, topic: dict[str, Any]) -> Topic:
    """A topic's number is the number of the service message that opens it."""
    number = next(chat.numbers)
    made = Topic(
        number,
        topic["name"],
        topic["icon_color"],
        topic.get("icon_custom_emoji_id"),
        creator=creator,
    )
    chat.topics[number] = made
    api = {
        "message_id": number,
        "from": world.user(creator),
        "chat": world.chat_object(chat),
        "date": world.now,
        "message_thread_id": number,
        "is_topic_message": True,
        "forum_topic_created": topic,
    }
    message = Message(number, creator, api, thread=number)
    chat.messages[number] = message
    world.journal.add("topic", chat=chat.id, topic=made.as_state)
    world.journal.add("message", chat=chat.id, message=message.as_state)
    tell_bot(world, chat, message, "message")
    return made


def delete_topic(world: World, chat: Chat, topic: Topic) -> None:
    """Takes all its messages along; the bot is not told."""
    del chat.topics[topic.thread]
    world.journal.add("topic", chat=chat.id, topic={**topic.as_state, "deleted": True})
    remove(world, chat, [m.id for m in chat.messages.values() if m.thread == topic.thread])


def pin(world: World, chat: Chat, message: Message, by: int) -> None:
    chat.pinned = [*(number for number in chat.pinned if number != message.id), message.id]
    world.journal.add("pinned", chat=chat.id, pinned=list(chat.pinned))
    service(world, chat, by, {"pinned_message": without_reply(message)}, message.thread)


def unpin(world: World, chat: Chat, numbers: list[int]) -> None:
    chat.pinned = [number for number in chat.pinned if number not in numbers]
    world.journal.add("pinned", chat=chat.id, pinned=list(chat.pinned))


def unread_key(chat: Chat, person: int, thread: int | None) -> str:
    return f"{person}:{thread or 1}" if chat.is_forum else str(person)


def mark_read(world: World, chat: Chat, person: int, thread: int | None = None) -> None:
    key = unread_key(chat, person, thread)
    if chat.unread.pop(key, 0):
        world.journal.add("read", chat=chat.id, person=person, thread=thread, key=key)


def _count_unread(world: World, chat: Chat, message: Message) -> None:
    for person in _readers(world, chat):
        key = unread_key(chat, person, message.thread)
        if person == message.sender:
            chat.unread.pop(key, None)
        else:
            chat.unread[key] = chat.unread.get(key, 0) + 1


def _readers(world: World, chat: Chat) -> list[int]:
    if chat.is_private:
        return [chat.id]
    inside = (member.person for member in chat.members.values() if member.is_inside)
    return [person for person in inside if person != world.bot.id]


def _asked(world: World, chat: Chat, api: dict[str, Any], markup: dict[str, Any]) -> Iterable[int]:
    """Everyone, or with `selective` whom it answers and whom it mentions: perhaps nobody."""
    readers = _readers(world, chat)
    if not markup.get("selective"):
        return readers
    named = {one["user"]["id"] for one in api.get("entities", ()) if "user" in one}
    replied = api.get("reply_to_message", {}).get("from", {}).get("id")
    return [person for person in readers if person == replied or person in named]


def _show_keyboard(world: World, chat: Chat, message: Message, markup: dict[str, Any]) -> None:
    """A reply keyboard appears or goes for everyone, or with `selective` for the one replied to."""
    if "keyboard" not in markup and "remove_keyboard" not in markup:
        return
    people = _readers(world, chat)
    if markup.get("selective"):
        replied = message.api.get("reply_to_message", {}).get("from", {}).get("id")
        people = [person for person in people if person == replied] or people
    for person in people:
        set_keyboard(world, chat, person, markup if "keyboard" in markup else None)


def set_keyboard(world: World, chat: Chat, person: int, markup: dict[str, Any] | None) -> None:
    chat.reply_keyboard[person] = markup
    world.journal.add("keyboard", chat=chat.id, person=person, keyboard=markup)
