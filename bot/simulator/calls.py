"""One call of a Bot API method: its typed parameters, its files, and where it wants to go."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.simulator.chats import Chat, Member, Message, Topic
from bot.simulator.errors import ApiError, bad_request, forbidden
from bot.simulator.specification import Upload
from bot.simulator.world import World


@dataclass(slots=True)
class Call:
    """`params` hold values of the specification's types; `uploads` what attach:// points at."""

    method: str
    params: dict[str, Any]
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def get(self, name: str, default: Any = None) -> Any:
        return self.params.get(name, default)

    def __getitem__(self, name: str) -> Any:
        return self.params[name]


Method = Callable[[World, Call], Any]


def chat_of(world: World, identifier: Any) -> Chat:
    """The chat behind chat_id; usernames of people and groups are not reachable for bots."""
    chat = world.chats.get(identifier) if isinstance(identifier, int) else None
    if chat is None:
        raise bad_request("chat not found")
    if chat.upgraded_to is not None:
        raise ApiError(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            parameters={"migrate_to_chat_id": chat.upgraded_to},
        )
    if not chat.is_private:
        _check_membership(chat, chat.member(world.bot.id))
    return chat


def _check_membership(chat: Chat, me: Member) -> None:
    if me.status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    if not me.is_inside:
        raise forbidden(f"bot is not a member of the {chat.type} chat")


def writable_chat(world: World, identifier: Any) -> Chat:
    """A chat in which the bot may write now."""
    chat = chat_of(world, identifier)
    if not chat.is_private:
        return chat
    person = world.people[chat.id]
    if person.is_deactivated:
        raise forbidden("user is deactivated")
    if chat.blocked:
        raise forbidden("bot was blocked by the user")
    if not chat.started:
        if _shares_a_group(world, person.id):
            raise forbidden("bot can't initiate conversation with a user")
        raise bad_request("chat not found")
    return chat


def _shares_a_group(world: World, person: int) -> bool:
    """Without having met, Telegram does not even admit that the person exists."""
    groups = (chat for chat in world.chats.values() if not chat.is_private)
    return any(c.member(person).is_inside and c.member(world.bot.id).is_inside for c in groups)


def message_of(chat: Chat, identifier: int, missing: str) -> Message:
    found = chat.messages.get(identifier)
    if found is None:
        raise bad_request(missing)
    return found


def require(world: World, chat: Chat, right: str, refusal: str) -> None:
    if not chat.member(world.bot.id).may(right):
        raise bad_request(refusal)


def open_thread(world: World, chat: Chat, thread: int | None) -> int | None:
    """The topic that a new message goes to. General is addressed by naming none: 1 fails."""
    if thread is None:
        return None
    topic = topic_of(chat, thread)
    if topic.is_closed and not chat.member(world.bot.id).may("can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")
    return topic.thread


def topic_of(chat: Chat, thread: int) -> Topic:
    topic = chat.topics.get(thread) if chat.is_forum else None
    if topic is None:
        raise bad_request("message thread not found")
    return topic


def reply_target(world: World, chat: Chat, call: Call, thread: int | None) -> Message | None:
    """The message that reply_parameters name, in this chat and this topic."""
    wanted = call.get("reply_parameters")
    if wanted is None:
        return None
    found = chat.messages.get(wanted["message_id"])
    elsewhere = wanted.get("chat_id", chat.id) != chat.id
    if found is None or elsewhere or (thread is not None and found.thread != thread):
        if wanted.get("allow_sending_without_reply") and not elsewhere:
            return None
        raise bad_request("message to be replied not found")
    return found
