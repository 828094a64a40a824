"""What people do on their phones: write, tap, press, share, block, close topics."""

from typing import Any

from bot.simulator import keyboards, media, membership, messages, texts, updates
from bot.simulator.chats import CAPTIONED, Chat, Message, Person, Topic
from bot.simulator.errors import ApiError, ControlError
from bot.simulator.specification import Upload
from bot.simulator.world import ANONYMOUS_ADMIN, Query, World


def say(
    world: World,
    chat: Chat,
    by: Person,
    text: str,
    *,
    thread: int | None = None,
    reply_to: int | None = None,
    entities: list[dict[str, Any]] | None = None,
    anonymous: bool = False,
) -> Message:
    value = _text(world, text, entities)
    content: dict[str, Any] = {"text": value.text}
    if value.entities:
        content["entities"] = value.entities
    return _post(world, chat, by, content, thread=thread, reply_to=reply_to, anonymous=anonymous)


def _text(world: World, text: str, entities: list[dict[str, Any]] | None) -> texts.Formatted:
    try:
        return texts.message_text(texts.formatted(text, None, entities, world.known_user))
    except ApiError as refusal:
        raise ControlError(f"A phone would not send this: {refusal.description}.") from None


def _post(
    world: World,
    chat: Chat,
    by: Person,
    content: dict[str, Any],
    *,
    thread: int | None,
    reply_to: int | None,
    anonymous: bool = False,
) -> Message:
    replied = world.message(chat, reply_to) if reply_to else None
    place = _thread(chat, by, thread, replied)
    _may_write(chat, by)
    if anonymous and not chat.member(by.id).is_admin:
        raise ControlError("Only an administrator can be anonymous.")
    if chat.is_private:
        chat.started = True
    sender = ANONYMOUS_ADMIN if anonymous else by.id
    return messages.post(world, chat, sender, content, thread=place, reply_to=replied)


def _may_write(chat: Chat, by: Person) -> None:
    if chat.upgraded_to is not None:
        raise ControlError("This group went on as a supergroup.")
    if chat.is_private:
        if chat.id != by.id:
            raise ControlError(f"{by.first_name} cannot write in somebody else's chat.", 403)
        if chat.blocked:
            raise ControlError(f"{by.first_name} has blocked the bot: start it again first.")
    elif not chat.member(by.id).is_inside:
        raise ControlError(f"{by.first_name} is not in this group.", 403)


def _thread(chat: Chat, by: Person, thread: int | None, replied: Message | None) -> int | None:
    """The topic of a new message: the one named, or that of the message replied to."""
    if not chat.is_forum:
        return None
    place = thread if thread is not None else replied.thread if replied else None
    if place in (None, 0, 1):
        return None
    topic = _topic(chat, place)
    if topic.is_closed and not chat.member(by.id).is_admin:
        raise ControlError("This topic is closed.", 403)
    return topic.thread


def _topic(chat: Chat, thread: int | None) -> Topic:
    topic = chat.topics.get(thread or 0)
    if topic is None:
        raise ControlError(f"There is no topic {thread} in this chat.", 404)
    return topic


def send_file(
    world: World,
    chat: Chat,
    by: Person,
    kind: str,
    upload: Upload | None,
    *,
    caption: str | None = None,
    thread: int | None = None,
    reply_to: int | None = None,
    media_group: str | None = None,
) -> Message:
    if kind not in media.KINDS:
        raise ControlError(f"A file is one of {', '.join(media.KINDS)}.")
    stored = world.files.keep(kind, upload or media.sample(kind))
    content: dict[str, Any] = {kind: media.described(stored)}
    if media_group:
        content["media_group_id"] = media_group
    if caption and kind in CAPTIONED:
        value = _text(world, caption, None)
        content["caption"] = value.text
        if value.entities:
            content["caption_entities"] = value.entities
    return _post(world, chat, by, content, thread=thread, reply_to=reply_to)


def share(
    world: World,
    chat: Chat,
    by: Person,
    content: dict[str, Any],
    *,
    thread: int | None = None,
    reply_to: int | None = None,
) -> Message:
    """A location or a contact, already in the Bot API's form."""
    return _post(world, chat, by, content, thread=thread, reply_to=reply_to)


def start(world: World, chat: Chat, by: Person, payload: str | None) -> Message:
    if not chat.is_private or chat.id != by.id:
        raise ControlError("Only one's own private chat with the bot can be started.")
    if chat.blocked:
        membership.set_blocked(world, chat, by, blocked=False)
    return say(world, chat, by, f"/start {payload}" if payload else "/start")


def edit(world: World, chat: Chat, by: Person, message: Message, text: str) -> None:
    if message.sender != by.id:
        raise ControlError("People can edit only their own messages.", 403)
    value = _text(world, text, None)
    part = "text" if "text" in message.api else "caption"
    name = "entities" if part == "text" else "caption_entities"
    if message.api.get(part) == value.text:
        raise ControlError("The text is the same as before.")
    changes: dict[str, Any] = {part: value.text}
    if value.entities:
        changes[name] = value.entities
    messages.edit(world, chat, message, changes, drop=(name,))


def tap(
    world: World,
    chat: Chat,
    by: Person,
    message: Message,
    *,
    data: str | None = None,
    label: str | None = None,
    forged: bool = False,
) -> str:
    """An inline button; a forged tap carries any data, as an attacker's client could."""
    _may_write(chat, by)
    if not forged:
        data = _data_of(message, data, label)
    query = Query(world.next_query_id(), by.id, chat.id, world.clock())
    world.queries[query.id] = query
    payload = {
        "id": query.id,
        "from": by.as_user,
        "message": dict(message.api),
        "chat_instance": str(abs(chat.id) * 2_654_435_761 % (1 << 63)),
        "data": data or "",
    }
    world.updates.add("callback_query", payload, key=("tap", by.id), life=updates.TAP_LIFE)
    return query.id


def _data_of(message: Message, data: str | None, label: str | None) -> str:
    for button in keyboards.buttons(message.api.get("reply_markup")):
        if "callback_data" in button and (
            button["callback_data"] == data or (data is None and button["text"] == label)
        ):
            return str(button["callback_data"])
    raise ControlError(f"This message has no button {label or data!r} to tap.", 404)


def press(world: World, chat: Chat, by: Person, label: str, thread: int | None) -> Message:
    """A reply-keyboard button: sends its text, or shares what it asks for."""
    markup = chat.reply_keyboard.get(by.id)
    found = [button for button in keyboards.buttons(markup) if button["text"] == label]
    if markup is None or not found:
        raise ControlError(f"There is no button {label!r} on the keyboard now.", 404)
    if markup.get("one_time_keyboard"):
        messages.set_keyboard(world, chat, by.id, None)
    if found[0].get("request_contact"):
        return share(world, chat, by, {"contact": own_contact(by)}, thread=thread)
    if found[0].get("request_location"):
        place = {"location": {"latitude": 50.8467, "longitude": 4.3525}}
        return share(world, chat, by, place, thread=thread)
    return say(world, chat, by, label, thread=thread)


def own_contact(by: Person) -> dict[str, Any]:
    return {
        "phone_number": f"+3246{by.id % 10_000_000:07d}",
        "first_name": by.first_name,
        "user_id": by.id,
    }


def react(world: World, chat: Chat, by: Person, message: Message, emoji: str | None) -> None:
    """The bot hears of it only as administrator (or in private) and when it asked for it."""
    _may_write(chat, by)
    old = [kind for kind, people in message.reactions.items() if by.id in people]
    put_reaction(message, by.id, emoji)
    announce_reactions(world, chat, message)
    if not chat.is_private and not chat.member(world.bot.id).is_admin:
        return
    payload = {
        "chat": world.chat_object(chat),
        "message_id": message.id,
        "user": by.as_user,
        "date": world.now,
        "old_reaction": [{"type": "emoji", "emoji": kind} for kind in old],
        "new_reaction": [{"type": "emoji", "emoji": emoji}] if emoji else [],
    }
    world.updates.add(
        "message_reaction", payload, key=("reaction", chat.id), life=updates.MESSAGE_LIFE
    )


def put_reaction(message: Message, person: int, emoji: str | None) -> None:
    """One reaction per person; None takes it away."""
    for people in message.reactions.values():
        if person in people:
            people.remove(person)
    if emoji:
        message.reactions.setdefault(emoji, []).append(person)


def announce_reactions(world: World, chat: Chat, message: Message) -> None:
    reactions = message.as_state["reactions"]
    world.journal.add("reaction", chat=chat.id, message_id=message.id, reactions=reactions)


def act_on_topic(world: World, chat: Chat, by: Person, thread: int, order: dict[str, Any]) -> None:
    """Staff closing, reopening, renaming or deleting a topic by hand."""
    topic = _topic(chat, thread)
    action = order.get("action")
    if action == "delete":
        messages.delete_topic(world, chat, topic)
    elif action in ("close", "reopen"):
        close_topic(world, chat, topic, by.id, closed=action == "close")
    elif action == "rename":
        rename_topic(world, chat, topic, by.id, {"name": str(order.get("name") or topic.name)})
    else:
        raise ControlError("A topic can be deleted, closed, reopened or renamed.")


def close_topic(world: World, chat: Chat, topic: Topic, by: int, *, closed: bool) -> None:
    topic.is_closed = closed
    world.journal.add("topic", chat=chat.id, topic=topic.as_state)
    content: dict[str, Any] = {"forum_topic_closed" if closed else "forum_topic_reopened": {}}
    messages.service(world, chat, by, content, topic.thread)


def rename_topic(world: World, chat: Chat, topic: Topic, by: int, change: dict[str, Any]) -> None:
    topic.name = change.get("name", topic.name)
    topic.icon_custom_emoji_id = change.get("icon_custom_emoji_id", topic.icon_custom_emoji_id)
    world.journal.add("topic", chat=chat.id, topic=topic.as_state)
    messages.service(world, chat, by, {"forum_topic_edited": change}, topic.thread)
