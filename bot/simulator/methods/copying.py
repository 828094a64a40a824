"""copyMessage(s) and forwardMessage(s)."""

from typing import Any

from bot.simulator.calls import Call, Method, chat_of, message_of, writable_chat
from bot.simulator.chats import CAPTIONED, CONTENT, Chat, Message
from bot.simulator.errors import bad_request
from bot.simulator.methods.albums import next_album
from bot.simulator.methods.sending import caption_content, deliver
from bot.simulator.world import World

CARRIED = (
    *CONTENT,
    "entities",
    "caption",
    "caption_entities",
    "show_caption_above_media",
    "link_preview_options",
)
MOST = 100


def copy_message(world: World, call: Call) -> dict[str, int]:
    chat = writable_chat(world, call["chat_id"])
    source = _source(world, call, call["message_id"], "copy")
    content = _carried(source)
    if call.get("caption") is not None and any(kind in content for kind in CAPTIONED):
        for name in ("caption", "caption_entities"):
            content.pop(name, None)
        content |= caption_content(world, call.params)
    return {"message_id": deliver(world, chat, call, content).id}


def _source(world: World, call: Call, number: int, verb: str) -> Message:
    """A message that may be taken along: neither a service message nor protected."""
    origin = chat_of(world, call["from_chat_id"])
    found = message_of(origin, number, f"message to {verb} not found")
    if found.is_service:
        raise bad_request(f"message can't be {'copied' if verb == 'copy' else 'forwarded'}")
    if found.is_protected:
        raise bad_request(
            "message has protected content and can't be "
            + ("copied" if verb == "copy" else "forwarded")
        )
    return found


def _carried(source: Message) -> dict[str, Any]:
    return {name: source.api[name] for name in CARRIED if name in source.api}


def copy_messages(world: World, call: Call) -> list[dict[str, int]]:
    """Unlike the single copy it leaves out what it cannot find; albums stay albums."""
    chat = writable_chat(world, call["chat_id"])
    copied = []
    for content in _several(world, call, "copy"):
        if call.get("remove_caption"):
            content = {k: v for k, v in content.items() if not k.startswith("caption")}
        copied.append({"message_id": deliver(world, chat, call, content).id})
    return copied


def _several(world: World, call: Call, verb: str) -> list[dict[str, Any]]:
    numbers = call["message_ids"]
    if not 1 <= len(numbers) <= MOST:
        raise bad_request("too many message identifiers specified")
    if sorted(set(numbers)) != numbers:
        raise bad_request("message identifiers must be in a strictly increasing order")
    origin = chat_of(world, call["from_chat_id"])
    found = [origin.messages[n] for n in numbers if n in origin.messages]
    usable = [message for message in found if not message.is_service and not message.is_protected]
    if not usable:
        raise bad_request(f"there are no messages to {verb}")
    albums: dict[str, str] = {}
    contents = []
    for message in usable:
        content = _carried(message)
        if verb == "forward":
            content |= _origin(world, origin, message)
        if album := message.api.get("media_group_id"):
            content["media_group_id"] = albums.setdefault(album, next_album())
        contents.append(content)
    return contents


def _origin(world: World, chat: Chat, message: Message) -> dict[str, Any]:
    """Who wrote it first: forwarding, unlike copying, tells."""
    if "forward_origin" in message.api:
        return {"forward_origin": message.api["forward_origin"]}
    if "sender_chat" in message.api:
        return {
            "forward_origin": {
                "type": "chat",
                "sender_chat": world.chat_object(chat),
                "date": message.api["date"],
            }
        }
    return {
        "forward_origin": {
            "type": "user",
            "sender_user": message.api["from"],
            "date": message.api["date"],
        }
    }


def forward_message(world: World, call: Call) -> dict[str, Any]:
    chat = writable_chat(world, call["chat_id"])
    source = _source(world, call, call["message_id"], "forward")
    origin = _origin(world, chat_of(world, call["from_chat_id"]), source)
    return deliver(world, chat, call, _carried(source) | origin).api


def forward_messages(world: World, call: Call) -> list[dict[str, int]]:
    chat = writable_chat(world, call["chat_id"])
    contents = _several(world, call, "forward")
    return [{"message_id": deliver(world, chat, call, content).id} for content in contents]


METHODS: dict[str, Method] = {
    "copyMessage": copy_message,
    "copyMessages": copy_messages,
    "forwardMessage": forward_message,
    "forwardMessages": forward_messages,
}
