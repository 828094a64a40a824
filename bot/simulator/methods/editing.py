"""editMessage… and deleteMessage(s)."""

from typing import Any

from bot.simulator import keyboards, messages, texts
from bot.simulator.calls import Call, Method, chat_of, message_of, writable_chat
from bot.simulator.chats import CAPTIONED, Chat, Message
from bot.simulator.errors import ApiError, bad_request
from bot.simulator.methods.sending import caption_content, check_preview, text_content
from bot.simulator.world import World

DELETABLE_SECONDS = 48 * 3600
SAME = (
    "message is not modified: specified new message content and reply markup are exactly"
    " the same as a current content and reply markup of the message"
)


def _editable(world: World, call: Call) -> tuple[Chat, Message]:
    if "inline_message_id" in call.params:
        raise bad_request("inline messages are not simulated")
    if "chat_id" not in call.params:
        raise bad_request("chat_id is empty")
    if "message_id" not in call.params:
        raise bad_request("message identifier is not specified")
    chat = writable_chat(world, call["chat_id"])
    message = message_of(chat, call["message_id"], "message to edit not found")
    # only own messages, and only without a keyboard or with an inline one
    if message.sender != world.bot.id or message.is_service or message.has_other_keyboard:
        raise bad_request("message can't be edited")
    if "forward_origin" in message.api:
        raise bad_request("message can't be edited")
    return chat, message


def _replace(
    world: World,
    chat: Chat,
    message: Message,
    call: Call,
    *,
    content: dict[str, Any],
    parts: tuple[str, ...],
) -> dict[str, Any]:
    """Writes the new parts; a keyboard that is not given again disappears."""
    given = call.get("reply_markup")
    markup = keyboards.checked(given, is_private=chat.is_private)
    if markup is not None and not keyboards.is_inline(markup):
        raise bad_request("inline keyboard expected")
    if markup is not None:
        content["reply_markup"] = markup
    parts = (*parts, "reply_markup")
    if all(message.api.get(part) == content.get(part) for part in parts):
        raise bad_request(SAME)
    messages.edit(world, chat, message, content, drop=parts)
    return message.api


def edit_message_text(world: World, call: Call) -> dict[str, Any]:
    chat, message = _editable(world, call)
    if "text" not in message.api:
        raise bad_request("there is no text in the message to edit")
    if "text" not in call.params:
        raise bad_request("message text is empty")
    value = texts.message_text(
        texts.formatted(
            call["text"], call.get("parse_mode"), call.get("entities"), world.known_user
        )
    )
    content = text_content(value)
    if options := call.get("link_preview_options"):
        check_preview(options)
        content["link_preview_options"] = options
    parts = ("text", "entities", "link_preview_options")
    return _replace(world, chat, message, call, content=content, parts=parts)


def edit_message_caption(world: World, call: Call) -> dict[str, Any]:
    chat, message = _editable(world, call)
    if not any(kind in message.api for kind in CAPTIONED):
        raise bad_request("there is no caption in the message to edit")
    content = caption_content(world, call.params)
    parts = ("caption", "caption_entities", "show_caption_above_media")
    return _replace(world, chat, message, call, content=content, parts=parts)


def edit_message_reply_markup(world: World, call: Call) -> dict[str, Any]:
    chat, message = _editable(world, call)
    return _replace(world, chat, message, call, content={}, parts=())


def delete_message(world: World, call: Call) -> bool:
    chat = chat_of(world, call["chat_id"])
    message = message_of(chat, call["message_id"], "message to delete not found")
    if refusal := _cannot_delete(world, chat, message):
        raise refusal
    messages.remove(world, chat, [message.id])
    return True


def _cannot_delete(world: World, chat: Chat, message: Message) -> ApiError | None:
    """48 hours, except for an administrator with the right; a topic's first message stays."""
    if not chat.is_private and chat.member(world.bot.id).may("can_delete_messages"):
        return None
    is_own = message.sender == world.bot.id
    if not chat.is_private and not is_own:
        return bad_request("message can't be deleted")
    if world.now - message.api["date"] > DELETABLE_SECONDS:
        return bad_request("message can't be deleted for everyone")
    return None


def delete_messages(world: World, call: Call) -> bool:
    chat = chat_of(world, call["chat_id"])
    numbers = call["message_ids"]
    if not 1 <= len(numbers) <= 100:
        raise bad_request("too many message identifiers specified")
    found = [chat.messages[number] for number in numbers if number in chat.messages]
    for message in found:
        if refusal := _cannot_delete(world, chat, message):
            raise refusal
    messages.remove(world, chat, [message.id for message in found])
    return True


METHODS: dict[str, Method] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}
