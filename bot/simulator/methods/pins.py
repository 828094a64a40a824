"""Pinned messages."""

from bot.simulator import messages
from bot.simulator.calls import Call, Method, chat_of, message_of, require
from bot.simulator.chats import Chat
from bot.simulator.errors import bad_request
from bot.simulator.world import World


def _may_pin(world: World, call: Call) -> Chat:
    chat = chat_of(world, call["chat_id"])
    if not chat.is_private:
        require(
            world,
            chat,
            "can_pin_messages",
            "not enough rights to manage pinned messages in the chat",
        )
    return chat


def pin_chat_message(world: World, call: Call) -> bool:
    chat = _may_pin(world, call)
    message = message_of(chat, call["message_id"], "message to pin not found")
    if message.is_service:
        raise bad_request("message can't be pinned")
    if not chat.pinned or chat.pinned[-1] != message.id:
        messages.pin(world, chat, message, world.bot.id)
    return True


def unpin_chat_message(world: World, call: Call) -> bool:
    """Without a message the newest pinned one."""
    chat = _may_pin(world, call)
    number = call.get("message_id", chat.pinned[-1] if chat.pinned else None)
    if number not in chat.pinned:
        raise bad_request("message to unpin not found")
    messages.unpin(world, chat, [number])
    return True


def unpin_all_chat_messages(world: World, call: Call) -> bool:
    chat = _may_pin(world, call)
    messages.unpin(world, chat, list(chat.pinned))
    return True


METHODS: dict[str, Method] = {
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
}
